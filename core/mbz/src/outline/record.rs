//! The record of a module, read as far as it is needed.

use crate::error::Error;
use crate::limits::Limit;
use crate::unpacked::Unpacked;
use crate::xml::{Element, Reader, Step};
use std::io::Read;

/// Its leaves. What follows them is not read: a forum may hold a million posts (MBZ-FORMAT §2.2: leaves come first).
pub(super) fn head(from: &mut Unpacked, path: &str) -> Result<Option<Element>, Error> {
    let Some(xml) = from.reader(path)? else { return Ok(None) };
    record(xml, Wanted::Leaves)
}

/// All of it but the containers of these names, wherever they stand in it.
pub(super) fn without(from: &mut Unpacked, path: &str, skip: &[&str]) -> Result<Option<Element>, Error> {
    let Some(xml) = from.reader(path)? else { return Ok(None) };
    record(xml, Wanted::AllBut(skip))
}

#[derive(Clone, Copy)]
enum Wanted<'a> {
    Leaves,
    AllBut(&'a [&'a str]),
}

/// Elements around the record: the document's root (MBZ-FORMAT §12).
const AROUND: usize = 1;

fn record<R: Read>(mut xml: Reader<R>, wanted: Wanted<'_>) -> Result<Option<Element>, Error> {
    let mut left = xml.limits().record_bytes;
    let mut open: Vec<Element> = Vec::new();
    loop {
        match xml.step()? {
            Step::Open if depth(&xml) <= AROUND => {}
            Step::Open => {
                match wanted {
                    Wanted::Leaves if open.len() > 1 => return Ok(open.into_iter().next()),
                    Wanted::AllBut(skip) if !open.is_empty() && skip.contains(&xml.name()) => {
                        pass(&mut xml)?;
                        continue;
                    }
                    _ => {}
                }
                let attributes = xml.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
                open.push(Element { name: xml.name().to_owned(), attributes, ..Element::default() });
            }
            Step::Close => {
                let Some(mut done) = open.pop() else { continue };
                if done.children.is_empty() {
                    done.text = xml.take_text();
                }
                let used = (done.text.len() + done.name.len() + size_of::<Element>()) as u64;
                left = left.checked_sub(used).ok_or_else(|| Error::Limit {
                    place: xml.place(),
                    limit: Limit::RecordBytes,
                    value: xml.limits().record_bytes,
                })?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Ok(Some(done)),
                }
            }
            Step::Comment => {}
            Step::End => return Ok(None),
        }
    }
}

/// Reads on to the end of the element that was opened.
fn pass<R: Read>(xml: &mut Reader<R>) -> Result<(), Error> {
    let inside = xml.depth();
    while xml.depth() >= inside {
        if xml.step()? == Step::End {
            break;
        }
    }
    Ok(())
}

fn depth<R: Read>(xml: &Reader<R>) -> usize {
    usize::try_from(xml.depth()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    const XML: &str = "<activity id=\"7\"><quiz id=\"7\"><name>Q &amp; A</name><seb>\n</seb><attempts>\n<attempt><name>no</name></attempt></attempts><slots><slot id=\"1\"><page>2</page><attempts>\n</attempts></slot></slots></quiz></activity>";

    fn read(wanted: Wanted<'_>) -> Element {
        record(Reader::new(XML.as_bytes(), "quiz.xml", &Limits::default()), wanted).unwrap().unwrap()
    }

    #[test]
    fn a_head_ends_where_the_first_container_begins() {
        let head = read(Wanted::Leaves);
        assert_eq!((head.name.as_str(), head.id(), head.leaf("name"), head.children.len()), ("quiz", Some(7), "Q & A", 2));
    }

    #[test]
    fn what_is_not_wanted_is_passed_over_at_any_depth() {
        let quiz = read(Wanted::AllBut(&["attempts"]));
        let names: Vec<_> = quiz.children.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["name", "seb", "slots"]);
        assert_eq!(quiz.at(&["slots", "slot"]).map(|s| s.children.len()), Some(1));
    }

    #[test]
    fn a_document_without_a_record_has_none() {
        assert!(record(Reader::new("<activity></activity>".as_bytes(), "x.xml", &Limits::default()), Wanted::Leaves).unwrap().is_none());
    }
}
