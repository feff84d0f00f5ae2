//! A document changed as it streams.

use super::{Element, Reader, Step, Writer, is_blank};
use crate::error::Error;
use std::io::{Read, Write};

/// Who changes a document. Every path is the names from the root to the element, the element's own last.
///
/// What no method touches comes out as it was, in Moodle's layout.
pub trait Rewrite {
    /// Whether an element is handed over whole ([`element`](Self::element)). Asked at every start tag outside of elements that were.
    fn takes(&mut self, path: &[String]) -> bool;

    /// An element that was taken: what is pushed to `out` stands in its place, in that order. Nothing pushed takes it out.
    ///
    /// # Errors
    /// Whatever ends the rewriting.
    fn element(&mut self, path: &[String], element: Element, out: &mut Vec<Element>) -> Result<(), Error>;

    /// The start tag of an element that was not taken: its name and attributes may be changed, and what is pushed to `out` stands first in it. Paths go on with
    /// the name it came with. A leaf that something is pushed to becomes a record.
    ///
    /// # Errors
    /// Whatever ends the rewriting.
    fn start(&mut self, _path: &[String], _tag: &mut Tag, _out: &mut Vec<Element>) -> Result<(), Error> {
        Ok(())
    }

    /// A leaf outside of elements taken.
    ///
    /// # Errors
    /// Whatever ends the rewriting.
    fn leaf(&mut self, _path: &[String], _text: &mut String) -> Result<(), Error> {
        Ok(())
    }

    /// The end of a container or record that was not taken: what is pushed is added to it.
    ///
    /// # Errors
    /// Whatever ends the rewriting.
    fn end(&mut self, _path: &[String], _out: &mut Vec<Element>) -> Result<(), Error> {
        Ok(())
    }
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The `id` attribute.
    pub fn id(&self) -> Option<i64> {
        self.attributes.iter().find(|(n, _)| n == "id")?.1.trim().parse().ok()
    }
}

/// Copies a document through a [`Rewrite`]. Memory holds what is taken, one element at a time. Comments are left out.
///
/// # Errors
/// What the reader finds wrong with the document, what writing fails with, and what the rewriter says.
pub fn rewrite<R: Read, W: Write>(mut xml: Reader<R>, out: W, by: &mut impl Rewrite) -> Result<W, Error> {
    let mut out = Writer::new(out);
    let mut path: Vec<String> = Vec::new();
    // A start tag that may still be a leaf.
    let mut pending: Option<Tag> = None;
    let mut pushed = Vec::new();
    loop {
        let step = xml.step()?;
        if step != Step::Close || pending.is_none() {
            if let Some(start) = pending.take() {
                begin(&mut out, &start)?;
            }
            if !path.is_empty() && !is_blank(xml.text()) {
                out.text(xml.text())?;
            }
        }
        match step {
            Step::Open => {
                path.push(xml.name().to_owned());
                if by.takes(&path) {
                    let element = Element::read(&mut xml)?;
                    by.element(&path, element, &mut pushed)?;
                    write(&mut out, &mut pushed)?;
                    path.pop();
                } else {
                    let attributes = xml.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
                    let mut tag = Tag { name: xml.name().to_owned(), attributes };
                    by.start(&path, &mut tag, &mut pushed)?;
                    if pushed.is_empty() {
                        pending = Some(tag);
                    } else {
                        begin(&mut out, &tag)?;
                        write(&mut out, &mut pushed)?;
                    }
                }
            }
            Step::Close => {
                let text = xml.take_text();
                match pending.take() {
                    Some(start) if !(is_blank(&text) && text.contains('\n')) => {
                        let mut text = text;
                        by.leaf(&path, &mut text)?;
                        begin(&mut out, &start)?;
                        out.close_leaf(&text)?;
                    }
                    start => {
                        if let Some(start) = start {
                            begin(&mut out, &start)?;
                        }
                        by.end(&path, &mut pushed)?;
                        write(&mut out, &mut pushed)?;
                        out.close()?;
                    }
                }
                path.pop();
            }
            Step::Comment => {}
            Step::End => return Ok(out.finish()?),
        }
    }
}

fn begin<W: Write>(out: &mut Writer<W>, start: &Tag) -> Result<(), Error> {
    out.open(&start.name)?;
    start.attributes.iter().for_each(|(n, v)| out.attribute(n, v));
    Ok(())
}

