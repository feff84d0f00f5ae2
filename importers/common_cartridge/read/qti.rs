//! A question from an item of QTI 1.2, in the profile of Common Cartridge or near it.

use crate::common_cartridge::markup::{escape, words};
use parcours_course::Text;
use parcours_course::question::{Answer, Body, Choice, Combined, Essay, Question, Short, TrueFalse};
use parcours_mbz::xml::{Element, PROLOG};

/// Gives numbers to what a question is made of.
pub(super) struct Counter(i64);

impl Counter {
    pub fn new() -> Self {
        Counter(0)
    }

    pub fn next(&mut self) -> i64 {
        self.0 += 1;
        self.0
    }
}

/// Why an item is no question that is known: in English, in French, and what it says of itself.
pub(super) struct Why(pub &'static str, pub &'static str, pub String);

/// Reads an item with local names.
pub(super) fn question(item: &Element, counter: &mut Counter) -> Result<Question, Why> {
    let profile = profile(item);
    let presentation = item.child("presentation").ok_or_else(|| Why("nothing is asked", "rien n’est demandé", profile.clone()))?;
    let mut all = Vec::new();
    responses(presentation, &mut all);
    let body = match all.as_slice() {
        [] if profile.contains("text_only") => Body::Description,
        [] if profile.contains("essay") => essay(),
        [one] => body(item, one, &profile, counter)?,
        [] => return Err(Why("it has no place for an answer", "il n’y a pas où répondre", profile)),
        _ => return Err(Why("it asks for several answers of different kinds", "plusieurs réponses de sortes différentes sont demandées", profile)),
    };
    let id = counter.next();
    let title = item.attribute("title").unwrap_or_default().trim();
    let text = stem(presentation);
    let name = if title.is_empty() { words(&text).split_whitespace().take(8).collect::<Vec<_>>().join(" ") } else { title.to_owned() };
    let mark = ["cc_weighting", "points_possible", "qmd_weighting"].iter().find_map(|f| field(item, f)?.parse().ok());
    Ok(Question {
        id,
        entry: id,
        version: 1,
        latest: true,
        name: if name.is_empty() { "Question".to_owned() } else { name },
        text: Text::html(text),
        general_feedback: feedback(item, "general_fb"),
        mark: mark.filter(|m: &f64| m.is_finite() && *m >= 0.0).unwrap_or(1.0),
        penalty: 0.333_333_3,
        body,
        ..Question::default()
    })
}

/// What the metadata says of an item.
pub(super) fn field(item: &Element, name: &str) -> Option<String> {
    let mut found = None;
    item.walk(&mut |e| {
        if found.is_none() && e.name == "qtimetadatafield" && e.leaf("fieldlabel").trim().eq_ignore_ascii_case(name) {
            found = Some(e.leaf("fieldentry").trim().to_owned());
        }
    });
    found.filter(|f| !f.is_empty())
}

fn profile(item: &Element) -> String {
    field(item, "cc_profile").or_else(|| field(item, "question_type")).unwrap_or_default().to_ascii_lowercase()
}

fn responses<'a>(within: &'a Element, out: &mut Vec<&'a Element>) {
    for child in &within.children {
        match child.name.as_str() {
            "response_lid" | "response_str" | "response_num" | "response_grp" | "response_xy" => out.push(child),
            _ => responses(child, out),
        }
    }
}

/// The text of a presentation: every material that is not in a response.
fn stem(presentation: &Element) -> String {
    fn materials(within: &Element, out: &mut Vec<String>) {
        for child in &within.children {
            match child.name.as_str() {
                name if name.starts_with("response_") => {}
                "material" => out.push(material(child)),
                _ => materials(child, out),
            }
        }
    }
    let mut all = Vec::new();
    materials(presentation, &mut all);
    all.join("\n")
}

/// A material as HTML.
pub(super) fn material(of: &Element) -> String {
    let mut out = String::new();
    for part in &of.children {
        match part.name.as_str() {
            "mattext" | "matemtext" => {
                let kind = part.attribute("texttype").unwrap_or_default().to_ascii_lowercase();
                if !part.children.is_empty() {
                    let inside = part.children.iter().map(|c| if c.name.is_empty() { escape(&c.text) } else { markup(c) });
                    out.extend(inside);
                } else if kind.contains("html") {
                    out.push_str(&part.text);
                } else {
                    out.push_str(&escape(part.text.trim()));
                }
            }
            "matimage" => {
                let image = part.attribute("uri").unwrap_or_default();
                out += &format!("<img src=\"{}\" alt=\"\" />", escape(image));
            }
            "matbreak" => out.push_str("<br />"),
            _ => {}
        }
    }
    out
}

