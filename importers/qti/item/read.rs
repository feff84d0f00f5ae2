//! An item as a question.

use super::body::{self, is_interaction};
use super::number;
use super::processing::cases;
use crate::bank::node::Node;
use crate::bank::{named, penalty};
use crate::qti::page::Sheet;
use parcours_course::question::{Body, Combined, Question};
use parcours_course::{Language, Text};

/// The number of a question that is being read.
pub(super) const QUESTION: i64 = 1;
/// What stands where a word is typed in the middle of a text.
const BLANK: &str = "_____";

/// Why an item is no question here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    Interaction(String),
    Several,
    Sets,
    NotAnItem,
}

impl Fault {
    pub fn words(&self, language: Language) -> String {
        match self {
            Fault::Interaction(name) => format!("{} {name}", language.of("no question here has a", "aucune question ici n’a de")),
            Fault::Several => language.of("several interactions in one item", "plusieurs interactions dans un même item").to_owned(),
            Fault::Sets => language.of("it lacks what is to be matched", "il lui manque de quoi apparier").to_owned(),
            Fault::NotAnItem => language.of("not an assessment item", "ce n’est pas un item d’évaluation").to_owned(),
        }
    }
}

/// An item being read.
pub(super) struct Read<'s, 'm> {
    pub item: &'s Node,
    pub sheet: Sheet<'m>,
    text: Text,
    /// Feedback that was taken, by its place in the item.
    taken: Vec<usize>,
}

/// How a response is declared.
#[derive(Default)]
pub(super) struct Declared {
    pub multiple: bool,
    pub number: bool,
    pub case: bool,
    pub correct: Vec<String>,
    mapped: Vec<(String, f64)>,
}

impl Declared {
    /// Values with the part of the mark each is worth.
    pub fn parts(&self, scale: f64) -> Vec<(String, f64)> {
        if !self.mapped.is_empty() {
            return self.mapped.iter().map(|(key, value)| (key.clone(), (value / scale).clamp(-1.0, 1.0))).collect();
        }
        let part = if self.multiple { 1.0 / self.correct.len().max(1) as f64 } else { 1.0 };
        self.correct.iter().map(|c| (c.clone(), part)).collect()
    }

    /// Right pairs: those that are said to be, or else those that are worth something.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let worth = self.mapped.iter().filter(|(_, v)| *v > 0.0).map(|(key, _)| key);
        let all: Vec<&String> = if self.correct.is_empty() { worth.collect() } else { self.correct.iter().collect() };
        all.into_iter().filter_map(|p| p.trim().split_once(' ').map(|(a, b)| (a.to_owned(), b.trim().to_owned()))).collect()
    }
}

/// The question of an item. `lost` names what of it had no place.
///
/// # Errors
/// Why it is none.
pub(crate) fn read(
    item: &Node,
    sheet: Sheet<'_>,
    language: Language,
    lost: &mut Vec<String>,
) -> (Result<Question, Fault>, Option<parcours_mbz::Error>) {
    if item.name != "assessmentItem" {
        return (Err(Fault::NotAnItem), None);
    }
    let mut read = Read { item, sheet, text: Text::default(), taken: Vec::new() };
    let label = item.get("label").unwrap_or_default();
    let title = item.get("title").unwrap_or_default().trim().to_owned();
    let body = match body::read(&mut read, label, &title) {
        Ok(body) => body,
        Err(fault) => return (Err(fault), read.sheet.failed.take()),
    };
    let general_feedback = read.said(&["GENERAL"], "general", "generalfeedback", QUESTION);
    let name = if title.is_empty() { named(&read.text) } else { title };
    let mark = read.mark(&body);
    if item.all("modalFeedback").count() > read.taken.len() {
        lost.push(language.of("feedback that is shown on other conditions", "un feedback montré sous d’autres conditions").to_owned());
    }
    if item.children.iter().any(|c| c.name.starts_with("template")) {
        lost.push(language.of("templates", "les gabarits").to_owned());
    }
    lost.extend(read.sheet.missing.iter().map(|href| format!("{} {href}", language.of("missing file", "fichier manquant"))));
    let failed = read.sheet.failed.take();
    let (text, files) = (read.text, read.sheet.files);
    let q = Question {
        id: QUESTION,
        version: 1,
        latest: true,
        name,
        text,
        general_feedback,
        mark,
        penalty: penalty(&body),
        files,
        body,
        ..Question::default()
    };
    (Ok(q), failed)
}

impl Read<'_, '_> {
    pub fn declared(&self, response: &str) -> Declared {
        let Some(d) = self.item.all("responseDeclaration").find(|d| d.get("identifier") == Some(response)) else { return Declared::default() };
        let mapping = d.child("mapping");
        let entries = || mapping.into_iter().flat_map(|m| m.all("mapEntry"));
        let entry = |e: &Node| Some((e.get("mapKey")?.to_owned(), number(e.get("mappedValue"))?));
        Declared {
            multiple: matches!(d.get("cardinality"), Some("multiple" | "ordered")),
            number: matches!(d.get("baseType"), Some("float" | "integer")),
            case: entries().any(|e| e.get("caseSensitive") == Some("true")),
            correct: d.child("correctResponse").into_iter().flat_map(|c| c.all("value")).map(|v| v.inner().trim().to_owned()).collect(),
            mapped: entries().filter_map(entry).collect(),
        }
    }

