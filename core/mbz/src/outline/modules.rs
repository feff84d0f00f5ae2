//! Activities, from their folder in the archive.

use super::record::head;
use crate::error::Error;
use crate::manifest::{self, Manifest};
use crate::unpacked::Unpacked;
use crate::xml::Element;
use parcours_course::outline::Activity;
use parcours_course::{Format, Text};

/// A leaf that is a text, with the leaf that says its format.
pub(super) fn text(of: &Element, name: &str) -> Text {
    format_of(of, name, &format!("{name}format"))
}

pub(super) fn format_of(of: &Element, name: &str, format: &str) -> Text {
    Text::new(of.leaf(name), of.number(format).map_or(Format::Html, Format::of))
}

pub(super) fn flag(of: &Element, name: &str) -> Option<bool> {
    of.number(name).map(|n| n != 0)
}

/// A decimal, as databases print them.
pub(super) fn decimal(of: &Element, name: &str) -> f64 {
    of.value(name).and_then(|v| v.trim().parse().ok()).filter(|n: &f64| n.is_finite()).unwrap_or(0.0)
}

/// Restrictions; the text `null` and an empty one are none.
pub(super) fn availability(of: &Element, name: &str) -> Option<String> {
    of.value(name).filter(|v| v.trim_start().starts_with('{')).map(str::to_owned)
}

/// Where an activity's own document is. The manifest has the last word on the folder.
pub(super) fn document(manifest: &Manifest, cm: i64, module: &str) -> String {
    let listed = manifest.activities.iter().find(|a| a.moduleid == cm).map(|a| a.directory.as_str()).filter(|d| !d.is_empty());
    match listed {
        Some(folder) => format!("{folder}/{module}.xml"),
        None => format!("activities/{module}_{cm}/{module}.xml"),
    }
}

/// An activity, and the number of the section that it says it stands in.
pub(super) fn activity(from: &mut Unpacked, listed: &manifest::Activity) -> Result<(Activity, i64, i64), Error> {
    let module = from.document(&format!("{}/module.xml", listed.directory))?.unwrap_or_default();
    let path = format!("{}/{}.xml", listed.directory, listed.modulename);
    let (id, context) = numbers(from, &path)?;
    let own = head(from, &path)?.unwrap_or_default();
    let section = if listed.sectionid != 0 { listed.sectionid } else { module.number("sectionid").unwrap_or(0) };
    let activity = Activity {
        cm: listed.moduleid,
        id: own.id().or(id).unwrap_or(0),
        context: context.unwrap_or(0),
        module: listed.modulename.clone(),
        name: own.value("name").unwrap_or(&listed.title).to_owned(),
        intro: text(&own, "intro"),
        show_intro: flag(&module, "showdescription").unwrap_or(false),
        visible: flag(&module, "visible").unwrap_or(true),
        stealth: flag(&module, "visible").unwrap_or(true) && flag(&module, "visibleoncoursepage") == Some(false),
        indent: module.number("indent").unwrap_or(0),
        idnumber: module.leaf("idnumber").to_owned(),
        availability: availability(&module, "availability"),
        completion: module.number("completion").unwrap_or(0),
        files: Vec::new(),
    };
    Ok((activity, section, module.number("sectionnumber").unwrap_or(0)))
}

/// Instance and context, which stand on the document's root.
fn numbers(from: &mut Unpacked, path: &str) -> Result<(Option<i64>, Option<i64>), Error> {
    let Some(mut xml) = from.reader(path)? else { return Ok((None, None)) };
    xml.step()?;
    let number = |name| xml.attributes().find(|(n, _)| *n == name).and_then(|(_, v)| v.trim().parse().ok());
    Ok((number("id"), number("contextid")))
}
