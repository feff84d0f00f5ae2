//! The host's own elements (`modules/wit/README.md`): what only the host can write out, because it knows names, zones, tokens and rich text.

use crate::html::{El, Html};
use crate::{Request, Url};

/// A person's name, with a link to the profile where the reader may see it.
#[inline(never)]
pub fn user(id: i64) -> El {
    El::new("pc-user").attr("id", &id.to_string())
}

/// A group's name; its number where the reader may not know the name. Groups 0 and -1 are everybody, and have no name here.
#[inline(never)]
pub fn group(id: i64) -> El {
    El::new("pc-group").attr("id", &id.to_string())
}

/// A moment in the reader's language and time zone.
#[inline(never)]
pub fn date(ts: i64) -> El {
    El::new("pc-date").attr("ts", &ts.to_string())
}

/// Rich text of a record, sanitised by the host; it never passes through the module.
#[inline(never)]
pub fn text(table: &str, id: i64, column: &str) -> El {
    El::new("pc-text").attr("table", table).attr("id", &id.to_string()).attr("column", column)
}

/// The activity's intro, above what it shows.
pub fn intro(instance: i64) -> El {
    crate::html::div().class("intro").child(text("instance", instance, "intro"))
}

/// The files of an item, with sizes and links; `empty` is said when there are none.
pub fn files(area: &str, item: i64, empty: &str) -> El {
    let e = El::new("pc-files").attr("area", area).attr("item", &item.to_string());
    if empty.is_empty() { e } else { e.attr("empty", empty) }
}

/// Links to the pages before and after; nothing where there is neither.
pub fn pager(previous: Option<&Url>, next: Option<&Url>, label: &str) -> Html {
    if previous.is_none() && next.is_none() {
        return Html::new();
    }
    let mut e = El::new("pc-pager");
    for (name, to) in [("previous", previous), ("next", next)] {
        if let Some(to) = to {
            e = e.attr(name, &to.to_string());
        }
    }
    e.attr("label", label).into()
}

/// Things to do, folded away behind a label.
pub fn menu(label: &str) -> El {
    El::new("pc-menu").attr("label", label)
}

/// A form sent by POST, with the host's token.
#[inline(never)]
pub fn form(action: &Url) -> El {
    El::new("pc-form").attr("action", &action.to_string())
}

/// A form sent by GET: it asks and changes nothing.
pub fn search_form(action: &Url) -> El {
    El::new("pc-form").attr("action", &action.to_string()).attr("method", "get")
}

impl El {
    /// Of a form: it sends files.
    pub fn with_files(self) -> El {
        self.attr("files", "")
    }
    /// Of a form: the browser keeps what was typed until it is sent.
    pub fn draft(self) -> El {
        self.attr("draft", "")
    }
    /// Of a form or a pager: what it is called.
    pub fn named(self, label: &str) -> El {
        self.attr("label", label)
    }
    /// Of a date: `long`, `short`, `date`, `time`, `relative`.
    pub fn style(self, style: &str) -> El {
        self.attr("style", style)
    }
}

pub fn submit(label: &str) -> El {
    El::new("pc-submit").attr("kind", "primary").text(label)
}

/// A button beside the main one.
pub fn button(label: &str) -> El {
    El::new("pc-submit").attr("kind", "secondary").text(label)
}

/// A button that destroys something.
pub fn danger(label: &str) -> El {
    El::new("pc-submit").attr("kind", "danger").text(label)
}

/// A whole form of one button: an action that needs nothing more to be said.
pub fn one_button(action: &Url, button: El) -> El {
    form(action).class("one-button").child(button)
}

/// A value that travels with a form.
#[inline(never)]
pub fn hidden(name: &str, value: impl ToString) -> El {
    El::new("pc-field").attr("kind", "hidden").attr("name", name).attr("value", &value.to_string())
}

/// A field of a form: label, help, error and input, tied together by the host. Its `kind` is one of `modules/wit/README.md`.
#[inline(never)]
pub fn field(kind: &str, name: &str, label: &str) -> Field {
    Field { el: El::new("pc-field").attr("kind", kind).attr("name", name).attr("label", label) }
}

/// A text with markup: what is there already, and Moodle's number of its format, which comes back as `<name>-format`.
#[inline(never)]
pub fn editor(name: &str, label: &str, text: &str, format: i64) -> Field {
    field("editor", name, label).value(text).set("format", &format.to_string())
}

