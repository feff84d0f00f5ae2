//! A module's own document: what is always read whole, and what grows with people's work.

use parcours_mbz::error::Place;
use parcours_mbz::limits::Limit;
use parcours_mbz::xml::{Element, Reader, Rewrite, Step, Writer, rewrite};
use parcours_mbz::{Error, Unpacked};
use std::io::{self, Read};

/// Attributes of a document's root; none where there is no document.
pub(super) fn root(course: &mut Unpacked, path: &str) -> Result<Element, Error> {
    let mut root = Element::default();
    let Some(mut xml) = course.reader(path)? else { return Ok(root) };
    loop {
        match xml.step()? {
            Step::Open => {
                root.name = xml.name().to_owned();
                root.attributes = xml.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
                return Ok(root);
            }
            Step::End => return Ok(root),
            Step::Close | Step::Comment => {}
        }
    }
}

/// The record of `activity/<module>` without what is in the containers `heavy`.
///
/// # Errors
/// [`Error::Limit`] when the rest is larger than one record may be.
pub(super) fn head(course: &mut Unpacked, path: &str, module: &str, heavy: &[&str]) -> Result<Element, Error> {
    let limit = course.limits().record_bytes;
    let mut taking = Head { module, heavy, left: limit, limit, path, record: Element::group(module, []) };
    if let Some(xml) = course.reader(path)? {
        rewrite(xml, io::sink(), &mut taking)?;
    }
    Ok(taking.record)
}

struct Head<'a> {
    module: &'a str,
    heavy: &'a [&'a str],
    left: u64,
    limit: u64,
    path: &'a str,
    record: Element,
}

impl Rewrite for Head<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        match path {
            [_, module, child] => module == self.module && !self.heavy.contains(&child.as_str()),
            // One record after the other, to be dropped.
            [_, _, _, _] => true,
            _ => false,
        }
    }

    fn element(&mut self, path: &[String], element: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        if path.len() == 3 {
            let mut size = 0;
            element.walk(&mut |e| size += (e.text.len() + e.name.len() + size_of::<Element>()) as u64);
            self.left = self.left.checked_sub(size).ok_or_else(|| Error::Limit {
                place: Place::entry(self.path),
                limit: Limit::RecordBytes,
                value: self.limit,
            })?;
            self.record.push(element);
        }
        Ok(())
    }
}

/// Shows the records of a container of the module's own, one at a time.
pub(super) fn records(
    course: &mut Unpacked,
    path: &str,
    container: &str,
    record: &str,
    mut see: impl FnMut(Element) -> Result<(), Error>,
) -> Result<(), Error> {
    course.each(path, record, |names, element| match names {
        [_, _, above, _] if above == container => see(element),
        _ => Ok(()),
    })
}

/// The same while something else is written.
pub(super) struct Show<'a, F> {
    pub container: &'a str,
    pub record: &'a str,
    pub see: F,
}

impl<F: FnMut(Element) -> Result<(), Error>> Rewrite for Show<'_, F> {
    fn takes(&mut self, path: &[String]) -> bool {
        matches!(path, [_, _, above, name] if above == self.container && name == self.record)
    }

    fn element(&mut self, _: &[String], element: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        (self.see)(element)
    }
}

/// Makes records of another kind of those in a container.
pub(super) trait Fill {
    /// How often the container is gone through: more than once where one pass would hold too much.
    fn passes(&self) -> usize {
        1
    }
    /// One of the old records; new ones are pushed to `out`.
    fn record(&mut self, pass: usize, record: Element, out: &mut Vec<Element>) -> Result<(), Error>;
    /// The end of a pass.
    fn end(&mut self, _pass: usize, _out: &mut Vec<Element>) {}
}

/// What in a made document is written record by record.
pub(super) struct Heavy {
    /// The container in the new record; it stands there empty, or with what comes first.
    pub into: &'static str,
    /// Container and records in the old one.
    pub from: (&'static str, &'static str),
    pub fill: Box<dyn Fill>,
}

