//! Pieces of a question, written.

use crate::bank::out::Contents;
use crate::bank::text::percent;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parcours_course::question::{Answer, Combined, File, Question};
use parcours_course::{Format, Language, Text};
use parcours_mbz::Error;
use parcours_mbz::xml::{Element, Writer};
use std::io::{self, Write};

/// A question being written.
pub(super) struct Out<'a> {
    pub question: &'a Question,
    /// None where files are written without what is in them.
    contents: Option<&'a Contents>,
    /// Files whose content is not there, or too large.
    missing: Vec<String>,
    failed: Option<Error>,
}

impl<'a> Out<'a> {
    pub fn new(question: &'a Question, contents: Option<&'a Contents>) -> Self {
        Out { question, contents, missing: Vec::new(), failed: None }
    }

    /// What else was lost.
    pub fn finish(self, language: Language) -> Result<Vec<String>, Error> {
        match self.failed {
            Some(e) => Err(e),
            None => Ok(self.missing.iter().map(|path| format!("{} {path}", language.of("file", "fichier"))).collect()),
        }
    }

    /// A text with its format and the files of an area and a record.
    pub fn text(&mut self, name: &str, text: &Text, area: &str, item: i64) -> Element {
        let mut children = vec![Element::new("text", &text.text)];
        children.extend(self.files(area, item));
        Element::group(name, children).with("format", format(text.format))
    }

    pub fn files(&mut self, area: &str, item: i64) -> Vec<Element> {
        let files: Vec<&File> = self.question.files.iter().filter(|f| f.area == area && f.item == item).collect();
        files.into_iter().filter_map(|f| self.file(f)).collect()
    }

    fn file(&mut self, file: &File) -> Option<Element> {
        let content = match self.contents.map(|c| c.bytes(file)) {
            Some(Ok(Some(bytes))) => STANDARD.encode(bytes),
            Some(other) => {
                self.missing.push(file.path.clone());
                self.failed = self.failed.take().or(other.err());
                return None;
            }
            None => String::new(),
        };
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        Some(Element::new("file", content).with("name", name).with("path", format!("{folder}/")).with("encoding", "base64"))
    }

    pub fn combined(&mut self, c: &Combined) -> Vec<Element> {
        let id = self.question.id;
        let mut all = Vec::new();
        for (name, text) in [("correctfeedback", &c.right), ("partiallycorrectfeedback", &c.partly), ("incorrectfeedback", &c.wrong)] {
            all.push(self.text(name, text, name, id));
        }
        if c.show_number_right {
            all.push(Element::new("shownumcorrect", ""));
        }
        all
    }

    /// An answer, with what a type has of its own behind its text.
    pub fn answer(&mut self, a: &Answer, more: impl IntoIterator<Item = Element>) -> Element {
        let mut e = self.text("answer", &a.text, "answer", a.id);
        e.attributes.insert(0, ("fraction".to_owned(), percent(a.fraction)));
        e.push(self.text("feedback", &a.feedback, "answerfeedback", a.id));
        e.children.extend(more);
        e
    }
}

pub(super) fn format(format: Format) -> &'static str {
    match format {
        Format::Moodle => "moodle_auto_format",
        Format::Html => "html",
        Format::Plain => "plain_text",
        Format::Markdown => "markdown",
    }
}

/// `<shuffleanswers>1</shuffleanswers>`, as most types write it.
pub(super) fn flag(name: &str, on: bool) -> Element {
    Element::new(name, u8::from(on))
}

/// An empty element where it is so, and none where it is not.
pub(super) fn mark(name: &str, on: bool) -> Option<Element> {
    on.then(|| Element::new(name, ""))
}

pub(super) fn worded(name: &str, text: &str) -> Element {
    Element::group(name, [Element::new("text", text)])
}

/// Writes an element; HTML in it stands in CDATA, so that people can read it.
pub(super) fn put<W: Write>(e: &Element, out: &mut Writer<W>) -> io::Result<()> {
    if e.name == "text" && e.children.is_empty() {
        let text: String = e.text.chars().filter(|c| matches!(c, '\n' | '\t' | '\r') || !c.is_ascii_control()).collect();
        return match text.contains(['<', '&']) && !text.contains('\r') {
            true => out.raw(&format!("<text><![CDATA[{}]]></text>", text.replace("]]>", "]]]]><![CDATA[>"))),
            false => out.leaf("text", &text),
        };
    }
    out.open(&e.name)?;
    e.attributes.iter().for_each(|(n, v)| out.attribute(n, v));
    if e.is_leaf() {
        return out.close_leaf(&e.text);
    }
    e.children.iter().try_for_each(|c| put(c, out))?;
    out.close()
}
