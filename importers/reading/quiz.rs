//! The questions of a quiz, to be read.

use super::activity::Written;
use super::desk::{Desk, Scope};
use super::media;
use super::node::{Node, tag, text};
use parcours_course::Text;
use parcours_course::outline::{Content, File, Quiz, Slotted};
use parcours_course::question::{Answer, Body, Question, Status};
use parcours_mbz::unpacked::content_path;
use parcours_mbz::{Error, Unpacked, outline, question};
use std::collections::{HashMap, HashSet};

/// Bytes of texts of questions that are held at once.
const MOST: usize = 64 << 20;

/// The questions that quizzes of the course use, by bank entry, and names of categories that others are drawn from.
#[derive(Default)]
pub struct Questions {
    by: HashMap<i64, Question>,
    /// Those that the archive holds, by bank entry.
    files: HashMap<i64, Vec<File>>,
    categories: HashMap<i64, String>,
}

impl Questions {
    /// Reads those that are used: no more than fits.
    pub(super) fn read(from: &mut Unpacked, of: &super::Plan) -> Result<Questions, Error> {
        let mut wanted = HashSet::new();
        let mut all = Questions::default();
        for (section, a) in of.outline.activities().filter(|(_, a)| a.module == "quiz") {
            if !of.shows(section.visible && a.visible) {
                continue;
            }
            if let Content::Quiz(quiz) = outline::content(from, a)? {
                wanted.extend(quiz.slots.iter().filter_map(|s| if let Slotted::Entry(id) = s.what { Some(id) } else { None }));
            }
        }
        for category in question::categories(from)? {
            all.categories.insert(category.id, category.name);
        }
        if wanted.is_empty() {
            return Ok(all);
        }
        let mut left = MOST;
        question::each(from, |_, q| {
            let newer = all.by.get(&q.entry).is_none_or(|known| known.version < q.version);
            if wanted.contains(&q.entry) && newer && q.status != Status::Draft {
                let size = q.text.text.len() + 1024;
                if size <= left {
                    left -= size;
                    all.by.insert(q.entry, q);
                }
            }
            Ok(())
        })?;
        for (entry, q) in &all.by {
            let mut files: Vec<File> = q.files.iter().map(file).filter(|f| from.has(&content_path(&f.hash))).collect();
            files.iter_mut().try_for_each(|f| media::settle(f, from))?;
            all.files.insert(*entry, files);
        }
        Ok(all)
    }
}

