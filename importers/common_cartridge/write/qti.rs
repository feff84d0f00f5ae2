//! A question as an item of QTI 1.2, in the profile of Common Cartridge.

use parcours_course::question::{Answer, Body, Choice, Combined, Essay, Numerical, Question, Short, TrueFalse};
use parcours_course::{Language, Text};
use parcours_mbz::xml::Element;

/// A question written, with what got lost; or why it was not.
pub(super) enum Written {
    Item(Element, Vec<&'static str>),
    No(&'static str),
}

/// Turns a text of the question into HTML, by area and number of the record.
pub(super) type Texts<'a> = dyn FnMut(&Text, &str, i64) -> String + 'a;

/// Writes what the profile has a kind of question for.
pub(super) fn item(q: &Question, language: Language, texts: &mut Texts<'_>) -> Written {
    let mut making = Making { q, language, texts, feedback: Vec::new(), lost: Vec::new() };
    let made = match &q.body {
        Body::TrueFalse(t) => making.true_false(t),
        Body::Choice(c) => making.choice(c),
        Body::Short(s) => making.short(s),
        Body::Numerical(n) => making.number(n),
        Body::Essay(e) => making.essay(e),
        _ => Err(language.of("Common Cartridge has no question of this type", "Common Cartridge n’a pas de question de ce type")),
    };
    match made {
        Ok(parts) => making.finish(parts),
        Err(why) => Written::No(why),
    }
}

/// What the kinds differ in.
struct Parts {
    profile: &'static str,
    response: Option<Element>,
    conditions: Vec<Element>,
}

struct Making<'a, 't> {
    q: &'a Question,
    language: Language,
    texts: &'a mut Texts<'t>,
    feedback: Vec<Element>,
    lost: Vec<&'static str>,
}

const RESPONSE: &str = "response1";

impl Making<'_, '_> {
    fn lose(&mut self, english: &'static str, french: &'static str) {
        let what = self.language.of(english, french);
        if !self.lost.contains(&what) {
            self.lost.push(what);
        }
    }

    fn partial_credit(&mut self) {
        self.lose("parts of the mark for answers that are partly right", "les fractions de note des réponses en partie justes");
    }

    fn true_false(&mut self, t: &TrueFalse) -> Result<Parts, &'static str> {
        let language = self.language;
        let word = |answer: &Answer, english: &str, french: &str| match answer.text.text.trim() {
            "" => language.of(english, french).to_owned(),
            own => own.to_owned(),
        };
        let labels = [label("true", &word(&t.yes, "True", "Vrai"), "text/plain"), label("false", &word(&t.no, "False", "Faux"), "text/plain")];
        let right = if t.yes.fraction >= t.no.fraction { "true" } else { "false" };
        let mut conditions = Vec::new();
        for (ident, answer) in [("true", &t.yes), ("false", &t.no)] {
            conditions.extend(self.remark(ident, answer));
        }
        conditions.push(self.right(vec![equal(right)]));
        Ok(Parts { profile: "cc.true_false.v0p1", response: Some(choices("Single", false, labels)), conditions })
    }

    fn choice(&mut self, c: &Choice) -> Result<Parts, &'static str> {
        let best = c.answers.iter().map(|a| a.fraction).fold(0.0, f64::max);
        if best <= 0.0 || c.answers.len() < 2 {
            return Err(self.language.of("none of its answers is right", "aucune de ses réponses n’est juste"));
        }
        self.combined(&c.combined);
        let (mut labels, mut conditions, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for (at, answer) in c.answers.iter().enumerate() {
            let ident = format!("a{at}");
            let html = (self.texts)(&answer.text, "answer", answer.id);
            labels.push(label(&ident, &html, "text/html"));
            conditions.extend(self.remark(&ident, answer));
            let right = if c.single { answer.fraction >= best } else { answer.fraction > 0.0 };
            all.push((ident, right));
        }
        let rights = all.iter().filter(|(_, right)| *right).count();
        let given = |fraction: f64| c.answers.iter().any(|a| a.fraction == fraction);
        if c.single {
            if rights > 1 || best < 1.0 || c.answers.iter().any(|a| a.fraction != 0.0 && a.fraction < best) {
                self.partial_credit();
            }
            let right = all.iter().find(|(_, right)| *right).map(|(ident, _)| equal(ident));
            conditions.push(self.right(right.into_iter().collect()));
        } else {
            // Only all right answers together, and no other, are worth anything.
            if rights > 1 || !given(-1.0) {
                self.partial_credit();
            }
            let each = all.iter().map(|(ident, right)| if *right { equal(ident) } else { Element::group("not", [equal(ident)]) });
            let and = Element::group("and", each);
            conditions.push(self.right(vec![and]));
        }
        let (profile, cardinality) = if c.single { ("cc.multiple_choice.v0p1", "Single") } else { ("cc.multiple_response.v0p1", "Multiple") };
        Ok(Parts { profile, response: Some(choices(cardinality, c.shuffle, labels)), conditions })
    }

    fn short(&mut self, s: &Short) -> Result<Parts, &'static str> {
        let (right, other): (Vec<&Answer>, Vec<&Answer>) = s.answers.iter().partition(|a| a.fraction >= 1.0);
        if right.is_empty() {
            return Err(self.language.of("none of its answers is right", "aucune de ses réponses n’est juste"));
        }
        if other.iter().any(|a| a.fraction > 0.0) {
            self.partial_credit();
        }
        if other.iter().any(|a| !a.feedback.text.trim().is_empty()) {
            self.lose("feedback to answers that are not right", "les commentaires des réponses qui ne sont pas justes");
        }
        let mut equals = Vec::new();
        for answer in right {
            let text = answer.text.text.trim();
            let inner = text.trim_matches('*');
            if inner.contains('*') || inner.is_empty() {
                self.lose("answers with a `*` in them", "les réponses qui contiennent un `*`");
            } else {
                let name = if inner == text { "varequal" } else { "varsubstring" };
                equals.push(Element::new(name, inner).with("respident", RESPONSE).with("case", if s.case { "Yes" } else { "No" }));
            }
            self.answer_feedback_lost(answer);
        }
        if equals.is_empty() {
            return Err(self.language.of("its right answers are patterns", "ses réponses justes sont des modèles"));
        }
        let pattern = equals.iter().any(|e| e.name == "varsubstring");
        let profile = if pattern { "cc.pattern_match.v0p1" } else { "cc.fib.v0p1" };
        let conditions = vec![self.right(equals)];
        Ok(Parts { profile, response: Some(blank(1)), conditions })
    }

