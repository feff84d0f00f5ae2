//! The course's own document, and its gradebook (MBZ-FORMAT §7.1, §8).

use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::Element;

const COURSE: &str = "course/course.xml";
const GRADEBOOK: &str = "gradebook.xml";
/// Options of the formats of core, which were columns up to 3.10.
const OPTIONS: &[&str] = &["hiddensections", "coursedisplay"];

pub(super) fn convert(work: &mut Work) -> Result<(), Error> {
    if let Some(mut course) = work.course.document(COURSE)?
        && options(&mut course)
    {
        work.course.put(COURSE, &course)?;
    }
    if work.from > (0, 0) && work.from < (3, 1) && work.course.size(GRADEBOOK).is_some_and(|size| size > 0) {
        let release = work.release;
        work.remark(
            Fate::Approximated,
            Reason::OtherRelease,
            "gradebook",
            GRADEBOOK,
            format!("totals are worked out as Moodle {release} does, which has other rules for weights and letters: compare them with the first site's"),
            format!("les totaux sont calculés comme le fait Moodle {release}, dont les règles de poids et de lettres diffèrent : comparez avec le premier site"),
        );
    }
    Ok(())
}

/// Writes the columns as options too. Answers whether there were any to write.
fn options(course: &mut Element) -> bool {
    if course.child("courseformatoptions").is_some() {
        return false;
    }
    let format = course.leaf("format").to_owned();
    let options: Vec<Element> = OPTIONS
        .iter()
        .filter_map(|name| {
            let value = course.value(name)?;
            let leaves = [("format", format.as_str()), ("sectionid", "0"), ("name", name), ("value", value)];
            Some(Element::group("courseformatoption", leaves.map(|(n, v)| Element::new(n, v))))
        })
        .collect();
    if options.is_empty() {
        return false;
    }
    course.push(Element::group("courseformatoptions", options));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_options_once() {
        let mut course = Element::record("course", 1, [Element::new("format", "topics"), Element::new("hiddensections", 1)]);
        assert!(options(&mut course) && !options(&mut course));
        let option = course.at(&["courseformatoptions", "courseformatoption"]).unwrap();
        assert_eq!((option.leaf("format"), option.leaf("name"), option.leaf("value")), ("topics", "hiddensections", "1"));
    }
}