impl Desk<'_> {
    pub(super) fn quiz(&mut self, quiz: &Quiz, questions: &Questions, w: &mut Written) -> Result<(), Error> {
        let language = self.plan.options.language;
        let (mut items, mut absent) = (Vec::new(), 0);
        let level = if quiz.headings.iter().any(|h| !h.text.trim().is_empty()) { 3 } else { 2 };
        for (at, slot) in quiz.slots.iter().enumerate() {
            let number = i64::try_from(at + 1).unwrap_or(0);
            if let Some(heading) = quiz.headings.iter().find(|h| h.slot == number && !h.text.trim().is_empty()) {
                w.nodes.extend(list(&mut items, at));
                w.nodes.push(tag("h2").says(heading.text.trim()).node());
            }
            let item = match slot.what {
                Slotted::Entry(entry) => match questions.by.get(&entry) {
                    Some(q) => self.question(q, level, questions.files.get(&entry).map_or(&[], Vec::as_slice))?,
                    None => {
                        absent += 1;
                        vec![
                            tag("p")
                                .set("class", "note")
                                .says(language.of("A question that the archive does not hold.", "Une question que l’archive ne contient pas."))
                                .node(),
                        ]
                    }
                },
                Slotted::Random { category, .. } => {
                    let name = questions.categories.get(&category).map_or("?", String::as_str);
                    vec![
                        tag("p")
                            .set("class", "note")
                            .says(format!("{} «\u{a0}{name}\u{a0}».", language.of("Any question of", "Une question quelconque de")))
                            .node(),
                    ]
                }
                Slotted::Nothing => {
                    absent += 1;
                    continue;
                }
            };
            items.push(tag("li").with(item).node());
        }
        w.nodes.extend(list(&mut items, quiz.slots.len()));
        w.lacks.push(language.of("answering and grading", "la réponse et la notation").to_owned());
        if absent > 0 {
            w.lacks.push(format!("{absent} {}", language.of("questions that are not in the archive", "questions absentes de l’archive")));
        }
        Ok(())
    }

    fn question(&mut self, q: &Question, level: usize, files: &[File]) -> Result<Vec<Node>, Error> {
        let asked = gaps(q);
        let mut out = self.text(&asked, Scope { files, area: "questiontext", item: q.id }, level)?;
        let mut offered: Vec<(Vec<Node>, bool)> = Vec::new();
        let language = self.plan.options.language;
        match &q.body {
            Body::Choice(c) => self.answers(&c.answers, files, &mut offered)?,
            Body::TrueFalse(t) => {
                offered.push((vec![text(language.of("True", "Vrai"))], t.yes.fraction > 0.0));
                offered.push((vec![text(language.of("False", "Faux"))], t.no.fraction > 0.0));
            }
            Body::Short(s) if self.plan.options.answers => self.answers(&s.answers, files, &mut offered)?,
            Body::Numerical(n) if self.plan.options.answers => {
                let answers: Vec<Answer> = n.answers.iter().map(|a| a.answer.clone()).collect();
                self.answers(&answers, files, &mut offered)?;
            }
            Body::Ordering(o) => {
                let mut items = o.items.clone();
                // In the archive they stand in the right order.
                if !self.plan.options.answers {
                    items.sort_by(|a, b| a.text.text.cmp(&b.text.text));
                }
                items.iter_mut().for_each(|i| i.fraction = 0.0);
                self.answers(&items, files, &mut offered)?;
            }
            Body::Match(m) => {
                let mut right: Vec<&str> = m.pairs.iter().map(|p| p.answer.as_str()).filter(|a| !a.is_empty()).collect();
                right.sort_unstable();
                right.dedup();
                for pair in m.pairs.iter().filter(|p| !p.text.is_empty()) {
                    let mut words = self.line(&pair.text, Scope { files, area: "subquestion", item: pair.id })?;
                    if self.plan.options.answers {
                        words.push(text(format!(" → {}", pair.answer)));
                    }
                    offered.push((words, false));
                }
                out.push(tag("p").says(format!("{} {}", language.of("To be matched with:", "À associer avec :"), right.join(" ; "))).node());
            }
            Body::Gaps(g) => {
                let mut words: Vec<&str> = g.choices.iter().map(|c| c.text.as_str()).collect();
                if !self.plan.options.answers {
                    words.sort_unstable();
                }
                offered.extend(words.into_iter().map(|w| (vec![text(w)], false)));
            }
            Body::ImageDrop(d) => offered.extend(d.drags.iter().filter(|d| !d.label.is_empty()).map(|d| (vec![text(d.label.as_str())], false))),
            Body::Markers(m) => offered.extend(m.markers.iter().map(|m| (vec![text(m.label.as_str())], false))),
            _ => {}
        }
        let items: Vec<Node> = offered.into_iter().map(|(words, right)| self.offer(words, right)).collect();
        out.extend((!items.is_empty()).then(|| tag("ul").with(items).node()));
        Ok(out)
    }

    fn offer(&self, words: Vec<Node>, right: bool) -> Node {
        let mut item = tag("li").with(words);
        if right && self.plan.options.answers {
            item = item.with([text(" "), tag("strong").says(self.plan.options.language.of("(right)", "(juste)")).node()]);
        }
        item.node()
    }

    fn answers(&mut self, answers: &[Answer], files: &[File], out: &mut Vec<(Vec<Node>, bool)>) -> Result<(), Error> {
        for answer in answers {
            out.push((self.line(&answer.text, Scope { files, area: "answer", item: answer.id })?, answer.fraction > 0.0));
        }
        Ok(())
    }
}

fn file(f: &parcours_course::question::File) -> File {
    File {
        component: f.component.clone(),
        area: f.area.clone(),
        item: f.item,
        path: f.path.clone(),
        hash: f.hash.clone(),
        size: f.size,
        ..File::default()
    }
}

/// The text of a question with lines where something is to be filled in.
fn gaps(q: &Question) -> Text {
    let mut text = q.text.clone();
    let (open, close) = match &q.body {
        Body::Cloze(_) => ("{#", "}"),
        Body::Gaps(_) => ("[[", "]]"),
        _ => return text,
    };
    let mut out = String::new();
    let mut rest = text.text.as_str();
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        let number = after.split_once(close).filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        match number {
            Some((_, tail)) => {
                out.push_str("\u{2026}\u{2026}\u{2026}");
                rest = tail;
            }
            None => {
                out.push_str(open);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    text.text = out;
    text
}

fn list(items: &mut Vec<Node>, upto: usize) -> Option<Node> {
    let items = std::mem::take(items);
    let start = upto.saturating_sub(items.len()) + 1;
    (!items.is_empty()).then(|| tag("ol").set("class", "questions").set("start", start.to_string()).with(items).node())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_course::question::{Cloze, Gaps};

    #[test]
    fn gaps_are_shown_as_gaps() {
        let mut q = Question { text: Text::html("a {#1} b {x} {#"), body: Body::Cloze(Cloze::default()), ..Question::default() };
        assert_eq!(gaps(&q).text, "a ……… b {x} {#");
        q.body = Body::Gaps(Gaps::default());
        q.text = Text::html("[[1]], [[a]]");
        assert_eq!(gaps(&q).text, "………, [[a]]");
    }
}
