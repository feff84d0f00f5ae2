//! An archive changed in known ways differs in those and in nothing else.

use crate::support::{corpus, differ, open, said};
use parcours_convert::diff::{Change, Diff, Fate, Item, Piece, What};
use parcours_mbz::Unpacked;
use parcours_mbz::xml::Element;

fn edit(course: &mut Unpacked, path: &str, change: impl FnOnce(&mut Element)) {
    let mut document = course.document(path).unwrap().unwrap_or_else(|| panic!("{path}"));
    change(&mut document);
    course.put(path, &document).unwrap();
}

/// Folder of an activity, its course module and its section.
fn activity(course: &Unpacked, module: &str, title: &str) -> (String, i64, i64) {
    let found = course.manifest().activities.iter().find(|a| a.modulename == module && a.title == title).unwrap();
    (found.directory.clone(), found.moduleid, found.sectionid)
}

fn of<'d>(diff: &'d Diff, name: &str) -> &'d Item {
    diff.items.iter().find(|i| i.name == name).unwrap_or_else(|| panic!("{name} in {}", said(diff)))
}

fn pair() -> Option<(Unpacked, Unpacked)> {
    let path = corpus()?.join("m51-richA-users-full.mbz");
    Some((open(&path).unwrap(), open(&path).unwrap()))
}

#[test]
fn every_change_is_found_once_and_nothing_else() {
    let Some((mut a, mut b)) = pair() else { return };
    let (page, cm, home) = activity(&b, "page", "Page é");
    // A title, which other things refer to, and a word.
    edit(&mut b, "moodle_backup.xml", |m| {
        m.walk_mut(&mut |e| {
            if e.leaf("title") == "Page é" {
                e.set("title", "Autre titre")
            }
        })
    });
    edit(&mut b, &format!("{page}/page.xml"), |d| {
        let record = d.child_mut("page").unwrap();
        record.set("name", "Autre titre");
        let content = format!("{}<p>un mot</p>", record.leaf("content"));
        record.set("content", content);
    });
    edit_first(&mut a, &page);
    // What a file holds.
    let (hash, size) = b.put_content(&b"autre"[..]).unwrap();
    edit(&mut b, "files.xml", |d| {
        let file = d.children.iter_mut().find(|f| f.leaf("filename") == "document é.pdf").unwrap();
        file.set("contenthash", &hash);
        file.set("filesize", size);
    });
    // An answer.
    edit(&mut b, "questions.xml", |d| {
        let mut done = false;
        d.walk_mut(&mut |e| {
            if !done && e.name == "answer" && e.leaf("answertext").contains("One") {
                e.set("answertext", "<p>Mille</p>");
                done = true;
            }
        });
        assert!(done);
    });
    // A restriction that leads to another activity, and a setting.
    let (forum, ..) = activity(&b, "forum", "Forum qanda é");
    edit(&mut b, &format!("{forum}/module.xml"), |m| {
        m.set("availability", format!("{{\"op\":\"&\",\"c\":[{{\"type\":\"completion\",\"cm\":{cm},\"e\":1}}],\"showc\":[true]}}"))
    });
    edit(&mut b, "course/course.xml", |c| c.set("showgrades", 0));
    // An activity in another section.
    let (wiki, wiki_cm, from) = activity(&b, "wiki", "Wiki individual");
    edit(&mut b, &format!("{wiki}/module.xml"), |m| m.set("sectionid", home));
    let wiki_cm = wiki_cm.to_string();
    let sequence = |s: &Element| s.leaf("sequence").split(',').filter(|n| *n != wiki_cm).map(str::to_owned).collect::<Vec<_>>();
    edit(&mut b, &format!("sections/section_{from}/section.xml"), |s| s.set("sequence", sequence(s).join(",")));
    edit(&mut b, &format!("sections/section_{home}/section.xml"), |s| s.set("sequence", format!("{},{wiki_cm}", sequence(s).join(","))));
    edit(&mut b, "moodle_backup.xml", |m| {
        m.walk_mut(&mut |e| {
            if e.name == "activity" && e.leaf("moduleid") == wiki_cm {
                e.set("sectionid", home)
            }
        })
    });
    // A section less, and an activity.
    let empty = b.manifest().sections.iter().find(|s| !b.manifest().activities.iter().any(|a| a.sectionid == s.sectionid)).unwrap().clone();
    let gone = activity(&b, "page", "Page dans la sous-section");
    b.remove_folder(&empty.directory);
    edit(&mut b, "moodle_backup.xml", |m| {
        m.walk_mut(&mut |e| {
            let gone = |c: &Element| match c.name.as_str() {
                "section" => c.number("sectionid") == Some(empty.sectionid),
                "activity" => c.number("moduleid") == Some(gone.1),
                _ => false,
            };
            e.children.retain(|c| !gone(c));
        });
    });
    b.remove_folder(&gone.0);

    let diff = differ(&mut a, &mut b);
    let text = said(&diff);
    let page = of(&diff, "Page é");
    assert_eq!(page.details.len(), 2, "{text}");
    assert!(page.details.iter().any(|d| matches!(&d.change, Change::Value { to, .. } if to == "Autre titre")), "{text}");
    let word = |d: &&Change| matches!(d, Change::Text { pieces } if pieces.contains(&Piece::Added("<p>un mot</p>".to_owned())));
    assert_eq!(page.details.iter().map(|d| &d.change).filter(word).count(), 1, "{text}");
    assert!(of(&diff, "Fichier PDF").details.iter().any(|d| matches!(&d.change, Change::Value { to, .. } if *to == hash)), "{text}");
    let restricted = of(&diff, "Forum qanda é");
    assert!(restricted.details.iter().any(|d| matches!(&d.change, Change::Value { to, .. } if to.contains("page “Page é”"))), "{text}");
    let moved = of(&diff, "Wiki individual");
    assert!(moved.details.is_empty() && moved.moved.as_ref().is_some_and(|m| m.from != m.to), "{text}");
    assert_eq!(of(&diff, "Page dans la sous-section").fate, Fate::Removed);
    assert_eq!(of(&diff, "course/course.xml").details.len(), 1, "{text}");
    assert_eq!(diff.items.iter().filter(|i| i.what == What::Section && i.fate == Fate::Removed).count(), 1, "{text}");
    let question = diff.items.iter().find(|i| i.what == What::Question).unwrap();
    assert_eq!((question.details.len(), question.fate), (1, Fate::Changed), "{text}");
    // Two of the page; file, restriction, setting, answer; moved; section and activity removed.
    assert_eq!((diff.findings(), diff.items.len()), (9, 8), "{text}");
}

