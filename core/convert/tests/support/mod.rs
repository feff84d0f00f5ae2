//! What several tests share.
#![allow(dead_code, clippy::unwrap_used)]

pub mod plant;
pub mod search;

use parcours_mbz::xml::{Element, Rewrite};
use parcours_mbz::{Container, Error, Limits, Spool, Unpacked};
use std::io::Cursor;
use std::path::Path;

pub use parcours_samples::corpus::{each, is_shell, shared};

/// An archive laid open; nothing for the one without a manifest.
pub fn unpack(path: &Path) -> Option<Unpacked> {
    let course = Unpacked::open(std::fs::File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap());
    match course {
        Err(_) if is_shell(path) => None,
        course => Some(course.unwrap()),
    }
}

/// The archive as it would be written.
pub fn packed(course: &mut Unpacked) -> Vec<u8> {
    course.write(Cursor::new(Vec::new()), Container::Tgz).unwrap().into_inner()
}

/// Every element of a document with the names around it, itself last; children after their parents.
pub fn walk(course: &mut Unpacked, path: &str, see: &mut dyn FnMut(&[String], &Element)) {
    struct All<'a>(&'a mut dyn FnMut(&[String], &Element));
    fn inside(names: &mut Vec<String>, e: &Element, see: &mut dyn FnMut(&[String], &Element)) {
        see(names, e);
        for c in &e.children {
            names.push(c.name.clone());
            inside(names, c, see);
            names.pop();
        }
    }
    impl Rewrite for All<'_> {
        fn takes(&mut self, path: &[String]) -> bool {
            path.len() == 1
        }
        fn element(&mut self, path: &[String], e: Element, _: &mut Vec<Element>) -> Result<(), Error> {
            inside(&mut path.to_vec(), &e, self.0);
            Ok(())
        }
    }
    let Some(reader) = course.reader(path).unwrap() else { return };
    parcours_mbz::xml::rewrite(reader, std::io::sink(), &mut All(see)).unwrap();
}
