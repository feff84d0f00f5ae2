//! A course of the domain goes out, in whatever format.

use super::asked::{Asked, Who, short};
use super::{Part, What, Work, paper};
use crate::convert::{self, Did, Step};
use crate::export::{self, Choices};
use crate::{App, Result, Viewer};
use std::sync::Arc;

/// Begins to write a course out as it is asked for.
///
/// # Errors
/// `NotFound` when there is no such course for this viewer; `Denied` unless they manage it, and may take people along when their work is to come; `Busy` when enough works run.
pub fn export(app: &Arc<App>, viewer: &Viewer, course: i64, asked: Asked) -> Result<Work> {
    let people = asked.takes_people();
    export::allowed(app, viewer, course, people)?;
    let found = parcours_store::courses::get(&*app.domain.read()?, course)?.ok_or(crate::ActionError::NotFound)?;
    let mut steps = vec![Did::Export];
    if !asked.is_as_it_came() {
        steps.extend(asked.steps(false));
    }
    let download = download(&found.shortname, course, &asked);
    let (title, who) = (found.fullname.clone(), viewer.clone());
    let named = (found.fullname, What::Export { course, people }, app.works.room()?);
    app.works.begin(app, viewer, named, steps, move |bench| {
        let app = bench.app;
        bench.step(Did::Export)?;
        let choices = |zip| Choices { without_people: !people, without_secrets: asked.without_secrets, zip, language: asked.language };
        if asked.is_as_it_came() {
            let report = export::watched(app, Some(&who), course, choices(asked.zip), &bench.path(Part::Course), &bench.watch())?;
            return paper::converted(bench, &[Step { did: Did::Export, report }], download, &title, asked.language);
        }
        let source = bench.folder().join("source.mbz");
        let report = export::watched(app, Some(&who), course, choices(true), &source, &bench.watch())?;
        let done = convert::telling(&source, &bench.path(Part::Course), &asked.wishes(bench, &title, false)?, &mut |did| bench.next(did))?;
        let _ = std::fs::remove_file(&source);
        let steps: Vec<Step> = std::iter::once(Step { did: Did::Export, report }).chain(done).collect();
        paper::converted(bench, &steps, download, &title, asked.language)
    })
}

/// `backup-moodle2-course-12-oral-nu.mbz`: a backup as Moodle names them, `nu` for "no users" and `an` for anonymised ones (MBZ-FORMAT §1); `oral-12.epub`.
fn download(shortname: &str, course: i64, asked: &Asked) -> String {
    let (short, end) = (short(shortname), asked.end());
    if asked.to != convert::Format::Mbz {
        return format!("{short}-{course}{end}");
    }
    let people = match asked.people {
        Who::Keep => "",
        Who::Replace => "-an",
        Who::Remove => "-nu",
    };
    let release = asked.release.map(|r| format!("-moodle{r}")).unwrap_or_default();
    format!("backup-moodle2-course-{course}-{short}{release}{people}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::{Format, Offline};
    use parcours_course::Language;
    use parcours_mbz::Release;

    #[test]
    fn a_file_is_named_after_its_course_and_what_it_is() {
        let asked = |to, people, release| Asked {
            to,
            zip: false,
            release,
            people,
            plain: false,
            clean: false,
            without_secrets: false,
            offline: Offline::default(),
            language: Language::French,
        };
        let name = |short, asked| download(short, 12, &asked);
        assert_eq!(name("Oral 2026/a", asked(Format::Mbz, Who::Remove, None)), "backup-moodle2-course-12-oral_2026_a-nu.mbz");
        assert_eq!(name("", asked(Format::Mbz, Who::Replace, Some(Release::M41))), "backup-moodle2-course-12--moodle4.1-an.mbz");
        assert_eq!(name("../x", asked(Format::Epub, Who::Keep, None)), "___x-12.epub");
        assert_eq!(name("Été", asked(Format::Site, Who::Keep, None)), "été-12-site.zip");
    }

    #[test]
    fn people_come_along_only_where_there_is_a_place_for_them() {
        let asked = |to, people, posts| Asked {
            to,
            zip: false,
            release: None,
            people,
            plain: false,
            clean: false,
            without_secrets: false,
            offline: Offline { posts, ..Offline::default() },
            language: Language::French,
        };
        let takes = |a: Asked| a.takes_people();
        assert!(
            takes(asked(Format::Mbz, Who::Keep, false))
                && takes(asked(Format::Mbz, Who::Replace, false))
                && takes(asked(Format::Epub, Who::Keep, true))
        );
        assert!(!takes(asked(Format::Mbz, Who::Remove, true)) && !takes(asked(Format::Epub, Who::Keep, false)));
    }
}
