//! Links inside texts: `$@FORUMVIEWBYID*7@$` and `@@PLUGINFILE@@/a%20b.pdf` (MBZ-FORMAT §2.6, §11).

use std::borrow::Cow;
use std::ops::Range;

/// What stands for the file area of the text it is in.
pub const PLUGINFILE: &str = "@@PLUGINFILE@@";

/// What a number in a token is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Space {
    Course,
    /// Course module.
    Module,
    /// The module's own record.
    Instance,
    Section,
    Context,
    /// A record of the module's: discussion, post, page, chapter, entry, data record.
    Record(&'static str),
}

/// A token in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it stands, from `$@` to `@$`.
    pub range: Range<usize>,
    pub name: &'a str,
    pub ids: Vec<i64>,
}

/// A known token: its name, the module it belongs to, the address between site and numbers, and what the numbers are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Empty for those of the core.
    pub module: String,
    pub kind: Kind,
    pub spaces: &'static [Space],
}

/// What a token leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page of the core, or one inside an activity.
    Page(&'static str),
    /// The list of a course's activities of one module.
    Index,
    /// An activity.
    View,
}

use Space::{Context, Course, Instance, Module, Record, Section};

/// Name, module, address, numbers: those that are not `…INDEX` or `…VIEWBYID` of a module.
const PAGES: &[(&str, &str, &str, &[Space])] = &[
    ("COURSEVIEWBYID", "", "/course/view.php?id=", &[Course]),
    ("COURSESECTIONBYID", "", "/course/section.php?id=", &[Section]),
    ("GRADEINDEXBYID", "", "/grade/index.php?id=", &[Course]),
    ("GRADEREPORTINDEXBYID", "", "/grade/report/index.php?id=", &[Course]),
    ("USERINDEXVIEWBYID", "", "/user/index.php?id=", &[Course]),
    ("BADGESVIEWBYID", "", "/badges/index.php?type=2&id=", &[Course]),
    ("PLUGINFILEBYCONTEXT", "", "/pluginfile.php/", &[Context]),
    ("PLUGINFILEBYCONTEXTURLENCODED", "", "/pluginfile.php/", &[Context]),
    ("FORUMVIEWBYF", "forum", "/mod/forum/view.php?f=", &[Instance]),
    ("FORUMDISCUSSIONVIEW", "forum", "/mod/forum/discuss.php?d=", &[Record("discussion")]),
    ("FORUMDISCUSSIONVIEWPARENT", "forum", "/mod/forum/discuss.php?d=&parent=", &[Record("discussion"), Record("post")]),
    ("FORUMDISCUSSIONVIEWINSIDE", "forum", "/mod/forum/discuss.php?d=#", &[Record("discussion"), Record("post")]),
    ("BOOKVIEWBYIDCH", "book", "/mod/book/view.php?id=&chapterid=", &[Module, Record("chapter")]),
    ("BOOKVIEWBYBCH", "book", "/mod/book/view.php?b=&chapterid=", &[Instance, Record("chapter")]),
    ("BOOKVIEWBYB", "book", "/mod/book/view.php?b=", &[Instance]),
    ("BOOKSTART", "book", "/mod/book/view.php?id=", &[Module]),
    ("BOOKCHAPTER", "book", "/mod/book/view.php?id=&chapterid=", &[Module, Record("chapter")]),
    ("WIKIPAGEBYID", "wiki", "/mod/wiki/view.php?pageid=", &[Record("page")]),
    ("GLOSSARYSHOWENTRY", "glossary", "/mod/glossary/showentry.php?courseid=&eid=", &[Course, Record("entry")]),
    ("DATAVIEWBYD", "data", "/mod/data/view.php?d=", &[Instance]),
    ("DATAVIEWRECORD", "data", "/mod/data/view.php?d=&rid=", &[Instance, Record("record")]),
    ("DATAEDITBYID", "data", "/mod/data/edit.php?id=", &[Module]),
    ("DATAEDITBYD", "data", "/mod/data/edit.php?d=", &[Instance]),
    ("QUIZVIEWBYQ", "quiz", "/mod/quiz/view.php?q=", &[Instance]),
    ("URLVIEWBYU", "url", "/mod/url/view.php?u=", &[Instance]),
    ("FEEDBACKANALYSISBYID", "feedback", "/mod/feedback/analysis.php?id=", &[Module]),
    ("FEEDBACKSHOWENTRIESBYID", "feedback", "/mod/feedback/show_entries.php?id=", &[Module]),
    ("LESSONEDIT", "lesson", "/mod/lesson/edit.php?id=", &[Module]),
    ("LESSONESSAY", "lesson", "/mod/lesson/essay.php?id=", &[Module]),
    ("LESSONREPORT", "lesson", "/mod/lesson/report.php?id=", &[Module]),
    ("LESSONMEDIAFILE", "lesson", "/mod/lesson/mediafile.php?id=", &[Module]),
    ("LESSONEDITPAGE", "lesson", "/mod/lesson/editpage.php?id=&pageid=", &[Module, Record("page")]),
    ("LESSONVIEWPAGE", "lesson", "/mod/lesson/view.php?id=&pageid=", &[Module, Record("page")]),
    ("HVPEMBEDBYID", "hvp", "/mod/hvp/embed.php?id=", &[Module]),
];

