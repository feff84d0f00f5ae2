//! The form that says what a course is to go out as: on the export page, and for a file that was looked at.

use crate::fault::Fault;
use crate::form::Sent;
use crate::lang::{Lang, say};
use parcours_actions::convert::{Format, Offline};
use parcours_actions::work::{Asked, Who};
use parcours_mbz::Release;
use serde::Serialize;

/// What the form offers.
#[derive(Serialize)]
pub(crate) struct Offer {
    /// Whether people may come along.
    pub people: bool,
    /// Whether passwords and keys may: only with those who run the domain.
    pub secrets: bool,
    groups: Vec<Group>,
}

/// Formats of one kind.
#[derive(Serialize)]
struct Group {
    id: &'static str,
    title: String,
    help: String,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    name: String,
}

/// What a backup that is not made for another Moodle is called in the form; one that is has the release behind it.
const BACKUP: &str = "mbz";
/// The names of formats, as they are typed.
const CARTRIDGES: [&str; 5] = ["cc1.3", "cc1.2", "cc1.1", "thin-cc1.3", "thin-cc1.2"];
const TO_READ: [&str; 3] = ["epub", "site", "markdown"];
const QUESTIONS: [&str; 4] = ["moodle-xml", "gift", "qti3", "qti2.1"];

impl Offer {
    pub fn new(people: bool, secrets: bool, lang: Lang) -> Offer {
        let say = |key: &str| say(lang, key, &[]);
        let choices = |names: &[&str]| {
            let formats = names.iter().filter_map(|n| n.parse::<Format>().ok());
            formats.map(|f| Choice { value: f.to_string(), name: f.title(lang.into()).to_owned() }).collect()
        };
        let same = Choice { value: BACKUP.to_owned(), name: say("export.mbz.same") };
        let other = |r: &Release| Choice {
            value: format!("{BACKUP}-{r}"),
            name: crate::lang::say(lang, "export.mbz.release", &[("release", r.to_string())]),
        };
        let backups = std::iter::once(same).chain(Release::ALL.iter().rev().map(other)).collect();
        let group = |id, title: &str, help: &str, choices| Group { id, title: say(title), help: say(help), choices };
        let groups = vec![
            group("backups", "export.mbz", "export.mbz.help", backups),
            group("cartridges", "export.cartridge", "export.cartridge.help", choices(&CARTRIDGES)),
            group("to-read", "export.read", "export.read.help", choices(&TO_READ)),
            group("questions", "export.questions", "export.questions.help", choices(&QUESTIONS)),
        ];
        Offer { people, secrets, groups }
    }
}

/// What somebody asked for. What a form of ours would not send is refused and not guessed at.
pub(crate) fn asked(form: &Sent, lang: Lang) -> Result<Asked, Fault> {
    const BROKEN: Fault = Fault::Unreadable("error.unreadable.broken");
    let kind = form.field("kind");
    let release = kind.strip_prefix(BACKUP).and_then(|rest| rest.strip_prefix('-')).map(|r| r.parse::<Release>().map_err(|_| BROKEN)).transpose()?;
    let to = match kind {
        _ if kind == BACKUP || release.is_some() => Format::Mbz,
        _ => kind.parse().map_err(|_| BROKEN)?,
    };
    let people = match form.field("people") {
        "with" => Who::Keep,
        "replace" => Who::Replace,
        _ => Who::Remove,
    };
    let offline =
        Offline { hidden: form.ticked("hidden"), posts: form.ticked("posts"), wikis: form.ticked("wikis"), answers: form.ticked("answers") };
    // Without people is about backups: who ticks discussions, which says that names are in them, wants them.
    let named = to != Format::Mbz && (offline.posts || offline.wikis) && people == Who::Remove;
    let people = if named { Who::Keep } else { people };
    Ok(Asked {
        to,
        zip: form.field("container") == "zip",
        release,
        people,
        plain: form.ticked("plain"),
        clean: form.ticked("clean"),
        without_secrets: form.field("secrets") == "without",
        offline,
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
        let offer = Offer::new(true, true, Lang::Fr);
        assert_eq!(offer.groups.iter().map(|g| g.choices.len()).collect::<Vec<_>>(), [4, 5, 3, 4]);
        for choice in offer.groups.iter().flat_map(|g| &g.choices) {
            let asked = asked(&sent(&[("kind", &choice.value), ("people", "replace")]), Lang::Fr).expect("an answer");
            let release = asked.release.map(|r| format!("-{r}")).unwrap_or_default();
            assert_eq!((format!("{}{release}", asked.to), asked.people), (choice.value.clone(), Who::Replace));
        }
    }

    #[test]
    fn discussions_come_with_their_authors_where_they_are_asked_for() {
        let people = |fields: &[(&str, &str)]| asked(&sent(fields), Lang::Fr).expect("an answer").people;
        assert_eq!(people(&[("kind", "epub"), ("people", "without"), ("posts", "1")]), Who::Keep);
        assert_eq!(people(&[("kind", "epub"), ("people", "replace"), ("posts", "1")]), Who::Replace);
        assert_eq!(people(&[("kind", "epub"), ("people", "without")]), Who::Remove);
        assert_eq!(people(&[("kind", "mbz"), ("people", "without"), ("posts", "1")]), Who::Remove);
    }

    #[test]
    fn what_is_not_offered_is_refused() {
        for kind in ["", "docx", "mbz-9.9", "mbz-", "cc1.3-4.5", "../x"] {
            assert!(matches!(asked(&sent(&[("kind", kind)]), Lang::Fr), Err(Fault::Unreadable(_))), "{kind}");
        }
    }
}
