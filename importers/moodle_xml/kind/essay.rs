//! `essay`.

use crate::moodle_xml::input::{In, QUESTION, flag, number, words};
use crate::moodle_xml::output::{self, Out};
use parcours_course::question::Essay;
use parcours_mbz::xml::Element;

pub(super) fn write(out: &mut Out<'_>, e: &Essay) -> Vec<Element> {
    let id = out.question.id;
    let words = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    vec![
        Element::new("responseformat", &e.response),
        output::flag("responserequired", e.required),
        Element::new("responsefieldlines", e.lines),
        Element::new("minwordlimit", words(e.min_words)),
        Element::new("maxwordlimit", words(e.max_words)),
        Element::new("attachments", e.attachments),
        Element::new("attachmentsrequired", e.attachments_required),
        Element::new("maxbytes", e.max_bytes),
        Element::new("filetypeslist", &e.file_types),
        out.text("graderinfo", &e.grader_info, "graderinfo", id),
        out.text("responsetemplate", &e.template, "responsetemplate", id),
    ]
}

pub(super) fn read(e: &Element, input: &mut In<'_>) -> Essay {
    let response = words(e, "responseformat");
    let component = std::mem::replace(&mut input.component, "qtype_essay".to_owned());
    let essay = Essay {
        response: if response.is_empty() { "editor".to_owned() } else { response.to_owned() },
        required: flag(e, "responserequired", true),
        lines: number(e, "responsefieldlines", 15),
        min_words: words(e, "minwordlimit").parse().ok(),
        max_words: words(e, "maxwordlimit").parse().ok(),
        attachments: number(e, "attachments", 0),
        attachments_required: number(e, "attachmentsrequired", 0),
        grader_info: input.text(e, "graderinfo", "graderinfo", QUESTION),
        template: input.text(e, "responsetemplate", "responsetemplate", QUESTION),
        file_types: words(e, "filetypeslist").to_owned(),
        max_bytes: number(e, "maxbytes", 0),
    };
    input.component = component;
    essay
}