fn write<W: Write>(out: &mut Writer<W>, elements: &mut Vec<Element>) -> Result<(), Error> {
    for element in elements.drain(..) {
        element.write(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[derive(Default)]
    struct Nothing;

    impl Rewrite for Nothing {
        fn takes(&mut self, _: &[String]) -> bool {
            false
        }
        fn element(&mut self, _: &[String], element: Element, out: &mut Vec<Element>) -> Result<(), Error> {
            out.push(element);
            Ok(())
        }
    }

    struct Posts;

    impl Rewrite for Posts {
        fn takes(&mut self, path: &[String]) -> bool {
            path.last().is_some_and(|n| n == "post")
        }
        fn element(&mut self, _: &[String], mut element: Element, out: &mut Vec<Element>) -> Result<(), Error> {
            if element.number("userid") == Some(5) {
                return Ok(());
            }
            element.set("seen", 1);
            out.push(element);
            Ok(())
        }
        fn start(&mut self, _: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), Error> {
            tag.attributes.iter_mut().filter(|(n, _)| n == "by").for_each(|(_, v)| v.push('0'));
            Ok(())
        }
        fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
            assert_eq!(path.join("/"), "forum/name");
            text.push('!');
            Ok(())
        }
        fn end(&mut self, path: &[String], out: &mut Vec<Element>) -> Result<(), Error> {
            if path.last().is_some_and(|n| n == "posts") {
                out.push(Element::record("post", 9, [Element::new("userid", 0)]));
            }
            Ok(())
        }
    }

    fn through(xml: &str, by: &mut impl Rewrite) -> String {
        let out = rewrite(Reader::new(xml.as_bytes(), "x.xml", &Limits::default()), Vec::new(), by).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_not_touched_comes_out_byte_for_byte() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a id=\"1\" x=\"&quot;\">\n  <b> &amp;nbsp; \n</b>\n  <c>\n  </c>\n  <d></d>\n  <k encrypted=\"true\">x</k>\n</a>";
        assert_eq!(through(xml, &mut Nothing), xml);
        assert_eq!(through("<a>\n</a>", &mut Nothing), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n</a>");
    }

    #[test]
    fn records_go_change_and_are_added() {
        let xml =
            "<forum by=\"5\"><name>F</name><posts><post id=\"1\"><userid>5</userid></post><post id=\"2\"><userid>6</userid></post></posts></forum>";
        let out = through(xml, &mut Posts);
        let flat: String = out.lines().skip(1).map(str::trim).collect();
        assert_eq!(
            flat,
            "<forum by=\"50\"><name>F!</name><posts><post id=\"2\"><userid>6</userid><seen>1</seen></post><post id=\"9\"><userid>0</userid></post></posts></forum>"
        );
    }

    struct Entries;

    impl Rewrite for Entries {
        fn takes(&mut self, _: &[String]) -> bool {
            false
        }
        fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), Error> {
            Ok(())
        }
        fn start(&mut self, path: &[String], tag: &mut Tag, out: &mut Vec<Element>) -> Result<(), Error> {
            match path.join("/").as_str() {
                "c/q" => tag.name = "e".to_owned(),
                "c" if tag.id() == Some(3) => out.push(Element::new("name", "N")),
                _ => {}
            }
            Ok(())
        }
    }

    #[test]
    fn a_start_tag_gets_another_name_and_something_to_begin_with() {
        let out = through("<c id=\"3\"><q><x>1</x></q><q>\n</q><q>2</q></c>", &mut Entries);
        let flat: String = out.lines().skip(1).map(str::trim).collect();
        assert_eq!(flat, "<c id=\"3\"><name>N</name><e><x>1</x></e><e></e><e>2</e></c>");
        let empty: String = through("<c id=\"3\">\n</c>", &mut Entries).lines().skip(1).map(str::trim).collect();
        assert_eq!(empty, "<c id=\"3\"><name>N</name></c>");
    }

    #[test]
    fn text_between_elements_is_not_lost() {
        assert!(through("<a>one<b>x</b>two</a>", &mut Nothing).contains("one"));
        assert!(through("<a>one<b>x</b>two</a>", &mut Nothing).contains("two"));
    }
}