/// The plural in a token's name where the module's own is another (MAGISTERE-XML §1).
const SPELLED: &[(&str, &str)] = &[("centralizedresource", "centralizedresources")];

/// Every token of a text, in order. Only whole ones count: `$@[A-Z0-9]+(\*[0-9]+)+@$`; whether the name is [known] is for the caller to ask.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text.get(from..)?.find("$@")?;
            from = start + 2;
            if let Some(token) = token(text, start) {
                from = token.range.end;
                return Some(token);
            }
        }
    })
}

/// The token that begins at a place. No byte is looked at twice but the marks themselves: a text of nothing but `$@` costs no more than another.
fn token(text: &str, start: usize) -> Option<Token<'_>> {
    let bytes = text.as_bytes();
    let run = |from: usize, of: fn(&u8) -> bool| bytes.iter().skip(from).take_while(|b| of(b)).count();
    let mut end = start + 2 + run(start + 2, |b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let name = text.get(start + 2..end).filter(|n| !n.is_empty())?;
    let mut ids = Vec::new();
    while bytes.get(end) == Some(&b'*') {
        let digits = run(end + 1, u8::is_ascii_digit);
        ids.push(text.get(end + 1..end + 1 + digits)?.parse().ok()?);
        end += 1 + digits;
    }
    let closed = text.get(end..end + 2) == Some("@$");
    (closed && !ids.is_empty()).then(|| Token { range: start..end + 2, name, ids })
}

/// What a token's name means, if it is one of those that Moodle or a known module writes.
pub fn known(name: &str) -> Option<Known> {
    if let Some((_, module, address, spaces)) = PAGES.iter().find(|(n, ..)| *n == name.strip_suffix("URLENCODED").unwrap_or(name)) {
        return Some(Known { module: (*module).to_owned(), kind: Kind::Page(address), spaces });
    }
    let module = |word: &str| {
        let word = word.to_ascii_lowercase();
        SPELLED.iter().find(|(s, _)| *s == word).map_or(word, |(_, m)| (*m).to_owned())
    };
    let (kind, word, spaces): (_, _, &[Space]) = match (name.strip_suffix("VIEWBYID"), name.strip_suffix("INDEX")) {
        (Some(word), _) => (Kind::View, word, &[Module]),
        (_, Some(word)) => (Kind::Index, word, &[Course]),
        _ => return None,
    };
    (!word.is_empty()).then(|| Known { module: module(word), kind, spaces })
}

impl Token<'_> {
    /// The address this stands for, on a site (`https://moodle.example.org`, without slash at its end). Nothing for an unknown name or a number too many or too few.
    pub fn address(&self, site: &str) -> Option<String> {
        let known = known(self.name)?;
        if known.spaces.len() != self.ids.len() {
            return None;
        }
        let path = match known.kind {
            Kind::Page(path) => path.to_owned(),
            Kind::Index => format!("/mod/{}/index.php?id=", known.module),
            Kind::View => format!("/mod/{}/view.php?id=", known.module),
        };
        // The first number belongs behind the first `=` (or at the end), the second at the end.
        let last = self.ids.last().filter(|_| self.ids.len() > 1).map(i64::to_string).unwrap_or_default();
        let first = self.ids.first().map(i64::to_string).unwrap_or_default();
        let address = match path.split_once("=&").map(|(a, b)| (a, "&", b)).or(path.split_once("=#").map(|(a, b)| (a, "#", b))) {
            Some((head, mark, tail)) => format!("{head}={first}{mark}{tail}{last}"),
            None => format!("{path}{first}"),
        };
        Some(format!("{site}{address}"))
    }
}

/// Puts other texts in the place of tokens; `None` leaves one as it is. Borrowed when nothing changed.
pub fn replace<'a>(text: &'a str, mut by: impl FnMut(&Token<'_>) -> Option<String>) -> Cow<'a, str> {
    let mut out = String::new();
    let mut from = 0;
    for token in tokens(text) {
        if let Some(new) = by(&token) {
            out.push_str(text.get(from..token.range.start).unwrap_or_default());
            out.push_str(&new);
            from = token.range.end;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// A link to a file of the text's own area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// Where it stands, from `@@PLUGINFILE@@` to the end of the path; what follows (`?time=1`) is not part of it.
    pub range: Range<usize>,
    /// Path and name as in `files.xml`, decoded: `/dossier/été.png`.
    pub path: String,
}

/// Every `@@PLUGINFILE@@` link of a text, in order. None stands inside another.
pub fn files(text: &str) -> impl Iterator<Item = FileLink> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text.get(from..)?.find(PLUGINFILE)?;
            from = start + PLUGINFILE.len();
            let rest = text.get(from..).filter(|rest| rest.starts_with('/'));
            let Some(rest) = rest else { continue };
            // Some old texts have the address in an attribute without quotes, and some in a stylesheet.
            let end =
                rest.find(|c: char| matches!(c, '"' | '\'' | '?' | '#' | '<' | '>' | ')' | '\\' | '&') || c.is_whitespace()).unwrap_or(rest.len());
            from += end;
            return Some(FileLink { range: start..from, path: decode(rest.get(..end)?) });
        }
    })
}

