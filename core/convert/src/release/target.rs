//! What a release knows of another's.

pub use parcours_mbz::Release;
use parcours_mbz::validate::Plugin;

/// Whether a core module of another release is not in this one. Of modules that never were in core nothing is known.
pub(super) fn lacks_module(release: Release, name: &str) -> bool {
    Plugin::Module.is_elsewhere(release, name)
}

/// Whether a core question type of another release is not in this one.
pub(super) fn lacks_question_type(release: Release, name: &str) -> bool {
    Plugin::QuestionType.is_elsewhere(release, name)
}

/// A release as two numbers, for comparing: `3.11` is after `3.5`. Nothing readable is (0, 0).
pub(super) fn pair(release: &str) -> (u32, u32) {
    let mut parts = release.split(|c: char| !c.is_ascii_digit()).map(|p| p.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_compared_as_numbers() {
        assert!(pair("3.11+") > pair("3.5") && pair("") == (0, 0));
    }

    #[test]
    fn modules_come_and_go() {
        assert!(lacks_module(Release::M51, "chat") && !lacks_module(Release::M45, "chat") && lacks_module(Release::M41, "qbank"));
        assert!(Release::ALL.into_iter().all(|r| !lacks_module(r, "forum") && !lacks_module(r, "hvp")));
    }
}
