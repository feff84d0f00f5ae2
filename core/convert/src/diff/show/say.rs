//! The words that text and page have in common.

use super::super::model::{Detail, Diff, Fate, Item, Moved, Only, Step, Summary as Side, What, Work};
use parcours_course::Language;

/// A word in quotation marks of the language.
pub(super) fn quoted(language: Language, text: &str) -> String {
    format!("{}{text}{}", language.of("“", "« "), language.of("”", " »"))
}

pub(super) fn side(language: Language, side: &Side) -> String {
    let name = if side.fullname.is_empty() { &side.shortname } else { &side.fullname };
    let kind = match side.kind.as_str() {
        "activity" => language.of("backup of an activity", "sauvegarde d’une activité"),
        "section" => language.of("backup of a section", "sauvegarde d’une section"),
        _ => language.of("backup of a course", "sauvegarde d’un cours"),
    };
    let of = |n: usize, one: &str, many: &str| {
        // In French nothing is singular.
        let singular = n == 1 || n == 0 && language == Language::French;
        format!("{n} {}", if singular { one } else { many })
    };
    let sections = of(side.sections, "section", "sections");
    let activities = of(side.activities, language.of("activity", "activité"), language.of("activities", "activités"));
    let counts = format!("{sections}, {activities}, {}", of(side.questions, "question", "questions"));
    format!("{} ({kind}, Moodle {} ; {counts})", quoted(language, name), side.release).replace(" ;", language.of(";", " ;"))
}

pub(super) fn summary(language: Language, diff: &Diff) -> String {
    let count = diff.findings();
    if diff.is_empty() {
        return language.of("The two backups say the same.", "Les deux sauvegardes disent la même chose.").to_owned();
    }
    let mut out = match count {
        0 => language.of("The courses say the same.", "Les cours disent la même chose.").to_owned(),
        1 => language.of("1 difference.", "1 différence.").to_owned(),
        n => language.of(format!("{n} differences."), format!("{n} différences.")),
    };
    if !diff.work.is_empty() {
        out.push_str(language.of(" What people did differs in number.", " Le travail des personnes diffère en nombre."));
    }
    out
}

pub(super) fn group(language: Language, what: What) -> &'static str {
    match what {
        What::Backup => language.of("Settings of the backup", "Réglages de la sauvegarde"),
        What::Document => language.of("Course", "Cours"),
        What::Section | What::Activity => language.of("Sections and activities", "Sections et activités"),
        What::Question => language.of("Questions", "Questions"),
    }
}

/// What an item is.
pub(super) fn item(language: Language, item: &Item) -> String {
    let name = quoted(language, &item.name);
    let of_kind = |word: &str| format!("{word} ({}) {name}", item.kind);
    match item.what {
        What::Backup => language.of("Settings of the backup", "Réglages de la sauvegarde").to_owned(),
        What::Document => document(language, &item.name),
        What::Section => marks(language, &capital(&item.name)),
        What::Activity => of_kind(language.of("Activity", "Activité")),
        What::Question => of_kind("Question"),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Labels are made with English words and quotation marks.
pub(super) fn marks(language: Language, label: &str) -> String {
    if language == Language::English {
        return label.to_owned();
    }
    let words = [
        ("subsection “", "sous-section “"),
        ("Subsection “", "Sous-section “"),
        ("course total", "total du cours"),
        ("category “", "catégorie “"),
        ("item “", "élément “"),
        ("course category / ", "catégorie de cours / "),
        ("course / ", "cours / "),
        ("system / ", "site / "),
        ("activity / ", "activité / "),
    ];
    let first = words.iter().find_map(|(english, french)| Some(format!("{french}{}", label.strip_prefix(english)?)));
    first.unwrap_or_else(|| label.to_owned()).replace('“', "« ").replace('”', " »")
}

pub(super) fn colon(language: Language) -> &'static str {
    language.of(":", " :")
}

/// What a document of the course is about.
fn document(language: Language, path: &str) -> String {
    let known = match path {
        "course/course.xml" => language.of("Course settings", "Réglages du cours"),
        "course/enrolments.xml" => language.of("Enrolment methods", "Méthodes d’inscription"),
        "course/roles.xml" => language.of("Roles and permissions", "Rôles et permissions"),
        "course/filters.xml" => language.of("Filters", "Filtres"),
        "course/calendar.xml" => language.of("Calendar", "Calendrier"),
        "course/competencies.xml" => language.of("Competencies", "Compétences"),
        "course/completiondefaults.xml" => language.of("Default activity completion", "Achèvement par défaut"),
        "course/contentbank.xml" => language.of("Content bank", "Banque de contenus"),
        "course/comments.xml" => language.of("Comments", "Commentaires"),
        "course/blocks" => language.of("Blocks", "Blocs"),
        "badges.xml" => language.of("Badges", "Badges"),
        "completion.xml" => language.of("Course completion", "Achèvement du cours"),
        "files.xml" => language.of("Files of the course", "Fichiers du cours"),
        "gradebook.xml" => language.of("Gradebook", "Carnet de notes"),
        "groups.xml" => language.of("Groups", "Groupes"),
        "outcomes.xml" => language.of("Outcomes", "Objectifs"),
        "roles.xml" => language.of("Roles", "Rôles"),
        "scales.xml" => language.of("Scales", "Barèmes"),
        "users.xml" => language.of("People", "Personnes"),
        other => return other.to_owned(),
    };
    known.to_owned()
}

pub(super) fn place(language: Language, item: &Item) -> String {
    marks(language, &item.place)
}

/// In French by nouns, which need not agree.
pub(super) fn fate(language: Language, fate: Fate) -> &'static str {
    match fate {
        Fate::Added => language.of("added", "ajout"),
        Fate::Removed => language.of("removed", "suppression"),
        Fate::Changed => language.of("changed", "modification"),
    }
}

