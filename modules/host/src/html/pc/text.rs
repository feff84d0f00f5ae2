//! `pc-text` and `pc-menu`.

use super::{Done, Page, Tag};

/// Rich text, sanitised by the expander. The `section` around it ends a browser's search for an open `li`, `dd` or `p`, so that nothing in the
/// text can close what stands around it.
pub fn text<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let (table, column) = (tag.need("table")?, tag.need("column")?);
    if let Some(html) = page.expander.rich_text(&table, tag.number("id")?, &column)? {
        page.out.raw("<section");
        tag.write_class("pc-text", &mut page.out);
        page.out.raw(">").raw(&html).raw("</section>");
    }
    Ok(())
}

pub fn menu<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let label = tag.need("label")?;
    page.out.raw("<details");
    tag.write_class("pc-menu", &mut page.out);
    tag.write_same(&["id"], &mut page.out);
    page.out.raw("><summary>").text(&label).raw("</summary><div class=\"pc-menu-items\">");
    Ok(())
}
