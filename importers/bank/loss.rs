//! What two questions differ in: what did not survive the way into a format and back.

use super::{cloze, node, number, text};
use parcours_course::question::{Body, Question};
use parcours_course::{Language, Text};
use parcours_mbz::question::Numbers;
use serde_json::Value;
use std::collections::BTreeSet;

/// Fields that no format but an archive has a place for, and that nobody misses in a question: when, by which number, in which version.
const APART: &[&str] = &["id", "entry", "version", "latest", "created", "modified", "size", "mime"];

/// The fields that differ, as paths of the model's names: `hints`, `body.answers.feedback.text`. Numbers of records are no difference, nor is white space around a text, nor another way to write
/// the same HTML. A text whose words are the same and whose markup is not ends in `markup`.
pub fn fields(a: &Question, b: &Question) -> Vec<String> {
    let mut all = BTreeSet::new();
    differ(&plain(a), &plain(b), &mut String::new(), &mut all);
    // The rest of another type has other fields.
    if all.contains("body.type") {
        all.retain(|f| !f.starts_with("body.") || f == "body.type");
    }
    all.into_iter().collect()
}

/// The same in words, each once.
pub(crate) fn lost(a: &Question, b: &Question, language: Language) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for field in fields(a, b) {
        let words = words(&field, language);
        if !all.contains(&words) {
            all.push(words);
        }
    }
    all
}

/// A question with its records numbered from 1 on, so that two can be laid side by side.
fn plain(q: &Question) -> Value {
    let mut q = q.clone();
    number(&mut q, &mut Numbers::default());
    // Words of the first site's language, which every site has its own for.
    if let Body::TrueFalse(t) = &mut q.body {
        (t.yes.text, t.no.text) = (Text::default(), Text::default());
    }
    // Shared in its category, whatever number that has.
    if let Body::Calculated(c) = &mut q.body {
        c.datasets.iter_mut().for_each(|d| d.category = i64::from(d.category != 0));
    }
    // The notation of a part says what its body says, in one of several spellings.
    if let Body::Cloze(c) = &mut q.body {
        for part in &mut c.questions {
            part.text = Text::default();
            part.text = Text::html(cloze::notation(part));
        }
    }
    q.files.sort_by(|a, b| (&a.area, a.item, &a.path).cmp(&(&b.area, b.item, &b.path)));
    serde_json::to_value(&q).unwrap_or_default()
}

fn differ(a: &Value, b: &Value, path: &mut String, out: &mut BTreeSet<String>) {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            if (blank(a) && blank(b)) || words_alone(a, b) {
                return;
            }
            let names: BTreeSet<&String> = x.keys().chain(y.keys()).collect();
            for name in names.into_iter().filter(|n| !APART.contains(&n.as_str())) {
                let length = path.len();
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
                differ(x.get(name).unwrap_or(&Value::Null), y.get(name).unwrap_or(&Value::Null), path, out);
                path.truncate(length);
            }
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => x.iter().zip(y).for_each(|(a, b)| differ(a, b, path, out)),
        (Value::Number(x), Value::Number(y)) => note(near(x.as_f64(), y.as_f64()), path, out),
        (Value::String(x), Value::String(y)) if path.ends_with("text") && !same(x, y, path) => texts(x, y, path, out),
        (Value::String(x), Value::String(y)) => note(same(x, y, path), path, out),
        _ => note(a == b, path, out),
    }
}

fn note(same: bool, path: &str, out: &mut BTreeSet<String>) {
    if !same {
        out.insert(path.to_owned());
    }
}

/// Two texts that are not written alike: the same HTML, the same words, or not even these.
fn texts(a: &str, b: &str, path: &str, out: &mut BTreeSet<String>) {
    let (x, y) = (node::normal(a), node::normal(b));
    if x.trim() == y.trim() {
        return;
    }
    let words = |html: &str| text::plain(&Text::html(html)).split_whitespace().collect::<String>();
    let same = words(&x) == words(&y);
    out.insert(if same { format!("{path}.markup") } else { path.to_owned() });
}

/// A text of nothing: what it is written in does not matter.
fn blank(v: &Value) -> bool {
    v.get("format").is_some() && v.get("text").and_then(Value::as_str).is_some_and(|t| t.trim().is_empty())
}

/// The same words, which are the same in every markup.
fn words_alone(a: &Value, b: &Value) -> bool {
    let text = |v: &Value| v.get("format").and(v.get("text")).and_then(Value::as_str).map(|t| t.trim().to_owned());
    let marks = |c: char| matches!(c, '<' | '&' | '\n' | '*' | '_' | '`' | '#' | '[' | '\\' | '>' | '~' | '|');
    text(a).is_some_and(|t| Some(&t) == text(b).as_ref() && !t.contains(marks) && !t.contains("://"))
}