pub(super) fn moved(language: Language, moved: &Moved) -> String {
    if moved.from == moved.to {
        return language.of("moved among its neighbours", "déplacement parmi ses voisins").to_owned();
    }
    let (from, to) = (marks(language, &moved.from), marks(language, &moved.to));
    language.of(format!("moved from {from} to {to}"), format!("déplacement de {from} vers {to}"))
}

pub(super) fn moved_record(language: Language) -> &'static str {
    language.of("moved", "déplacement")
}

/// `chapter “Intro” › content`.
pub(super) fn steps(language: Language, detail: &Detail) -> String {
    let each = |step: &Step| {
        if step.label.is_empty() { step.name.clone() } else { format!("{} {}", step.name, quoted(language, &marks(language, &step.label))) }
    };
    detail.place.iter().map(each).collect::<Vec<_>>().join(" › ")
}

/// A value in one line; a moment as a date.
pub(super) fn value(language: Language, detail: &Detail, text: &str) -> String {
    let leaf = detail.place.last().map_or("", |s| s.name.as_str());
    let is_moment = leaf.contains("time")
        || leaf.contains("date")
        || ["open", "close", "from", "until", "expected", "added"].iter().any(|end| leaf.ends_with(end));
    match text.parse::<i64>() {
        Ok(seconds) if is_moment && (100_000_000..100_000_000_000).contains(&seconds) => moment(seconds),
        _ if text.is_empty() => format!("({})", nothing(language)),
        _ => text.to_owned(),
    }
}

/// `2023-03-13 16:00 UTC`, of Unix seconds after 1970.
fn moment(seconds: i64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days since 1 March of the year 0, in cycles of 400 years, so that a leap day ends a year.
    let days = days + 719_468;
    let (cycle, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = 400 * cycle + year + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", rest / 3600, rest / 60 % 60)
}

fn nothing(language: Language) -> &'static str {
    language.of("nothing", "rien")
}

pub(super) fn gap(language: Language, words: usize) -> String {
    language.of(format!("[… {words} words …]"), format!("[… {words} mots …]"))
}

pub(super) fn work(language: Language, work: &Work) -> String {
    let name = if work.kind.is_empty() { document(language, &work.name) } else { format!("{} {}", work.kind, quoted(language, &work.name)) };
    let of = match work.of.as_str() {
        "files" => language.of("files", "fichiers"),
        _ => language.of("records", "enregistrements"),
    };
    format!("{name}{} {} → {} {of}", colon(language), work.a, work.b)
}

pub(super) fn only(language: Language, only: &Only) -> String {
    let values = only.values.join(", ");
    let more = match only.records {
        1 => language.of("1 record", "1 enregistrement").to_owned(),
        n => language.of(format!("{n} records"), format!("{n} enregistrements")),
    };
    format!("{}{} {values} ({more})", only.leaf, colon(language))
}

pub(super) fn work_title(language: Language) -> &'static str {
    language.of("What people did (counted only)", "Travail des personnes (compté seulement)")
}

pub(super) fn only_title(language: Language, second: bool, side: &Side) -> String {
    let which = if second { language.of("second", "seconde") } else { language.of("first", "première") };
    language.of(
        format!("Known to the release of the {which} only ({}); no differences", side.release),
        format!("Connu de la seule version de la {which} ({}) ; ce ne sont pas des différences", side.release),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_dates() {
        let all: Vec<_> = [1_678_723_200, 1_709_164_799, 951_868_800, 4_102_444_799].into_iter().map(moment).collect();
        assert_eq!(all, ["2023-03-13 16:00 UTC", "2024-02-28 23:59 UTC", "2000-03-01 00:00 UTC", "2099-12-31 23:59 UTC"]);
    }
}
