//! A comparison as a page of its own.

use super::super::model::{Change, Detail, Diff, Fate, Item, Piece};
use super::say;
use crate::report::escape::html as escape;
use parcours_course::Language;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1c1b19; --paper: #fdfcf9; --quiet: #5b5750; --line: #c9c4ba; --ins: #d8f0dc; --ins-ink: #0d4a1c; --del: #fbe0dd; --del-ink: #7a1710; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae5; --paper: #1b1a18; --quiet: #b3aea4; --line: #4a463f; --ins: #163d20; --ins-ink: #b9f0c5; --del: #501a15; --del-ink: #ffd2cc; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; color: var(--ink); background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { margin-top: 2.5rem; font-size: 1.25rem; border-bottom: 1px solid var(--line); } h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
ul { padding-left: 1.25rem; margin: .25rem 0; } li { margin: .25rem 0; } p { margin: .25rem 0; }
.place { color: var(--quiet); } .words { white-space: pre-wrap; border-left: 3px solid var(--line); padding-left: .75rem; margin: .25rem 0; }
ins { background: var(--ins); color: var(--ins-ink); } del { background: var(--del); color: var(--del-ink); }
.fate { font-weight: 600; } .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
";

/// The comparison as a page that stands alone: no script, nothing loaded, for light and dark, with words for those who do not see colours.
pub fn html(diff: &Diff, title: &str, language: Language) -> String {
    let mut out = String::new();
    let code = language.code();
    let head = escape(title);
    out.push_str(&format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{head}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{head}</h1>\n"
    ));
    let first = language.of("First: ", "Première : ");
    let second = language.of("Second: ", "Seconde : ");
    out.push_str(&format!("<p>{first}{}</p>\n", escape(&say::side(language, &diff.a))));
    out.push_str(&format!("<p>{second}{}</p>\n", escape(&say::side(language, &diff.b))));
    out.push_str(&format!("<p><strong>{}</strong></p>\n", escape(&say::summary(language, diff))));
    let mut group = "";
    for item in &diff.items {
        let here = say::group(language, item.what);
        if here != group {
            out.push_str(&format!("<h2>{}</h2>\n", escape(here)));
            group = here;
        }
        self::item(language, item, &mut out);
    }
    list(say::work_title(language), diff.work.iter().map(|w| say::work(language, w)), &mut out);
    for (second, side) in [(false, &diff.a), (true, &diff.b)] {
        let only = diff.only.iter().filter(|o| o.second == second).map(|o| say::only(language, o));
        list(&say::only_title(language, second, side), only, &mut out);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn list(title: &str, lines: impl Iterator<Item = String>, out: &mut String) {
    let lines: String = lines.map(|line| format!("<li>{}</li>\n", escape(&line))).collect();
    if !lines.is_empty() {
        out.push_str(&format!("<h2>{}</h2>\n<ul>\n{lines}</ul>\n", escape(title)));
    }
}

fn item(language: Language, item: &Item, out: &mut String) {
    let name = escape(&say::item(language, item));
    let name = match item.fate {
        Fate::Added => format!("<ins>{name}</ins>"),
        Fate::Removed => format!("<del>{name}</del>"),
        Fate::Changed => name,
    };
    out.push_str(&format!("<h3>{name} – <span class=\"fate\">{}</span></h3>\n", escape(say::fate(language, item.fate))));
    let place = say::place(language, item);
    if !place.is_empty() {
        out.push_str(&format!("<p class=\"place\">{}</p>\n", escape(&place)));
    }
    let moved = item.moved.iter().map(|m| format!("<li>{}</li>\n", escape(&say::moved(language, m))));
    let lines: String = moved.chain(item.details.iter().map(|d| detail(language, d))).collect();
    if !lines.is_empty() {
        out.push_str(&format!("<ul>\n{lines}</ul>\n"));
    }
}

fn detail(language: Language, detail: &Detail) -> String {
    let place = format!("<span class=\"place\">{}</span>", escape(&say::steps(language, detail)));
    match &detail.change {
        Change::Value { from, to } => format!("<li>{place} {} {}</li>\n", value(language, detail, from, false), value(language, detail, to, true)),
        Change::Text { pieces } => {
            let words: String = pieces.iter().map(|p| piece(language, p)).collect();
            format!("<li>{place}<div class=\"words\">{words}</div></li>\n")
        }
        Change::Added { holds } => format!("<li>{place} {}</li>\n", marked(language, true, holds)),
        Change::Removed { holds } => format!("<li>{place} {}</li>\n", marked(language, false, holds)),
        Change::Moved => format!("<li>{place} {}</li>\n", say::moved_record(language)),
    }
}

fn value(language: Language, detail: &Detail, text: &str, added: bool) -> String {
    marked(language, added, &say::value(language, detail, text))
}

fn piece(language: Language, piece: &Piece) -> String {
    match piece {
        Piece::Same(text) => escape(text),
        Piece::Removed(text) => marked(language, false, text),
        Piece::Added(text) => marked(language, true, text),
        Piece::Gap(words) => format!(" <span class=\"place\">{}</span> ", escape(&say::gap(language, *words))),
    }
}

/// What was added or removed, in colour and in hidden words.
fn marked(language: Language, added: bool, text: &str) -> String {
    let (tag, word) = if added { ("ins", language.of("added: ", "ajouté : ")) } else { ("del", language.of("removed: ", "supprimé : ")) };
    format!("<{tag}><span class=\"hidden\">{word}</span>{}</{tag}>", escape(text))
}