/// Nothing: the first stays as it is. Times and revisions alone are no differences.
fn edit_first(a: &mut Unpacked, page: &str) {
    edit(a, &format!("{page}/page.xml"), |d| {
        let record = d.child_mut("page").unwrap();
        record.set("timemodified", 1);
        record.set("revision", 99);
    });
}

#[test]
fn two_that_changed_places_are_one_move() {
    let Some((mut a, mut b)) = pair() else { return };
    let section = b.manifest().sections.iter().map(|s| s.directory.clone()).find(|d| {
        let sequence = a.document(&format!("{d}/section.xml")).unwrap().unwrap();
        sequence.leaf("sequence").split(',').count() > 3
    });
    edit(&mut b, &format!("{}/section.xml", section.unwrap()), |s| {
        let mut cms: Vec<_> = s.leaf("sequence").split(',').map(str::to_owned).collect();
        cms.swap(1, 2);
        s.set("sequence", cms.join(","));
    });
    let diff = differ(&mut a, &mut b);
    assert_eq!(diff.findings(), 1, "{}", said(&diff));
    assert!(diff.items.iter().all(|i| i.moved.as_ref().is_some_and(|m| m.from == m.to)));
}

#[test]
fn a_chapter_in_front_is_added_and_the_others_stay() {
    let Some((mut a, mut b)) = pair() else { return };
    let (book, ..) = activity(&b, "book", "Book compétence langue");
    edit(&mut b, &format!("{book}/book.xml"), |d| {
        let chapters = d.child_mut("book").unwrap().child_mut("chapters").unwrap();
        for chapter in &mut chapters.children {
            let number = chapter.number("pagenum").unwrap();
            chapter.set("pagenum", number + 1);
        }
        let mut first = chapters.children.first().unwrap().clone();
        first.set_attribute("id", 999_999);
        first.set("pagenum", 1);
        first.set("title", "Avant-propos");
        first.set("content", "<p>Ce que ce livre veut dire</p>");
        chapters.children.insert(0, first);
    });
    let diff = differ(&mut a, &mut b);
    assert_eq!(diff.findings(), 1, "{}", said(&diff));
    let detail = diff.items.iter().flat_map(|i| &i.details).next().unwrap();
    assert!(matches!(detail.change, Change::Added { .. }) && detail.place.last().unwrap().label == "Avant-propos", "{}", said(&diff));
}

