//! Texts of questions as markup in an item, and back; the files they show as entries of the package.

use super::Version;
use crate::bank::node::{Node, html, to_html};
use crate::bank::{Store, text};
use parcours_course::Text;
use parcours_course::question::{File, Question};
use parcours_mbz::Error;
use parcours_mbz::outline::mime;

/// How a text of Moodle's says where its files are.
const HERE: &str = "@@PLUGINFILE@@/";

/// Elements of HTML that items of QTI 2.1 may hold.
const OLD: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "object",
    "ol",
    "p",
    "param",
    "pre",
    "q",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "ul",
    "var",
];
/// Those that came with 3.0.
const NEW: &[&str] = &[
    "article",
    "aside",
    "audio",
    "bdi",
    "bdo",
    "details",
    "figcaption",
    "figure",
    "footer",
    "header",
    "label",
    "mark",
    "nav",
    "picture",
    "rb",
    "rp",
    "rt",
    "ruby",
    "s",
    "section",
    "source",
    "summary",
    "time",
    "track",
    "u",
    "video",
];
const ATTRIBUTES: &[&str] = &[
    "id", "class", "lang", "src", "alt", "height", "width", "longdesc", "href", "type", "colspan", "rowspan", "headers", "scope", "abbr", "axis",
    "data", "name", "value", "cite", "span", "summary",
];
const NEWER: &[&str] = &["style", "title", "controls", "poster", "dir", "start", "open", "datetime", "kind", "srclang", "muted", "loop"];
/// What goes with all that is in it.
const GONE: &[&str] = &["script", "style", "head", "title", "template", "noscript", "form", "input", "select", "textarea", "button"];

/// The texts of one question being written.
pub(super) struct Page<'a> {
    pub question: &'a Question,
    pub version: Version,
    /// Files that are shown.
    pub used: Vec<&'a File>,
}

impl<'a> Page<'a> {
    pub fn new(question: &'a Question, version: Version) -> Self {
        Page { question, version, used: Vec::new() }
    }

    /// A text as nodes.
    pub fn text(&mut self, text: &Text, area: &str, item: i64) -> Vec<Node> {
        let nodes = html(text::html(text).trim());
        self.clean(nodes, area, item)
    }

    fn clean(&mut self, nodes: Vec<Node>, area: &str, item: i64) -> Vec<Node> {
        let mut out = Vec::new();
        for mut node in nodes {
            if node.name.is_empty() {
                out.push(node);
                continue;
            }
            let name = node.name.as_str();
            if GONE.contains(&name) {
                continue;
            }
            let new = self.version == Version::V3;
            let kept = OLD.contains(&name) || (new && NEW.contains(&name));
            node.children = self.clean(std::mem::take(&mut node.children), area, item);
            if !kept {
                out.append(&mut node.children);
                continue;
            }
            node.attributes.retain(|(n, _)| ATTRIBUTES.contains(&n.as_str()) || (new && NEWER.contains(&n.as_str())));
            for (name, value) in &mut node.attributes {
                if matches!(name.as_str(), "src" | "href" | "data" | "poster")
                    && let Some(place) = self.link(value, area, item)
                {
                    *value = place;
                }
            }
            if node.name == "img" && node.get("alt").is_none() {
                node = node.with("alt", "");
            }
            out.push(node);
        }
        out
    }

    fn link(&mut self, value: &str, area: &str, item: i64) -> Option<String> {
        let path = format!("/{}", decode(value.strip_prefix(HERE)?.split(['?', '#']).next()?));
        self.file(area, item, |f| f.path == path)
    }

    /// The address of a file of the question, from an item.
    pub fn file(&mut self, area: &str, item: i64, which: impl Fn(&File) -> bool) -> Option<String> {
        let file = self.question.files.iter().find(|f| f.area == area && f.item == item && which(f))?;
        self.used.push(file);
        Some(format!("../{}", entry(file).split('/').map(encode).collect::<Vec<_>>().join("/")))
    }
}

/// Where a file stands in the package.
pub(super) fn entry(file: &File) -> String {
    let name: String = file
        .path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        .collect();
    let name = if name.trim_matches(['.', ' ']).is_empty() { "file".to_owned() } else { name };
    format!("media/{}/{name}", file.hash.get(..12).unwrap_or("0"))
}

/// The contents that an item refers to.
pub(super) trait Media {
    /// Stores what is at an address, from the item; nothing where there is none.
    fn open(&mut self, href: &str, store: &mut dyn Store) -> Result<Option<parcours_mbz::outline::Stored>, Error>;
}

/// The texts of one question being read.
pub(super) struct Sheet<'a> {
    pub media: &'a mut dyn Media,
    pub store: &'a mut dyn Store,
    pub files: Vec<File>,
    pub component: String,
    pub failed: Option<Error>,
    /// Addresses behind which there is nothing.
    pub missing: Vec<String>,
}

impl Sheet<'_> {
    pub fn text(&mut self, nodes: &[Node], area: &str, item: i64) -> Text {
        let mut nodes = nodes.to_vec();
        self.localise(&mut nodes, area, item);
        Text::html(to_html(&nodes).trim())
    }

    fn localise(&mut self, nodes: &mut [Node], area: &str, item: i64) {
        for node in nodes {
            for (name, value) in &mut node.attributes {
                let file = match name.as_str() {
                    "src" | "data" | "poster" => true,
                    "href" => node.name == "a",
                    _ => false,
                };
                if file && let Some(link) = self.take(value, area, item) {
                    *value = link;
                }
            }
            self.localise(&mut node.children, area, item);
        }
    }

    /// Takes the file of an address in; answers the link to it.
    pub fn take(&mut self, href: &str, area: &str, item: i64) -> Option<String> {
        if href.is_empty()
            || href.contains("://")
            || href.starts_with(['#', '/', '@', '$'])
            || href.starts_with("data:")
            || href.starts_with("mailto:")
        {
            return None;
        }
        let href = href.split(['?', '#']).next().unwrap_or(href);
        match self.media.open(href, self.store) {
            Ok(Some(stored)) => {
                let name = decode(href.rsplit('/').next().unwrap_or(href));
                let path = format!("/{name}");
                let (component, area) = (self.component.clone(), area.to_owned());
                if !self.files.iter().any(|f| f.area == area && f.item == item && f.path == path) {
                    self.files.push(File { component, area, item, path, hash: stored.hash, size: stored.size, mime: Some(mime(&name).to_owned()) });
                }
                Some(format!("{HERE}{}", encode(&name)))
            }
            Ok(None) => {
                self.missing.push(href.to_owned());
                None
            }
            Err(e) => {
                self.failed = self.failed.take().or(Some(e));
                None
            }
        }
    }
}

pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(b)),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

pub(super) fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes().enumerate();
    while let Some((at, b)) = bytes.next() {
        let hex = (b == b'%').then(|| text.get(at + 1..at + 3)).flatten().and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex {
            Some(byte) => {
                out.push(byte);
                bytes.nth(1);
            }
            None => out.push(b),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
