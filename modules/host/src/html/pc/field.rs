//! `pc-field`: label, help, error and input, tied together for everybody.

use super::input::Writer;
use super::{Bad, Done, Page, Tag};

pub const ATTRIBUTES: &[&str] = &[
    "kind",
    "name",
    "label",
    "label-hidden",
    "value",
    "help",
    "error",
    "required",
    "readonly",
    "disabled",
    "autofocus",
    "multiple",
    "maxlength",
    "minlength",
    "min",
    "max",
    "step",
    "rows",
    "placeholder",
    "autocomplete",
    "accept",
    "as",
    "checked",
    "format",
    "area",
    "item",
];

/// A field that is open.
pub struct Field<'a> {
    tag: Tag<'a>,
    choices: Vec<Choice>,
}

pub struct Choice {
    pub value: String,
    pub label: String,
    pub selected: bool,
    pub disabled: bool,
}

impl Field<'_> {
    pub fn label_option(&mut self, text: &str) {
        if let Some(choice) = self.choices.last_mut() {
            choice.label.push_str(text);
        }
    }
}

/// Kept until its options are known.
pub fn open<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    if tag.need("name")?.starts_with('_') {
        return Err(Bad::Rule("names that begin with `_` are the host's".into()));
    }
    page.field = Some(Field { tag: tag.clone(), choices: Vec::new() });
    Ok(())
}

pub fn option<'a>(page: &mut Page<'a>, tag: &Tag<'a>) -> Done {
    let label = if tag.has("group") { page.group(tag.number("group")?)? } else { String::new() };
    let choice = Choice { value: tag.need("value")?.into_owned(), label, selected: tag.has("selected"), disabled: tag.has("disabled") };
    if let Some(field) = &mut page.field {
        field.choices.push(choice);
    }
    Ok(())
}

pub fn close(page: &mut Page<'_>) -> Done {
    let Some(Field { tag, choices }) = page.field.take() else { return Ok(()) };
    let kind = tag.need("kind")?.into_owned();
    if kind == "hidden" {
        page.out.raw("<input type=\"hidden\"").attr("name", &tag.need("name")?).attr("value", &tag.get("value").unwrap_or_default()).raw(">");
        return Ok(());
    }
    let input = Input::of(&kind, &tag)?;
    if !choices.is_empty() && !matches!(input, Input::Select | Input::Group(_)) {
        return Err(Bad::Rule(format!("a field of kind `{kind}` has no options").into()));
    }
    page.fields += 1;
    let id = format!("m-f{:x}-{}", page.form.unwrap_or_default(), page.fields);
    let field = Writer { tag, kind, id, choices };
    match input {
        Input::Group(ticks) => field.group(page, ticks),
        Input::Tick => field.tick(page),
        input => field.single(page, &input),
    }
}

/// How a field is shown.
pub enum Input {
    /// An `input` of this type.
    Line(&'static str),
    Area {
        editor: bool,
    },
    Select,
    /// Several inputs of this type in a `fieldset`.
    Group(&'static str),
    Tick,
    Files,
}

impl Input {
    fn of(kind: &str, tag: &Tag<'_>) -> Result<Input, Bad> {
        Ok(match kind {
            "text" => Input::Line("text"),
            "number" => Input::Line("number"),
            "date" => Input::Line("date"),
            "datetime" => Input::Line("datetime-local"),
            "time" => Input::Line("time"),
            "email" => Input::Line("email"),
            "url" => Input::Line("url"),
            "search" => Input::Line("search"),
            "textarea" => Input::Area { editor: false },
            "editor" => Input::Area { editor: true },
            "checkbox" => Input::Tick,
            "files" => Input::Files,
            "choice" => match tag.get("as").as_deref() {
                None | Some("select") => Input::Select,
                Some("radios") => Input::Group("radio"),
                Some("boxes") => Input::Group("checkbox"),
                Some(_) => return Err(Bad::Rule("`as` of a choice is `select`, `radios` or `boxes`".into())),
            },
            _ => return Err(Bad::Rule(format!("there is no kind of field `{kind}`").into())),
        })
    }
}
