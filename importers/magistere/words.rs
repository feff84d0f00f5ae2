//! Texts that are added, and what is read of texts that are there.

pub(super) use crate::escape::escape;
use parcours_mbz::links::decode;
use parcours_mbz::xml::Element;

/// What an HTML text says, on one line.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        match tag.split_once('>') {
            // `<` before a space or a digit is a sign of arithmetic.
            Some((name, after)) if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') => {
                text.push(' ');
                rest = after;
            }
            _ => {
                text.push('<');
                rest = tag;
            }
        }
    }
    text.push_str(rest);
    entities(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same as HTML again: a line without markup, for names that Moodle takes for HTML.
pub(super) fn line(html: &str) -> String {
    plain(html).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').and_then(|(name, behind)| Some((entity(name)?, behind))) {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// A text of any of Moodle's formats as HTML (MBZ-FORMAT §2.5). Markdown keeps its signs.
pub(super) fn html(text: &str, format: Option<i64>) -> String {
    match format.unwrap_or(1) {
        1 => text.to_owned(),
        0 => text.replace('\n', "<br />\n"),
        _ => escape(text).replace('\n', "<br />\n"),
    }
}

/// The `intro` of an activity as HTML.
pub(super) fn intro(record: &Element) -> String {
    html(record.leaf("intro"), record.number("introformat"))
}

/// A paragraph, or nothing for an empty text.
pub(super) fn paragraph(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<p>{}</p>", escape(text)) }
}

/// A framed text with a heading. Colours are those of the frame's edge and ground; the text is dark on either.
pub(super) fn framed(edge: &str, ground: &str, title: &str, body: &str) -> String {
    let heading = if title.is_empty() { String::new() } else { format!("<h4>{}</h4>", escape(title)) };
    format!(
        "<div style=\"border-left: 4px solid {edge}; background-color: {ground}; color: #1d2125; padding: 12px 16px; margin-bottom: 16px;\">{heading}{body}</div>"
    )
}

/// A framed text in grey: what stands for something that is elsewhere.
pub(super) fn notice(title: &str, body: &str) -> String {
    framed("#6a737b", "#f0f1f2", title, body)
}

/// Rows of a name and a value; empty values are left out.
pub(super) fn facts(rows: &[(&str, String)]) -> String {
    let rows: String =
        rows.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("<li><strong>{}</strong> {}</li>", escape(k), escape(v))).collect();
    if rows.is_empty() { rows } else { format!("<ul>{rows}</ul>") }
}

/// A day and an hour in Universal Time, `2020-08-23 10:40 UTC`; nothing for 0.
pub(super) fn moment(seconds: i64) -> String {
    if seconds <= 0 {
        return String::new();
    }
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since 0000-03-01, in eras of 400 years.
    let z = days + 719_468;
    let (era, day) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02} {:02}:{:02} UTC", rest / 3600, rest % 3600 / 60)
}

/// As many characters as a column of Moodle's holds.
pub(super) fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Names of files in `@@PLUGINFILE@@` links, decoded.
pub(super) fn names_a_file(text: &str) -> bool {
    parcours_mbz::links::files(text).next().is_some_and(|f| !decode(&f.path).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_says_what_it_says() {
        assert_eq!(plain("<p>A&nbsp;&amp; B</p><p>2 < 3 &#233;&#x41; &unknown;</p>"), "A & B 2 < 3 éA &unknown;");
        assert_eq!(line("<b>1 &lt; 2</b>"), "1 &lt; 2");
        assert_eq!(html("a\n<b>", Some(2)), "a<br />\n&lt;b&gt;");
    }

    #[test]
    fn moments_are_written_as_days() {
        for (seconds, text) in [
            (0, ""),
            (1, "1970-01-01 00:00 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_598_172_800, "2020-08-23 08:53 UTC"),
            (4_107_542_399, "2100-02-28 23:59 UTC"),
            (4_107_542_400, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(moment(seconds), text);
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!((short("été", 3), short("étés", 3)), ("été".to_owned(), "ét…".to_owned()));
    }
}