/// As near as seven decimals of the columns, and five of a percentage, are.
fn near(a: Option<f64>, b: Option<f64>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if (a - b).abs() < 1e-6)
}

fn same(a: &str, b: &str, path: &str) -> bool {
    let (x, y) = (a.trim(), b.trim());
    if x == y {
        return true;
    }
    match path.rsplit('.').next() {
        // Not known where a question was read without its files.
        Some("hash") => a.is_empty() || b.is_empty(),
        Some("tolerance" | "multiplier") => near(x.parse().ok(), y.parse().ok()),
        _ => x.replace("\r\n", "\n") == y.replace("\r\n", "\n"),
    }
}

const WORDS: &[(&str, &str, &str)] = &[
    ("body.type", "its type", "son type"),
    ("body.combined.show_number_right", "whether the number of right parts is shown", "affichage du nombre de parties justes"),
    ("body.combined", "combined feedback", "feedback combiné"),
    ("body.units", "units", "unités"),
    ("body.datasets", "datasets", "jeux de données"),
    ("body.choices.infinite", "choices that may be used again", "choix réutilisables"),
    ("body.choices.group", "groups of choices", "groupes de choix"),
    ("body.drags.group", "groups of choices", "groupes de choix"),
    ("body.questions", "parts of the text to fill in", "parties du texte à trous"),
    ("body.min_words", "limits of words", "limites de mots"),
    ("body.max_words", "limits of words", "limites de mots"),
    ("files", "files", "fichiers"),
    ("hints", "hints", "indices"),
    ("tags", "tags", "tags"),
    ("general_feedback", "general feedback", "feedback général"),
    ("penalty", "penalty", "pénalité"),
    ("mark", "mark", "note"),
    ("idnumber", "ID number", "numéro d’identification"),
    ("status", "draft or hidden state", "état de brouillon ou caché"),
    ("name", "name", "nom"),
    ("text", "text", "texte"),
];

/// By the last name of the path.
const LAST: &[(&str, &str, &str)] = &[
    ("feedback", "feedback to answers", "feedback des réponses"),
    ("fraction", "part of the mark that answers are worth", "part de la note des réponses"),
    ("shuffle", "whether answers are shuffled", "mélange des réponses"),
    ("numbering", "numbering of answers", "numérotation des réponses"),
    ("instruction", "standard instruction", "consigne standard"),
    ("vertical", "layout of answers", "disposition des réponses"),
    ("tolerance", "tolerance", "tolérance"),
    ("label", "labels", "étiquettes"),
];

fn words(field: &str, language: Language) -> String {
    if field.ends_with(".format") && !field.starts_with("body.answers.format") {
        return language.of("the format of a text", "le format d’un texte").to_owned();
    }
    if field.ends_with(".markup") {
        return language.of("markup of a text", "balisage d’un texte").to_owned();
    }
    let within = |name: &str| field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let field = field.trim_end_matches(".text");
    let last = field.rsplit('.').next().unwrap_or(field);
    let known = WORDS.iter().find(|(name, ..)| within(name)).or_else(|| LAST.iter().find(|(name, ..)| *name == last));
    known.map_or_else(|| last.replace('_', " "), |(_, english, french)| language.of(*english, *french).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_course::Format;
    use parcours_course::question::{Answer, Hint, Short};

    #[test]
    fn what_differs_is_named() {
        let answer = |text: &str, id| Answer { id, text: Text::html(text), fraction: 0.3333333, ..Answer::default() };
        let a = Question {
            id: 4,
            name: "x".into(),
            hints: vec![Hint::default()],
            general_feedback: Text::new(" ", Format::Plain),
            body: Body::Short(Short { case: true, answers: vec![answer("y", 3)] }),
            ..Question::default()
        };
        let mut b = Question { name: " x ".into(), created: 7, ..a.clone() };
        assert_eq!(fields(&a, &b), Vec::<String>::new());
        b.hints.clear();
        b.body = Body::Short(Short { case: false, answers: vec![Answer { fraction: 0.5, ..answer("z", 8) }] });
        assert_eq!(fields(&a, &b), ["body.answers.fraction", "body.answers.text.text", "body.case", "hints"]);
        assert_eq!(lost(&a, &b, Language::English), ["part of the mark that answers are worth", "answers", "case", "hints"]);
        b.body = Body::Description;
        assert_eq!(lost(&a, &b, Language::French), ["son type", "indices"]);
    }
}
