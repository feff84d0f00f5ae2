//! A page, read strictly enough to tell text from markup.

use std::collections::BTreeSet;

/// Elements without an end.
const VOID: &[&str] = &["meta"];
/// Everything that may be on a page.
const KNOWN: &[&str] = &[
    "a", "bdi", "body", "caption", "code", "dd", "div", "dl", "dt", "h1", "h2", "h3", "head", "html", "li", "main", "meta", "nav", "p", "section",
    "span", "style", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
];

#[derive(Default)]
pub struct Page {
    /// All text, with entities resolved.
    pub text: String,
    /// Texts of cells, row by row, heads included.
    pub tables: Vec<Vec<Vec<String>>>,
    tags: Vec<(String, String)>,
    headings: Vec<u8>,
}

impl Page {
    /// Fails where elements are not closed in their order.
    #[track_caller]
    pub fn read(html: &str) -> Page {
        let body = html.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
        let mut page = Page::default();
        let mut open: Vec<String> = Vec::new();
        let mut rest = body;
        while let Some((before, after)) = rest.split_once('<') {
            page.take_text(before, &open);
            let (tag, behind) = after.split_once('>').expect("a tag ends");
            rest = behind;
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name), "closed out of order");
                continue;
            }
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            page.tags.push((name.to_owned(), attributes.to_owned()));
            page.begin(name);
            if !VOID.contains(&name) {
                open.push(name.to_owned());
            }
        }
        assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} left open");
        page
    }

    fn begin(&mut self, name: &str) {
        match name {
            "table" => self.tables.push(Vec::new()),
            "tr" => self.tables.last_mut().unwrap().push(Vec::new()),
            "th" | "td" => self.tables.last_mut().unwrap().last_mut().unwrap().push(String::new()),
            "h1" | "h2" | "h3" => self.headings.push(name.as_bytes()[1] - b'0'),
            _ => {}
        }
    }

    fn take_text(&mut self, text: &str, open: &[String]) {
        if open.last().is_some_and(|o| o == "style") {
            return;
        }
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
        self.text.push_str(&text);
        if open.iter().any(|o| o == "tr") {
            let cell = self.tables.last_mut().and_then(|t| t.last_mut()).and_then(|r| r.last_mut());
            cell.into_iter().for_each(|c| c.push_str(&text));
        }
    }

    /// What every page has: a language, one first heading, no step left out below it, captions and scopes, ids once, and nothing from elsewhere.
    #[track_caller]
    pub fn assert_sound(&self, language: &str) {
        let all = |name: &str| self.tags.iter().filter(|(n, _)| n == name).map(|(_, a)| a.as_str()).collect::<Vec<_>>();
        let strange: BTreeSet<&str> = self.tags.iter().map(|(n, _)| n.as_str()).filter(|n| !KNOWN.contains(n)).collect();
        assert!(strange.is_empty(), "{strange:?}");
        assert_eq!(all("html"), [format!("lang=\"{language}\"")]);
        assert_eq!((all("h1").len(), all("main").len(), all("title").len()), (1, 1, 1));
        assert!(self.headings.windows(2).all(|w| w[1] <= w[0] + 1), "{:?}", self.headings);
        assert_eq!(all("table").len(), all("caption").len());
        assert!(all("th").iter().all(|a| a.contains("scope=\"")));
        let attributes: Vec<&str> = self.tags.iter().map(|(_, a)| a.as_str()).collect();
        assert!(attributes.iter().all(|a| !a.contains("src=") && !a.contains("url(") && !a.contains(" on")), "{attributes:?}");
        let ids: Vec<&str> = attributes.iter().filter_map(|a| a.split_once("id=\"")?.1.split('"').next()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
        for link in all("a") {
            let target = link.strip_prefix("href=\"#").and_then(|l| l.strip_suffix('"')).expect("a link within the page");
            assert!(ids.contains(&target), "{target}");
        }
    }
}
