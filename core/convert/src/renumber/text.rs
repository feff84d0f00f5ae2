//! Links in texts (MBZ-FORMAT §11).

use super::Numbers;
use parcours_mbz::links::{Space, known, tokens};
use parcours_mbz::numbers::{Archive, of_area};

/// A text with other numbers in its links; nothing when it has none.
pub(super) fn links(text: &str, archive: &Archive, numbers: &Numbers<'_>) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    for token in tokens(text) {
        let Some(known) = known(token.name).filter(|k| k.spaces.len() == token.ids.len()) else { continue };
        out.push_str(text.get(from..token.range.start).unwrap_or_default());
        out.push_str(&format!("$@{}", token.name));
        for (space, id) in known.spaces.iter().zip(&token.ids) {
            let table = match space {
                Space::Course => "course".to_owned(),
                Space::Module => "cm".to_owned(),
                Space::Section => "section".to_owned(),
                Space::Context => "context".to_owned(),
                Space::Instance => known.module.clone(),
                Space::Record(record) => format!("{}/{record}", known.module),
            };
            out.push_str(&format!("*{}", numbers.of(&table, *id)));
        }
        out.push_str("@$");
        from = token.range.end;
        if known.spaces == [Space::Context] {
            from += area(text.get(from..).unwrap_or_default(), archive, numbers, &mut out);
        }
    }
    if from == 0 {
        return None;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Some(out)
}

/// Behind a context stand component, area and item: `/mod_forum/post/12/a.png`, its slashes encoded or not. Answers how much of the text was copied.
fn area(rest: &str, archive: &Archive, numbers: &Numbers<'_>, out: &mut String) -> usize {
    let slash = if rest.starts_with("%2F") { "%2F" } else { "/" };
    let Some((_, inside)) = rest.split_once(slash).filter(|(before, _)| before.is_empty()) else { return 0 };
    let mut parts = inside.splitn(3, slash);
    let (Some(component), Some(area), Some(tail)) = (parts.next(), parts.next(), parts.next()) else { return 0 };
    let digits: String = tail.chars().take_while(char::is_ascii_digit).collect();
    let name = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let (true, Ok(item)) = (name(component) && name(area) && tail.get(digits.len()..).is_some_and(|t| t.starts_with(slash)), digits.parse()) else {
        return 0;
    };
    let Some(table) = of_area(archive, component, area, item) else { return 0 };
    out.push_str(&format!("{slash}{component}{slash}{area}{slash}{}", numbers.of(&table, item)));
    slash.len() * 3 + component.len() + area.len() + digits.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_get_other_numbers() {
        let by = |table: &str| match table {
            "cm" => 100,
            "forum/post" => 1000,
            "context" => 10_000,
            _ => 1,
        };
        let (archive, numbers) = (Archive::default(), Numbers::new(&by));
        let new = |text: &str| links(text, &archive, &numbers);
        assert_eq!(new("a $@PAGEVIEWBYID*7@$ b").as_deref(), Some("a $@PAGEVIEWBYID*107@$ b"));
        assert_eq!(new("$@FORUMDISCUSSIONVIEWPARENT*3*4@$").as_deref(), Some("$@FORUMDISCUSSIONVIEWPARENT*4*1004@$"));
        let file = "\"$@PLUGINFILEBYCONTEXT*9@$/mod_forum/post/12/a.png\" $@PLUGINFILEBYCONTEXT*9@$/x $@PLUGINFILEBYCONTEXTURLENCODED*9@$%2Fmod_forum%2Fpost%2F12%2Fa";
        let expected = "\"$@PLUGINFILEBYCONTEXT*10009@$/mod_forum/post/1012/a.png\" $@PLUGINFILEBYCONTEXT*10009@$/x $@PLUGINFILEBYCONTEXTURLENCODED*10009@$%2Fmod_forum%2Fpost%2F1012%2Fa";
        assert_eq!(new(file).as_deref(), Some(expected));
        assert_eq!((new("$@NULL@$ $@foo*1@$"), new("plain")), (None, None));
    }
}
