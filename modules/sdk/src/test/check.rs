//! The allowed subset of HTML (`modules/wit/README.md`), checked the slow and plain way.
//!
//! The builders of [`crate::html`] cannot write a wrong tag or attribute, but they can put a paragraph into a heading; this finds it.

const FLOW: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "div",
    "figure",
    "figcaption",
    "footer",
    "header",
    "nav",
    "section",
    "details",
    "ul",
    "ol",
    "dl",
    "table",
    "pre",
    "hr",
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pc-text",
    "pc-files",
    "pc-pager",
    "pc-menu",
    "pc-form",
    "pc-field",
];
const FLOW_CONTAINERS: &[&str] = &[
    "",
    "article",
    "aside",
    "blockquote",
    "div",
    "figure",
    "figcaption",
    "footer",
    "header",
    "nav",
    "section",
    "details",
    "li",
    "dd",
    "td",
    "th",
    "pc-form",
    "pc-menu",
];
const PHRASING: &[&str] = &[
    "a",
    "audio",
    "b",
    "bdi",
    "br",
    "code",
    "em",
    "img",
    "mark",
    "small",
    "span",
    "strong",
    "time",
    "video",
    "pc-user",
    "pc-group",
    "pc-date",
    "pc-submit",
];
const TEXT_ONLY: &[&str] = &["pc-submit", "pc-option"];
const EMPTY: &[&str] = &["pc-user", "pc-group", "pc-date", "pc-text", "pc-files", "pc-pager"];
const VOID: &[&str] = &["br", "hr", "img"];

/// Checks a page or a part of one.
///
/// # Errors
/// Says what is wrong and where.
pub fn check(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((text, tail)) = rest.split_once('<') {
        check_text(text, &open)?;
        let (tag, after) = tail.split_once('>').ok_or("a tag does not end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let top = open.pop();
            if top != Some(name) {
                return Err(format!("</{name}> closes {top:?}"));
            }
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        place(name, &open)?;
        attributes(name, tag, &mut ids)?;
        if !VOID.contains(&name) {
            open.push(name);
        }
        if open.len() > 64 {
            return Err("more than 64 elements deep".into());
        }
    }
    check_text(rest, &open)?;
    if html.len() > 1 << 20 {
        return Err("more than 1 MiB".into());
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

fn check_text(text: &str, open: &[&str]) -> Result<(), String> {
    if text.contains('>') || text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(format!("a character that must be escaped in `{text}`"));
    }
    let here = open.last().copied().unwrap_or_default();
    let holds_text = FLOW_CONTAINERS.contains(&here) || PHRASING.contains(&here) || TEXT_ONLY.contains(&here);
    let holds_text = holds_text || ["p", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "dt", "caption"].contains(&here);
    if (holds_text && !EMPTY.contains(&here)) || text.trim().is_empty() { Ok(()) } else { Err(format!("text `{text}` in <{here}>")) }
}

fn place(name: &str, open: &[&str]) -> Result<(), String> {
    let here = open.last().copied().unwrap_or_default();
    let flow = FLOW_CONTAINERS.contains(&here);
    let ok = match name {
        "li" => matches!(here, "ul" | "ol"),
        "dt" | "dd" => here == "dl",
        "summary" => here == "details",
        "caption" | "thead" | "tbody" | "tfoot" => here == "table",
        "tr" => matches!(here, "thead" | "tbody" | "tfoot"),
        "td" | "th" => here == "tr",
        "pc-option" => here == "pc-field",
        "pc-form" => flow && !open.contains(&"pc-form"),
        "pc-field" => flow && open.contains(&"pc-form"),
        "pc-submit" => open.contains(&"pc-form"),
        "a" | "pc-user" if open.contains(&"a") => false,
        _ if FLOW.contains(&name) => flow,
        _ if PHRASING.contains(&name) => {
            flow || PHRASING.contains(&here) || ["p", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "dt", "caption"].contains(&here)
        }
        _ => false,
    };
    if ok && !EMPTY.contains(&here) { Ok(()) } else { Err(format!("<{name}> may not stand in <{here}>")) }
}

fn attributes<'a>(element: &str, tag: &'a str, ids: &mut Vec<&'a str>) -> Result<(), String> {
    let mut rest = &tag[element.len()..];
    let mut seen: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        let parts = rest.strip_prefix(' ').and_then(|r| r.split_once("=\"")).and_then(|(n, r)| r.split_once('"').map(|(v, r)| (n, v, r)));
        let (name, value, after) = parts.ok_or_else(|| format!("attributes of <{tag}>"))?;
        if seen.contains(&name) || name.starts_with("on") || (name == "style" && element != "pc-date") {
            return Err(format!("attribute `{name}` of <{tag}>"));
        }
        if name == "id" && !element.starts_with("pc-") {
            if !value.starts_with("m-") || !value.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) || ids.contains(&value) {
                return Err(format!("id `{value}`"));
            }
            ids.push(value);
        }
        if matches!(name, "href" | "src" | "action" | "next" | "previous") && !address(value) {
            return Err(format!("address `{value}`"));
        }
        seen.push(name);
        rest = after;
    }
    if element == "img" && !seen.contains(&"alt") { Err("img without alt".into()) } else { Ok(()) }
}

fn address(a: &str) -> bool {
    let absolute = ["https:", "http:", "mailto:"].iter().any(|s| a.to_ascii_lowercase().starts_with(s));
    let relative = (a.starts_with('/') && !a.starts_with("//")) || a.starts_with('?') || a.starts_with('#');
    (absolute || relative) && !a.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
}
