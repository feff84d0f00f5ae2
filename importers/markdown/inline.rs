//! Words, emphasis, links and pictures as Markdown. What it has no sign for stays as HTML.

use crate::reading::node::{Node, Style, Tag, words, write};

/// Whether a text may have more than one line here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    Many,
    /// Headings and cells.
    One,
}

/// A run of text, with its line ends where there were breaks.
pub fn inline(nodes: &[Node], lines: Lines) -> String {
    let mut out = String::new();
    run(nodes, lines, &mut out);
    // A break at either end breaks nothing.
    let ends = ["\\\n", "<br>"];
    let mut text = out.trim();
    while let Some(shorter) = ends.iter().find_map(|e| text.strip_suffix(e.trim_end()).filter(|_| !text.ends_with("\\\\")).or(text.strip_prefix(e))) {
        text = shorter.trim();
    }
    match lines {
        Lines::One => text.to_owned(),
        Lines::Many => text.split('\n').map(|l| start(l.trim_start())).collect::<Vec<_>>().join("\n"),
    }
}

fn run(nodes: &[Node], lines: Lines, out: &mut String) {
    let mut flat = Vec::with_capacity(nodes.len());
    open(nodes, &mut flat);
    for (at, node) in flat.iter().enumerate() {
        match node {
            Node::Text(text) => escape(text, out),
            Node::Tag(tag) => {
                let next = flat.iter().skip(at + 1).find_map(|n| first(n));
                self::tag(tag, next, lines, out);
            }
        }
    }
}

/// Without elements that say nothing.
fn open<'a>(nodes: &'a [Node], out: &mut Vec<&'a Node>) {
    for node in nodes {
        match node {
            Node::Tag(tag) if tag.name == "span" && tag.attributes.is_empty() => open(&tag.children, out),
            node => out.push(node),
        }
    }
}

/// The first character that is seen of a node.
fn first(node: &Node) -> Option<char> {
    match node {
        Node::Text(text) => text.chars().next(),
        Node::Tag(tag) if tag.name == "br" => Some('\n'),
        Node::Tag(tag) if matches!(tag.name.as_str(), "img" | "audio" | "video") => Some('!'),
        Node::Tag(tag) => tag.children.iter().find_map(first),
    }
}

fn tag(tag: &Tag, next: Option<char>, lines: Lines, out: &mut String) {
    let mut inside = String::new();
    let sign = match tag.name.as_str() {
        "br" if lines == Lines::One => return out.push_str("<br>"),
        "br" => {
            out.truncate(out.trim_end_matches(' ').len());
            return out.push_str("\\\n");
        }
        "code" if tag.attributes.is_empty() => return code(&words(&tag.children), out),
        "a" => return link(tag, lines, out),
        "img" => return picture(tag, out),
        "audio" | "video" | "wbr" => return raw(tag, out),
        "strong" | "b" => "**",
        "em" | "i" => "*",
        "s" | "del" => "~~",
        _ => "",
    };
    run(&tag.children, lines, &mut inside);
    if inside.trim().is_empty() && tag.get("id").is_none() {
        return out.push_str(if inside.is_empty() { "" } else { " " });
    }
    if sign.is_empty() || !tag.attributes.is_empty() || !flanks(sign, out, &inside, next) {
        return around(tag, &inside, out);
    }
    let (before, behind) = (inside.starts_with(' '), inside.ends_with(' '));
    if before && !out.ends_with(' ') {
        out.push(' ');
    }
    out.push_str(sign);
    out.push_str(inside.trim());
    out.push_str(sign);
    if behind {
        out.push(' ');
    }
}

/// Whether signs around a text would be read as such: between letters, or between blanks, and not beside other signs.
fn flanks(sign: &str, before: &str, inside: &str, next: Option<char>) -> bool {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let calm = |c: Option<char>| c.is_some_and(|c| !matches!(c, '*' | '_' | '~' | '\\'));
    let last = if inside.starts_with(' ') { None } else { before.chars().last() };
    let next = if inside.ends_with(' ') { None } else { next };
    let letters = inside.trim();
    let (first, end) = (letters.chars().next(), letters.chars().last());
    // Stars may stand between letters, and other signs not.
    let edge = |inner, outer| (letter(inner) && (sign.starts_with('*') || !letter(outer))) || (calm(inner) && blank(outer));
    edge(first, last) && edge(end, next) && !letters.contains('\n') && (last.is_none() || calm(last))
}

fn around(tag: &Tag, inside: &str, out: &mut String) {
    let mut shell = String::new();
    write(&[Tag { children: Vec::new(), ..tag.clone() }.node()], Style::Html, &mut shell);
    let end = format!("</{}>", tag.name);
    out.push_str(&one_line(shell.strip_suffix(&end).unwrap_or(&shell)));
    out.push_str(inside);
    out.push_str(&end);
}

/// As HTML, on one line.
pub fn raw(tag: &Tag, out: &mut String) {
    let mut html = String::new();
    write(&[tag.clone().node()], Style::Html, &mut html);
    out.push_str(&one_line(&html));
}

fn one_line(html: &str) -> String {
    html.replace('\n', if html.contains("<pre") { "&#10;" } else { " " })
}

