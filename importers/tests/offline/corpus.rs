//! Every archive of the corpus as a book, a site and a tree.

use super::check::{self, Kept, adds_up, back, epub, pages, tree, words};
use parcours_course::Format;
use parcours_course::outline::Content;
use parcours_importers::{reading::Options, site};
use parcours_mbz::{Limits, Spool, Unpacked, outline};
use parcours_samples::corpus;
use std::fs::File;
use std::path::{Path, PathBuf};

fn archives() -> Vec<PathBuf> {
    corpus::shared().map(|shared| corpus::archives(&shared)).unwrap_or_default()
}

fn open(path: &Path) -> Option<Unpacked> {
    Unpacked::open(File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap()).ok()
}

fn everything() -> Options {
    Options { hidden: true, people: true, forums: true, wikis: true, answers: true, ..Options::default() }
}

/// Complaints about an archive, by what was made of it.
fn each(test: impl Fn(&mut Unpacked) -> Result<(), String>) {
    let (mut tested, mut complaints) = (0, Vec::new());
    for path in archives() {
        let Some(mut course) = open(&path) else { continue };
        tested += 1;
        if let Err(e) = test(&mut course) {
            complaints.push(format!("{}: {e}", path.display()));
        }
    }
    eprintln!("{tested} archives");
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_archive_becomes_a_site_that_holds_its_pages() {
    each(|course| {
        let mut kept = Kept::default();
        let report = site::write(course, &everything(), &mut kept).map_err(|e| e.to_string())?;
        pages(&kept)?;
        adds_up(course, &report)?;
        let outline = outline::read(course).unwrap();
        let mut posts = 0;
        for (_, a) in outline.activities().filter(|(_, a)| a.module == "forum") {
            outline::posts(course, a, |_, p| {
                posts += usize::from(p.private == 0);
                Ok(())
            })
            .unwrap();
        }
        let shown: usize = kept.pages.values().map(|p| p.matches(" id=\"post-").count()).sum();
        if posts != shown {
            return Err(format!("{posts} posts, of which {shown} are shown"));
        }
        for (_, a) in outline.activities().filter(|(_, a)| a.module == "page") {
            let Content::Page(text) = outline::content(course, a).unwrap() else { continue };
            let page = words(kept.pages.get(&format!("page-{}.html", a.cm)).ok_or(format!("no page of {}", a.cm))?);
            // Long runs of letters between tags and entities.
            let plain = text
                .text
                .split(['<', '&', '$', '@'])
                .filter_map(|p| if text.format == Format::Plain { Some(p) } else { p.split_once('>').map(|(_, t)| t) });
            for run in plain.map(|p| p.split_whitespace().collect::<String>()).filter(|r| r.len() > 20 && r.chars().all(char::is_alphanumeric)) {
                if !page.contains(&run) {
                    return Err(format!("{run} is not in the page of {}", a.cm));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn every_archive_becomes_a_book() {
    each(|course| {
        let (kept, report) = epub(course, &everything());
        pages(&kept)?;
        check::package(&kept)?;
        adds_up(course, &report)
    });
}

#[test]
fn without_people_no_page_names_one() {
    each(|course| {
        let names: Vec<String> = outline::people(course).unwrap().into_values().filter(|n| n.len() > 12 && n.contains(' ')).collect();
        let mut kept = Kept::default();
        let options = Options { forums: true, ..Options::default() };
        site::write(course, &options, &mut kept).map_err(|e| e.to_string())?;
        pages(&kept)?;
        if kept.paths.iter().any(|p| p.starts_with("discussion")) {
            return Err("discussions".to_owned());
        }
        if kept.pages.values().any(|p| p.contains("<strong>(right)</strong>")) {
            return Err("answers".to_owned());
        }
        let named = |(path, page): (&String, &String)| {
            names.iter().find(|n| page.contains(&format!("<p class=\"note\">{n}</p>"))).map(|n| format!("{n} in {path}"))
        };
        kept.pages.iter().find_map(named).map_or(Ok(()), Err)
    });
}

#[test]
fn every_archive_becomes_a_tree_that_is_stable_from_its_first_reading_on() {
    each(|course| {
        let first = tree(course, &Options::default());
        let second = tree(&mut back(first), &Options::default());
        let third = tree(&mut back(second.clone()), &Options::default());
        match second.iter().zip(&third).find(|(a, b)| a != b) {
            Some((a, b)) if a.0 == b.0 => {
                Err(format!("{}:\n{}\n---- and ----\n{}", a.0, String::from_utf8_lossy(&a.1), String::from_utf8_lossy(&b.1)))
            }
            Some((a, b)) => Err(format!("{} and {}", a.0, b.0)),
            None if second.len() == third.len() => Ok(()),
            None => Err(format!("{} files and {}", second.len(), third.len())),
        }
    });
}
