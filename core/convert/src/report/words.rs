//! Words and numbers in both languages.

use parcours_course::{Fate, Language};
use parcours_mbz::validate::Severity;

/// Fates as reports show them: what needs a look first.
pub const FATES: [Fate; 4] = [Fate::Refused, Fate::Approximated, Fate::Kept, Fate::Imported];

pub const SEVERITIES: [Severity; 4] = [Severity::Refused, Severity::Dropped, Severity::Degraded, Severity::Note];

pub fn fate(fate: Fate, language: Language) -> &'static str {
    match fate {
        Fate::Imported => language.of("Imported", "Importé"),
        Fate::Approximated => language.of("Approximated", "Importé avec des différences"),
        Fate::Kept => language.of("Kept closed", "Conservé fermé"),
        Fate::Refused => language.of("Refused", "Refusé"),
    }
}

/// What a fate means, in a sentence.
pub fn meaning(fate: Fate, language: Language) -> &'static str {
    match fate {
        Fate::Imported => language.of("Understood, usable, and written back as it was.", "Compris, utilisable, et réécrit tel quel."),
        Fate::Approximated => language.of("Usable, with a difference that the line names.", "Utilisable, avec une différence que la ligne indique."),
        Fate::Kept => language.of(
            "Not understood or not used here; kept whole and written back in its place.",
            "Non compris ou non utilisé ici ; conservé entier et réécrit à sa place.",
        ),
        Fate::Refused => language.of("Left out, for the reason given.", "Laissé de côté, pour la raison indiquée."),
    }
}

pub fn severity(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Refused => language.of("Refused", "Refusé"),
        Severity::Dropped => language.of("Dropped", "Perdu"),
        Severity::Degraded => language.of("Degraded", "Dégradé"),
        Severity::Note => language.of("Note", "Remarque"),
    }
}

/// What a Moodle does about it, in a sentence.
pub fn consequence(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Refused => language.of("The restore stops.", "La restauration s’arrête."),
        Severity::Dropped => language.of(
            "The restore goes through, and something is not in the course.",
            "La restauration aboutit, et quelque chose n’est pas dans le cours.",
        ),
        Severity::Degraded => language.of(
            "Everything comes, and something does not work or is not as it was.",
            "Tout arrive, et quelque chose ne marche pas ou n’est plus comme avant.",
        ),
        Severity::Note => language.of("Worth knowing.", "Bon à savoir."),
    }
}

/// The kind of an item; one that has no word of its own stays as it is.
pub fn item(item: &str, language: Language) -> &str {
    match item {
        "activity" => language.of("Activity", "Activité"),
        "section" => language.of("Section", "Section"),
        "course" => language.of("Course", "Parcours"),
        "person" => language.of("Person", "Personne"),
        "document" => language.of("Document", "Document"),
        "file" => language.of("File", "Fichier"),
        "block" => language.of("Block", "Bloc"),
        "question" => language.of("Question", "Question"),
        "category" => language.of("Question category", "Catégorie de questions"),
        "setting" => language.of("Setting", "Réglage"),
        "text" => language.of("Text", "Texte"),
        "role" => language.of("Role", "Rôle"),
        "group" => language.of("Group", "Groupe"),
        "badge" => language.of("Badge", "Badge"),
        "grade" => language.of("Grade", "Note"),
        other => other,
    }
}

/// What a backup was made of.
pub fn kind(kind: &str, language: Language) -> &str {
    match kind {
        "course" => language.of("a course", "tout un cours"),
        "section" => language.of("a section", "une section"),
        "activity" => language.of("an activity", "une activité"),
        other => other,
    }
}

/// `12,345` or `12 345`, with a space that does not break.
pub fn number(n: impl TryInto<u64>, language: Language) -> String {
    let digits = n.try_into().unwrap_or(u64::MAX).to_string();
    let separator = language.of(',', '\u{202f}');
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// `3 items`, `1 item`.
pub fn count(n: usize, one: &str, many: &str, language: Language) -> String {
    // French has one of nothing, English many.
    let single = n == 1 || n == 0 && language == Language::French;
    format!("{} {}", number(n as u64, language), if single { one } else { many })
}

/// Bytes in the largest unit that leaves a number of at least one: `13.4 MB`, `13,4 Mo`.
pub fn size(bytes: u64, language: Language) -> String {
    let units = language.of(["bytes", "kB", "MB", "GB", "TB"], ["octets", "ko", "Mo", "Go", "To"]);
    let power = [1_000_u64, 1_000_000, 1_000_000_000, 1_000_000_000_000].iter().filter(|p| bytes >= **p).count();
    let (Some(unit), true) = (units.get(power), power > 0) else { return format!("{bytes}\u{a0}{}", units.first().copied().unwrap_or_default()) };
    let tenths = bytes / (1_000_u64.pow(u32::try_from(power).unwrap_or(0)) / 10);
    format!("{}{}{}\u{a0}{unit}", tenths / 10, language.of('.', ','), tenths % 10)
}

/// The day of a Unix time, in UTC: `2026-01-15`. Nothing for none.
pub fn day(time: i64) -> String {
    if time <= 0 {
        return String::new();
    }
    // Days since 1 March 0000, in eras of 400 years: leap days are then at the end of years.
    let days = time / 86_400 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * march + 2) / 5 + 1, if march < 10 { march + 3 } else { march - 9 });
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, French};

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        assert_eq!([number(0_u64, English), number(999_u64, English), number(1_234_567_u64, English)], ["0", "999", "1,234,567"]);
        assert_eq!(number(12_345_u64, French), "12\u{202f}345");
        assert_eq!((count(0, "item", "items", English), count(0, "élément", "éléments", French)), ("0 items".to_owned(), "0 élément".to_owned()));
    }

    #[test]
    fn sizes_have_one_decimal() {
        assert_eq!([size(0, English), size(999, French), size(1_000, English)], ["0\u{a0}bytes", "999\u{a0}octets", "1.0\u{a0}kB"]);
        assert_eq!([size(13_449_999, French), size(u64::MAX, English)], ["13,4\u{a0}Mo", "18446744.0\u{a0}TB"]);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (time, expected) in
            [(0, ""), (-5, ""), (1, "1970-01-01"), (951_782_400, "2000-02-29"), (1_768_498_800, "2026-01-15"), (4_102_444_799, "2099-12-31")]
        {
            assert_eq!(day(time), expected, "{time}");
        }
    }
}
