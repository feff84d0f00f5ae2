//! What works leave, and for how long.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::convert::{Format, Offline};
use parcours_actions::work::{self, Asked, KEPT, Part, State, Who};
use parcours_actions::{ActionError, App, Options, Viewer};
use parcours_course::Language;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use support::house::{House, NOW};
use support::{files_below, sample};

static CLOCK: AtomicI64 = AtomicI64::new(NOW);

fn ended(app: &App, viewer: &Viewer, id: &str) -> State {
    for _ in 0..2400 {
        let state = work::get(app, viewer, id).unwrap().state;
        if !matches!(state, State::Running(_)) {
            return state;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("{id} did not end");
}

fn asked(to: Format) -> Asked {
    let offline = Offline::default();
    Asked {
        to,
        zip: false,
        release: None,
        people: Who::Remove,
        plain: false,
        clean: false,
        without_secrets: false,
        offline,
        language: Language::English,
    }
}

#[test]
fn a_work_is_kept_for_its_time_and_not_longer() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { clock: || CLOCK.load(Ordering::Relaxed), ..Options::new(dir.path()) };
    let house = House { app: Arc::new(App::open(&options, &[]).unwrap()), dir };
    let (app, admin) = (&house.app, house.admin());
    let course = house.import(&sample("petit")).course;
    let begun = work::export(app, &admin, course, asked(Format::Epub)).unwrap();
    assert!(matches!(ended(app, &admin, &begun.id), State::Done(_)));
    let jobs = house.folder().join("jobs");
    assert_eq!(files_below(&jobs).len(), 3, "the book, its report as a page and as JSON");

    CLOCK.fetch_add(KEPT - 1, Ordering::Relaxed);
    work::sweep(app);
    assert!(work::open(app, &admin, &begun.id, Part::Course).is_ok());
    CLOCK.fetch_add(1, Ordering::Relaxed);
    work::sweep(app);
    assert_eq!(std::fs::read_dir(&jobs).unwrap().count(), 0);
    assert!(matches!(work::get(app, &admin, &begun.id), Err(ActionError::NotFound)));
}

#[test]
fn a_work_that_is_ended_or_thrown_away_on_its_way_leaves_nothing() {
    let house = House::new();
    let (app, admin) = (&house.app, house.admin());
    let course = house.import(&sample("formation")).course;
    let jobs = house.folder().join("jobs");
    let begun = work::export(app, &admin, course, asked(Format::Site)).unwrap();
    work::cancel(app, &admin, &begun.id).unwrap();
    assert!(matches!(ended(app, &admin, &begun.id), State::Cancelled));
    assert_eq!(files_below(&jobs).len(), 0);
    work::remove(app, &admin, &begun.id).unwrap();

    let begun = work::export(app, &admin, course, asked(Format::Site)).unwrap();
    work::remove(app, &admin, &begun.id).unwrap();
    assert!(matches!(work::get(app, &admin, &begun.id), Err(ActionError::NotFound)));
    let start = std::time::Instant::now();
    while std::fs::read_dir(&jobs).unwrap().count() > 0 {
        assert!(start.elapsed() < Duration::from_secs(30), "its folder is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn no_more_run_at_a_time_than_may() {
    let house = House::new();
    let (app, admin) = (&house.app, house.admin());
    let course = house.import(&sample("formation")).course;
    let begun: Vec<_> = (0..12).map(|_| work::export(app, &admin, course, asked(Format::Markdown))).collect();
    let busy = begun.iter().filter(|b| matches!(b, Err(ActionError::Busy(_)))).count();
    assert!(busy > 0 && busy <= 9, "{busy} of 12 were told to come back");
    begun.iter().flatten().for_each(|b| drop(ended(app, &admin, &b.id)));
    assert!(work::export(app, &admin, course, asked(Format::Markdown)).is_ok());
}
