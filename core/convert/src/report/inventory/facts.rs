//! What both the text and the page say of an archive first.

use crate::report::words::{self, day, number, size};
use parcours_course::Language;
use parcours_mbz::Inventory;

/// Names and values, the empty ones included.
pub(super) fn facts(i: &Inventory, language: Language) -> Vec<(&'static str, String)> {
    let info = &i.manifest.information;
    let n = |n: u64| number(n, language);
    let (records, contents, bytes) = (n(i.files.records), n(i.files.contents), size(i.files.bytes, language));
    let missing = match i.files.missing {
        0 => String::new(),
        missing => n(missing),
    };
    let (entries, unpacked, leaves) = (n(i.sizes.entries), size(i.sizes.bytes, language), n(i.sizes.leaves));
    vec![
        (language.of("Course", "Parcours"), info.course_fullname.clone()),
        (language.of("Short name", "Nom abrégé"), info.course_shortname.clone()),
        (language.of("Moodle", "Moodle"), release(i)),
        (language.of("Site", "Site"), info.wwwroot.clone()),
        (language.of("Made on", "Faite le"), day(info.backup_date)),
        (language.of("Backup of", "Sauvegarde de"), words::kind(i.manifest.kind(), language).to_owned()),
        (language.of("Course format", "Format de cours"), info.course_format.clone()),
        (language.of("Sections", "Sections"), n(i.manifest.sections.len() as u64)),
        (language.of("Activities", "Activités"), n(i.manifest.activities.len() as u64)),
        (language.of("People", "Personnes"), n(i.people)),
        (language.of("Questions", "Questions"), n(i.parts.questions.values().sum())),
        (language.of("Blocks", "Blocs"), n(i.parts.blocks.values().sum())),
        (language.of("Grade items", "Éléments d’évaluation"), n(i.parts.grade_items)),
        (language.of("Badges", "Badges"), n(i.parts.badges)),
        (language.of("H5P packages", "Contenus H5P"), n(i.parts.h5p_packages)),
        (
            language.of("Files", "Fichiers"),
            language
                .of(format!("{records} records, {contents} contents, {bytes}"), format!("{records} enregistrements, {contents} contenus, {bytes}")),
        ),
        (language.of("Missing contents", "Contenus manquants"), missing),
        (
            language.of("Unpacked", "Décompressée"),
            language.of(format!("{unpacked}, {entries} entries, {leaves} values"), format!("{unpacked}, {entries} entrées, {leaves} valeurs")),
        ),
    ]
}

/// `5.1+ (Build: 20251017)`, or what there is.
fn release(i: &Inventory) -> String {
    let info = &i.manifest.information;
    if info.moodle_release.is_empty() { info.backup_release.clone() } else { info.moodle_release.clone() }
}
