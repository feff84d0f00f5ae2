//! Whose files are whose, by the area they stand in (MBZ-FORMAT §6.4).

use crate::modules::Modules;

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

/// Whether the files of an area are somebody's work: by the module's own declaration, else by what Moodle does with the area, else, for a module that
/// neither knows, by its name when the file belongs to a record.
pub fn is_work(modules: &Modules, component: &str, area: &str, item: i64) -> bool {
    let module = component.strip_prefix("mod_");
    if let Some(area) = module.and_then(|m| modules.declaration(m)).and_then(|d| d.areas.get(area)) {
        return area.people;
    }
    let named = |c: &&str| if c.ends_with('_') { component.starts_with(*c) } else { component == *c };
    let known = COMPONENTS.iter().any(named) || AREAS.contains(&(component, area)) || (component == "question" && area.starts_with("response_"));
    let strange = module.is_some_and(|m| !MOODLES.split(' ').any(|known| known == m)) && item != 0 && WORDS.split(' ').any(|w| area.contains(w));
    known || strange
}
