//! From the sanitiser's output to a tree. That output is regular: every tag is written, every attribute is quoted, `<` and `&` in texts are escaped.

use super::node::{Node, Tag, is_void, tag};

/// Reads regular markup. What is irregular all the same is taken for text.
pub fn parse(html: &str) -> Vec<Node> {
    let mut open: Vec<Tag> = vec![Tag::default()];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        push_text(&mut open, before);
        rest = match from.strip_prefix("</").and_then(|r| r.split_once('>')) {
            Some((name, after)) => {
                close(&mut open, name);
                after
            }
            None => opening(&mut open, from),
        };
    }
    push_text(&mut open, rest);
    while open.len() > 1 {
        shut(&mut open);
    }
    open.pop().map(|root| root.children).unwrap_or_default()
}

fn push(open: &mut [Tag], node: Node) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
}

fn push_text(open: &mut [Tag], escaped: &str) {
    if !escaped.is_empty() {
        push(open, Node::Text(unescape(escaped)));
    }
}

fn shut(open: &mut Vec<Tag>) {
    if let Some(done) = open.pop() {
        push(open, Node::Tag(done));
    }
}

fn close(open: &mut Vec<Tag>, name: &str) {
    if open.iter().skip(1).any(|t| t.name == name) {
        while open.len() > 1 && open.last().is_some_and(|t| t.name != name) {
            shut(open);
        }
        shut(open);
    }
}

/// Takes a start tag, and answers what follows it.
fn opening<'a>(open: &mut Vec<Tag>, from: &'a str) -> &'a str {
    let inside = from.get(1..).unwrap_or_default();
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(end);
    if name.is_empty() {
        push(open, Node::Text("<".to_owned()));
        return inside;
    }
    let mut new = tag(name);
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        let Some(attribute) = attribute(rest) else {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
            break;
        };
        new.attributes.push((attribute.0.to_owned(), unescape(attribute.1)));
        rest = attribute.2;
    }
    if is_void(name) {
        push(open, Node::Tag(new));
    } else {
        open.push(new);
    }
    rest
}

/// `name="value"`, and what follows.
fn attribute(from: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = from.split_once("=\"")?;
    let (value, rest) = rest.split_once('"')?;
    (!name.contains('>')).then_some((name, value, rest))
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let known = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}")].into_iter();
        match known.into_iter().find_map(|(entity, c)| rest.strip_prefix(entity).map(|after| (c, after))) {
            Some((c, after)) => {
                out.push_str(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::node::{Style, words, write};
    use super::*;

    #[test]
    fn what_the_sanitiser_writes_is_read_whole() {
        let html = "<p title=\"a &gt; &quot;b&quot;\">x &amp;amp; y<br>z</p><ul><li>1</li></ul>t&nbsp;";
        let nodes = parse(html);
        assert_eq!(words(&nodes), "x &amp; yz1t\u{a0}");
        let mut out = String::new();
        write(&nodes, Style::Html, &mut out);
        assert_eq!(out, html.replace("&nbsp;", "\u{a0}"));
    }

    #[test]
    fn irregular_markup_loses_no_text() {
        for odd in ["a < b", "<p", "</x>y", "<p a=b>c", "<a href=\"", "<b><i>t</b>u"] {
            parse(odd);
        }
        assert_eq!(words(&parse("<b><i>t</b>u</i>")), "tu");
    }
}
