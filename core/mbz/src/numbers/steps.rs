//! What a question remembers of an attempt (MBZ-FORMAT §10.6): which answers it showed, in which order.

use super::{Archive, Frame, Table};

/// What the value of a variable is a list of numbers of, and what the number in its name is of. `open` ends with the variable's own frame.
pub fn step(archive: &Archive, open: &[Frame], name: &str) -> (Option<Table>, Option<Table>) {
    let question = open.iter().rev().find(|f| f.name == "question_attempt").and_then(|f| f.leaf("questionid").trim().parse().ok());
    let random = question.is_some_and(|q: i64| archive.random_matches.contains(&q));
    // A part of a question with gaps has the variables of its own kind: `_sub1_order`.
    let part = name.strip_prefix("_sub").and_then(|rest| rest.split_once('_')).filter(|(n, _)| n.bytes().all(|b| b.is_ascii_digit()));
    let (answer, question, pair) = (|| Some("answer".into()), || Some("question".into()), || Some("questions/match".into()));
    match part.map_or_else(|| name.trim_start_matches('_'), |(_, rest)| rest) {
        "order" if name.starts_with('_') => (answer(), None),
        "correctresponse" | "currentresponse" if name.starts_with('_') => (answer(), None),
        "stemorder" if random => (question(), None),
        "choiceorder" if random => (answer(), None),
        "stemorder" | "choiceorder" if name.starts_with('_') => (pair(), None),
        bare if random && bare.starts_with("right_") => (answer(), question()),
        bare if random && (bare.starts_with("stem_") || bare.starts_with("stemformat_")) => (None, question()),
        bare if random && bare.starts_with("choice_") => (None, answer()),
        // An ordering names the question itself.
        bare if !name.starts_with('_') && bare.starts_with("response_") => (None, question()),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_hold_numbers_of_answers_and_pairs() {
        let archive = Archive { random_matches: [9].into(), ..Archive::default() };
        let of = |question: &str, name: &str| {
            let mut attempt = Frame::new("question_attempt");
            attempt.see("questionid", question);
            let (value, inside) = step(&archive, &[attempt, Frame::new("variable")], name);
            (value.unwrap_or_default().to_string(), inside.unwrap_or_default().to_string())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(of("7", "_order"), pair("answer", ""));
        assert_eq!(of("7", "_sub12_order"), pair("answer", ""));
        assert_eq!(of("7", "_stemorder"), pair("questions/match", ""));
        // Numbers of places, not of records.
        assert_eq!(of("7", "_choiceorder2"), pair("", ""));
        assert_eq!(of("7", "answer"), pair("", ""));
        assert_eq!(of("9", "_right_12"), pair("answer", "question"));
        assert_eq!(of("9", "_choiceorder"), pair("answer", ""));
        assert_eq!(of("7", "response_12"), pair("", "question"));
    }
}
