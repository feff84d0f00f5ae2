//! Before and after, for a person: as text, and as a page of its own.
//!
//! Texts are shown as source and never as what they would look like: they are hostile until a sanitiser has seen them.

use super::change::Change;
use super::diff::{Part, diff};
use super::html::token::escape;
use super::{Cleaned, Rule};
use parcours_course::Language;
use parcours_mbz::Error;
use std::io::Write;
use std::mem::discriminant;

/// As plain text: for each change its place, its rules, and the lines that go and come.
///
/// # Errors
/// [`Error::Io`].
pub fn text(cleaned: &mut Cleaned, language: Language, out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "{}", summary(cleaned, language))?;
    cleaned.changes.each(|change| {
        writeln!(out, "\n{}", plain(&change.place()))?;
        if !change.rules.is_empty() {
            writeln!(out, "  {}", rules(&change.rules, language))?;
        }
        for note in &change.notes {
            writeln!(out, "  ! {}", plain(&note.words(language)))?;
        }
        if let Some(after) = &change.after {
            change.before.lines().for_each_line(out, "-")?;
            after.lines().for_each_line(out, "+")?;
        }
        Ok(())
    })
}

/// As one HTML page, without scripts, styles from elsewhere, or any markup of the texts.
///
/// # Errors
/// [`Error::Io`].
pub fn html(cleaned: &mut Cleaned, language: Language, out: &mut impl Write) -> Result<(), Error> {
    let title = language.of("Cleaning: before and after", "Nettoyage : avant et après");
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p>{}</p>\n",
        language.code(),
        escape(&summary(cleaned, language))
    )?;
    let mut document = String::new();
    cleaned.changes.each(|change| {
        if change.path != document {
            writeln!(out, "<h2>{}</h2>", escape(&plain(&change.path)))?;
            document.clone_from(&change.path);
        }
        one(&change, language, out)
    })?;
    write!(out, "</main>\n</body>\n</html>\n")?;
    Ok(())
}

fn one(change: &Change, language: Language, out: &mut impl Write) -> Result<(), Error> {
    let id = if change.id == 0 { String::new() } else { format!(" {}", change.id) };
    let name = format!("{}{id}, {} {}", change.record, change.leaf, change.field);
    write!(out, "<section>\n<h3>{}</h3>\n", escape(&plain(name.trim())))?;
    if !change.rules.is_empty() {
        writeln!(out, "<p>{}</p>", escape(&rules(&change.rules, language)))?;
    }
    if !change.notes.is_empty() {
        let notes: String = change.notes.iter().map(|n| format!("<li>{}</li>", escape(&plain(&n.words(language))))).collect();
        writeln!(out, "<ul>{notes}</ul>")?;
    }
    if let Some(after) = &change.after {
        let (gone, come) = (language.of("removed: ", "retiré : "), language.of("added: ", "ajouté : "));
        let mut parts = String::new();
        // One mark for a run of pieces: it is read aloud each time.
        for run in diff(&change.before, after).chunk_by(|a, b| discriminant(a) == discriminant(b)) {
            let text: String = run.iter().map(|p| escape(p.text())).collect();
            parts.push_str(&match run.first() {
                Some(Part::Gone(_)) => format!("<del><span class=\"said\">{gone}</span>{text}</del>"),
                Some(Part::Come(_)) => format!("<ins><span class=\"said\">{come}</span>{text}</ins>"),
                Some(Part::Same(_)) | None => text,
            });
        }
        writeln!(
            out,
            "<pre role=\"region\" tabindex=\"0\" aria-label=\"{}\">{parts}</pre>",
            language.of("Difference in the source", "Différence dans le code source")
        )?;
    }
    writeln!(out, "</section>")?;
    Ok(())
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;color:#1d2125;background:#fff;margin:0}main{max-width:70rem;margin:0 auto;padding:1rem}\
h2{font-size:1.15rem;border-bottom:1px solid #6a737b;overflow-wrap:anywhere}h3{font-size:1rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f8f9fa;\
border:1px solid #6a737b;padding:.5rem}del{background:#ffe3e0;color:#7a1108}ins{background:#dff2e1;color:#0b4a1a}.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}";

fn summary(cleaned: &Cleaned, language: Language) -> String {
    let t = &cleaned.tally;
    let counts: Vec<_> = t.by_rule.iter().map(|(rule, n)| format!("{} {n}", rule.words(language))).collect();
    match language {
        Language::English => format!("{} of {} texts changed; {} remarks. {}", t.changed, t.texts, t.remarks(), counts.join(", ")),
        Language::French => format!("{} textes modifiés sur {} ; {} remarques. {}", t.changed, t.texts, t.remarks(), counts.join(", ")),
    }
}

fn rules(rules: &[Rule], language: Language) -> String {
    rules.iter().map(|r| r.words(language)).collect::<Vec<_>>().join(", ")
}

/// Without control characters, which a terminal would obey.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

trait Lines {
    fn for_each_line(self, out: &mut impl Write, mark: &str) -> Result<(), Error>;
}

impl<'a, I: Iterator<Item = &'a str>> Lines for I {
    fn for_each_line(self, out: &mut impl Write, mark: &str) -> Result<(), Error> {
        for line in self {
            writeln!(out, "  {mark} {}", plain(line))?;
        }
        Ok(())
    }
}
