//! The notation of questions inside a text: `{1:SHORTANSWER:=Paris#Yes~%50%Lutetia~*#No}` (Moodle docs, "Embedded Answers (Cloze) question type").

mod read;
mod write;

pub(crate) use read::split;
pub(crate) use write::{join, notation};

/// What a name of the notation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Short {
        case: bool,
    },
    Number,
    /// Chosen from a list, or from answers below (`vertical`) or beside each other.
    Choice {
        single: bool,
        list: bool,
        shuffle: bool,
    },
}

const SHORT: Kind = Kind::Short { case: false };
const CASE: Kind = Kind::Short { case: true };

const fn choice(single: bool, list: bool, shuffle: bool) -> Kind {
    Kind::Choice { single, list, shuffle }
}

/// The long name of each stands first.
const KINDS: &[(&str, Kind)] = &[
    ("SHORTANSWER", SHORT),
    ("SA", SHORT),
    ("MW", SHORT),
    ("SHORTANSWER_C", CASE),
    ("SAC", CASE),
    ("MWC", CASE),
    ("NUMERICAL", Kind::Number),
    ("NM", Kind::Number),
    ("MULTICHOICE", choice(true, true, false)),
    ("MC", choice(true, true, false)),
    ("MULTICHOICE_S", choice(true, true, true)),
    ("MCS", choice(true, true, true)),
    ("MULTICHOICE_V", choice(true, false, false)),
    ("MCV", choice(true, false, false)),
    ("MULTICHOICE_VS", choice(true, false, true)),
    ("MCVS", choice(true, false, true)),
    ("MULTICHOICE_H", choice(true, false, false)),
    ("MCH", choice(true, false, false)),
    ("MULTICHOICE_HS", choice(true, false, true)),
    ("MCHS", choice(true, false, true)),
    ("MULTIRESPONSE", choice(false, false, false)),
    ("MR", choice(false, false, false)),
    ("MULTIRESPONSE_H", choice(false, false, false)),
    ("MRH", choice(false, false, false)),
    ("MULTIRESPONSE_S", choice(false, false, true)),
    ("MRS", choice(false, false, true)),
    ("MULTIRESPONSE_HS", choice(false, false, true)),
    ("MRHS", choice(false, false, true)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_course::question::{Body, Question};

    fn parts(text: &str) -> (String, Vec<Question>) {
        split(text, "Q")
    }

    #[test]
    fn each_part_is_read_and_the_text_keeps_its_place() {
        let (text, parts) =
            parts("a {1:SHORTANSWER:=Paris#Yes~%50%Lut\\~ce~*#No \\} } b {2:MCS:~x~=&#39;y&#39;} c {:NM:=5:0.1~%25%6:2} {x:SA:=1} {3:ZZ:=1}");
        assert_eq!(text, "a {#1} b {#2} c {#3} {x:SA:=1} {3:ZZ:=1}");
        let Body::Short(s) = &parts[0].body else { panic!() };
        let short: Vec<_> = s.answers.iter().map(|a| (a.text.text.as_str(), a.fraction, a.feedback.text.as_str())).collect();
        assert_eq!(short, [("Paris", 1.0, "Yes"), ("Lut~ce", 0.5, ""), ("*", 0.0, "No } ")]);
        let Body::Choice(c) = &parts[1].body else { panic!() };
        assert_eq!((parts[1].mark, c.shuffle, c.single, c.vertical), (2.0, true, true, true));
        assert_eq!(c.answers.iter().map(|a| (a.text.text.as_str(), a.fraction)).collect::<Vec<_>>(), [("x", 0.0), ("&#39;y&#39;", 1.0)]);
        let Body::Numerical(n) = &parts[2].body else { panic!() };
        let numbers: Vec<_> = n.answers.iter().map(|a| (a.answer.text.text.as_str(), a.tolerance.as_str(), a.answer.fraction)).collect();
        assert_eq!((parts[2].mark, numbers), (1.0, vec![("5", "0.1", 1.0), ("6", "2", 0.25)]));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let source = "a {1:SHORTANSWER_C:=Pa\\}ris#Y\\~es~%33.33333%L} {2:MULTICHOICE_VS:=a~b#no} {1:MULTIRESPONSE:=a~%-50%b} {1:NUMERICAL:=5:0.1}";
        let (text, parts) = parts(source);
        assert_eq!(join(&text, &parts), source);
        // The notation is made again where it has been lost.
        let made: Vec<Question> = parts.iter().map(|p| Question { text: Default::default(), ..p.clone() }).collect();
        assert_eq!(join(&text, &made), source);
    }

    fn parts_of(text: &str) {
        let (text, parts) = parts(text);
        join(&text, &parts);
    }

    #[test]
    fn many_beginnings_take_no_time() {
        let text = "{1:SA:=x~".repeat(100_000);
        let (same, parts) = parts(&text);
        assert_eq!((same.len(), parts.len()), (text.len(), 0));
        for piece in ["{", "{1:", "{#", "{1:SA:}"] {
            parts_of(&piece.repeat(200_000));
        }
    }
}