fn code(text: &str, out: &mut String) {
    let text = text.replace('\n', " ");
    if text.trim().is_empty() {
        return out.push_str(&text);
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
}

fn link(tag: &Tag, lines: Lines, out: &mut String) {
    let mut inside = String::new();
    run(&tag.children, lines, &mut inside);
    let Some(href) = tag.get("href") else { return around(tag, &inside, out) };
    if tag.attributes.iter().any(|(n, _)| !matches!(n.as_str(), "href" | "title")) || inside.contains('\n') {
        return around(tag, &inside.replace("\\\n", "<br>"), out);
    }
    let (before, behind) = (inside.starts_with(' '), inside.ends_with(' '));
    out.push_str(if before { " [" } else { "[" });
    out.push_str(inside.trim());
    out.push_str("](");
    out.push_str(&target(href));
    title(tag, out);
    out.push_str(if behind { ") " } else { ")" });
}

fn picture(tag: &Tag, out: &mut String) {
    let other = |n: &str| !matches!(n, "src" | "alt" | "title");
    let Some(src) = tag.get("src").filter(|_| !tag.attributes.iter().any(|(n, _)| other(n))) else { return raw(tag, out) };
    out.push_str("![");
    escape(tag.get("alt").unwrap_or_default(), out);
    out.push_str("](");
    out.push_str(&target(src));
    title(tag, out);
    out.push(')');
}

fn title(tag: &Tag, out: &mut String) {
    if let Some(title) = tag.get("title") {
        out.push_str(" \"");
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&title.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;"));
        out.push('"');
    }
}

fn target(href: &str) -> String {
    let href = href.replace('&', "&amp;");
    if href.contains(['(', ')', ' ', '*', '_', '\\']) || href.is_empty() {
        format!("<{}>", href.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C"))
    } else {
        href
    }
}

/// Escapes what would be read as a sign. Blanks become one.
pub fn escape(text: &str, out: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let last = out.chars().last();
        let next = chars.peek().copied();
        match c {
            ' ' | '\n' | '\t' | '\r' => {
                if !matches!(last, Some(' ' | '\n')) {
                    out.push(' ');
                }
            }
            '_' if last.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) => out.push('_'),
            '\\' if next.is_some_and(|n| !n.is_ascii_punctuation() && n != '\n') => out.push('\\'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|' => {
                out.push('\\');
                out.push(c);
            }
            '&' if next.is_some_and(|n| n.is_ascii_alphanumeric() || n == '#') => out.push_str("&amp;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}

/// Escapes what would begin something at the beginning of a line.
fn start(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let numbered = (1..=9).contains(&digits) && line.get(digits..).is_some_and(|r| r.starts_with(['.', ')']));
    if numbered {
        let (number, rest) = line.split_at(digits);
        return format!("{number}\\{rest}");
    }
    if line.starts_with(['#', '+', '-', '>', '=', ':']) { format!("\\{line}") } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::tree::blocks;
    use super::*;
    use crate::reading::clean::{clean, markdown};
    use crate::reading::parse::parse;
    use parcours_course::{Format, Text};

    fn md(html: &str) -> String {
        inline(&parse(html), Lines::Many)
    }

    #[test]
    fn signs_are_written_where_they_are_read() {
        for (html, expected) in [
            ("a <b>b </b>c", "a **b** c"),
            ("a<i>b</i>c", "a*b*c"),
            ("a<b>(b)</b>c", "a<b>(b)</b>c"),
            ("<b>«b»</b>", "**«b»**"),
            ("<b>a</b><b>b</b>", "**a**<b>b</b>"),
            ("<b><a href=\"u\">x</a></b> <span><b>«b»</b></span>y", "**[x](u)** <b>«b»</b>y"),
            ("<b><i>x</i></b>", "<b>*x*</b>"),
            ("<s>x</s>, H<sub>2</sub>O", "~~x~~, H<sub>2</sub>O"),
            ("<a href=\"u_(1)\" title=\"t&quot;\">x [1]</a>", "[x \\[1\\]](<u_(1)> \"t\\\"\")"),
            ("<code>a`b</code>", "``a`b``"),
            ("- a<br>1. b<br># c<br>", "\\- a\\\n1\\. b\\\n\\# c"),
            ("2*3*4 &amp;amp; &lt;b&gt; snake_case _x_ \\(y\\)", "2\\*3\\*4 &amp;amp; \\<b> snake_case \\_x\\_ \\\\(y\\\\)"),
            ("<img src=\"a.png\" alt=\"é\"><img src=\"b.png\" alt=\"\" width=\"9\">", "![é](a.png)<img src=\"b.png\" alt=\"\" width=\"9\">"),
        ] {
            assert_eq!(md(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same_words_and_is_written_the_same_again() {
        for html in [
            "<p>a <b>b </b>c*d*e_f_ <i>x</i>y [z](w) `q` ~~k~~ \\ \\* &amp;lt; 3 &lt; 4 &gt; 2</p>",
            "<p>1) x<br>+ y<br>=== z<br>---<br>&gt; q</p><p># no</p><h3>a # b #</h3>",
            "<ul><li>1<ul><li>2</li></ul></li><li><p>3</p><pre>x\n\n  y</pre></li></ul><ul><li>z</li></ul><ol start=\"4\"><li>u</li></ol>",
            "<blockquote><p>a</p><p>b</p></blockquote><table><thead><tr><th>a|b</th></tr></thead><tbody><tr><td>c<br>d</td></tr></tbody></table>",
            "<table><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table><details><summary>s</summary><p>t</p></details><hr><p>e</p>",
            "<p>a<b>b</b>c<i>d</i>e <b>«f»</b> g<s>h</s> <s>i</s> <b>j</b><i>k</i><b><i>l</i> m</b>!</p>",
            "<p><a href=\"x.md#f\" title=\"t\"><img src=\"i.png\" alt=\"al\"></a> <sup>2</sup><code>` `</code></p>",
        ] {
            let first = blocks(&parse(html));
            let again = clean(&Text::new(markdown(&first), Format::Html)).0;
            assert_eq!(blocks(&again), first, "{html}");
            let flat = |nodes: &[Node]| words(nodes).split_whitespace().collect::<String>();
            assert_eq!(flat(&again), flat(&parse(html)), "{html}");
        }
    }
}
