//! `pc-form` and `pc-submit`.

use super::{Bad, Done, Page, Tag};
use crate::html::TOKEN_FIELD;

/// A form sends by `post`, with the token that says the reader's own page sent it. A search form (`get`) changes nothing and carries none.
pub fn open<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let action = tag.need("action")?;
    let get = tag.get("method").is_some_and(|method| method == "get");
    if get && tag.has("files") {
        return Err(Bad::Rule("a form by `get` sends no files".into()));
    }
    page.form = Some(fingerprint(&action));
    page.out.raw("<form");
    tag.write_class("pc-form", &mut page.out);
    tag.write_same(&["id", "data-pc-swap"], &mut page.out);
    page.out.attr("method", if get { "get" } else { "post" }).attr("action", &action);
    if tag.has("files") {
        page.out.attr("enctype", "multipart/form-data");
    }
    if let Some(label) = tag.get("label") {
        page.out.attr("aria-label", &label);
    }
    page.out.on("data-pc-draft", tag.has("draft")).raw(">");
    if !get {
        let token = page.expander.form_token()?;
        page.out.raw("<input type=\"hidden\"").attr("name", TOKEN_FIELD).attr("value", &token).raw(">");
    }
    Ok(())
}

pub fn submit<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let kind = match tag.get("kind").as_deref() {
        None | Some("primary") => "pc-submit pc-primary",
        Some("secondary") => "pc-submit pc-secondary",
        Some("danger") => "pc-submit pc-danger",
        Some(_) => return Err(Bad::Rule("`kind` of a `pc-submit` is `primary`, `secondary` or `danger`".into())),
    };
    if tag.get("name").is_some_and(|name| name.starts_with('_')) {
        return Err(Bad::Rule("names that begin with `_` are the host's".into()));
    }
    page.out.raw("<button type=\"submit\"");
    tag.write_class(kind, &mut page.out);
    tag.write_same(&["id", "name", "value"], &mut page.out);
    page.out.raw(">");
    Ok(())
}

/// FNV-1a: forms of one page have different numbers, and the same form has the same one when a part of the page is fetched again.
fn fingerprint(action: &str) -> u32 {
    action.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