    /// What the best response is worth.
    pub fn whole(&self, response: &str) -> f64 {
        let d = self.item.all("responseDeclaration").find(|d| d.get("identifier") == Some(response));
        let bound = d.and_then(|d| d.child("mapping")).and_then(|m| number(m.get("upperBound")));
        let declared = self.declared(response);
        let mapped: f64 = match declared.multiple {
            true => declared.mapped.iter().map(|(_, v)| v.max(0.0)).sum(),
            false => declared.mapped.iter().map(|(_, v)| *v).fold(0.0, f64::max),
        };
        let scored = cases(self.item, response).iter().filter_map(|c| c.score).fold(0.0, f64::max);
        bound.into_iter().chain([mapped, scored]).find(|n| *n > 0.0).unwrap_or(1.0)
    }

    fn mark(&self, body: &Body) -> f64 {
        let outcome = |name: &str| self.item.all("outcomeDeclaration").find(|o| o.get("identifier") == Some(name));
        let most = outcome("SCORE").and_then(|o| number(o.get("normalMaximum")));
        let said = outcome("MAXSCORE").and_then(|o| o.child("defaultValue")).and_then(|d| number(Some(&d.inner())));
        let responses = || self.item.all("responseDeclaration").filter_map(|d| d.get("identifier"));
        let added = match body {
            Body::Description => 0.0,
            _ => responses().map(|r| self.whole(r)).sum(),
        };
        most.or(said).unwrap_or(added).max(0.0)
    }

    /// Feedback under one of these outcomes and an identifier.
    pub fn said(&mut self, outcomes: &[&str], identifier: &str, area: &str, item: i64) -> Text {
        let all: Vec<&Node> = self.item.all("modalFeedback").collect();
        let found =
            all.iter().position(|f| f.get("identifier") == Some(identifier) && f.get("outcomeIdentifier").is_some_and(|o| outcomes.contains(&o)));
        match found.and_then(|at| Some((at, all.get(at)?))) {
            Some((at, feedback)) => {
                self.taken.push(at);
                self.sheet.text(&feedback.children, area, item)
            }
            None => Text::default(),
        }
    }

    pub fn combined(&mut self) -> Combined {
        Combined {
            right: self.said(&["COMBINED"], "right", "correctfeedback", QUESTION),
            partly: self.said(&["COMBINED"], "partly", "partiallycorrectfeedback", QUESTION),
            wrong: self.said(&["COMBINED"], "wrong", "incorrectfeedback", QUESTION),
            show_number_right: false,
        }
    }

    /// What only those who mark see.
    pub fn rubric(&self) -> Vec<Node> {
        let mut all = Vec::new();
        self.item.child("itemBody").into_iter().for_each(|b| b.find(&|n| n.name == "rubricBlock", &mut all));
        let inside = all.into_iter().filter(|r| r.get("view").is_none_or(|v| v.contains("scorer"))).flat_map(|r| r.children.clone());
        inside.flat_map(|n| if n.name == "div" && n.attributes.is_empty() { n.children } else { vec![n] }).collect()
    }

    pub fn body(&self) -> Vec<Node> {
        self.item.child("itemBody").map(|b| b.children.clone()).unwrap_or_default()
    }

    /// The text is the body without interactions.
    pub fn plain(&mut self) {
        let body = self.body();
        self.replaced(&body, &|_| None);
    }

    /// The text is these nodes, with words in the place of some. `words` answers nothing for a node that stays, or is an interaction like any other.
    pub fn replaced(&mut self, nodes: &[Node], words: &impl Fn(&Node) -> Option<Option<String>>) {
        let mut text = Vec::new();
        for node in strip(nodes, words) {
            // The wrapper in which a question's own text was written.
            match node.get("class") == Some("questiontext") && node.name == "div" {
                true => text.extend(node.children),
                false => text.push(node),
            }
        }
        self.text = self.sheet.text(&text, "questiontext", QUESTION);
    }
}

fn strip(nodes: &[Node], words: &impl Fn(&Node) -> Option<Option<String>>) -> Vec<Node> {
    let mut out = Vec::new();
    let around = nodes.iter().any(|n| n.name.is_empty() && !n.text.trim().is_empty());
    for node in nodes {
        if let Some(instead) = words(node) {
            out.push(Node::words(instead.unwrap_or_else(|| BLANK.to_owned())));
        } else if is_interaction(node) {
            out.extend(node.child("prompt").map(|p| Node::new("p", &[], p.children.clone())));
            if around && matches!(node.name.as_str(), "textEntryInteraction" | "inlineChoiceInteraction") {
                out.push(Node::words(BLANK));
            }
        } else if node.name == "prompt" {
            out.push(Node::new("p", &[], strip(&node.children, words)));
        } else if node.name != "rubricBlock" {
            let children = strip(&node.children, words);
            // A block that held an interaction and nothing else.
            let emptied = children.is_empty() && !node.children.is_empty();
            if !emptied {
                out.push(Node { children, ..node.clone() });
            }
        }
    }
    out
}