#[test]
fn what_people_did_is_compared_when_asked() {
    use parcours_convert::diff::{Options, compare};
    let Some((mut a, mut b)) = pair() else { return };
    let (forum, ..) = activity(&b, "forum", "Forum general é");
    edit(&mut b, &format!("{forum}/forum.xml"), |d| {
        let mut first = true;
        d.walk_mut(&mut |e| {
            if first && e.name == "post" {
                e.set("message", "<p>Tout autre chose</p>");
                first = false;
            }
        });
    });
    assert!(differ(&mut a, &mut b).is_empty());
    // One post less in a discussion that stays is counted.
    let Some((_, mut less)) = pair() else { return };
    edit(&mut less, &format!("{forum}/forum.xml"), |d| {
        let mut first = true;
        d.walk_mut(&mut |e| {
            if first && e.name == "posts" && e.children.len() > 1 {
                e.children.pop();
                first = false;
            }
        });
    });
    let counted = differ(&mut a, &mut less);
    assert_eq!(counted.work.iter().map(|w| (w.name.as_str(), w.a > w.b)).collect::<Vec<_>>(), [("Forum general é", true)], "{}", said(&counted));
    let diff = compare(&mut a, &mut b, &Options { work: true, ..Options::default() }).unwrap();
    assert_eq!(diff.findings(), 1, "{}", said(&diff));
}

#[test]
fn an_activity_of_another_title_is_the_same_one_and_nothing_else_of_it_differs() {
    let Some((mut a, mut b)) = pair() else { return };
    let listed = b.manifest().activities.clone();
    edit(&mut b, "moodle_backup.xml", |m| {
        m.walk_mut(&mut |e| {
            if e.name == "activity" {
                let title = format!("{} bis", e.leaf("title"));
                e.set("title", title);
            }
        });
    });
    for activity in &listed {
        let renamed = format!("{} bis", activity.title);
        edit(&mut b, &format!("{}/{}.xml", activity.directory, activity.modulename), |d| d.children.iter_mut().for_each(|r| r.set("name", &renamed)));
        edit(&mut b, &format!("{}/module.xml", activity.directory), |m| m.set("idnumber", ""));
        edit(&mut b, &format!("{}/grades.xml", activity.directory), |g| {
            g.walk_mut(&mut |e| {
                if e.name == "grade_item" && e.leaf("itemname") == activity.title {
                    e.set("itemname", &renamed);
                }
            });
        });
    }
    for activity in &listed {
        edit(&mut a, &format!("{}/module.xml", activity.directory), |m| m.set("idnumber", ""));
    }
    let diff = differ(&mut a, &mut b);
    let text = said(&diff);
    assert!(diff.items.iter().all(|i| i.fate == Fate::Changed && i.moved.is_none() && i.details.len() == 1), "{text}");
    // The title of a label is its text.
    let labels = listed.iter().filter(|x| x.modulename == "label").count();
    assert_eq!(diff.findings(), listed.len() - labels, "{text}");
}