pub struct Field {
    el: El,
}

impl Field {
    #[inline(never)]
    fn set(mut self, name: &str, value: &str) -> Field {
        self.el = self.el.attr(name, value);
        self
    }
    fn on(self, name: &str, yes: bool) -> Field {
        if yes { self.set(name, "") } else { self }
    }
    pub fn value(self, value: impl ToString) -> Field {
        self.set("value", &value.to_string())
    }
    pub fn help(self, text: &str) -> Field {
        self.set("help", text)
    }
    /// Says what is wrong with what was typed.
    pub fn error(self, text: Option<&str>) -> Field {
        match text {
            Some(t) => self.set("error", t),
            None => self,
        }
    }
    pub fn required(self) -> Field {
        self.on("required", true)
    }
    pub fn checked(self, yes: bool) -> Field {
        self.on("checked", yes)
    }
    pub fn multiple(self, yes: bool) -> Field {
        self.on("multiple", yes)
    }
    pub fn maxlength(self, n: u32) -> Field {
        self.set("maxlength", &n.to_string())
    }
    pub fn rows(self, n: u32) -> Field {
        self.set("rows", &n.to_string())
    }
    /// For screen readers only: the place says it to everybody else.
    pub fn label_hidden(self) -> Field {
        self.on("label-hidden", true)
    }
    /// Of a `choice`: several may be ticked; each comes back as a value of its own.
    pub fn boxes(self) -> Field {
        self.set("as", "boxes")
    }
    /// Of `files`: what is there already.
    pub fn area(self, area: &str, item: i64) -> Field {
        self.set("area", area).set("item", &item.to_string())
    }
    /// Of a `choice`: value, label, and whether it is the chosen one.
    pub fn option(self, value: impl ToString, label: &str, selected: bool) -> Field {
        self.choice(El::new("pc-option").attr("value", &value.to_string()).text(label), selected)
    }
    /// Of a `choice`: a group, labelled by its name.
    pub fn group(self, id: i64, selected: bool) -> Field {
        let id = id.to_string();
        self.choice(El::new("pc-option").attr("value", &id).attr("group", &id), selected)
    }
    #[inline(never)]
    fn choice(mut self, option: El, selected: bool) -> Field {
        self.el = self.el.child(if selected { option.attr("selected", "") } else { option });
        self
    }
}

impl From<Field> for Html {
    #[inline(never)]
    fn from(f: Field) -> Html {
        f.el.into()
    }
}

/// Text with markup as a form sent it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rich {
    pub text: String,
    /// Moodle's number: 0 Moodle, 1 HTML, 2 plain, 4 Markdown.
    pub format: i64,
}

impl Request {
    /// What an [`editor`] sent. A format that Moodle does not have counts as plain text, which can do nothing.
    pub fn rich(&self, name: &str) -> Rich {
        let format = match self.form(&format!("{name}-format")) {
            "0" | "" => 0,
            "1" => 1,
            "4" => 4,
            _ => 2,
        };
        Rich { text: self.form(name).to_owned(), format }
    }
}

impl Rich {
    /// Whether nothing would be seen of it: white space, or tags that show nothing.
    pub fn is_blank(&self) -> bool {
        if self.format == 2 {
            return self.text.trim().is_empty();
        }
        let mut rest = self.text.as_str();
        while let Some((before, tag)) = rest.split_once('<') {
            if !is_space(before) {
                return false;
            }
            let shows = ["img", "video", "audio", "iframe", "object", "embed", "hr"];
            let Some((tag, after)) = tag.split_once('>') else { return is_space(tag) };
            let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if shows.iter().any(|s| name.eq_ignore_ascii_case(s)) {
                return false;
            }
            rest = after;
        }
        is_space(rest)
    }
}

fn is_space(s: &str) -> bool {
    s.replace("&nbsp;", " ").chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::Rich;

    #[test]
    fn a_message_that_shows_nothing_is_blank() {
        for (text, blank) in
            [("", true), ("<p><br></p>\n", true), ("<p>&nbsp;</p>", true), ("<p>a</p>", false), ("<img src='x'>", false), ("a < b", false)]
        {
            assert_eq!(Rich { text: text.into(), format: 1 }.is_blank(), blank, "{text}");
        }
    }
}
