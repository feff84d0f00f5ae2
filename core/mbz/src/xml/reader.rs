//! A document as a sequence of steps.

use super::escape::{self, Fault};
use super::is_blank;
use super::meter::Meter;
use crate::error::{Error, Forbidden, Place};
use crate::limits::{Limit, Limits};
use quick_xml::Error as Xml;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use std::io::Read;
use std::mem;
use std::sync::Arc;

/// From one tag to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// An element begins: [`name`](Reader::name), [`attributes`](Reader::attributes).
    Open,
    /// An element ends: [`name`](Reader::name). If the step before was its own [`Open`](Step::Open), it is a leaf and [`text`](Reader::text) is all of it.
    Close,
    /// A comment stands here: [`comment`](Reader::comment). Only of a reader [with comments](Reader::with_comments).
    Comment,
    /// The document is over, and was whole.
    End,
}

/// Reads a document step by step, within [`Limits`].
///
/// Text is never trimmed: the text of a leaf is significant to the last space (MBZ-FORMAT §2.1). References and CDATA are resolved, line ends are line
/// feeds as XML asks, and comments are no part of a text. Control characters are kept (§2.4), except zero.
///
/// ```
/// use parcours_mbz::xml::{Reader, Step};
/// # fn main() -> Result<(), parcours_mbz::Error> {
/// let mut xml = Reader::new("<a id=\"1\"><b> &lt;x </b></a>".as_bytes(), "a.xml", &Default::default());
/// assert_eq!(xml.step()?, Step::Open);
/// assert_eq!(xml.attributes().collect::<Vec<_>>(), [("id", "1")]);
/// assert_eq!(xml.step()?, Step::Open);
/// assert_eq!(xml.step()?, Step::Close);
/// assert_eq!((xml.name(), xml.text()), ("b", " <x "));
/// # Ok(()) }
/// ```
///
/// # Errors
/// Every step may fail with [`Error::Syntax`], [`Error::Forbidden`] or [`Error::Limit`], at a line and column, and with what the input fails with.
pub struct Reader<R: Read> {
    xml: quick_xml::Reader<Meter<R>>,
    limits: Limits,
    entry: String,
    event: Vec<u8>,
    text: String,
    name: String,
    comment: String,
    attributes: Vec<(String, String)>,
    /// Bytes of text since the last tag: more than the text at hand, when comments have split it.
    since: u64,
    depth: u64,
    comments: bool,
    /// Whether a root element has begun.
    rooted: bool,
    /// Whether anything has been read, so that a declaration would come too late.
    begun: bool,
}

impl<R: Read> Reader<R> {
    /// `entry` is what errors call the document.
    pub fn new(input: R, entry: &str, limits: &Limits) -> Self {
        let mut xml = quick_xml::Reader::from_reader(Meter::new(input, limits.text_bytes.max(limits.tag_bytes)));
        xml.config_mut().expand_empty_elements = true;
        Reader {
            xml,
            limits: limits.clone(),
            entry: entry.to_owned(),
            event: Vec::new(),
            text: String::new(),
            name: String::new(),
            comment: String::new(),
            attributes: Vec::new(),
            since: 0,
            depth: 0,
            comments: false,
            rooted: false,
            begun: false,
        }
    }

    /// Makes comments steps of their own, so that they can be copied. They split the text they stand in.
    pub fn with_comments(mut self) -> Self {
        self.comments = true;
        self
    }

    /// The limits it reads within.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Text between the step before and this one.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes the text out, for keeping.
    pub fn take_text(&mut self) -> String {
        mem::take(&mut self.text)
    }

    /// Name of the element that this step opened or closed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Text of the comment of this step.
    pub fn comment(&self) -> &str {
        &self.comment
    }

    /// Attributes of the element opened last, as written, values resolved.
    pub fn attributes(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// Elements open after this step.
    pub fn depth(&self) -> u64 {
        self.depth
    }

    /// Where the reader stands: right behind what this step is about.
    pub fn place(&mut self) -> Place {
        let (line, column) = self.xml.get_mut().position();
        Place { entry: self.entry.clone(), line, column }
    }

    pub fn step(&mut self) -> Result<Step, Error> {
        self.text.clear();
        let mut buffer = mem::take(&mut self.event);
        let step = loop {
            buffer.clear();
            self.xml.get_mut().refill();
            let event = match self.xml.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(e) => return Err(self.failure(e)),
            };
            if let Some(step) = self.take(event)? {
                if step != Step::Comment {
                    self.since = 0;
                }
                break step;
            }
        };
        self.event = buffer;
        Ok(step)
    }

