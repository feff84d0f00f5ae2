use super::facts::facts;
use crate::report::escape::line;
use crate::report::findings;
use crate::report::verdict::rules;
use crate::report::words::{self, number};
use parcours_course::Language;
use parcours_mbz::Inventory;
use parcours_mbz::validate::{Release, Severity, Verdict};
use std::fmt::{Display, Write as _};

/// Lines for a terminal. `losses` are the verdicts to speak of, or none; what becomes of everything here comes last.
pub fn inventory_text(inventory: &Inventory, losses: &[Verdict], language: Language) -> String {
    let i = inventory;
    let mut out = Text { out: String::new(), language };
    for (name, value) in facts(i, language).into_iter().filter(|(_, value)| !value.is_empty()) {
        out.line(format_args!("{name}{} {}", language.of(":", "\u{a0}:"), line(&value)));
    }
    out.part(language.of("Sections", "Sections"), i.sections.iter().map(|s| (s.activities, section(s.number, &s.title, s.subsection, language))));
    out.part(language.of("Activities", "Activités"), i.activities.iter().map(|(name, n)| (*n, line(name))));
    out.part(language.of("Questions", "Questions"), i.parts.questions.iter().map(|(name, n)| (*n, line(name))));
    out.part(language.of("Blocks", "Blocs"), i.parts.blocks.iter().map(|(name, n)| (*n, line(name))));
    let plugins = i.plugins.iter().map(|p| (p.used, format!("{} ({})", line(&p.component), absent(&p.absent_from, language))));
    out.part(language.of("Plug-ins beyond a stock Moodle", "Plugins au-delà d’un Moodle standard"), plugins);
    for verdict in losses {
        out.title(format_args!("Moodle {}{} {}", verdict.target, language.of(":", "\u{a0}:"), rules::counts(verdict, language)));
        for rule in verdict.rules.iter().filter(|r| r.severity() != Severity::Note) {
            let (severity, n) = (words::severity(rule.severity(), language), number(verdict.count(*rule), language));
            out.line(format_args!("  {severity} × {n}{} {}", language.of(":", "\u{a0}:"), rule.hint(language)));
        }
    }
    out.title(language.of("Here", "Ici"));
    out.out + &findings::text(&i.report, language)
}

/// `2. Title`, or one of the two where the other says no more.
fn section(number: Option<i64>, title: &str, subsection: bool, language: Language) -> String {
    let inside = if subsection { language.of(" (subsection)", " (sous-section)") } else { "" };
    match number.map(|n| n.to_string()) {
        Some(number) if number == title => format!("{number}{inside}"),
        Some(number) => format!("{number}. {}{inside}", line(title)),
        None => format!("{}{inside}", line(title)),
    }
}

/// `not in 4.1, 4.5`.
fn absent(targets: &[Release], language: Language) -> String {
    let list: Vec<&str> = targets.iter().map(|t| t.name()).collect();
    format!("{} {}", language.of("not in", "absent de"), list.join(", "))
}

struct Text {
    out: String,
    language: Language,
}

impl Text {
    fn line(&mut self, text: impl Display) {
        // Writing to a string does not fail.
        let _ = writeln!(self.out, "{text}");
    }

    fn title(&mut self, title: impl Display) {
        self.line(format_args!("\n{title}"));
    }

    /// A title, and under it numbers with what they are numbers of; nothing when there is nothing.
    fn part(&mut self, title: &str, rows: impl Iterator<Item = (u64, String)>) {
        let mut rows = rows.peekable();
        if rows.peek().is_some() {
            self.title(title);
        }
        for (n, what) in rows {
            self.line(format_args!("  {:>7}  {what}", number(n, self.language)));
        }
    }
}
