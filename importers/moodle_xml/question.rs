//! What all types of question have.

use super::input::{self, In, QUESTION, words};
use super::kind;
use super::output::{self, Out, mark};
use crate::bank::named;
use parcours_course::Language;
use parcours_course::question::{Body, Hint, Question, Status};
use parcours_mbz::xml::Element;

/// The element of a question.
pub(super) fn write(out: &mut Out<'_>) -> Element {
    let q = out.question;
    let mut all = vec![output::worded("name", &q.name)];
    let text = match &q.body {
        Body::Cloze(c) => crate::bank::cloze::join(&q.text.text, &c.questions),
        _ => q.text.text.clone(),
    };
    all.push(out.text("questiontext", &parcours_course::Text::new(text, q.text.format), "questiontext", q.id));
    all.push(out.text("generalfeedback", &q.general_feedback, "generalfeedback", q.id));
    all.extend([
        Element::new("defaultgrade", format!("{:.7}", q.mark)),
        Element::new("penalty", format!("{:.7}", q.penalty)),
        output::flag("hidden", q.status == Status::Hidden),
        Element::new("idnumber", &q.idnumber),
    ]);
    all.extend(kind::write(out));
    for h in &q.hints {
        let mut hint = out.text("hint", &h.text, "hint", h.id);
        hint.children.extend(mark("shownumcorrect", h.show_number_right));
        hint.children.extend(mark("clearwrong", h.clear_wrong));
        hint.children.extend(Some(Element::new("options", &h.options)).filter(|_| !h.options.is_empty()));
        all.push(hint);
    }
    if !q.tags.is_empty() {
        all.push(Element::group("tags", q.tags.iter().map(|t| output::worded("tag", t))));
    }
    Element::group("question", all).with("type", kind::name(&q.body))
}

/// Something that was read and has no place.
pub(super) enum Lost {
    Name,
}

impl Lost {
    pub fn of(&self, language: Language) -> String {
        match self {
            Lost::Name => language.of("it had no name", "elle n’avait pas de nom").to_owned(),
        }
    }
}

/// The question of an element.
///
/// # Errors
/// The type, where it is not known.
pub(super) fn read(e: &Element, input: &mut In<'_>) -> Result<(Question, Vec<Lost>), String> {
    let kind = e.attribute("type").unwrap_or_default();
    let text = input.text(e, "questiontext", "questiontext", QUESTION);
    let general_feedback = input.text(e, "generalfeedback", "generalfeedback", QUESTION);
    let mut lost = Vec::new();
    let name = match words(e, "name") {
        "" => {
            lost.push(Lost::Name);
            named(&text)
        }
        name => name.to_owned(),
    };
    let mut q = Question {
        id: QUESTION,
        version: 1,
        latest: true,
        status: if input::flag(e, "hidden", false) { Status::Hidden } else { Status::Ready },
        name,
        text,
        general_feedback,
        mark: input::decimal(e, "defaultgrade", 1.0),
        penalty: input::decimal(e, "penalty", 0.3333333),
        idnumber: e.leaf("idnumber").trim().to_owned(),
        tags: e.records("tags", "tag").map(|t| t.value("text").unwrap_or(&t.text).trim().to_owned()).filter(|t| !t.is_empty()).collect(),
        ..Question::default()
    };
    let mut id = 0;
    for h in e.all("hint") {
        id += 1;
        q.hints.push(Hint {
            id,
            text: input.own(h, "hint", id),
            show_number_right: input::flag(h, "shownumcorrect", false),
            clear_wrong: input::flag(h, "clearwrong", false),
            options: h.leaf("options").to_owned(),
        });
    }
    q.body = kind::read(kind, e, &mut q, input).ok_or_else(|| kind.to_owned())?;
    if let Body::Cloze(c) = &q.body {
        q.mark = c.questions.iter().fold(0.0, |sum, part| sum + part.mark);
    }
    q.files = std::mem::take(&mut input.files);
    Ok((q, lost))
}
