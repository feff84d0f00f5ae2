//! Every outline of the corpus, made into an archive again.

use crate::support::{each, is_shell, shared};
use parcours_course::outline::{Content, File, Quiz};
use parcours_mbz::outline::{Build, Info, NewActivity, NewSection, content, read};
use parcours_mbz::validate::{Rule, Severity};
use parcours_mbz::{Container, Error, Limits, Spool, Unpacked, validate};
use std::io::Cursor;
use std::path::Path;

#[test]
fn every_outline_can_be_built_again() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| match again(path) {
        Err(Error::EmptyManifest) if is_shell(path) => Ok(()),
        Err(e) => Err(e.to_string()),
        Ok(complaints) if complaints.is_empty() => Ok(()),
        Ok(complaints) => Err(complaints.join("; ")),
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Builds it, and gives what is to be said against it.
fn again(path: &Path) -> Result<Vec<String>, Error> {
    let mut from = Unpacked::open(std::fs::File::open(path)?, &Limits::default(), Spool::new()?)?;
    let before = validate(std::fs::File::open(path)?, &Limits::default())?;
    let with_files = from.manifest().information.include_files != Some(false);
    let outline = read(&mut from)?;
    let mut build = Build::new(Spool::new()?, &Limits::default(), Info::of(&outline, 1_790_000_000));
    let files = stored(&mut from, &mut build, &outline.files)?;
    build.course_files(files);
    let mut asked = Vec::new();
    for section in &outline.sections {
        let files = stored(&mut from, &mut build, &section.files)?;
        // What restrictions and slots lead to is not here.
        let id = build.section(NewSection { availability: None, files, ..NewSection::from(section) })?;
        for activity in &section.activities {
            let content = match content(&mut from, activity)? {
                Content::Quiz(quiz) => Content::Quiz(Quiz { slots: Vec::new(), ..quiz }),
                other => other,
            };
            if Build::makes(&content) {
                let files = stored(&mut from, &mut build, &activity.files)?;
                let of_forum = |f: &File| matches!(content, Content::Forum(_)) && f.area != "intro";
                let files = files.into_iter().filter(|f| !of_forum(f)).collect::<Vec<_>>();
                asked.push((activity.name.trim().to_owned(), files.len()));
                build.activity(id, NewActivity { availability: None, files, ..NewActivity::of(activity, content) })?;
            }
        }
    }
    let mut made = build.finish()?;
    let bytes = Cursor::new(made.write(Cursor::new(Vec::new()), Container::Tgz)?.into_inner());
    let verdict = validate(bytes.clone(), &Limits::default())?;
    // A picture that the archive shows and does not have is not there afterwards either.
    let lacks = |rule: Rule| rule == Rule::FileOfText && before.count(rule) + u64::from(!with_files) > 0;
    let worse = verdict.findings.iter().filter(|f| f.severity != Severity::Note && !lacks(f.rule));
    let mut complaints: Vec<String> = worse.map(|f| format!("{} {}: {} {}", f.severity, f.rule.code(), f.place.entry, f.detail)).collect();
    let mut made = Unpacked::open(bytes, &Limits::default(), Spool::new()?)?;
    let seen = read(&mut made)?;
    let names: Vec<_> = seen.activities().map(|(_, a)| (a.name.trim().to_owned(), a.files.len())).collect();
    if names != asked {
        complaints.push(format!("{names:?}, not {asked:?}"));
    }
    Ok(complaints)
}

fn stored(from: &mut Unpacked, build: &mut Build, files: &[File]) -> Result<Vec<File>, Error> {
    let mut all = Vec::new();
    for file in files {
        if let Some(content) = from.content(&file.hash)? {
            // Not always what the name says.
            let stored = build.store(content)?;
            all.push(File { hash: stored.hash, size: stored.size, ..file.clone() });
        }
    }
    Ok(all)
}
