//! A document copied through reader and writer.

use super::{PROLOG, Reader, Step, push_attribute, push_text};
use crate::error::Error;
use std::io::{Read, Write};

const BUFFER: usize = 64 * 1024;

/// Reads a document and writes it again, step by step: the layout as it came, everything else (prolog, quotes, escapes, CDATA, self-closed elements)
/// as Moodle writes it. A document that Moodle wrote comes out byte for byte.
///
/// `leaf` sees every leaf: its name and its text.
///
/// # Errors
/// What the reader finds wrong with the document, and what writing fails with.
pub fn echo<R: Read>(xml: Reader<R>, mut out: impl Write, mut leaf: impl FnMut(&str, &str)) -> Result<(), Error> {
    let mut xml = xml.with_comments();
    let mut buffer = PROLOG.to_owned();
    let mut opened = false;
    loop {
        let step = xml.step()?;
        if xml.depth() > 1 || (step != Step::Open && xml.depth() == 1) || (step == Step::Close && xml.depth() == 0) {
            push_text(&mut buffer, xml.text());
        }
        match step {
            Step::Open => {
                buffer.push('<');
                buffer.push_str(xml.name());
                for (name, value) in xml.attributes() {
                    for part in [" ", name, "=\""] {
                        buffer.push_str(part);
                    }
                    push_attribute(&mut buffer, value);
                    buffer.push('"');
                }
                buffer.push('>');
            }
            Step::Close => {
                if opened {
                    leaf(xml.name(), xml.text());
                }
                for part in ["</", xml.name(), ">"] {
                    buffer.push_str(part);
                }
            }
            Step::Comment => {
                for part in ["<!--", xml.comment(), "-->"] {
                    buffer.push_str(part);
                }
            }
            Step::End => {
                out.write_all(buffer.as_bytes())?;
                return Ok(());
            }
        }
        opened = step == Step::Open;
        if buffer.len() >= BUFFER {
            out.write_all(buffer.as_bytes())?;
            buffer.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn through(xml: &str) -> String {
        let mut out = Vec::new();
        match echo(Reader::new(xml.as_bytes(), "x.xml", &Limits::default()), &mut out, |_, _| {}) {
            Ok(()) => String::from_utf8_lossy(&out).into_owned(),
            Err(e) => panic!("{e}"),
        }
    }

    #[test]
    fn what_moodle_wrote_comes_out_byte_for_byte() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a id=\"1\" x=\"&quot;\">\n  <b> &amp;nbsp; \n</b>\n  <c>\n  </c>\n  <d></d>\n</a>";
        assert_eq!(through(xml), xml);
    }

    #[test]
    fn what_others_wrote_comes_out_the_same_in_moodles_writing() {
        let xml = "<?xml version='1.0'?>\n<!-- x --><a b='1'><c/><d><![CDATA[<p>]]></d>t<!--k-->u</a>\n";
        assert_eq!(through(xml), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x --><a b=\"1\"><c></c><d>&lt;p&gt;</d>t<!--k-->u</a>");
    }
}
