//! Links inside texts: files of the same place, and other activities of the course.

use std::borrow::Cow;

/// Where the links of one text lead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Base {
    /// What stands for `@@PLUGINFILE@@`: `/file/{course}/{context}/{component}/{area}/{item}`. Empty when the text has no files.
    pub files: String,
    /// `/course/{course}`.
    pub course: String,
}

/// Replaces file links and link tokens (MBZ-FORMAT §2.6, §11) by addresses of this site. Everything else stays as it is; the result is cleaned afterwards.
pub(super) fn resolve<'a>(text: &'a str, base: &Base) -> Cow<'a, str> {
    if !text.contains("@@PLUGINFILE@@") && !text.contains("$@") {
        return Cow::Borrowed(text);
    }
    let text = text.replace("@@PLUGINFILE@@", &base.files);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("$@") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match token(from) {
            Some((name, numbers, len)) => {
                out.push_str(&address(name, numbers, base));
                rest = from.get(len..).unwrap_or_default();
            }
            None => {
                out.push_str("$@");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// `$@NAME*1*2@$` at the start of `from`: its name, its numbers (`1*2`), its length.
fn token(from: &str) -> Option<(&str, &str, usize)> {
    let inside = from.strip_prefix("$@")?;
    let end = inside.bytes().take(120).position(|b| b == b'@')?;
    let body = inside.get(..end)?;
    inside.get(end..)?.strip_prefix("@$")?;
    let (name, numbers) = body.split_once('*')?;
    let upper = !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let digits = numbers.split('*').all(|n| !n.is_empty() && n.len() < 19 && n.bytes().all(|b| b.is_ascii_digit()));
    (upper && digits).then_some((name, numbers, 2 + end + 2))
}

/// The common tokens have an address that needs no look-up; the others go through one that finds their activity when somebody follows it.
fn address(name: &str, numbers: &str, base: &Base) -> String {
    let course = &base.course;
    match name {
        "COURSEVIEWBYID" => course.clone(),
        "COURSESECTIONBYID" => format!("{course}#section-{numbers}"),
        _ => match name.strip_suffix("VIEWBYID").filter(|m| !m.is_empty() && *m != "BADGES") {
            Some(module) if !numbers.contains('*') => format!("{course}/{}/{numbers}", module.to_ascii_lowercase()),
            _ if name.ends_with("INDEX") => course.clone(),
            _ => format!("{course}/link/{}/{}", name.to_ascii_lowercase(), numbers.replace('*', "-")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Base {
        Base { files: "/file/1/20/mod_page/content/0".into(), course: "/course/1".into() }
    }

    #[test]
    fn files_and_tokens_become_addresses() {
        let t = r#"<img src="@@PLUGINFILE@@/a%20b.png"> <a href="$@FORUMVIEWBYID*630@$">f</a> <a href="$@FORUMDISCUSSIONVIEW*7@$">d</a>"#;
        let got = resolve(t, &base());
        assert!(got.contains(r#"src="/file/1/20/mod_page/content/0/a%20b.png""#));
        assert!(got.contains(r#"href="/course/1/forum/630""#));
        assert!(got.contains(r#"href="/course/1/link/forumdiscussionview/7""#));
    }

    #[test]
    fn what_is_no_token_stays() {
        for t in ["$@foo@$", "$@", "$@A*@$", "$@A*1", "price $@ 5 @$ x", "$@A*1*é@$"] {
            assert_eq!(resolve(t, &base()), t);
        }
    }
}
