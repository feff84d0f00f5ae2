//! Addresses of a Moodle site and the tokens that stand for them in a backup (MBZ-FORMAT §11).

use parcours_mbz::links::Space;
use parcours_mbz::links::Space::{Course, Instance, Module, Record, Section};

/// A page: its path, the parameters that name what it shows, and the token. The more exact of two stands first.
type Page = (&'static str, &'static [(&'static str, Space)], &'static str);

const PAGES: &[Page] = &[
    ("/course/view.php", &[("id", Course)], "COURSEVIEWBYID"),
    ("/course/section.php", &[("id", Section)], "COURSESECTIONBYID"),
    ("/grade/index.php", &[("id", Course)], "GRADEINDEXBYID"),
    ("/grade/report/index.php", &[("id", Course)], "GRADEREPORTINDEXBYID"),
    ("/user/index.php", &[("id", Course)], "USERINDEXVIEWBYID"),
    ("/badges/index.php", &[("id", Course)], "BADGESVIEWBYID"),
    ("/mod/forum/view.php", &[("f", Instance)], "FORUMVIEWBYF"),
    ("/mod/forum/discuss.php", &[("d", Record("discussion")), ("parent", Record("post"))], "FORUMDISCUSSIONVIEWPARENT"),
    ("/mod/forum/discuss.php", &[("d", Record("discussion"))], "FORUMDISCUSSIONVIEW"),
    ("/mod/book/view.php", &[("id", Module), ("chapterid", Record("chapter"))], "BOOKVIEWBYIDCH"),
    ("/mod/book/view.php", &[("b", Instance), ("chapterid", Record("chapter"))], "BOOKVIEWBYBCH"),
    ("/mod/book/view.php", &[("b", Instance)], "BOOKVIEWBYB"),
    ("/mod/wiki/view.php", &[("pageid", Record("page"))], "WIKIPAGEBYID"),
    ("/mod/glossary/showentry.php", &[("courseid", Course), ("eid", Record("entry"))], "GLOSSARYSHOWENTRY"),
    ("/mod/data/view.php", &[("d", Instance), ("rid", Record("record"))], "DATAVIEWRECORD"),
    ("/mod/data/view.php", &[("d", Instance)], "DATAVIEWBYD"),
    ("/mod/data/edit.php", &[("id", Module)], "DATAEDITBYID"),
    ("/mod/data/edit.php", &[("d", Instance)], "DATAEDITBYD"),
    ("/mod/quiz/view.php", &[("q", Instance)], "QUIZVIEWBYQ"),
    ("/mod/url/view.php", &[("u", Instance)], "URLVIEWBYU"),
    ("/mod/feedback/analysis.php", &[("id", Module)], "FEEDBACKANALYSISBYID"),
    ("/mod/feedback/show_entries.php", &[("id", Module)], "FEEDBACKSHOWENTRIESBYID"),
    ("/mod/lesson/view.php", &[("id", Module), ("pageid", Record("page"))], "LESSONVIEWPAGE"),
    ("/mod/lesson/editpage.php", &[("id", Module), ("pageid", Record("page"))], "LESSONEDITPAGE"),
    ("/mod/lesson/edit.php", &[("id", Module)], "LESSONEDIT"),
    ("/mod/lesson/essay.php", &[("id", Module)], "LESSONESSAY"),
    ("/mod/lesson/report.php", &[("id", Module)], "LESSONREPORT"),
    ("/mod/lesson/mediafile.php", &[("id", Module)], "LESSONMEDIAFILE"),
    ("/mod/hvp/embed.php", &[("id", Module)], "HVPEMBEDBYID"),
];

/// Modules whose `view.php?id=` a restore decodes: those of Moodle itself, and contributed ones that were seen to write a token (MAGISTERE-XML §1).
const VIEWS: &[&str] = &[
    "assign",
    "bigbluebuttonbn",
    "book",
    "chat",
    "choice",
    "data",
    "feedback",
    "folder",
    "forum",
    "glossary",
    "h5pactivity",
    "imscp",
    "lesson",
    "lti",
    "page",
    "qbank",
    "quiz",
    "resource",
    "scorm",
    "subsection",
    "survey",
    "url",
    "wiki",
    "workshop",
    "questionnaire",
    "socialforum",
    "publication",
    "choicegroup",
    "etherpadlite",
    "viaassign",
    "centralizedresources",
    "coursebadges",
    "wordcloud",
    "nanogong",
    "tracker",
    "hvp",
];

/// Of those, the ones whose `index.php?id=` has no token that works.
const NO_INDEX: &[&str] = &["assign", "qbank", "socialforum", "etherpadlite", "centralizedresources", "coursebadges", "wordcloud"];

/// The site an address is compared with: host and path, without scheme and slash at its end, the host in small letters.
pub(super) fn site(wwwroot: &str) -> String {
    bare(wwwroot.trim()).unwrap_or(wwwroot.trim()).trim_end_matches('/').to_ascii_lowercase()
}

/// An address without its scheme; nothing for one that has none.
fn bare(address: &str) -> Option<&str> {
    ["https://", "http://", "//"]
        .iter()
        .find_map(|scheme| address.get(..scheme.len()).filter(|s| s.eq_ignore_ascii_case(scheme)).and_then(|_| address.get(scheme.len()..)))
}

/// What of an address stands behind the site, if it is the site's.
pub(super) fn below<'a>(address: &'a str, site: &str) -> Option<&'a str> {
    let bare = bare(address)?;
    let head = bare.get(..site.len()).filter(|h| h.eq_ignore_ascii_case(site))?;
    bare.get(head.len()..).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// An address behind the site, in its parts.
pub(super) struct Asked<'a> {
    path: &'a str,
    query: Vec<(&'a str, &'a str)>,
    raw_query: &'a str,
    /// With its `#`.
    fragment: &'a str,
}

