//! Sections behind the last that the course showed, before 3.3 (MBZ-FORMAT §7.1).

use super::super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};

/// Hides them: only teachers saw them, and Moodle does so itself when it knows that the backup is of before 3.3.
pub(super) fn hide(work: &mut Work) -> Result<(), Error> {
    if work.from >= (3, 3) || work.from == (0, 0) {
        return Ok(());
    }
    let shown = work.course.document("course/course.xml")?.and_then(|c| c.number("numsections"));
    let Some(shown) = shown else { return Ok(()) };
    for mut section in super::all(work)? {
        if section.document.number("number").is_some_and(|n| n > shown) && section.document.leaf("visible") == "1" {
            section.document.set("visible", 0);
            work.course.put(&section.path(), &section.document)?;
            work.fate(&section.directory, Fate::Approximated, Reason::OtherRelease);
            work.remark(
                Fate::Approximated,
                Reason::OtherRelease,
                "section",
                &section.directory,
                "the course showed fewer sections: this one is hidden",
                "le cours montrait moins de sections : celle-ci est cachée",
            );
        }
    }
    Ok(())
}
