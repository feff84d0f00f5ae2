//! Addresses of our own pages. Everything that links builds its link here.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub(crate) fn course(course: i64) -> String {
    format!("/course/{course}")
}

/// A page that belongs to a course: `report`, `report.csv`, `report.json`, `export`, `publish`, `withdraw`, `tick`, `seen`.
pub(crate) fn course_page(course: i64, page: &str) -> String {
    format!("/course/{course}/{page}")
}

pub(crate) fn job(id: &str) -> String {
    format!("/import/{}", segment(id))
}

pub(crate) fn work(id: &str) -> String {
    format!("/work/{}", segment(id))
}

/// A file that a work left.
pub(crate) fn work_part(id: &str, part: &str) -> String {
    format!("/work/{}/{part}", segment(id))
}

/// What can be done with a file that was looked at: `convert`, `clean`, `compare`.
pub(crate) fn check(id: &str, what: &str) -> String {
    format!("/check/{}/{what}", segment(id))
}

pub(crate) fn login(next: &str) -> String {
    if next == "/" { "/login".to_owned() } else { format!("/login?next={}", segment(next)) }
}

pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_named_stays_one_segment() {
        assert_eq!(job("../x"), "/import/..%2Fx");
        assert_eq!(login("/course/1?a=b&c"), "/login?next=%2Fcourse%2F1%3Fa%3Db%26c");
        assert_eq!(login("/"), "/login");
    }
}