impl<'a> Asked<'a> {
    pub fn read(rest: &'a str) -> Self {
        let (head, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
        let (path, raw_query) = head.split_once('?').unwrap_or((head, ""));
        // Some texts have the separator escaped once too often.
        let query = raw_query
            .split('&')
            .map(|p| p.strip_prefix("amp;").unwrap_or(p))
            .filter(|p| !p.is_empty())
            .map(|p| p.split_once('=').unwrap_or((p, "")))
            .collect();
        Asked { path, query, raw_query, fragment }
    }

    /// Context, component, area and path of a file, where that is asked for.
    pub fn file(&self) -> Option<String> {
        let rest = self.path.strip_prefix("/pluginfile.php")?;
        match self.query.iter().find(|(k, _)| *k == "file") {
            Some((_, file)) if rest.is_empty() => Some(parcours_mbz::links::decode(file)),
            _ => Some(rest.to_owned()),
        }
    }

    /// What stands behind a file's path.
    pub fn behind_file(&self) -> String {
        match self.path == "/pluginfile.php" || self.raw_query.is_empty() {
            true => self.fragment.to_owned(),
            false => format!("?{}{}", self.raw_query, self.fragment),
        }
    }

    /// The token for a page, where the archive holds all that its numbers name; other parameters follow it.
    pub fn token(&self, holds: impl Fn(Space, &str, i64) -> bool) -> Option<String> {
        let module = self.path.strip_prefix("/mod/").and_then(|rest| rest.split_once('/')).map_or("", |(module, _)| module);
        // The badges of the site are another list than those of a course.
        if self.path == "/badges/index.php" && !self.query.contains(&("type", "2")) {
            return None;
        }
        let exact = PAGES.iter().filter(|(path, ..)| *path == self.path).find_map(|(_, numbers, token)| self.page(numbers, token, module, &holds));
        exact.or_else(|| {
            let page = self.path.strip_prefix("/mod/")?.strip_prefix(module)?;
            let views = VIEWS.contains(&module);
            // One name is spelled without its last letter there.
            let word = module.strip_suffix('s').filter(|w| *w == "centralizedresource").unwrap_or(module).to_ascii_uppercase();
            match page {
                "/view.php" if views => self.page(&[("id", Module)], &format!("{word}VIEWBYID"), module, &holds),
                "/index.php" if views && !NO_INDEX.contains(&module) => self.page(&[("id", Course)], &format!("{word}INDEX"), module, &holds),
                _ => None,
            }
        })
    }

    fn page(&self, numbers: &[(&str, Space)], token: &str, module: &str, holds: &impl Fn(Space, &str, i64) -> bool) -> Option<String> {
        let mut out = format!("$@{token}");
        for (name, space) in numbers {
            let id = self.query.iter().find(|(k, _)| k == name).and_then(|(_, v)| v.parse::<i64>().ok()).filter(|id| holds(*space, module, *id))?;
            out.push_str(&format!("*{id}"));
        }
        out.push_str("@$");
        for (key, value) in self.query.iter().filter(|(k, _)| !numbers.iter().any(|(n, _)| n == k)) {
            out.push_str(&format!("&{key}={value}"));
        }
        Some(out + self.fragment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(rest: &str) -> Option<String> {
        Asked::read(rest).token(|_, _, id| id < 100)
    }

    #[test]
    fn addresses_of_a_site_are_known_by_host_and_path() {
        let s = site("https://Magistere.education.fr/ac-lyon/");
        assert_eq!(below("HTTP://magistere.education.fr/ac-lyon/mod/x", &s), Some("/mod/x"));
        assert_eq!(below("//magistere.education.fr/ac-lyon?x", &s), Some("?x"));
        assert_eq!(below("https://magistere.education.fr/ac-lyon2/mod/x", &s), None);
        assert_eq!(below("magistere.education.fr/ac-lyon/", &s), None);
        assert_eq!(below("é", &s), None);
    }

    #[test]
    fn pages_become_tokens_where_the_archive_holds_them() {
        for (rest, expected) in [
            ("/mod/page/view.php?id=7", Some("$@PAGEVIEWBYID*7@$")),
            ("/mod/page/view.php?id=7&forceview=1#x", Some("$@PAGEVIEWBYID*7@$&forceview=1#x")),
            ("/mod/forum/discuss.php?d=3&amp;parent=4", Some("$@FORUMDISCUSSIONVIEWPARENT*3*4@$")),
            ("/mod/forum/discuss.php?d=3&parent=400", Some("$@FORUMDISCUSSIONVIEW*3@$&parent=400")),
            ("/mod/forum/discuss.php?d=3#p12", Some("$@FORUMDISCUSSIONVIEW*3@$#p12")),
            ("/mod/centralizedresources/view.php?id=3", Some("$@CENTRALIZEDRESOURCEVIEWBYID*3@$")),
            ("/course/view.php?id=9#section-3", Some("$@COURSEVIEWBYID*9@$#section-3")),
            ("/mod/quiz/index.php?id=9", Some("$@QUIZINDEX*9@$")),
            ("/mod/via/view.php?id=3", None),
            ("/mod/educationallabel/view.php?id=3", None),
            ("/mod/page/view.php?id=700", None),
            ("/mod/page/view.php?id=7x", None),
            ("/user/view.php?id=7", None),
            ("/", None),
        ] {
            assert_eq!(token(rest).as_deref(), expected, "{rest}");
        }
    }

    #[test]
    fn every_token_is_one_that_is_read_again() {
        for (path, numbers, name) in PAGES {
            let known = parcours_mbz::links::known(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(known.spaces.len(), numbers.len(), "{name}");
            let token = format!("$@{name}{}@$", "*1".repeat(numbers.len()));
            let address = parcours_mbz::links::tokens(&token).next().and_then(|t| t.address("")).unwrap_or_default();
            assert!(address.starts_with(path), "{address} {path}");
        }
    }
}
