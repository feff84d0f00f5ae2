//! Where one page is written: texts in, harmless markup with working links out, and a tally of what was lost.

use super::clean::clean;
use super::files::Files;
use super::media;
use super::node::{Node, tag, text};
use super::plan::Plan;
use super::tidy::Tidy;
use parcours_course::Text;
use parcours_course::outline::File;
use parcours_mbz::Error;
use std::borrow::Cow;

/// Whose files a text links.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub files: &'a [File],
    pub area: &'a str,
    pub item: i64,
}

/// What a page lost, or could not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loss {
    /// Pictures, players and frames from elsewhere that became links.
    pub online: usize,
    /// Links that lead nowhere.
    pub dead: usize,
    /// Links to files that the archive does not have.
    pub missing: usize,
    /// Texts shown as they are written: too deep or too long.
    pub source: usize,
    /// Formulas of which only the text is left.
    pub math: usize,
    /// Pictures that nobody described. Nothing is lost, but somebody should.
    pub silent: usize,
}

pub struct Desk<'a> {
    pub plan: &'a Plan,
    pub files: &'a mut Files,
    pub page: &'a str,
    pub tidy: Tidy,
    pub loss: Loss,
    pub(super) inside: Vec<String>,
}

impl<'a> Desk<'a> {
    pub fn new(plan: &'a Plan, files: &'a mut Files, page: &'a str) -> Self {
        let mut tidy = Tidy::default();
        tidy.plain = plan.layout.tree;
        Desk { plan, files, page, tidy, loss: Loss::default(), inside: Vec::new() }
    }

    /// The markup of a text; its highest heading gets level `top`.
    ///
    /// # Errors
    /// The device.
    pub fn text(&mut self, of: &Text, scope: Scope<'_>, top: usize) -> Result<Vec<Node>, Error> {
        if of.text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let mut of = Cow::Borrowed(of);
        if of.text.contains("data:image/") {
            of = Cow::Owned(Text::new(self.take_inside(&of.text)?, of.format));
        }
        let (nodes, seen) = clean(&of);
        self.loss.source += usize::from(seen.source);
        self.loss.math += usize::from(seen.math);
        let nodes = self.links(nodes, scope)?;
        Ok(self.tidy.text(nodes, top))
    }

    /// A text as one line, where there is no place for more.
    ///
    /// # Errors
    /// The device.
    pub fn line(&mut self, of: &Text, scope: Scope<'_>) -> Result<Vec<Node>, Error> {
        let nodes = self.text(of, scope, 3)?;
        Ok(match nodes.as_slice() {
            [Node::Tag(only)] if only.name == "p" => only.children.clone(),
            _ => nodes,
        })
    }

    /// Files as a list of links, each with its kind and size.
    pub fn list<'f>(&mut self, files: impl IntoIterator<Item = &'f File>) -> Option<Node> {
        let french = self.plan.options.language.code() == "fr";
        let items: Vec<Node> = files
            .into_iter()
            .map(|f| {
                let href = self.place(f, true);
                let label = media::label(f.name());
                let size = media::size(f.size, french);
                let more = if label.is_empty() { format!(" ({size})") } else { format!(" ({label}, {size})") };
                let name = f.path.trim_start_matches('/');
                tag("li").with([tag("a").set("href", href).says(name).node(), text(more)]).node()
            })
            .collect();
        (!items.is_empty()).then(|| tag("ul").set("class", "files").with(items).node())
    }
}

impl Loss {
    /// In words, for the report; nothing where nothing is lost.
    pub fn words(&self, language: parcours_course::Language) -> String {
        let all = [
            (self.online, "online media or frames are links now", "médias ou cadres en ligne sont devenus des liens"),
            (self.dead, "links lead nowhere and were taken off", "liens ne mènent nulle part et ont été ôtés"),
            (self.missing, "files that texts use are not in the archive", "fichiers utilisés par des textes manquent dans l’archive"),
            (
                self.source,
                "texts are shown as they are written, being too deep or too long",
                "textes sont montrés tels qu’écrits, car trop imbriqués ou trop longs",
            ),
            (self.math, "texts had formulas in MathML, of which the text is left", "textes avaient des formules MathML, dont il reste le texte"),
        ];
        let said: Vec<String> = all.iter().filter(|(n, ..)| *n > 0).map(|(n, en, fr)| format!("{n} {}", language.of(en, fr))).collect();
        said.join("; ")
    }

    pub fn add(&mut self, other: Loss) {
        self.online += other.online;
        self.dead += other.dead;
        self.missing += other.missing;
        self.source += other.source;
        self.math += other.math;
        self.silent += other.silent;
    }
}
