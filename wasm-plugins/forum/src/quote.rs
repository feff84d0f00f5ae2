//! A post as it is repeated in an answer to it.

use crate::records::Source;
use parcours_sdk::Html;
use parcours_sdk::pc::Rich;

/// The text to begin an answer with, in the format of what it quotes. Pictures of the quoted post stay behind: they belong to its files.
pub fn quote(source: &Source, wrote: &str) -> Rich {
    let format = source.messageformat;
    let text = match format {
        0 | 1 => format!("<blockquote><p>{}</p>\n{}</blockquote>\n<p></p>", Html::text(wrote).as_str(), without_own_files(&source.message)),
        _ => {
            let lines: Vec<String> = source.message.lines().map(|l| format!("> {l}")).collect();
            format!("{wrote}\n{}\n\n", lines.join("\n"))
        }
    };
    Rich { text, format }
}

fn without_own_files(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once('<') {
        out.push_str(before);
        let (tag, after) = tail.split_once('>').unwrap_or((tail, ""));
        if !tag.contains("@@PLUGINFILE@@") {
            out.push('<');
            out.push_str(tag);
            if tail.len() > tag.len() {
                out.push('>');
            }
        } else if tag.starts_with('a') {
            // Its end tag follows; an anchor without an address keeps the two in step.
            out.push_str("<a>");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(message: &str, messageformat: i64) -> Source {
        Source { id: 1, message: message.into(), messageformat }
    }

    #[test]
    fn a_quote_keeps_the_format_and_leaves_pictures_behind() {
        let q = quote(&source("<p>a<img src=\"@@PLUGINFILE@@/x.png\">b</p>", 1), "Ada & Co:");
        assert_eq!(q.text, "<blockquote><p>Ada &amp; Co:</p>\n<p>ab</p></blockquote>\n<p></p>");
        assert_eq!(quote(&source("a\nb", 2), "Ada:"), Rich { text: "Ada:\n> a\n> b\n\n".into(), format: 2 });
        assert!(quote(&source("open <b", 1), "x").text.contains("open <b"));
    }
}
