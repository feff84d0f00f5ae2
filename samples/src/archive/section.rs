//! `sections/section_N/`.

use super::files::{Area, Owner};
use super::{Columns, Made, Refs, columns, has};
use crate::source::{Course, Section};
use crate::xml::{leaf, record};
use anyhow::Result;

const COLUMNS: Columns = &[("visible", "1"), ("availabilityjson", "null"), ("component", "null"), ("itemid", "null"), ("timemodified", "0")];

/// Writes a section; `number` is its place on the course page.
pub fn write(course: &Course, section: &Section, number: usize, made: &mut Made) -> Result<()> {
    section.sheet.only(|key| has(COLUMNS, key) || matches!(key, "id" | "name" | "file"))?;
    let folder = format!("sections/section_{}", section.id);
    let mut refs = Refs::default();
    let area = Area { context: course.sheet.number("context")?, component: "course", area: "section", item: section.id };
    let owner = Owner { user: course.people.owner(), name: None, time: course.sheet.time("timecreated")? };
    for file in section.sheet.all("file") {
        made.files.add(area, file, false, owner, &mut refs)?;
    }
    let sequence: Vec<String> = section.activities.iter().map(|a| a.cm.to_string()).collect();
    let mut element = record(
        "section",
        section.id,
        [
            leaf("number", number),
            leaf("name", section.sheet.leaf("name", "null")),
            leaf("summary", &section.sheet.body),
            leaf("summaryformat", 1),
            leaf("sequence", sequence.join(",")),
        ],
    );
    columns(&section.sheet, COLUMNS).into_iter().for_each(|column| element.push(column));
    made.document(&format!("{folder}/section.xml"), &element);
    made.inforef(&folder, &refs);
    Ok(())
}
