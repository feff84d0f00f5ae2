//! `pc-files`, and the list of what a file field has already.

use super::{Done, Page, Tag};
use crate::html::Attachment;

pub fn files<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let files = page.expander.attachments(&tag.need("area")?, tag.number("item")?)?;
    if !files.is_empty() {
        page.out.raw("<ul");
        tag.write_class("pc-files", &mut page.out);
        page.out.raw(">");
        items(page, &files);
        page.out.raw("</ul>");
    } else if let Some(words) = tag.get("empty") {
        page.out.raw("<p");
        tag.write_class("pc-files pc-none", &mut page.out);
        page.out.raw(">").text(&words).raw("</p>");
    }
    Ok(())
}

pub fn items(page: &mut Page<'_>, files: &[Attachment]) {
    for file in files {
        let size = page.expander.file_size(file.size);
        page.out
            .raw("<li><a")
            .attr("href", &file.url)
            .raw(">")
            .text(&file.name)
            .raw("</a> <span class=\"pc-size\">(")
            .text(&size)
            .raw(")</span></li>");
    }
}