/// A path as it stands behind `@@PLUGINFILE@@`: each segment percent-encoded as PHP's `rawurlencode` does.
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The inverse of [`encode`]; what is no escape stays.
pub fn decode(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = (*byte == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|h| std::str::from_utf8(h).ok())
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(escaped.unwrap_or(*byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_tokens_count() {
        let text = "$@NULL@$ $@foo@$ $@PAGEVIEWBYID*12@$x$@FORUMDISCUSSIONVIEWPARENT*3*44@$ $@PAGEVIEWBYID*@$ $@$@URLVIEWBYU*5@$";
        let found: Vec<_> = tokens(text).map(|t| (t.name, t.ids.clone(), &text[t.range])).collect();
        let expected = [
            ("PAGEVIEWBYID", vec![12], "$@PAGEVIEWBYID*12@$"),
            ("FORUMDISCUSSIONVIEWPARENT", vec![3, 44], "$@FORUMDISCUSSIONVIEWPARENT*3*44@$"),
            ("URLVIEWBYU", vec![5], "$@URLVIEWBYU*5@$"),
        ];
        assert_eq!(found, expected);
    }

    /// Sixteen megabytes are what one text may have; looked at from every mark to the end they would take hours.
    #[test]
    fn a_text_of_nothing_but_marks_is_read_once() {
        for mark in ["$@", "$@A", "$@A*", "$@A*1", "$@A*1@x", "$@A*99999999999999999999"] {
            assert_eq!(tokens(&mark.repeat((16 << 20) / mark.len())).count(), 0, "{mark}");
        }
        assert_eq!(files(&PLUGINFILE.repeat(1 << 20)).count(), 0);
        assert_eq!(files(&format!("{PLUGINFILE}/").repeat(1 << 20)).count(), 1);
    }

    #[test]
    fn no_link_stands_inside_another() {
        let found: Vec<_> = files("@@PLUGINFILE@@/a@@PLUGINFILE@@/b c@@PLUGINFILE@@/d").map(|f| f.path).collect();
        assert_eq!(found, ["/a@@PLUGINFILE@@/b", "/d"]);
    }

    #[test]
    fn a_token_stands_for_an_address() {
        let address = |text: &str| tokens(text).next().and_then(|t| t.address("https://m.example.org"));
        for (token, expected) in [
            ("$@PAGEVIEWBYID*12@$", Some("https://m.example.org/mod/page/view.php?id=12")),
            ("$@CENTRALIZEDRESOURCEVIEWBYID*2@$", Some("https://m.example.org/mod/centralizedresources/view.php?id=2")),
            ("$@QUIZINDEX*2@$", Some("https://m.example.org/mod/quiz/index.php?id=2")),
            ("$@FORUMDISCUSSIONVIEWPARENT*3*44@$", Some("https://m.example.org/mod/forum/discuss.php?d=3&parent=44")),
            ("$@FORUMDISCUSSIONVIEWINSIDE*3*44@$", Some("https://m.example.org/mod/forum/discuss.php?d=3#44")),
            ("$@BADGESVIEWBYID*9@$", Some("https://m.example.org/badges/index.php?type=2&id=9")),
            ("$@DATAVIEWRECORD*9@$", None),
            ("$@WHATEVER*9@$", None),
        ] {
            assert_eq!(address(token).as_deref(), expected, "{token}");
        }
    }

    #[test]
    fn tokens_are_replaced_in_place() {
        let new = replace("a $@PAGEVIEWBYID*1@$ b $@PAGEVIEWBYID*2@$ c", |t| (t.ids == [2]).then(|| "X".into()));
        assert_eq!(new, "a $@PAGEVIEWBYID*1@$ b X c");
        assert!(matches!(replace("nothing", |_| None), Cow::Borrowed(_)));
    }

    #[test]
    fn file_links_are_decoded() {
        let text = "<img src=\"@@PLUGINFILE@@/a%20b/%C3%A9t%C3%A9.png?time=3\"> <a href='@@PLUGINFILE@@/x.pdf'> @@PLUGINFILE@@";
        let found: Vec<_> = files(text).map(|f| f.path).collect();
        assert_eq!(found, ["/a b/été.png", "/x.pdf"]);
        assert_eq!(encode("/a b/été.png"), "/a%20b/%C3%A9t%C3%A9.png");
        assert_eq!(decode("/100%/%zz%41"), "/100%/%zzA");
    }
}
