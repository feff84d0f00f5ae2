//! An archive with a question bank, and what is in one.

use crate::samples::PNG;
use parcours_course::question::{Category, Question};
use parcours_importers::bank::Bank;
use parcours_mbz::outline::{Build, Info};
use parcours_mbz::{Container, Limits, Spool, Unpacked};
use std::io::Cursor;

pub fn info() -> Info {
    Info { fullname: "Bank".into(), now: 1_700_000_000, ..Info::default() }
}

pub fn build() -> Build {
    Build::new(Spool::new().unwrap(), &Limits::default(), info())
}

/// An archive with these questions in the category `A/B, C`, in one named `top`.
pub fn of(mut questions: Vec<Question>) -> Unpacked {
    let mut build = build();
    let stored = build.store(PNG).unwrap();
    for f in questions.iter_mut().flat_map(|q| &mut q.files) {
        (f.hash, f.size, f.mime) = (stored.hash.clone(), stored.size, Some("image/png".into()));
    }
    let category = |id, parent, name: &str| Category { id, parent, name: name.into(), ..Category::default() };
    let described = Category { info: parcours_course::Text::html("<p>All of them</p>"), idnumber: "c-1".into(), ..category(2, 1, "A/B, C") };
    let categories = vec![(category(1, 0, "top"), vec![]), (described, questions)];
    Bank { categories, report: Default::default() }.into_course(build, "Quiz", 1_700_000_000).unwrap().0
}

/// Every question of an archive, with its category.
pub fn questions(course: &mut Unpacked) -> Vec<(Category, Question)> {
    let mut all = Vec::new();
    parcours_mbz::question::each(course, |c, q| {
        all.push((c.clone(), q));
        Ok(())
    })
    .unwrap();
    all
}

/// The same archive, packed and unpacked.
pub fn again(mut course: Unpacked) -> (Unpacked, Vec<u8>) {
    let bytes = course.write(Cursor::new(Vec::new()), Container::Tgz).unwrap().into_inner();
    (Unpacked::open(Cursor::new(bytes.clone()), &Limits::default(), Spool::new().unwrap()).unwrap(), bytes)
}
