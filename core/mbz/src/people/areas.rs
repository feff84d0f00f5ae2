//! Whose files are whose, by the area they stand in (MBZ-FORMAT §6.4).

/// Components whose files are somebody's work, whatever their area; those that end in `_` begin the names of many.
const COMPONENTS: &[&str] = &["user", "assignsubmission_", "assignfeedback_"];
/// Areas whose files are somebody's work.
const AREAS: &[(&str, &str)] = &[
    ("badges", "userbadge"),
    ("grade", "feedback"),
    ("grade", "historyfeedback"),
    ("mod_assignment", "submission"),
    ("mod_assignment", "response"),
    ("mod_data", "content"),
    ("mod_forum", "attachment"),
    ("mod_forum", "post"),
    ("mod_glossary", "attachment"),
    ("mod_glossary", "entry"),
    ("mod_lesson", "essay_answers"),
    ("mod_lesson", "essay_responses"),
    ("mod_wiki", "attachments"),
    ("mod_workshop", "overallfeedback_attachment"),
    ("mod_workshop", "overallfeedback_content"),
    ("mod_workshop", "submission_attachment"),
    ("mod_workshop", "submission_content"),
];
/// Modules of Moodle itself: the list above is all there is to say about them.
const MOODLES: &str = "assign assignment bigbluebuttonbn book chat choice data feedback folder forum glossary h5pactivity imscp label lesson lti page qbank quiz resource scorm subsection survey url wiki workshop";
/// Words in the name of an area that other modules' authors give to what people hand in.
const WORDS: &str = "answer attachment comment entry essay feedback message post record reply response student submission upload user";
/// Areas of a person's own profile and of what was given to them: pictures, baked badges.
const PROFILE: &[(&str, &str)] = &[("badges", "userbadge")];
/// Areas whose item is the number of a person.
const BY_PERSON: &[(&str, &str)] = &[("mod_publication", "attachment")];

/// Whether the files of an area are somebody's work: by what Moodle does with the area, else, for a module that is not Moodle's, by its name when the file belongs to a
/// record.
pub fn is_work(component: &str, area: &str, item: i64) -> bool {
    let module = component.strip_prefix("mod_");
    let named = |c: &&str| if c.ends_with('_') { component.starts_with(*c) } else { component == *c };
    let known = COMPONENTS.iter().any(named) || AREAS.contains(&(component, area)) || (component == "question" && area.starts_with("response_"));
    let strange = module.is_some_and(|m| !is_moodles(m)) && item != 0 && WORDS.split(' ').any(|w| area.contains(w));
    known || strange
}

/// Whether a module is one of Moodle's own.
pub fn is_moodles(module: &str) -> bool {
    MOODLES.split(' ').any(|known| known == module)
}

/// Whether the files of an area show who somebody is: they have no place where people are made up.
pub fn is_profile(component: &str, area: &str) -> bool {
    component == "user" || PROFILE.contains(&(component, area))
}

/// Whether the item of an area is the number of a person.
pub fn is_by_person(component: &str, area: &str) -> bool {
    BY_PERSON.contains(&(component, area))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_handed_in_is_work_and_what_was_taught_is_none() {
        assert!(
            is_work("mod_forum", "attachment", 5)
                && is_work("assignsubmission_file", "submission_files", 1)
                && is_work("question", "response_answer", 2)
        );
        assert!(!is_work("mod_forum", "intro", 0) && !is_work("mod_page", "content", 0) && !is_work("question", "questiontext", 2));
        // A module that nobody knows: by the word in the area's name.
        assert!(is_work("mod_tracker", "issueattachment", 3) && !is_work("mod_tracker", "intro", 0));
        assert!(is_profile("user", "icon") && !is_profile("mod_forum", "post"));
    }
}
