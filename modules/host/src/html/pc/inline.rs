//! `pc-user`, `pc-group`, `pc-date`, `pc-math`: within a line.

use super::{Done, Page, Tag};
use crate::html::Phrase;
use crate::html::write::iso;

/// A name; a link where that was asked for, the reader may follow it, and it is not in a link already.
pub fn user<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let person = page.expander.person(tag.number("id")?)?;
    let in_link = page.is_in("a");
    let Some(person) = person else {
        let words = page.expander.phrase(Phrase::UnknownPerson);
        page.out.raw("<span");
        tag.write_class("pc-user pc-nobody", &mut page.out);
        page.out.raw(">").text(&words).raw("</span>");
        return Ok(());
    };
    match person.url.filter(|_| tag.has("link") && !in_link) {
        Some(url) => {
            page.out.raw("<a");
            tag.write_class("pc-user", &mut page.out);
            page.out.attr("href", &url).raw(">").text(&person.name).raw("</a>");
        }
        None => {
            page.out.raw("<span");
            tag.write_class("pc-user", &mut page.out);
            page.out.raw(">").text(&person.name).raw("</span>");
        }
    }
    Ok(())
}

/// A name, or that there is a group of this number.
pub fn group<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let name = page.group(tag.number("id")?)?;
    page.out.raw("<span");
    tag.write_class("pc-group", &mut page.out);
    page.out.raw(">").text(&name).raw("</span>");
    Ok(())
}

/// A relative date tells the full one to who points at it.
pub fn date<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let time = tag.number("ts")?;
    let style = tag.get("style").unwrap_or_else(|| "long".into());
    let words = page.expander.date(time, &style)?;
    page.out.raw("<time");
    tag.write_class("pc-date", &mut page.out);
    page.out.attr("datetime", &iso(time));
    if style == "relative" {
        let full = page.expander.date(time, "long")?;
        page.out.attr("title", &full);
    }
    page.out.raw(">").text(&words).raw("</time>");
    Ok(())
}

/// The formula as its author wrote it, until a script draws it.
pub fn math<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let tex = tag.need("tex")?;
    page.out.raw("<code");
    tag.write_class("pc-math", &mut page.out);
    page.out.attr("data-pc-math", if tag.has("display") { "block" } else { "inline" }).raw(">").text(&tex).raw("</code>");
    Ok(())
}
