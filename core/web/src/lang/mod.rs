//! Two languages, French the reference; texts in `lang/*.json`, one flat list of keys by page.
//!
//! A text may hold `{name}` places; one that depends on a number is an object with `one` and `other`, chosen by the argument `n`.

mod choose;
mod number;
mod texts;

pub(crate) use choose::choose;
pub(crate) use number::size;
pub(crate) use texts::say;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Lang {
    Fr,
    En,
}

impl From<Lang> for parcours_course::Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => parcours_course::Language::French,
            Lang::En => parcours_course::Language::English,
        }
    }
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Fr, Lang::En];

    pub fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    pub fn of(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|l| l.code() == code)
    }
}
