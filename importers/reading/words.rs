//! What the pages say in the reader's language.

use super::clean::clean;
use super::node;
use parcours_course::outline::{Activity, Section};
use parcours_course::{Language, Text};

/// What an activity of a module is called.
pub fn kind(module: &str, language: Language) -> &str {
    let (en, fr) = match module {
        "page" => ("Page", "Page"),
        "book" => ("Book", "Livre"),
        "url" => ("Link", "Lien"),
        "resource" => ("File", "Fichier"),
        "folder" => ("Folder", "Dossier"),
        "forum" => ("Forum", "Forum"),
        "wiki" => ("Wiki", "Wiki"),
        "quiz" => ("Quiz", "Test"),
        "assign" | "assignment" => ("Assignment", "Devoir"),
        "glossary" => ("Glossary", "Glossaire"),
        "choice" => ("Choice", "Sondage"),
        "feedback" => ("Feedback", "Feedback"),
        "lesson" => ("Lesson", "Leçon"),
        "data" => ("Database", "Base de données"),
        "h5pactivity" | "hvp" => ("H5P", "H5P"),
        "scorm" => ("SCORM package", "Paquetage SCORM"),
        "imscp" => ("Content package", "Paquetage de contenu"),
        "lti" => ("External tool", "Outil externe"),
        "workshop" => ("Workshop", "Atelier"),
        "chat" => ("Chat", "Chat"),
        "survey" => ("Survey", "Consultation"),
        other => (other, other),
    };
    language.of(en, fr)
}

/// The name of a section; one that has none is called by its place.
pub fn section(of: &Section, language: Language) -> String {
    match (plain(&of.name).as_str(), of.number) {
        ("", 0) => language.of("General", "Généralités").to_owned(),
        ("", n) => format!("{} {n}", language.of("Section", "Section")),
        (name, _) => name.to_owned(),
    }
}

pub fn name(of: &Activity, language: Language) -> String {
    match plain(&of.name).as_str() {
        "" => kind(&of.module, language).to_owned(),
        name => name.to_owned(),
    }
}

/// A name without the markup that Moodle takes in names.
pub fn plain(name: &str) -> String {
    let name = name.trim();
    if !name.contains(['<', '&']) {
        return name.to_owned();
    }
    let words = node::words(&clean(&Text::html(name)).0);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn restricted(language: Language) -> &'static str {
    language.of("Access was restricted in the course.", "L’accès était soumis à des conditions dans le parcours.")
}

pub fn hidden(language: Language) -> &'static str {
    language.of("Hidden in the course.", "Caché dans le parcours.")
}

/// Moodle's code of a language as the web writes it: `fr_ca` is `fr-CA`.
pub fn tag(moodle: &str, interface: Language) -> String {
    let mut parts = moodle.split('_');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    if !(2..=3).contains(&language.len()) || !language.chars().all(|c| c.is_ascii_alphabetic()) {
        return interface.code().to_owned();
    }
    match parts.next().filter(|r| r.len() == 2 && r.chars().all(|c| c.is_ascii_alphabetic())) {
        Some(region) => format!("{language}-{}", region.to_ascii_uppercase()),
        None => language,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_markup_and_no_words() {
        let all = ["<em>A</em> &amp; B", "R&D < 3", " x ", "<script>x</script>"].map(plain);
        assert_eq!(all, ["A & B", "R&D < 3", "x", ""]);
    }

    #[test]
    fn codes_of_languages_are_those_of_the_web() {
        let all = ["fr", "fr_ca", "en_us_k12", "", "../x"].map(|c| tag(c, Language::French));
        assert_eq!(all, ["fr", "fr-CA", "en-US", "fr", "fr"]);
    }
}
