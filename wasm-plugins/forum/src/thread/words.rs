//! How long a post is.

use crate::here::Here;
use crate::records::{Light, Source};
use parcours_sdk::Result;
use std::collections::HashMap;

pub fn counts(here: &Here, posts: &[Light]) -> Result<HashMap<i64, usize>> {
    let ids: Vec<i64> = posts.iter().map(|p| p.id).collect();
    Ok(here.find_many::<Source>(&ids)?.into_iter().map(|s| (s.id, words(&s.message, s.messageformat != 2))).collect())
}

/// Words of a text, without its tags.
fn words(text: &str, markup: bool) -> usize {
    if !markup {
        return text.split_whitespace().count();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        // A tag that begins or ends a block ends a word; one inside a word does not.
        let block = ["p", "div", "br", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "hr", "blockquote"];
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if block.iter().any(|b| name.eq_ignore_ascii_case(b)) {
            plain.push(' ');
        }
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace("&nbsp;", " ").split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn tags_are_not_words_and_blocks_end_words() {
        assert_eq!(words("<p>un <b>deux</b></p><p>trois&nbsp;quatre</p>", true), 4);
        assert_eq!(words("mot<i>s</i><br>autre", true), 2);
        assert_eq!(words("a <b> c", false), 3);
    }
}