/// Writes a document; its container [`Heavy::into`] is filled from the document `source`.
pub(super) fn put(course: &mut Unpacked, source: &str, path: &str, document: &Element, heavy: Option<Heavy>) -> Result<(), Error> {
    let Some(mut heavy) = heavy else { return course.put(path, document) };
    let mut sources = Vec::new();
    for _ in 0..heavy.fill.passes() {
        sources.extend(course.reader(source)?);
    }
    course.put_by(path, |out| {
        let mut out = Writer::new(out);
        write(&mut out, document, &mut heavy, &mut sources)?;
        out.finish()?;
        Ok(())
    })
}

fn write<W: io::Write, R: Read>(out: &mut Writer<W>, element: &Element, heavy: &mut Heavy, sources: &mut Vec<Reader<R>>) -> Result<(), Error> {
    if element.is_leaf() || element.name.is_empty() {
        return Ok(element.write(out)?);
    }
    out.open(&element.name)?;
    element.attributes.iter().for_each(|(n, v)| out.attribute(n, v));
    for child in &element.children {
        write(out, child, heavy, sources)?;
    }
    if element.name == heavy.into {
        for (pass, source) in sources.drain(..).enumerate() {
            let mut filling = Filling { pass, heavy, out };
            rewrite(source, io::sink(), &mut filling)?;
            let mut last = Vec::new();
            heavy.fill.end(pass, &mut last);
            last.iter().try_for_each(|e| e.write(out))?;
        }
    }
    Ok(out.close()?)
}

struct Filling<'a, W: io::Write> {
    pass: usize,
    heavy: &'a mut Heavy,
    out: &'a mut Writer<W>,
}

impl<W: io::Write> Rewrite for Filling<'_, W> {
    fn takes(&mut self, path: &[String]) -> bool {
        let (container, record) = self.heavy.from;
        matches!(path, [_, _, above, name] if above == container && name == record)
    }

    fn element(&mut self, _: &[String], element: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        let mut made = Vec::new();
        self.heavy.fill.record(self.pass, element, &mut made)?;
        made.iter().try_for_each(|e| e.write(self.out))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_mbz::{Limits, Spool};

    struct Doubled;

    impl Fill for Doubled {
        fn passes(&self) -> usize {
            2
        }
        fn record(&mut self, pass: usize, record: Element, out: &mut Vec<Element>) -> Result<(), Error> {
            out.push(Element::new("word", format!("{pass}{}", record.leaf("text"))));
            Ok(())
        }
        fn end(&mut self, pass: usize, out: &mut Vec<Element>) {
            out.push(Element::new("end", pass));
        }
    }

    #[test]
    fn the_head_comes_without_what_grows_and_that_is_filled_in_again() {
        let xml = "<activity id=\"4\" contextid=\"9\"><m id=\"4\"><name>N</name><answers><answer id=\"1\"><text>a</text></answer><answer id=\"2\"><text>b</text></answer></answers><few><one>1</one></few></m></activity>";
        let mut u = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        u.put_bytes("a.xml", xml.as_bytes()).unwrap();
        assert_eq!(root(&mut u, "a.xml").unwrap().attribute("contextid"), Some("9"));
        let head = head(&mut u, "a.xml", "m", &["answers"]).unwrap();
        assert_eq!(head.children.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["name", "few"]);
        let document = Element::group("activity", [Element::group("x", [Element::group("words", [])])]);
        let heavy = Heavy { into: "words", from: ("answers", "answer"), fill: Box::new(Doubled) };
        put(&mut u, "a.xml", "b.xml", &document, Some(heavy)).unwrap();
        let made = u.document("b.xml").unwrap().unwrap();
        let words: Vec<_> = made.at(&["x", "words"]).unwrap().children.iter().map(|c| c.text.clone()).collect();
        assert_eq!(words, ["0a", "0b", "0", "1a", "1b", "1"]);
    }
}
