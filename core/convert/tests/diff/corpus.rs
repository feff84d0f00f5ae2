//! Archives of the corpus.

use crate::support::{corpus, differ, each, open, said};
use parcours_convert::diff::{Options, What, compare};
use parcours_mbz::{Container, Error, Limits, Spool, Unpacked};
use std::io::Cursor;

#[test]
fn every_archive_is_equal_to_itself_in_the_other_container() {
    let Some(corpus) = corpus() else { return };
    let failures = each(&corpus, |path| {
        let mut a = match open(path) {
            // An archive whose manifest is empty.
            Err(Error::EmptyManifest) => return Ok(()),
            other => other.map_err(|e| e.to_string())?,
        };
        let zip = a.write(Cursor::new(Vec::new()), Container::Zip).map_err(|e| e.to_string())?.into_inner();
        let mut b = Unpacked::open(Cursor::new(zip), &Limits::default(), Spool::new().unwrap()).map_err(|e| e.to_string())?;
        // With all that can be compared.
        let diff = compare(&mut a, &mut b, &Options { times: true, work: true }).map_err(|e| e.to_string())?;
        if diff.is_empty() && diff.only.is_empty() { Ok(()) } else { Err(said(&diff)) }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn an_archive_without_people_differs_in_what_people_did_and_in_what_moodle_leaves_out_with_them() {
    let Some(corpus) = corpus() else { return };
    // Their roles, and in the older release badges; a criterion refers to a role that is gone.
    for (name, documents) in [("m51-richB", &["roles.xml"][..]), ("m41-richA", &["badges.xml", "completion.xml", "roles.xml", "files.xml"])] {
        let (mut a, mut b) =
            (open(&corpus.join(format!("{name}-users-full.mbz"))).unwrap(), open(&corpus.join(format!("{name}-nousers.mbz"))).unwrap());
        let diff = differ(&mut a, &mut b);
        let others: Vec<_> = diff.items.iter().filter(|i| i.what != What::Backup).map(|i| i.name.as_str()).collect();
        assert_eq!(others, documents, "{}", said(&diff));
        assert!(diff.work.len() > 20 && diff.work.iter().all(|w| w.b < w.a), "{:?}", diff.work);
        assert!(diff.only.is_empty());
    }
}

#[test]
fn the_same_course_in_another_backup_differs_in_its_settings_only() {
    let Some(corpus) = corpus() else { return };
    for other in ["users-logs", "anon", "nofiles", "users-full-zip"] {
        let (mut a, mut b) = (open(&corpus.join("m51-richA-users-full.mbz")).unwrap(), open(&corpus.join(format!("m51-richA-{other}.mbz"))).unwrap());
        let diff = differ(&mut a, &mut b);
        assert!(diff.items.iter().all(|i| i.what == What::Backup) && diff.work.is_empty(), "{other}: {}", said(&diff));
    }
}

#[test]
fn a_section_differs_from_its_course_in_nothing() {
    let Some(corpus) = corpus() else { return };
    for name in ["m51-richA", "m41-richA"] {
        for part in ["section1", "section2", "section3", "activity-page", "activity-quiz", "activity-book", "activity-assign"] {
            let (mut a, mut b) =
                (open(&corpus.join(format!("{name}-users-full.mbz"))).unwrap(), open(&corpus.join(format!("{name}-{part}.mbz"))).unwrap());
            let diff = differ(&mut a, &mut b);
            // Moodle 5.1 leaves the parts of a cloze question out of such a backup.
            let lost = |name: &str| name == "Q cloze é" && part.ends_with(['3', 'z']);
            let others: Vec<_> = diff.items.iter().filter(|i| !(name == "m51-richA" && lost(&i.name))).collect();
            assert!(others.is_empty(), "{name} {part}: {}", said(&diff));
        }
    }
}

/// Two courses made by one script in two releases, with other words in their texts: what one release only knows is no difference.
#[test]
fn what_one_release_does_not_know_is_said_apart() {
    let Some(corpus) = corpus() else { return };
    let (mut a, mut b) = (open(&corpus.join("m41-richA-users-full.mbz")).unwrap(), open(&corpus.join("m51-richA-users-full.mbz")).unwrap());
    let diff = differ(&mut a, &mut b);
    let only: Vec<_> = diff.only.iter().filter(|o| o.second).map(|o| o.leaf.as_str()).collect();
    for leaf in ["assign/gradepenalty", "quiz/reviewmaxmarks", "group/participation"] {
        assert!(only.contains(&leaf), "{only:?}");
    }
    let text = said(&diff);
    // Banks stand in an activity in the one and in the course in the other, and random slots are written otherwise.
    assert!(!text.contains("filtercondition") && !text.contains("moved from course"), "{text}");
    let questions = |fate| diff.items.iter().filter(|i| i.what == What::Question && i.fate == fate).count();
    use parcours_convert::diff::Fate;
    assert_eq!((questions(Fate::Added), questions(Fate::Removed)), (2, 0), "{text}");
}
