//! The HTML of a field.

use super::field::{Choice, Input};
use super::{Done, Page, Tag, files};
use crate::html::Phrase;
use crate::html::write::Out;

/// Handed on to the input as they are.
const SAME: &[&str] = &["maxlength", "minlength", "min", "max", "step", "placeholder", "autocomplete", "accept"];
const ON: &[&str] = &["required", "readonly", "disabled", "autofocus", "multiple"];

/// A field whose options are known.
pub struct Writer<'a> {
    pub tag: Tag<'a>,
    pub kind: String,
    /// Of the input; those of help, error and options begin with it.
    pub id: String,
    pub choices: Vec<Choice>,
}

impl Writer<'_> {
    /// Label above one input.
    pub fn single(&self, page: &mut Page<'_>, input: &Input) -> Done {
        self.open_box(page, "div");
        page.out.raw("<label").attr("for", &self.id);
        self.label(page, "label")?;
        self.help_and_error(page);
        match input {
            Input::Line(kind) => {
                page.out.raw("<input").attr("type", kind);
                self.input_attributes(&mut page.out, ON)?;
                if let Some(value) = self.tag.get("value") {
                    page.out.attr("value", &value);
                }
                page.out.raw(">");
            }
            Input::Select => self.select(&mut page.out)?,
            Input::Files => self.files(page)?,
            _ => self.area(&mut page.out, matches!(input, Input::Area { editor: true }))?,
        }
        page.out.raw("</div>");
        Ok(())
    }

    fn area(&self, out: &mut Out, editor: bool) -> Done {
        out.raw("<textarea").attr("rows", &self.tag.get("rows").unwrap_or_else(|| if editor { "10" } else { "5" }.into()));
        self.input_attributes(out, ON)?;
        let value = self.tag.get("value").unwrap_or_default();
        // A browser drops one line end at the start.
        out.on("data-pc-editor", editor).raw(if value.starts_with('\n') { ">\n" } else { ">" }).text(&value).raw("</textarea>");
        if editor {
            let name = format!("{}-format", self.tag.need("name")?);
            out.raw("<input type=\"hidden\"").attr("name", &name).attr("value", &self.tag.get("format").unwrap_or_else(|| "1".into())).raw(">");
        }
        Ok(())
    }

    fn select(&self, out: &mut Out) -> Done {
        out.raw("<select");
        self.input_attributes(out, ON)?;
        out.raw(">");
        for choice in &self.choices {
            out.raw("<option").attr("value", &choice.value).on("selected", choice.selected).on("disabled", choice.disabled);
            out.raw(">").text(&choice.label).raw("</option>");
        }
        out.raw("</select>");
        Ok(())
    }

    fn files(&self, page: &mut Page<'_>) -> Done {
        if let Some(area) = self.tag.get("area") {
            let files = page.expander.attachments(&area, self.tag.number("item")?)?;
            if !files.is_empty() {
                let words = page.expander.phrase(Phrase::Files);
                page.out.raw("<ul class=\"pc-files\"").attr("aria-label", &words).raw(">");
                files::items(page, &files);
                page.out.raw("</ul>");
            }
        }
        page.out.raw("<input type=\"file\"");
        self.input_attributes(&mut page.out, ON)?;
        page.out.raw(">");
        Ok(())
    }

    /// One box beside its label.
    pub fn tick(&self, page: &mut Page<'_>) -> Done {
        self.open_box(page, "div");
        page.out.raw("<input type=\"checkbox\"");
        self.input_attributes(&mut page.out, ON)?;
        page.out.attr("value", &self.tag.get("value").unwrap_or_else(|| "1".into())).on("checked", self.tag.has("checked")).raw("> <label");
        page.out.attr("for", &self.id);
        self.label(page, "label")?;
        self.help_and_error(page);
        page.out.raw("</div>");
        Ok(())
    }

    /// Radios or boxes: the field's label is the legend of all.
    pub fn group(&self, page: &mut Page<'_>, kind: &str) -> Done {
        self.open_box(page, "fieldset");
        page.out.raw("<legend");
        self.label(page, "legend")?;
        self.help_and_error(page);
        let name = self.tag.need("name")?;
        for (n, choice) in self.choices.iter().enumerate() {
            let id = format!("{}-{n}", self.id);
            page.out.raw("<div class=\"pc-option\"><input").attr("type", kind).attr("id", &id).attr("name", &name).attr("value", &choice.value);
            page.out.on("checked", choice.selected).on("disabled", choice.disabled || self.tag.has("disabled"));
            page.out.on("required", kind == "radio" && self.tag.has("required"));
            page.out.raw("> <label").attr("for", &id).raw(">").text(&choice.label).raw("</label></div>");
        }
        page.out.raw("</fieldset>");
        Ok(())
    }

    fn open_box(&self, page: &mut Page<'_>, element: &str) {
        let own = format!("pc-field pc-{}{}", self.kind, if self.tag.has("error") { " pc-invalid" } else { "" });
        page.out.raw("<").raw(element);
        self.tag.write_class(&own, &mut page.out);
        if element == "fieldset" {
            self.described_by(&mut page.out);
            if self.tag.get("as").is_some_and(|shown| shown == "radios") {
                page.out.attr("role", "radiogroup");
            }
        }
        page.out.raw(">");
    }

    /// The rest of the label's tag, its text and its end.
    fn label(&self, page: &mut Page<'_>, element: &str) -> Done {
        let label = self.tag.need("label")?;
        if self.tag.has("label-hidden") {
            page.out.attr("class", "pc-visually-hidden");
        }
        page.out.raw(">").text(&label);
        if self.tag.has("required") {
            let words = page.expander.phrase(Phrase::Required);
            page.out.raw(" <span class=\"pc-required\">").text(&words).raw("</span>");
        }
        page.out.raw("</").raw(element).raw(">");
        Ok(())
    }

    fn help_and_error(&self, page: &mut Page<'_>) {
        if let Some(help) = self.tag.get("help") {
            page.out.raw("<p class=\"pc-help\"").attr("id", &format!("{}-help", self.id)).raw(">").text(&help).raw("</p>");
        }
        if let Some(error) = self.tag.get("error") {
            let words = page.expander.phrase(Phrase::Error);
            page.out.raw("<p class=\"pc-error\"").attr("id", &format!("{}-error", self.id));
            page.out.raw("><strong>").text(&words).raw("</strong> ").text(&error).raw("</p>");
        }
    }

    /// What every input has: its name, and what describes it.
    fn input_attributes(&self, out: &mut Out, on: &[&'static str]) -> Done {
        out.attr("id", &self.id).attr("name", &self.tag.need("name")?);
        self.tag.write_same(SAME, out);
        for name in on {
            out.on(name, self.tag.has(name));
        }
        self.described_by(out);
        if self.tag.has("error") {
            out.attr("aria-invalid", "true");
        }
        Ok(())
    }

    fn described_by(&self, out: &mut Out) {
        let parts = ["error", "help"].iter().filter(|part| self.tag.has(part));
        let ids: Vec<String> = parts.map(|part| format!("{}-{part}", self.id)).collect();
        if !ids.is_empty() {
            out.attr("aria-describedby", &ids.join(" "));
        }
    }
}
