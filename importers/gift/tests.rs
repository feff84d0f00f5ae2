use super::read;
use parcours_course::question::{Body, Question};
use parcours_course::report::Fate;
use parcours_course::{Format, Language};

fn all(text: &str) -> Vec<Question> {
    read(text, "Import", Language::English).unwrap().questions().cloned().collect()
}

fn one(text: &str) -> Question {
    let [q] = all(text).try_into().unwrap();
    q
}

#[test]
fn the_examples_people_learn_it_from_are_read() {
    let q =
        one("// a comment\n::Q2:: What's between orange and green in the spectrum?\n{ =yellow # right; good! ~red # wrong, it's yellow ~%50%blue }");
    let Body::Choice(c) = &q.body else { panic!("{q:?}") };
    let answers: Vec<_> = c.answers.iter().map(|a| (a.text.text.as_str(), a.fraction, a.feedback.text.as_str())).collect();
    assert_eq!((q.name.as_str(), c.single), ("Q2", true));
    assert_eq!(answers, [("yellow", 1.0, "right; good!"), ("red", 0.0, "wrong, it's yellow"), ("blue", 0.5, "")]);

    let q = one("Two plus {=two =2} equals four.");
    assert_eq!((q.text.text.as_str(), q.kind(), q.name.as_str()), ("Two plus _____ equals four.", "shortanswer", "Two plus _____ equals four."));

    let q = one("::Q4:: Which animal eats which food? { =cat -> cat food =dog -> dog food }");
    let Body::Match(m) = &q.body else { panic!() };
    assert_eq!(m.pairs.iter().map(|p| (p.text.text.as_str(), p.answer.as_str())).collect::<Vec<_>>(), [("cat", "cat food"), ("dog", "dog food")]);

    let q = one("When was he born? {#\n =1822:0#Correct!\n =%50%1822:2#Nearly.\n ~#No.\n ####He died in 1885.}");
    let Body::Numerical(n) = &q.body else { panic!() };
    let answers: Vec<_> =
        n.answers.iter().map(|t| (t.answer.text.text.as_str(), t.tolerance.as_str(), t.answer.fraction, t.answer.feedback.text.as_str())).collect();
    assert_eq!(answers, [("1822", "0", 1.0, "Correct!"), ("1822", "2", 0.5, "Nearly."), ("*", "0", 0.0, "No.")]);
    assert_eq!(q.general_feedback.text, "He died in 1885.");

    for (text, number, tolerance) in [("{#3:2}", "3", "2"), ("{#1..5}", "3", "2"), ("{#3.141..3.142}", "3.1415", "0.0005"), ("{#-7}", "-7", "0")] {
        let Body::Numerical(n) = one(text).body else { panic!() };
        assert_eq!((n.answers[0].answer.text.text.as_str(), n.answers[0].tolerance.as_str()), (number, tolerance));
    }
    let Body::TrueFalse(t) = one("Grant is dead.{FALSE#wrong#right}").body else { panic!() };
    assert_eq!((t.no.fraction, t.no.feedback.text.as_str(), t.yes.feedback.text.as_str()), (1.0, "right", "wrong"));
    assert_eq!(one("Tell. {}").kind(), "essay");
    assert_eq!(one("Just read.").kind(), "description");
    let Body::Choice(c) = one("Who? {~%-100%No one ~%50%Grant ~%50%His wife}").body else { panic!() };
    assert_eq!((c.single, c.answers[0].fraction), (false, -1.0));
}

#[test]
fn categories_formats_comments_and_escapes_are_read() {
    let text = "$CATEGORY: $course$/top/A//B/C\n\n// [id:x\\]1] [tag:one] [tag:two words]\n::a\\:\\:b::[html]<b>1 \\= \\{1\\}\\n\\\\frac\\alpha</b>{=[plain]x#[markdown]*y*\n ~z}\n\n[markdown]# T\\#\n";
    let bank = read(text, "Import", Language::English).unwrap();
    let names: Vec<_> = bank.categories.iter().map(|(c, q)| (c.name.as_str(), q.len())).collect();
    assert_eq!(names, [("top", 0), ("A/B", 0), ("C", 2)]);
    let [q, d]: [Question; 2] = bank.questions().cloned().collect::<Vec<_>>().try_into().unwrap();
    assert_eq!((q.name.as_str(), q.text.text.as_str(), q.text.format), ("a::b", "<b>1 = {1}\n\\frac\\alpha</b>", Format::Html));
    assert_eq!((q.idnumber.as_str(), q.tags), ("x]1", vec!["one".to_owned(), "two words".to_owned()]));
    let Body::Choice(c) = &q.body else { panic!() };
    assert_eq!([c.answers[0].text.format, c.answers[0].feedback.format, c.answers[1].text.format], [Format::Plain, Format::Markdown, Format::Html]);
    assert_eq!((d.kind(), d.text.format, d.text.text.as_str()), ("description", Format::Markdown, "# T#"));
}

#[test]
fn what_is_wrong_is_refused_and_the_rest_is_read() {
    let bank = read("Open {=a\n\nNumber {#x}\n\nAnswers {a =b}\n\nGood {T}\n", "Import", Language::English).unwrap();
    let fates: Vec<_> = bank.report.findings.iter().map(|f| f.fate).collect();
    assert_eq!(fates, [Fate::Refused, Fate::Refused, Fate::Refused, Fate::Imported]);
    assert_eq!(bank.questions().count(), 1);
}

#[test]
fn anything_is_read_without_a_panic_and_in_time() {
    let pieces = [
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        "::",
        ":",
        "\\",
        "%",
        "[html]",
        "->",
        "..",
        "\n\n",
        "//[id:",
        "]",
        "$CATEGORY:",
        "é",
        "1",
        "T",
        " ",
        "%50%",
    ];
    let mut seed: u32 = 7;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text += pieces[(seed >> 16) as usize % pieces.len()];
        }
        let bank = read(&text, "Import", Language::English).unwrap();
        assert_eq!(bank.report.counts().items_in, bank.questions().count() + bank.report.counts().refused);
    }
    for piece in pieces.into_iter().chain(["x{T}\n\n", "~a", "{~a=b}"]) {
        // Read, or too much.
        let _ = read(&piece.repeat(300_000), "Import", Language::English);
    }
    assert!(read(&"x".repeat(17 << 20), "Import", Language::English).is_err());
    assert!(read(&"{T}\n\n".repeat(50_000), "Import", Language::English).is_err());
}