    fn answer_feedback_lost(&mut self, answer: &Answer) {
        if !answer.feedback.text.trim().is_empty() {
            self.lose("feedback to single answers", "les commentaires de chaque réponse");
        }
    }

    /// As a text: only an exact number without units can be asked for so.
    fn number(&mut self, n: &Numerical) -> Result<Parts, &'static str> {
        let exact = |t: &str| t.trim().is_empty() || t.trim().parse().is_ok_and(|t: f64| t == 0.0);
        let right: Vec<_> = n.answers.iter().filter(|a| a.answer.fraction >= 1.0 && a.answer.text.text.trim() != "*").collect();
        if right.is_empty() || right.iter().any(|a| !exact(&a.tolerance)) || n.units.show != 3 && !n.units.units.is_empty() {
            return Err(self
                .language
                .of("a number with a tolerance or a unit cannot be asked for", "un nombre avec tolérance ou unité ne peut pas être demandé"));
        }
        self.lose("a number, asked for as a text", "un nombre, demandé comme texte");
        right.iter().for_each(|a| self.answer_feedback_lost(&a.answer));
        let equals =
            right.iter().map(|a| Element::new("varequal", a.answer.text.text.trim()).with("respident", RESPONSE).with("case", "No")).collect();
        let conditions = vec![self.right(equals)];
        Ok(Parts { profile: "cc.fib.v0p1", response: Some(blank(1)), conditions })
    }

    fn essay(&mut self, e: &Essay) -> Result<Parts, &'static str> {
        if e.attachments != 0 {
            self.lose("files that are handed in", "les fichiers à remettre");
        }
        if !e.grader_info.text.trim().is_empty() || !e.template.text.trim().is_empty() {
            self.lose("its template and notes for graders", "son modèle et les notes pour l’évaluation");
        }
        Ok(Parts { profile: "cc.essay.v0p1", response: Some(blank(e.lines.max(1))), conditions: Vec::new() })
    }

    /// What is said to one answer, whether it is right or not.
    fn remark(&mut self, ident: &str, answer: &Answer) -> Option<Element> {
        let id = format!("{ident}_fb");
        let shown = self.said(&id, &answer.feedback, "answerfeedback", answer.id)?;
        let condition = Element::group("respcondition", [Element::group("conditionvar", [equal(ident)]), shown]);
        Some(condition.with("continue", "Yes"))
    }

    /// Keeps a feedback to be shown; nothing for an empty one.
    fn said(&mut self, id: &str, text: &Text, area: &str, record: i64) -> Option<Element> {
        if text.text.trim().is_empty() {
            return None;
        }
        let html = (self.texts)(text, area, record);
        self.feedback.push(Element::group("itemfeedback", [Element::group("flow_mat", [material(&html, "text/html")])]).with("ident", id));
        Some(Element::new("displayfeedback", "").with("feedbacktype", "Response").with("linkrefid", id))
    }

    /// What is said for right and wrong answers is kept with the conditions that [`right`](Self::right) and [`finish`](Self::finish) write.
    fn combined(&mut self, c: &Combined) {
        let id = self.q.id;
        self.said("correct_fb", &c.right, "correctfeedback", id);
        self.said("general_incorrect_fb", &c.wrong, "incorrectfeedback", id);
        if !c.partly.text.trim().is_empty() && c.partly != c.wrong {
            self.lose("feedback to answers that are partly right", "le commentaire des réponses en partie justes");
        }
    }

    fn has(&self, feedback: &str) -> Option<Element> {
        let said = self.feedback.iter().any(|f| f.attribute("ident") == Some(feedback));
        said.then(|| Element::new("displayfeedback", "").with("feedbacktype", "Response").with("linkrefid", feedback))
    }

    fn right(&self, conditions: Vec<Element>) -> Element {
        let set = Element::new("setvar", 100).with("action", "Set").with("varname", "SCORE");
        let parts = [Element::group("conditionvar", conditions), set].into_iter().chain(self.has("correct_fb"));
        Element::group("respcondition", parts).with("continue", "No")
    }

    fn finish(mut self, parts: Parts) -> Written {
        if !self.q.hints.is_empty() {
            self.lose("hints", "les indices");
        }
        let mut conditions = Vec::new();
        let general = self.q.general_feedback.clone();
        if let Some(shown) = self.said("general_fb", &general, "generalfeedback", self.q.id) {
            conditions.push(otherwise(shown).with("continue", "Yes"));
        }
        conditions.extend(parts.conditions);
        conditions.extend(self.has("general_incorrect_fb").map(|shown| otherwise(shown).with("continue", "Yes")));
        let mut text = (self.texts)(&self.q.text, "questiontext", self.q.id);
        if text.trim().is_empty() {
            text.clone_from(&self.q.name);
        }
        let presentation = std::iter::once(material(&text, "text/html")).chain(parts.response);
        let score = Element::new("decvar", "").with("maxvalue", 100).with("minvalue", 0).with("varname", "SCORE").with("vartype", "Decimal");
        let mut all = vec![metadata(self.q, parts.profile), Element::group("presentation", presentation)];
        // An essay without feedback is not processed.
        if !conditions.is_empty() {
            let processing = std::iter::once(Element::group("outcomes", [score])).chain(conditions);
            all.push(Element::group("resprocessing", processing));
        }
        all.extend(self.feedback);
        let item = Element::group("item", all).with("ident", format!("question_{}", self.q.entry)).with("title", &self.q.name);
        Written::Item(item, self.lost)
    }
}

