//! A document as Moodle writes it.

use super::{PROLOG, push_attribute, push_text};
use std::io::{self, Write};

const BUFFER: usize = 64 * 1024;

/// Writes a document in Moodle's style (MBZ-FORMAT §2.1): two spaces a level, one element a line, a container that is empty as two lines, a leaf that
/// is empty as `<a></a>`, and no line end after the root.
///
/// Names are the caller's and are not checked.
pub struct Writer<W: Write> {
    out: W,
    buffer: String,
    /// Names of the open elements, one after the other, and where each begins.
    names: String,
    starts: Vec<usize>,
    /// Whether the last tag may still get attributes.
    tag: bool,
}

impl<W: Write> Writer<W> {
    /// Begins with the prolog.
    pub fn new(out: W) -> Self {
        Writer { out, buffer: PROLOG.to_owned(), names: String::new(), starts: Vec::new(), tag: false }
    }

    /// Opens an element that has children. [`attribute`](Self::attribute) may follow.
    pub fn open(&mut self, name: &str) -> io::Result<()> {
        self.line()?;
        self.buffer.push('<');
        self.buffer.push_str(name);
        self.starts.push(self.names.len());
        self.names.push_str(name);
        self.tag = true;
        Ok(())
    }

    /// An attribute of the element just opened.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.buffer.push(' ');
        self.buffer.push_str(name);
        self.buffer.push_str("=\"");
        push_attribute(&mut self.buffer, value);
        self.buffer.push('"');
    }

    /// A leaf. Null is [`NULL`](super::NULL), which is text like any other here.
    pub fn leaf(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.line()?;
        for part in ["<", name, ">"] {
            self.buffer.push_str(part);
        }
        push_text(&mut self.buffer, text);
        for part in ["</", name, ">"] {
            self.buffer.push_str(part);
        }
        Ok(())
    }

    /// Ends the element just [opened](Self::open) as a leaf: for a leaf that has attributes.
    pub fn close_leaf(&mut self, text: &str) -> io::Result<()> {
        let Some(start) = self.starts.pop().filter(|_| self.tag) else {
            return Err(io::Error::other("no element has just been opened"));
        };
        self.buffer.push('>');
        self.tag = false;
        push_text(&mut self.buffer, text);
        self.buffer.push_str("</");
        self.buffer.push_str(self.names.get(start..).unwrap_or_default());
        self.buffer.push('>');
        self.names.truncate(start);
        Ok(())
    }

    /// Text between elements, on a line of its own: no document of Moodle's has any.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.line()?;
        push_text(&mut self.buffer, text.trim_matches([' ', '\n', '\t', '\r']));
        Ok(())
    }

    /// An element that is XML already, from its start tag to its end tag.
    pub fn raw(&mut self, xml: &str) -> io::Result<()> {
        self.line()?;
        self.buffer.push_str(xml);
        Ok(())
    }

    /// Closes the element opened last.
    pub fn close(&mut self) -> io::Result<()> {
        let Some(start) = self.starts.pop() else {
            return Err(io::Error::other("nothing is open"));
        };
        self.line()?;
        self.buffer.push_str("</");
        self.buffer.push_str(self.names.get(start..).unwrap_or_default());
        self.buffer.push('>');
        self.names.truncate(start);
        Ok(())
    }

    /// Hands back the output once everything is closed.
    pub fn finish(mut self) -> io::Result<W> {
        if !self.starts.is_empty() {
            return Err(io::Error::other("an element is still open"));
        }
        self.out.write_all(self.buffer.as_bytes())?;
        Ok(self.out)
    }

    /// A new line, indented for the current depth.
    fn line(&mut self) -> io::Result<()> {
        if self.tag {
            self.buffer.push('>');
            self.tag = false;
        }
        if self.buffer.len() >= BUFFER {
            self.out.write_all(self.buffer.as_bytes())?;
            self.buffer.clear();
            self.buffer.push('\n');
        } else if self.buffer.len() != PROLOG.len() || self.buffer != PROLOG {
            self.buffer.push('\n');
        }
        for _ in &self.starts {
            self.buffer.push_str("  ");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_moodles() -> io::Result<()> {
        let mut w = Writer::new(Vec::new());
        w.open("activity")?;
        w.attribute("id", "1");
        w.open("forum")?;
        w.attribute("id", "2");
        w.leaf("name", "A & B")?;
        w.leaf("intro", "")?;
        w.leaf("grade", crate::xml::NULL)?;
        w.open("posts")?;
        w.close()?;
        w.raw("<odd/>")?;
        w.close()?;
        w.close()?;
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<activity id=\"1\">\n  <forum id=\"2\">\n    <name>A &amp; B</name>\n    <intro></intro>\n    \
                        <grade>$@NULL@$</grade>\n    <posts>\n    </posts>\n    <odd/>\n  </forum>\n</activity>";
        assert_eq!(String::from_utf8_lossy(&w.finish()?), expected);
        Ok(())
    }
}