/// HTML that was written as XML.
fn markup(of: &Element) -> String {
    String::from_utf8(of.to_document()).unwrap_or_default().trim_start_matches(PROLOG).to_owned()
}

/// What is said: the texts of the feedback of this name.
fn feedback(item: &Element, ident: &str) -> Text {
    let mut out = String::new();
    for said in item.all("itemfeedback").filter(|f| f.attribute("ident") == Some(ident)) {
        said.walk(&mut |e| {
            if e.name == "material" {
                out += &material(e);
            }
        });
    }
    Text::html(out)
}

/// A condition that sets the score, and what it asks for.
#[derive(Default)]
struct Scored {
    /// 0 to 1.
    score: f64,
    equal: Vec<(String, bool)>,
    /// A part of the answer is enough.
    part: Vec<(String, bool)>,
}

fn scored(item: &Element) -> Vec<Scored> {
    let mut most = None;
    item.walk(&mut |e| {
        if e.name == "decvar" && most.is_none() {
            most = e.attribute("maxvalue").and_then(|m| m.trim().parse().ok()).filter(|m: &f64| *m > 0.0);
        }
    });
    let most = most.unwrap_or(100.0);
    let mut all = Vec::new();
    for condition in item.all("resprocessing").flat_map(|p| p.all("respcondition")) {
        let score = condition.all("setvar").filter_map(|s| s.text.trim().parse::<f64>().ok()).fold(0.0, f64::max);
        if score <= 0.0 || !score.is_finite() {
            continue;
        }
        let mut found = Scored { score: (score / most).min(1.0), ..Scored::default() };
        condition.child("conditionvar").into_iter().for_each(|c| asked(c, &mut found));
        all.push(found);
    }
    all
}

/// What a condition asks for, without what it asks not to be there.
fn asked(within: &Element, out: &mut Scored) {
    for child in &within.children {
        let case = child.attribute("case").is_some_and(|c| c.eq_ignore_ascii_case("yes"));
        match child.name.as_str() {
            "varequal" => out.equal.push((child.text.trim().to_owned(), case)),
            "varsubstring" => out.part.push((child.text.trim().to_owned(), case)),
            "not" => {}
            _ => asked(child, out),
        }
    }
}

/// Answers of one question: each is looked for in every condition.
const ANSWERS: usize = 500;

fn body(item: &Element, response: &Element, profile: &str, counter: &mut Counter) -> Result<Body, Why> {
    let scored = scored(item);
    let labels: Vec<&Element> = response.child("render_choice").into_iter().flat_map(|r| r.all("response_label")).collect();
    if labels.len() > ANSWERS {
        return Err(Why("it has too many answers", "trop de réponses", labels.len().to_string()));
    }
    if response.name == "response_lid" && !labels.is_empty() {
        let multiple = response.attribute("rcardinality").is_some_and(|c| c.eq_ignore_ascii_case("multiple"));
        if profile.contains("true_false") && labels.len() == 2 && !multiple {
            return Ok(Body::TrueFalse(true_false(item, &labels, &scored, counter)));
        }
        return Ok(Body::Choice(choice(item, response, &labels, &scored, multiple, counter)));
    }
    if response.name != "response_str" && response.name != "response_num" {
        return Err(Why("a question of another kind", "une question d’une autre sorte", format!("{} {profile}", response.name)));
    }
    let written: Vec<(&String, bool, f64, bool)> = scored
        .iter()
        .flat_map(|s| s.equal.iter().map(|(t, c)| (t, *c, s.score, false)).chain(s.part.iter().map(|(t, c)| (t, *c, s.score, true))))
        .collect();
    if profile.contains("essay") || written.is_empty() {
        return Ok(essay());
    }
    let best = written.iter().map(|w| w.2).fold(0.0, f64::max);
    let answers = written.iter().map(|(text, _, score, part)| {
        let text = text.replace('*', "\\*");
        let text = if *part { format!("*{text}*") } else { text };
        Answer { id: counter.next(), text: Text::plain(text), fraction: score / best, feedback: Text::default() }
    });
    Ok(Body::Short(Short { case: written.iter().any(|w| w.1), answers: answers.collect() }))
}

