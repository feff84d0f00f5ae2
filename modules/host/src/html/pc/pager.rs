//! `pc-pager`: the way to the pages before and after.

use super::{Done, Page, Tag};
use crate::html::Phrase;

pub fn pager<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    if !tag.has("previous") && !tag.has("next") {
        return Ok(());
    }
    let label = tag.get("label").map_or_else(|| page.expander.phrase(Phrase::Pages), |label| label.into_owned());
    page.out.raw("<nav");
    tag.write_class("pc-pager", &mut page.out);
    page.out.attr("aria-label", &label).raw("><ul>");
    for (name, rel, phrase) in [("previous", "prev", Phrase::Previous), ("next", "next", Phrase::Next)] {
        if let Some(url) = tag.get(name) {
            let words = page.expander.phrase(phrase);
            page.out.raw("<li><a").attr("rel", rel).attr("href", &url).raw(">").text(&words).raw("</a></li>");
        }
    }
    page.out.raw("</ul></nav>");
    Ok(())
}