fn metadata(q: &Question, profile: &str) -> Element {
    let mut fields = vec![field("cc_profile", profile), field("cc_weighting", q.mark)];
    if profile == "cc.essay.v0p1" {
        fields.push(field("qmd_computerscored", "No"));
    }
    Element::group("itemmetadata", [Element::group("qtimetadata", fields)])
}

pub(super) fn field(label: &str, entry: impl ToString) -> Element {
    Element::group("qtimetadatafield", [Element::new("fieldlabel", label), Element::new("fieldentry", entry)])
}

pub(super) fn material(text: &str, kind: &str) -> Element {
    Element::group("material", [Element::new("mattext", text).with("texttype", kind)])
}

fn label(ident: &str, text: &str, kind: &str) -> Element {
    Element::group("response_label", [material(text, kind)]).with("ident", ident)
}

fn choices(cardinality: &str, shuffle: bool, labels: impl IntoIterator<Item = Element>) -> Element {
    let mut render = Element::group("render_choice", labels);
    if shuffle {
        render.set_attribute("shuffle", "Yes");
    }
    Element::group("response_lid", [render]).with("ident", RESPONSE).with("rcardinality", cardinality)
}

/// Where an answer is written.
fn blank(rows: i64) -> Element {
    let render = Element::new("render_fib", "").with("prompt", "Box").with("rows", rows);
    Element::group("response_str", [render]).with("ident", RESPONSE).with("rcardinality", "Single")
}

fn equal(ident: &str) -> Element {
    Element::new("varequal", ident).with("respident", RESPONSE)
}

fn otherwise(shown: Element) -> Element {
    Element::group("respcondition", [Element::group("conditionvar", [Element::new("other", "")]), shown])
}
