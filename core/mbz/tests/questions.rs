//! The question banks of the corpus: every question is read, and read again as it was written.

#![allow(clippy::unwrap_used)]

use parcours_course::question::{Body, Category, Question};
use parcours_mbz::question::{Numbers, QUESTIONS, bank, categories, each};
use parcours_mbz::{Limits, Spool, Unpacked};
use parcours_samples::corpus as support;
use std::fs::File;
use std::sync::atomic::{AtomicUsize, Ordering};

type Bank = Vec<(Category, Vec<Question>)>;

fn read(course: &mut Unpacked) -> Bank {
    let mut all: Bank = categories(course).unwrap().into_iter().map(|c| (c, Vec::new())).collect();
    each(course, |c, q| {
        all.iter_mut().find(|(category, _)| category.id == c.id).unwrap().1.push(q);
        Ok(())
    })
    .unwrap();
    all
}

/// What is not written: the files, and what a random question had in its text.
fn comparable(mut q: Question) -> Question {
    q.files.clear();
    if let Body::Cloze(c) = &mut q.body {
        c.questions = std::mem::take(&mut c.questions).into_iter().map(comparable).collect();
    }
    q
}

#[test]
fn every_question_is_read_as_it_was_written() {
    let Some(shared) = support::shared() else { return };
    let total = AtomicUsize::new(0);
    let failures = support::each(&shared, |path| {
        let Ok(mut course) = Unpacked::open(File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap()) else { return Ok(()) };
        let first = read(&mut course);
        course.put(QUESTIONS, &bank(&first, &mut Numbers::default())).unwrap();
        let again = read(&mut course);
        for ((c, a), (d, b)) in first.into_iter().zip(again) {
            if c != d || a.len() != b.len() {
                return Err(format!("{c:?} {} became {d:?} {}", a.len(), b.len()));
            }
            for (a, b) in a.into_iter().zip(b) {
                total.fetch_add(1, Ordering::Relaxed);
                let (a, b) = (comparable(a), comparable(b));
                if a != b {
                    return Err(format!("{a:?}\nbecame\n{b:?}"));
                }
            }
        }
        Ok(())
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let total = total.into_inner();
    eprintln!("{total} questions");
    assert!(total > 1000);
}
