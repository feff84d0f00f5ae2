//! The pass over a page: every element in its place, every host element written out.

use super::attribute;
use super::element::{self, Content, Element, Place};
use super::expander::{Expander, Phrase};
use super::pc::{self, Bad, Field, Tag};
use super::scan::{Broken, Piece, Scanner, plain};
use super::write::Out;
use crate::abilities::Fault;
use crate::{CallError, PageLimits};
use std::collections::HashMap;

pub struct Page<'a> {
    pub out: Out,
    pub expander: &'a mut dyn Expander,
    /// Elements that are open, outermost first.
    open: Vec<Open<'a>>,
    /// The form that is open, as a number that differs from form to form and stays from one view of a page to the next.
    pub form: Option<u32>,
    /// The field that is open; it is written when its options are known.
    pub field: Option<Field<'a>>,
    /// Fields written so far.
    pub fields: u32,
    /// Names of groups asked for so far: a table may name the same few in every row.
    groups: HashMap<i64, String>,
    scanner: Scanner<'a>,
    limits: &'a PageLimits,
}

struct Open<'a> {
    name: &'a str,
    element: Element,
    /// Something but white space stands in it already.
    filled: bool,
}

const ROOT: Element = Element { content: Content::Flow, place: Place::Flow, attributes: &[] };

impl<'a> Page<'a> {
    pub fn new(html: &'a str, expander: &'a mut dyn Expander, limits: &'a PageLimits) -> Result<Page<'a>, CallError> {
        if html.len() > limits.bytes {
            return Err(CallError::Bytes(format!("a page of {}, and {} are allowed", html.len(), limits.bytes)));
        }
        let out = Out(String::with_capacity(html.len() * 2));
        Ok(Page { out, expander, open: Vec::new(), form: None, field: None, fields: 0, groups: HashMap::new(), scanner: Scanner::new(html), limits })
    }

    pub fn write(mut self) -> Result<String, CallError> {
        while let Some(piece) = self.scanner.piece()? {
            match piece {
                Piece::Text(text) => self.text(text)?,
                Piece::Open(name) => self.open(name)?,
                Piece::Close(name) => self.close(name)?,
            }
            if self.out.0.len() > self.limits.expanded {
                return Err(CallError::Bytes(format!("a page of more than {} when written out", self.limits.expanded)));
            }
        }
        match self.open.last() {
            Some(open) => self.broken(format!("`{}` is not closed", open.name)),
            None => Ok(self.out.0),
        }
    }

    fn text(&mut self, text: &'a str) -> Result<(), CallError> {
        let (name, element) = self.inner();
        let blank = text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
        if !blank && matches!(element.content, Content::Parts | Content::Empty) {
            return self.broken(format!("text directly in `{name}`"));
        }
        self.fill(!blank);
        match &mut self.field {
            Some(field) if name == "pc-option" => field.label_option(&plain(text)),
            Some(_) => {}
            None => {
                self.out.checked(text);
            }
        }
        Ok(())
    }

    fn open(&mut self, name: &'a str) -> Result<(), CallError> {
        let Some(element) = element::find(name) else {
            return self.broken(format!("there is no element `{name}` in the subset"));
        };
        self.check_place(name, &element)?;
        for attribute in &self.scanner.attributes {
            if let Err(why) = attribute::check(name, &element, *attribute) {
                return self.broken(why);
            }
        }
        if name == "img" && !self.scanner.attributes.iter().any(|a| a.name == "alt") {
            return self.broken("an `img` without `alt`");
        }
        self.fill(true);
        if name.starts_with("pc-") {
            let tag = Tag::new(&self.scanner.attributes);
            pc::open(self, name, &tag).map_err(|bad| self.bad(bad))?;
        } else {
            self.out.checked(self.scanner.raw());
        }
        if element.content == Content::Void {
            return Ok(());
        }
        if self.open.len() == self.limits.depth {
            return self.broken(format!("more than {} elements deep", self.limits.depth));
        }
        self.open.push(Open { name, element, filled: false });
        Ok(())
    }

    fn close(&mut self, name: &'a str) -> Result<(), CallError> {
        match self.open.pop() {
            Some(open) if open.name == name => {}
            Some(open) => return self.broken(format!("`{name}` is closed where `{}` is open", open.name)),
            None => return self.broken(format!("`{name}` is closed and was not open")),
        }
        if name.starts_with("pc-") {
            return pc::close(self, name).map_err(|bad| self.bad(bad));
        }
        self.out.raw(self.scanner.raw());
        Ok(())
    }

    fn check_place(&self, name: &str, element: &Element) -> Result<(), CallError> {
        let (outer, around) = self.inner();
        let fits = match element.place {
            Place::Flow => around.content == Content::Flow,
            Place::Phrasing => matches!(around.content, Content::Flow | Content::Phrasing),
            Place::In(parents) => parents.contains(&outer),
        };
        if !fits {
            return self.broken(format!("`{name}` cannot stand directly in `{outer}`"));
        }
        match name {
            "summary" if self.open.last().is_some_and(|open| open.filled) => self.broken("`summary` comes first in `details`"),
            "a" | "pc-submit" if self.is_in("a") => self.broken(format!("`{name}` inside a link")),
            "pc-form" if self.form.is_some() => self.broken("a form inside a form"),
            "pc-field" | "pc-submit" if self.form.is_none() => self.broken(format!("`{name}` outside a form")),
            _ => Ok(()),
        }
    }

    /// A group's name, or that there is one of this number.
    pub fn group(&mut self, number: i64) -> Result<String, Fault> {
        if let Some(known) = self.groups.get(&number) {
            return Ok(known.clone());
        }
        let name = match self.expander.group(number)?.filter(|name| !name.trim().is_empty()) {
            Some(name) => name,
            None => format!("{} {number}", self.expander.phrase(Phrase::Group)),
        };
        self.groups.insert(number, name.clone());
        Ok(name)
    }

    /// Whether an element of this name is open.
    pub fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    /// The innermost open element.
    fn inner(&self) -> (&'a str, Element) {
        self.open.last().map_or(("page", ROOT), |open| (open.name, open.element))
    }

    /// Notes that something stands in the innermost element, and keeps the line end a browser drops at the start of a `pre`.
    fn fill(&mut self, something: bool) {
        let Some(open) = self.open.last_mut() else { return };
        if open.name == "pre" && !open.filled && self.out.0.ends_with('>') && self.scanner.raw().starts_with(['\n', '\r']) {
            self.out.raw("\n");
        }
        open.filled |= something || open.name == "pre";
    }

    fn bad(&self, bad: Bad) -> CallError {
        match bad {
            Bad::Rule(why) => Broken { at: self.scanner.at, why }.into(),
            Bad::Fault(fault) => CallError::Ability(fault),
        }
    }

    /// A broken rule of the piece just read.
    fn broken<T>(&self, why: impl Into<std::borrow::Cow<'static, str>>) -> Result<T, CallError> {
        Err(Broken { at: self.scanner.at, why: why.into() }.into())
    }
}

impl From<Broken> for CallError {
    fn from(broken: Broken) -> CallError {
        CallError::BadHtml { at: broken.at, why: broken.why.into_owned() }
    }
}
