//! A page that needs no other file.

use super::escape;
use super::words::number;
use parcours_course::Language;

/// What stands above everything else.
#[derive(Debug, Clone, Default)]
pub struct Head<'a> {
    pub title: &'a str,
    /// Named facts below the title: a file's name, the day the page was made, who asked. Both are plain text.
    pub facts: &'a [(&'a str, &'a str)],
}

const STYLE: &str = include_str!("style.css");
/// No script, no picture, no address: even a name that got through could fetch nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// A page in the making. Texts given to it are escaped; only [`Cell::Html`] and [`Page::raw`] are not.
pub(super) struct Page {
    body: String,
    language: Language,
    tables: u64,
}

/// What stands in a table.
pub(super) enum Cell {
    Text(String),
    /// A place in an archive, a code.
    Code(String),
    Number(u64),
    /// Made of escaped parts.
    Html(String),
}

impl Page {
    pub(super) fn new(head: &Head<'_>, language: Language) -> Page {
        let title = escape::html(head.title);
        let body = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <main id=\"all\">\n<h1><bdi>{title}</bdi></h1>\n",
            language.code()
        );
        let mut page = Page { body, language, tables: 0 };
        page.facts(head.facts.iter().map(|(name, value)| (*name, (*value).to_owned())));
        page
    }

    pub(super) fn finish(self) -> String {
        self.body + "</main>\n</body>\n</html>\n"
    }

    pub(super) fn raw(&mut self, html: &str) {
        self.body.push_str(html);
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.raw(&format!("<p>{}</p>\n", escape::html(text)));
    }

    pub(super) fn heading(&mut self, level: u8, text: &str) {
        self.raw(&format!("<h{level}>{}</h{level}>\n", escape::html(text)));
    }

    /// Names and values. Those without value are left out.
    pub(super) fn facts<'a>(&mut self, facts: impl IntoIterator<Item = (&'a str, String)>) {
        let fact = |(name, value): (&str, String)| format!("<dt>{}</dt><dd><bdi>{}</bdi></dd>\n", escape::html(name), escape::html(&value));
        let facts: String = facts.into_iter().filter(|(_, value)| !value.is_empty()).map(fact).collect();
        if !facts.is_empty() {
            self.raw(&format!("<dl>\n{facts}</dl>\n"));
        }
    }

    /// Links to the parts, each of which shows that part alone; the first shows all. Numbers and names of the parts.
    pub(super) fn links<'a>(&mut self, parts: impl IntoIterator<Item = (&'a str, &'a str, usize)>) {
        let label = self.language.of("Show", "Afficher");
        let all = self.language.of("Everything", "Tout");
        let link = |(id, name, n): (&str, &str, usize)| {
            format!("<li><a href=\"#{}\">{} {}</a></li>\n", escape::html(id), number(n as u64, self.language), escape::html(name))
        };
        let links: String = parts.into_iter().map(link).collect();
        self.raw(&format!("<nav aria-label=\"{label}\">\n<ul>\n<li><a href=\"#all\">{all}</a></li>\n{links}</ul>\n</nav>\n"));
    }

    /// Opens a part that a link can show alone.
    pub(super) fn open_part(&mut self, id: &str, title: &str) {
        self.raw(&format!(
            "<section class=\"part\" id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n",
            escape::html(id),
            escape::html(title)
        ));
    }

    pub(super) fn close_part(&mut self) {
        self.raw("</section>\n");
    }

    /// A table whose first column names the row. Nothing when there are no rows.
    pub(super) fn table(&mut self, caption: &str, columns: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) {
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_none() {
            return;
        }
        let heads: String = columns.iter().map(|c| format!("<th scope=\"col\">{}</th>", escape::html(c))).collect();
        let caption = escape::html(caption);
        self.tables += 1;
        let id = format!("table-{}", self.tables);
        // A wide table is scrolled by itself, with the keyboard too.
        self.raw(&format!(
            "<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n<table>\n<caption id=\"{id}\">{caption}</caption>\n\
             <thead><tr>{heads}</tr></thead>\n<tbody>\n"
        ));
        for row in rows {
            self.row(row);
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    fn row(&mut self, row: Vec<Cell>) {
        self.raw("<tr>");
        for (at, cell) in row.into_iter().enumerate() {
            let class = if matches!(cell, Cell::Number(_)) { " class=\"n\"" } else { "" };
            let content = match cell {
                Cell::Text(text) => format!("<bdi>{}</bdi>", escape::html(&text)),
                Cell::Code(text) => format!("<code><bdi>{}</bdi></code>", escape::html(&text)),
                Cell::Number(n) => number(n, self.language),
                Cell::Html(html) => html,
            };
            let (open, close) = if at == 0 { ("<th scope=\"row\"", "</th>") } else { ("<td", "</td>") };
            self.raw(&format!("{open}{class}>{content}{close}"));
        }
        self.raw("</tr>\n");
    }
}
