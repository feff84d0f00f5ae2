//! `essay`.

use super::super::leaf::{flag, text, text_out};
use super::Numbers;
use crate::xml::Element;
use parcours_course::question::Essay;

pub(super) fn read(p: &Element) -> Essay {
    let nothing = Element::default();
    let o = p.child("essay").unwrap_or(&nothing);
    let number = |name: &str, default| o.number(name).unwrap_or(default);
    Essay {
        response: o.value("responseformat").unwrap_or("editor").to_owned(),
        required: o.child("responserequired").is_none() || flag(o, "responserequired"),
        lines: number("responsefieldlines", 15),
        min_words: o.number("minwordlimit"),
        max_words: o.number("maxwordlimit"),
        attachments: number("attachments", 0),
        attachments_required: number("attachmentsrequired", 0),
        grader_info: text(o, "graderinfo"),
        template: text(o, "responsetemplate"),
        file_types: o.leaf("filetypeslist").to_owned(),
        max_bytes: number("maxbytes", 0),
    }
}

pub(super) fn write(e: &Essay, numbers: &mut Numbers) -> Element {
    let mut leaves = vec![
        Element::new("responseformat", &e.response),
        Element::new("responserequired", i64::from(e.required)),
        Element::new("responsefieldlines", e.lines),
        Element::nullable("minwordlimit", e.min_words),
        Element::nullable("maxwordlimit", e.max_words),
        Element::new("attachments", e.attachments),
        Element::new("attachmentsrequired", e.attachments_required),
    ];
    leaves.extend(text_out("graderinfo", &e.grader_info));
    leaves.extend(text_out("responsetemplate", &e.template));
    leaves.extend([Element::new("filetypeslist", &e.file_types), Element::new("maxbytes", e.max_bytes)]);
    Element::record("essay", numbers.next("essay"), leaves)
}
