//! The host's elements, one file each (small ones together).

mod field;
mod files;
mod form;
mod inline;
mod input;
mod pager;
mod text;

use std::borrow::Cow;

pub use field::{ATTRIBUTES as FIELD, Field};

use super::page::Page;
use super::scan::{Attribute, plain};
use super::write::Out;
use crate::abilities::Fault;

/// Why a host element could not be written.
pub enum Bad {
    Rule(Cow<'static, str>),
    Fault(Fault),
}

impl From<Fault> for Bad {
    fn from(fault: Fault) -> Bad {
        Bad::Fault(fault)
    }
}

type Done = Result<(), Bad>;

/// Writes what stands for the opening tag.
pub fn open<'a>(page: &mut Page<'a>, name: &str, tag: &Tag<'a>) -> Done {
    match name {
        "pc-user" => inline::user(page, tag),
        "pc-group" => inline::group(page, tag),
        "pc-date" => inline::date(page, tag),
        "pc-math" => inline::math(page, tag),
        "pc-text" => text::text(page, tag),
        "pc-files" => files::files(page, tag),
        "pc-pager" => pager::pager(page, tag),
        "pc-menu" => text::menu(page, tag),
        "pc-form" => form::open(page, tag),
        "pc-field" => field::open(page, tag),
        "pc-option" => field::option(page, tag),
        "pc-submit" => form::submit(page, tag),
        _ => Ok(()),
    }
}

/// Writes what stands for the end tag.
pub fn close(page: &mut Page<'_>, name: &str) -> Done {
    match name {
        "pc-menu" => page.out.raw("</div></details>"),
        "pc-submit" => page.out.raw("</button>"),
        "pc-form" => {
            page.form = None;
            page.out.raw("</form>")
        }
        "pc-field" => return field::close(page),
        _ => return Ok(()),
    };
    Ok(())
}

/// The attributes of a host element, checked already.
#[derive(Clone)]
pub struct Tag<'a>(Vec<Attribute<'a>>);

impl<'a> Tag<'a> {
    pub fn new(attributes: &[Attribute<'a>]) -> Tag<'a> {
        Tag(attributes.to_vec())
    }

    /// The value without entities.
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        self.0.iter().find(|a| a.name == name).map(|a| plain(a.value))
    }

    pub fn need(&self, name: &'static str) -> Result<Cow<'a, str>, Bad> {
        self.get(name).ok_or_else(|| Bad::Rule(format!("the attribute `{name}` is missing").into()))
    }

    pub fn number(&self, name: &'static str) -> Result<i64, Bad> {
        let value = self.need(name)?;
        value.parse().map_err(|_| Bad::Rule(format!("`{name}` is not a number").into()))
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|a| a.name == name)
    }

    /// ` class="own and the module's"`, and the module's `id`.
    fn write_class(&self, own: &str, out: &mut Out) {
        out.raw(" class=\"").raw(own);
        if let Some(class) = self.get("class") {
            out.raw(" ").text(&class);
        }
        out.raw("\"");
    }

    /// Attributes that are handed on as they are.
    fn write_same(&self, names: &[&'static str], out: &mut Out) {
        for name in names {
            if let Some(value) = self.get(name) {
                out.attr(name, &value);
            }
        }
    }
}
