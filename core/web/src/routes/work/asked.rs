//! The form that says what a course is to go out as: on the export page, and for a file that was looked at.

use crate::fault::Fault;
use crate::form::Sent;
use crate::lang::Lang;
use parcours_actions::convert::{Format, Offline};
use parcours_actions::work::{Asked, Who};
use parcours_mbz::Release;
use serde::Serialize;

/// What the form offers.
#[derive(Serialize)]
pub(crate) struct Offer {
    /// Whether people may come along.
    pub people: bool,
    pub releases: Vec<&'static str>,
    pub cartridges: Vec<Choice>,
    pub questions: Vec<Choice>,
}

#[derive(Serialize)]
pub(crate) struct Choice {
    value: String,
    name: &'static str,
}

/// The names of formats, as they are typed.
const CARTRIDGES: [&str; 5] = ["cc1.3", "cc1.2", "cc1.1", "thin-cc1.3", "thin-cc1.2"];
const QUESTIONS: [&str; 4] = ["moodle-xml", "gift", "qti3", "qti2.1"];

impl Offer {
    pub fn new(people: bool, lang: Lang) -> Offer {
        let choices = |names: &[&str]| {
            let formats = names.iter().filter_map(|n| n.parse::<Format>().ok());
            formats.map(|f| Choice { value: f.to_string(), name: f.title(lang.into()) }).collect()
        };
        let releases = Release::ALL.iter().rev().map(|r| r.name()).collect();
        Offer { people, releases, cartridges: choices(&CARTRIDGES), questions: choices(&QUESTIONS) }
    }
}

/// What somebody asked for. What a form of ours would not send is refused and not guessed at.
pub(crate) fn asked(form: &Sent, lang: Lang) -> Result<Asked, Fault> {
    const BROKEN: Fault = Fault::Unreadable("error.unreadable.broken");
    let chosen = |field: &str, of: &[&str]| Some(form.field(field)).filter(|f| of.contains(f)).and_then(|f| f.parse::<Format>().ok()).ok_or(BROKEN);
    let to = match form.field("kind") {
        "mbz" => Format::Mbz,
        "cartridge" => chosen("cartridge", &CARTRIDGES)?,
        "questions" => chosen("questions", &QUESTIONS)?,
        "epub" => Format::Epub,
        "site" => Format::Site,
        "markdown" => Format::Markdown,
        _ => return Err(BROKEN),
    };
    let release = match form.field("release") {
        "" => None,
        name => Some(name.parse::<Release>().map_err(|_| BROKEN)?),
    };
    let people = match form.field("people") {
        "with" => Who::Keep,
        "replace" => Who::Replace,
        _ => Who::Remove,
    };
    Ok(Asked {
        to,
        zip: form.field("container") == "zip",
        release: release.filter(|_| to == Format::Mbz),
        people,
        plain: form.ticked("plain"),
        clean: form.ticked("clean"),
        offline: Offline { hidden: form.ticked("hidden"), posts: form.ticked("posts"), wikis: form.ticked("wikis"), answers: form.ticked("answers") },
        language: lang.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(fields: &[(&str, &str)]) -> Sent {
        Sent { fields: fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(), files: Vec::new() }
    }

    #[test]
    fn what_is_offered_is_understood() {
        let offer = Offer::new(true, Lang::Fr);
        for (field, choices) in [("cartridge", &offer.cartridges), ("questions", &offer.questions)] {
            assert!(choices.len() > 3);
            for c in choices {
                let asked = asked(&sent(&[("kind", field), (field, &c.value)]), Lang::Fr).expect("an answer");
                assert_eq!(asked.to.to_string(), c.value);
            }
        }
        for release in offer.releases {
            let fields = [("kind", "mbz"), ("release", release), ("people", "replace")];
            let asked = asked(&sent(&fields), Lang::Fr).expect("an answer");
            assert_eq!((asked.release.map(Release::name), asked.people), (Some(release), Who::Replace));
        }
    }

    #[test]
    fn what_is_not_offered_is_refused() {
        for fields in [
            &[][..],
            &[("kind", "docx")],
            &[("kind", "cartridge"), ("cartridge", "epub")],
            &[("kind", "questions"), ("questions", "mbz")],
            &[("kind", "mbz"), ("release", "9.9")],
        ] {
            assert!(matches!(asked(&sent(fields), Lang::Fr), Err(Fault::Unreadable(_))), "{fields:?}");
        }
    }
}
