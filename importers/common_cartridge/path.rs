//! Paths in a cartridge, from its root on, and the relative addresses between them.

use parcours_mbz::links::{decode, encode};

/// Characters of one name.
const NAME: usize = 100;

/// A path of which no system refuses a name, and which leads nowhere else.
pub(super) fn safe(path: &str) -> String {
    let names = path.split('/').map(str::trim).filter(|s| !matches!(*s, "" | "." | ".."));
    names.map(name).collect::<Vec<_>>().join("/")
}

fn name(of: &str) -> String {
    let odd = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let mut name: String = of.chars().map(|c| if odd(c) { '_' } else { c }).collect();
    if name.starts_with('.') {
        name.insert(0, '_');
    }
    if name.ends_with(['.', ' ']) {
        name.push('_');
    }
    shorter(&name)
}

/// A name of no more characters than it may have, with its end.
fn shorter(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    let (stem, end) = name.rsplit_once('.').filter(|(_, end)| end.len() <= 10).unwrap_or((name, ""));
    let stem: String = stem.chars().take(NAME - 11).collect();
    if end.is_empty() { stem } else { format!("{stem}.{end}") }
}

/// The same path with a number before the end of its name.
pub(super) fn numbered(path: &str, number: usize) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(f, n)| (f, n));
    let name = match name.rsplit_once('.') {
        Some((stem, end)) => format!("{stem}_{number}.{end}"),
        None => format!("{name}_{number}"),
    };
    if folder.is_empty() { name } else { format!("{folder}/{name}") }
}

/// The address of one file from another, encoded.
pub(super) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to_names: Vec<&str> = to.split('/').collect();
    let most = from.len().min(to_names.len()).saturating_sub(1);
    let common = from.iter().zip(&to_names).take(most).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len().saturating_sub(common + 1));
    up + &encode(&to_names.iter().skip(common).copied().collect::<Vec<_>>().join("/"))
}

/// Where a relative address leads, from a folder on (empty, or with a slash at its end); nothing for one that leads out of the cartridge. Not decoded.
pub(super) fn join(folder: &str, address: &str) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let start = if address.starts_with('/') { "" } else { folder };
    for name in start.split('/').chain(address.split('/')) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// The folder of a file, with a slash at its end; empty for the root.
pub(super) fn folder(path: &str) -> &str {
    path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("")
}

/// The name of a file.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// An address without what stands behind the path, decoded, and that rest.
pub(super) fn parts(address: &str) -> (String, &str) {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(end);
    (decode(path), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_system_refuses_are_changed() {
        assert_eq!(safe("/a:b/../c?.pdf"), "a_b/c_.pdf");
        assert_eq!(safe("/.git/x. "), "_.git/x._");
        assert_eq!(safe(&format!("/{}.pdf", "é".repeat(300))).chars().count(), NAME - 7);
        assert_eq!((numbered("a/b.pdf", 2), numbered("b", 3)), ("a/b_2.pdf".into(), "b_3".into()));
    }

    #[test]
    fn an_address_leads_from_one_file_to_another() {
        for (from, to, address) in [
            ("pages/a.html", "pages/b.html", "b.html"),
            ("pages/a.html", "web_resources/x y/é.png", "../web_resources/x%20y/%C3%A9.png"),
            ("a.html", "b/c.html", "b/c.html"),
            ("a/b/c.html", "d.html", "../../d.html"),
        ] {
            assert_eq!(relative(from, to), address);
            assert_eq!(join(folder(from), &parts(address).0).as_deref(), Some(to));
        }
        assert_eq!((join("a/", "../../x"), join("a/", "/x")), (None, Some("x".into())));
    }
}
