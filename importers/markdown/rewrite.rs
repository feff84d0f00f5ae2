//! Addresses in attributes of HTML, wherever they stand, put in the place of others.

use crate::reading::node::escape;

const ADDRESSES: &[&str] = &["href", "src", "poster"];

/// Shows every address of a text; an answer takes its place.
pub fn addresses(html: &str, mut by: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = if from.starts_with("<!--") { from.find("-->").map(|e| e + 3) } else { end(from) };
        let (tag, after) = from.split_at(end.unwrap_or(from.len()));
        if tag.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            one(tag, &mut by, &mut out)
        } else {
            out.push_str(tag)
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where a tag ends: at the first `>` that is in no quotes.
fn end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    None
}

fn one(tag: &str, by: &mut impl FnMut(&str) -> Option<String>, out: &mut String) {
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let (before, from) = rest.split_at(at);
        let name = before.trim_end().rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default().to_ascii_lowercase();
        let value = from.get(1..).unwrap_or_default();
        let trimmed = value.trim_start();
        let quote = trimmed.chars().next().filter(|c| matches!(c, '"' | '\''));
        let bare = || trimmed.split_at(trimmed.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(trimmed.len()));
        let (inside, after) = match quote {
            Some(q) => trimmed.get(1..).and_then(|t| t.split_once(q)).unwrap_or((trimmed, "")),
            None => bare(),
        };
        out.push_str(before);
        let new = ADDRESSES.contains(&name.as_str()).then(|| by(&plain(inside))).flatten();
        match new {
            Some(new) => {
                out.push_str("=\"");
                escape(&new, true, out);
                out.push('"');
            }
            None => {
                let quote = quote.map(String::from).unwrap_or_default();
                out.push_str(&format!("={quote}{inside}{quote}"));
            }
        }
        rest = after;
    }
    out.push_str(rest);
}

fn plain(value: &str) -> String {
    value.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_attributes_only() {
        let html = "a href=\"x\" <!-- <a href=\"no\"> --><a title=\"href='q'>\" href='x&amp;y'>b</a><img src = \"z\" alt=\"a\"><img alt=x src=w/v>";
        let mut seen = Vec::new();
        let got = addresses(html, |a| {
            seen.push(a.to_owned());
            (a == "z").then(|| "<\"".to_owned())
        });
        assert_eq!(seen, ["x&y", "z", "w/v"]);
        assert_eq!(got, html.replace("src = \"z\"", "src =\"&lt;&quot;\""));
    }
}
