//! The one way a name of an archive gets onto a page or a terminal.

/// For the text or an attribute of a page.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if steers(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// For one line of a terminal: nothing in it moves the cursor, ends the line or turns the direction of writing.
pub fn line(text: &str) -> String {
    text.chars().map(|c| if steers(c) || matches!(c, '\n' | '\t') { ' ' } else { c }).collect()
}

/// Control characters and those that turn the direction of writing.
fn steers(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_on_a_page() {
        assert_eq!(html("<a href='x' t=\"y\">&</a>"), "&lt;a href=&#39;x&#39; t=&quot;y&quot;&gt;&amp;&lt;/a&gt;");
        assert_eq!(html("é\u{0}\u{1b}[31m\u{202e}x\n"), "é\u{fffd}\u{fffd}[31m\u{fffd}x\n");
    }

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(line("a\nb\tc\u{1b}[2J\u{9b}d\u{2067}<e>"), "a b c [2J d <e>");
    }
}
