//! "Étiquette pédagogique": a text in one of five frames, the fourth for trainers only (MAGISTERE §6.1). A label with the frame in its text.

use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, record};
use crate::magistere::words::{framed, intro};
use parcours_mbz::Error;

/// The frame for trainers.
pub(in crate::magistere) const NOTE: i64 = 4;
/// Default title, edge and ground of each type; and the right of those who see it.
const FRAMES: &[(&str, &str, &str, &str)] = &[
    ("Présentation de votre formation", "#9a5bb6", "#f5edf8", "presentationblockview"),
    ("Comment réussir votre formation ?", "#e07d00", "#fbf3e8", "succedblockview"),
    ("Activité à réaliser", "#3597e2", "#e6f5fc", "activityblockview"),
    ("Note aux formateurs", "#40bd9b", "#e9f8f5", "noteblockview"),
    ("Important", "#cb303e", "#fcf0f2", "importantblockview"),
];

fn of(kind: i64) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    FRAMES.get(usize::try_from(kind).ok()?.checked_sub(1)?)
}

/// Default title and colours of a type; grey for one there is not.
pub(in crate::magistere) fn frame(kind: i64) -> (&'static str, &'static str, &'static str) {
    of(kind).map_or(("", "#6a737b", "#f0f1f2"), |f| (f.0, f.1, f.2))
}

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let kind = a.record.number("type").unwrap_or(0);
    let (_, edge, ground) = frame(kind);
    let (text, format) = match a.record.number("introformat") {
        // Markdown stays what it is, with its title as its own heading.
        Some(4) => (format!("#### {}\n\n{}", a.name(), a.record.leaf("intro")), 4),
        _ => (framed(edge, ground, a.name(), &intro(&a.record)), 1),
    };
    let hidden = hidden(cx, a, kind)?;
    let label = record!("label", a.id; name: a.name(), intro: text, introformat: format, timemodified: a.modified());
    let detail = match hidden {
        true => {
            cx.of("its text in a frame of the same colours, hidden from learners", "son texte dans un cadre des mêmes couleurs, caché aux apprenants")
        }
        false => cx.of("its text in a frame of the same colours", "son texte dans un cadre des mêmes couleurs"),
    };
    let mut made = Made::new("label", label, detail);
    made.hidden = hidden;
    Ok(Some(made))
}

/// Whether learners do not see it: by its type, unless their role was given or taken the right here.
fn hidden(cx: &mut Cx<'_>, a: &Activity, kind: i64) -> Result<bool, Error> {
    let right = format!("mod/educationallabel:{}", of(kind).map_or("", |f| f.3));
    let mut hidden = kind == NOTE;
    let Some(roles) = cx.course.document(&format!("{}/roles.xml", a.folder))? else { return Ok(hidden) };
    for o in roles.records("role_overrides", "override").filter(|o| o.leaf("capability") == right) {
        let learner = o.number("roleid").and_then(|r| cx.known.roles.get(&r)).is_some_and(|r| r.archetype == "student");
        if learner {
            hidden = o.number("permission") != Some(1);
        }
    }
    Ok(hidden)
}