fn essay() -> Body {
    Body::Essay(Essay { response: "editor".to_owned(), lines: 15, ..Essay::default() })
}

/// Which score choosing this alone brings.
fn worth(ident: &str, scored: &[Scored]) -> f64 {
    scored.iter().filter(|s| s.equal.iter().any(|(e, _)| e == ident)).map(|s| s.score).fold(0.0, f64::max)
}

fn answer(item: &Element, label: &Element, fraction: f64, counter: &mut Counter) -> Answer {
    let text: String = label.all("material").chain(label.all("flow_mat").flat_map(|f| f.all("material"))).map(material).collect();
    let ident = label.attribute("ident").unwrap_or_default();
    Answer { id: counter.next(), text: Text::html(text), fraction, feedback: answer_feedback(item, ident) }
}

/// What is said to one answer: the condition for it alone names its feedback.
fn answer_feedback(item: &Element, ident: &str) -> Text {
    let alone = |c: &&Element| {
        let equal = c.child("conditionvar").map(|v| v.children.as_slice()).unwrap_or_default();
        matches!(equal, [one] if one.name == "varequal" && one.text.trim() == ident)
    };
    let conditions = item.all("resprocessing").flat_map(|p| p.all("respcondition")).filter(alone);
    let named = conditions.flat_map(|c| c.all("displayfeedback")).filter_map(|d| d.attribute("linkrefid"));
    let own = named.filter(|id| !matches!(*id, "correct_fb" | "general_fb" | "general_incorrect_fb"));
    own.map(|id| feedback(item, id)).next().unwrap_or_default()
}

fn true_false(item: &Element, labels: &[&Element], scored: &[Scored], counter: &mut Counter) -> TrueFalse {
    let is_true = |l: &&&Element| {
        let text = words(&l.all("material").map(material).collect::<String>()).trim().to_lowercase();
        let ident = l.attribute("ident").unwrap_or_default().to_lowercase();
        matches!(text.as_str(), "true" | "vrai" | "yes" | "oui" | "t") || matches!(ident.as_str(), "true" | "t")
    };
    let yes = labels.iter().position(|l| is_true(&l)).unwrap_or(0);
    let mut made = labels.iter().map(|l| answer(item, l, worth(l.attribute("ident").unwrap_or_default(), scored), counter)).map(plain);
    let (first, second) = (made.next().unwrap_or_default(), made.next().unwrap_or_default());
    let (mut yes, mut no) = if yes == 0 { (first, second) } else { (second, first) };
    let right = yes.fraction >= no.fraction;
    (yes.fraction, no.fraction) = if right { (1.0, 0.0) } else { (0.0, 1.0) };
    TrueFalse { yes, no, instruction: true }
}

/// Words of its answers are plain, as a Moodle has them.
fn plain(answer: Answer) -> Answer {
    Answer { text: Text::new(words(&answer.text.text).trim(), parcours_course::Format::Moodle), ..answer }
}

fn choice(item: &Element, response: &Element, labels: &[&Element], scored: &[Scored], multiple: bool, counter: &mut Counter) -> Choice {
    let worth: Vec<f64> = labels.iter().map(|l| worth(l.attribute("ident").unwrap_or_default(), scored)).collect();
    let rights = worth.iter().filter(|w| **w > 0.0).count().max(1) as f64;
    let best = worth.iter().copied().fold(0.0, f64::max);
    // All right answers are worth the mark, and a wrong one costs it: there is no part of a mark in a cartridge.
    let fraction = |w: f64| match (multiple, w > 0.0) {
        (true, true) => 1.0 / rights,
        (true, false) => -1.0,
        (false, true) => w / best,
        (false, false) => 0.0,
    };
    let answers = labels.iter().zip(&worth).map(|(l, w)| answer(item, l, fraction(*w), counter)).collect();
    let shuffle = response.child("render_choice").and_then(|r| r.attribute("shuffle")).is_some_and(|s| s.eq_ignore_ascii_case("yes"));
    let combined = Combined { right: feedback(item, "correct_fb"), wrong: feedback(item, "general_incorrect_fb"), ..Combined::default() };
    Choice { single: !multiple, shuffle, numbering: "abc".to_owned(), instruction: true, vertical: false, answers, combined }
}
