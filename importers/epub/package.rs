//! The package document: what the book is, what it holds, in which order.

use super::time::utc;
use crate::reading::media::OTHER;
use crate::reading::node::escape;
use crate::reading::{Reading, words};
use parcours_mbz::Manifest;

/// A file of the book.
pub struct Item {
    pub path: String,
    pub name: String,
    pub mime: String,
    pub size: u64,
    /// A page leads to it.
    pub linked: bool,
    pub cover: bool,
}

/// The type under which a file is listed: one that would be taken for a part of the book itself is only bytes.
pub fn mime(of: &str) -> &str {
    let shown = of.starts_with("image/") || of.starts_with("audio/") || of.starts_with("video/");
    let book = of.contains("xml") || of.contains("html") || of.contains("javascript") || of.contains("css") || of.starts_with("font/");
    if of.is_empty() || (book && !shown) { OTHER } else { of }
}

pub fn opf(reading: &Reading, manifest: &Manifest, items: &[Item], modified: i64) -> String {
    let plan = &reading.plan;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n",
    );
    let mut line = |open: &str, words: &str, close: &str| {
        out.push_str(open);
        escape(words, false, &mut out);
        out.push_str(close);
        out.push('\n');
    };
    line("<dc:identifier id=\"id\">", &identifier(reading, manifest), "</dc:identifier>");
    line("<dc:title>", &plan.title(), "</dc:title>");
    line("<dc:language>", &words::tag(&plan.outline.language, plan.options.language), "</dc:language>");
    if !plan.outline.site.is_empty() {
        line("<dc:source>", &plan.outline.site, "</dc:source>");
    }
    line("<meta property=\"dcterms:modified\">", &utc(modified), "</meta>");
    for (property, value) in access(reading, items) {
        line(&format!("<meta property=\"schema:{property}\">"), &value, "</meta>");
    }
    out.push_str("</metadata>\n<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n");
    out.push_str("<item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n");
    let attached = items.iter().any(|i| i.linked);
    if attached {
        out.push_str("<item id=\"files\" href=\"files.xhtml\" media-type=\"application/xhtml+xml\"/>\n");
    }
    for (n, page) in plan.pages.iter().enumerate() {
        out.push_str(&format!("<item id=\"p{n}\" href=\"{}\" media-type=\"application/xhtml+xml\"/>\n", page.path));
    }
    for (n, item) in items.iter().enumerate() {
        let fallback = if item.linked { " fallback=\"files\"" } else { "" };
        let cover = if item.cover && !items.iter().take(n).any(|i| i.cover) { " properties=\"cover-image\"" } else { "" };
        out.push_str(&format!("<item id=\"f{n}\" href=\"{}\" media-type=\"{}\"{fallback}{cover}/>\n", item.path, item.mime));
    }
    out.push_str("</manifest>\n<spine>\n");
    for n in 0..plan.pages.len() {
        out.push_str(&format!("<itemref idref=\"p{n}\"/>\n"));
    }
    if attached {
        out.push_str("<itemref idref=\"files\"/>\n");
    }
    for (n, _) in items.iter().enumerate().filter(|(_, i)| i.linked) {
        out.push_str(&format!("<itemref idref=\"f{n}\" linear=\"no\"/>\n"));
    }
    out.push_str("</spine>\n</package>\n");
    out
}

/// The same for every book of one course: its address on the site it was made on, or its name.
fn identifier(reading: &Reading, manifest: &Manifest) -> String {
    let (outline, id) = (&reading.plan.outline, manifest.information.course_id);
    match outline.site.as_str() {
        "" => format!("course:{id}:{}", outline.shortname.trim()),
        site => format!("{site}/course/view.php?id={id}"),
    }
}

/// What the book says of who can read it.
fn access(reading: &Reading, items: &[Item]) -> Vec<(&'static str, String)> {
    let language = reading.plan.options.language;
    let kind = |k: &str| items.iter().any(|i| i.mime.starts_with(k));
    let (seen, moving) = (kind("image/"), kind("video/") || items.iter().any(|i| i.mime == "image/gif"));
    let heard = kind("audio/") || kind("video/");
    let mut all = vec![("accessMode", "textual".to_owned())];
    all.extend((seen || kind("video/")).then(|| ("accessMode", "visual".to_owned())));
    all.extend(heard.then(|| ("accessMode", "auditory".to_owned())));
    let silent = reading.lost.silent;
    let textual = !heard && silent == 0;
    all.extend(textual.then(|| ("accessModeSufficient", "textual".to_owned())));
    for feature in ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"] {
        all.push(("accessibilityFeature", feature.to_owned()));
    }
    all.extend((seen && silent == 0).then(|| ("accessibilityFeature", "alternativeText".to_owned())));
    all.push(("accessibilityHazard", if moving { "unknown" } else { "none" }.to_owned()));
    let summary = match silent {
        0 => language.of("Every picture in the texts has a description.", "Toutes les images des textes ont une description.").to_owned(),
        n => format!("{n} {}", language.of("pictures have no description.", "images n’ont pas de description.")),
    };
    let order = language.of(
        "Texts follow the order of the course, with headings and a table of contents.",
        "Les textes suivent l’ordre du parcours, avec des titres et un sommaire.",
    );
    all.push(("accessibilitySummary", format!("{order} {summary}")));
    all
}