    fn take(&mut self, event: Event<'_>) -> Result<Option<Step>, Error> {
        let first = !mem::replace(&mut self.begun, true);
        match event {
            Event::Text(text) => self.add(|out| escape::push_lines(out, &text))?,
            Event::CData(text) => self.add(|out| escape::push_lines(out, &text))?,
            Event::GeneralRef(name) => {
                let c = escape::reference(&name).map_err(|fault| self.reference(fault))?;
                self.add(|out| out.push(c))?;
            }
            Event::Start(tag) => return self.open(&tag).map(Some),
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                tag.name().as_ref().clone_into(&mut self.name);
                return Ok(Some(Step::Close));
            }
            Event::Comment(text) if self.comments => {
                self.comment.clear();
                self.comment.push_str(&text);
                return Ok(Some(Step::Comment));
            }
            Event::Comment(_) => {}
            Event::Decl(declaration) if first => self.declaration(&declaration)?,
            Event::Decl(_) | Event::PI(_) => return Err(self.forbidden(Forbidden::Instruction)),
            Event::DocType(_) => return Err(self.forbidden(Forbidden::Doctype)),
            Event::Eof if self.depth > 0 => return Err(self.syntax("it ends inside an element")),
            Event::Eof if !self.rooted => return Err(self.syntax("there is no element")),
            Event::Eof => return Ok(Some(Step::End)),
            // Expanded into a start and an end.
            Event::Empty(_) => {}
        }
        Ok(None)
    }

    fn add(&mut self, push: impl FnOnce(&mut String)) -> Result<(), Error> {
        let before = self.text.len();
        push(&mut self.text);
        let added = self.text.get(before..).unwrap_or_default();
        if self.depth == 0 && !is_blank(added) {
            return Err(self.syntax("text outside of the root element"));
        }
        if added.contains('\0') {
            return Err(self.syntax("a zero character"));
        }
        self.since += (self.text.len() - before) as u64;
        if self.since > self.limits.text_bytes {
            return Err(self.over(Limit::TextBytes, self.limits.text_bytes));
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<Step, Error> {
        if tag.len() as u64 + 2 > self.limits.tag_bytes {
            return Err(self.over(Limit::TagBytes, self.limits.tag_bytes));
        }
        if self.depth == 0 && mem::replace(&mut self.rooted, true) {
            return Err(self.syntax("a second root element"));
        }
        self.depth += 1;
        if self.depth > self.limits.xml_depth {
            return Err(self.over(Limit::XmlDepth, self.limits.xml_depth));
        }
        tag.name().as_ref().clone_into(&mut self.name);
        if !is_name(&self.name) {
            return Err(self.syntax("a tag without a proper name"));
        }
        self.attributes.clear();
        if tag.attributes_raw().is_empty() {
            return Ok(Step::Open);
        }
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| self.syntax(e.to_string()))?;
            let value = escape::attribute(&attribute.value).map_err(|fault| self.reference(fault))?;
            let key = attribute.key.as_ref();
            if !is_name(key) || value.contains('\0') {
                return Err(self.syntax("an attribute without a proper name or value"));
            }
            if self.attributes.len() as u64 >= self.limits.attributes {
                return Err(self.over(Limit::Attributes, self.limits.attributes));
            }
            self.attributes.push((key.to_owned(), value));
        }
        Ok(Step::Open)
    }

    /// Documents are UTF-8; what says otherwise would be read otherwise by others.
    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<(), Error> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
            Some(Ok(_)) => Err(self.forbidden(Forbidden::Encoding)),
            Some(Err(e)) => Err(self.syntax(e.to_string())),
        }
    }

    fn syntax(&mut self, what: impl Into<String>) -> Error {
        Error::Syntax { place: self.place(), what: what.into() }
    }

    fn forbidden(&mut self, what: Forbidden) -> Error {
        Error::Forbidden { place: self.place(), what }
    }

    fn over(&mut self, limit: Limit, value: u64) -> Error {
        Error::Limit { place: self.place(), limit, value }
    }

    fn reference(&mut self, fault: Fault) -> Error {
        match fault.forbidden() {
            Some(what) => self.forbidden(what),
            None => self.syntax("a reference to a character that there is not"),
        }
    }

    fn failure(&mut self, e: Xml) -> Error {
        match e {
            Xml::Io(e) => match Arc::into_inner(e).map(Error::from) {
                Some(Error::Limit { limit, value, place }) if place.entry.is_empty() => self.over(limit, value),
                Some(e) => e,
                None => self.syntax("the input failed"),
            },
            Xml::Encoding(_) => self.forbidden(Forbidden::Encoding),
            e => self.syntax(e.to_string()),
        }
    }
}

fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let first = bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_' || b == b':' || b >= 0x80);
    first && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'-' | b'.') || b >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a step: `+name k=v`, `-name text`.
    fn steps(xml: &str) -> Result<String, Error> {
        let mut reader = Reader::new(xml.as_bytes(), "x.xml", &Limits::default());
        let mut out = String::new();
        loop {
            match reader.step()? {
                Step::Open => {
                    out += &format!("+{}", reader.name());
                    reader.attributes().for_each(|(k, v)| out += &format!(" {k}={v}"));
                }
                Step::Close => out += &format!("-{}[{}]", reader.name(), reader.text()),
                Step::Comment => out += "#",
                Step::End => return Ok(out),
            }
        }
    }

    fn error(xml: &str) -> Error {
        match steps(xml) {
            Err(e) => e,
            Ok(steps) => panic!("{steps}"),
        }
    }

    #[test]
    fn text_of_a_leaf_is_kept_to_the_last_space() {
        let xml = "<a><b> x\n </b><c></c><d/><e>1<!-- no -->2<![CDATA[<3>]]>&#x34;&amp;lt;</e></a>";
        assert_eq!(steps(xml).unwrap_or_default(), "+a+b-b[ x\n ]+c-c[]+d-d[]+e-e[12<3>4&lt;]-a[]");
    }

    #[test]
    fn line_ends_are_line_feeds_unless_written_as_a_reference() {
        assert_eq!(steps("<a>1\r\n2\r3&#13;</a>").unwrap_or_default(), "+a-a[1\n2\n3\r]");
    }

    #[test]
    fn a_byte_order_mark_and_control_characters_are_tolerated() {
        assert_eq!(steps("\u{feff}<?xml version='1.0' encoding='utf-8'?><a>\u{1}\u{7f}</a>\n").unwrap_or_default(), "+a-a[\u{1}\u{7f}]");
    }

    #[test]
    fn errors_name_line_and_column() {
        let Error::Syntax { place, .. } = error("<a>\n  <b></c>\n</a>") else { panic!() };
        assert_eq!((place.line, place.column), (2, 10));
    }

    #[test]
    fn what_no_backup_needs_is_forbidden() {
        let kind = |xml| match error(xml) {
            Error::Forbidden { what, .. } => what,
            e => panic!("{e}"),
        };
        assert_eq!(kind("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), Forbidden::Doctype);
        assert_eq!(kind("<?xml-stylesheet href='x'?><a/>"), Forbidden::Instruction);
        assert_eq!(kind("<a><?php echo 1 ?></a>"), Forbidden::Instruction);
        assert_eq!(kind("<a>&nbsp;</a>"), Forbidden::Entity);
        assert_eq!(kind("<?xml version='1.0' encoding='UTF-16'?><a/>"), Forbidden::Encoding);
    }

    #[test]
    fn what_is_not_xml_is_an_error() {
        for xml in [
            "",
            " \n",
            "x",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "<a b=1/>",
            "<a b='1' b='2'/>",
            "<a>&lt</a>",
            "<a>\0</a>",
            "<1/>",
            "< a/>",
            "<a><![CDATA[",
            "<a><!-- ",
        ] {
            assert!(matches!(error(xml), Error::Syntax { .. }), "{xml:?}: {}", error(xml));
        }
    }

    #[test]
    fn limits_are_errors_of_their_own() {
        let limit = |xml: &str| match error(xml) {
            Error::Limit { limit, .. } => limit,
            e => panic!("{e}"),
        };
        assert_eq!(limit(&"<a>".repeat(65)), Limit::XmlDepth);
        let attributes: String = (0..65).map(|n| format!(" a{n}='1'")).collect();
        assert_eq!(limit(&format!("<a{attributes}/>")), Limit::Attributes);
        assert_eq!(limit(&format!("<a b='{}'/>", "x".repeat(65_536))), Limit::TagBytes);
        assert_eq!(limit(&format!("<a>{}</a>", "x".repeat(16 << 20 | 1))), Limit::TextBytes);
        assert_eq!(limit(&format!("<a>{}</a>", "&lt;x".repeat(9 << 20))), Limit::TextBytes);
    }
}
