//! Where a text stands, and what a rule may ask about it.

use super::known::{Area, Known};
use super::media::{Media, Medium};
use super::note::Note;
use parcours_course::Language;
use parcours_mbz::links;
use std::collections::HashMap;
use std::io;

/// A medium that is to be put into a file area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub area: Area,
    /// Number of the medium in the store.
    pub medium: String,
    pub name: String,
}

/// What is to be put into the archive so far.
#[derive(Debug, Default)]
pub struct Plan {
    names: HashMap<(Area, String), String>,
    /// Each with the folder of the archive whose `inforef.xml` lists it; that is empty for questions and groups, which need no list.
    pub new: Vec<(String, Wanted)>,
}

impl Plan {
    pub fn add(&mut self, task: &str, wanted: Wanted, known: &mut Known) {
        known.add_file(&wanted.area, &format!("/{}", wanted.name));
        self.names.insert((wanted.area.clone(), wanted.medium.clone()), wanted.name.clone());
        self.new.push((task.to_owned(), wanted));
    }
}

/// What is known around one text.
pub struct Scene<'a> {
    pub known: &'a Known,
    pub plan: &'a Plan,
    /// Where the files of this text are, if it can have any.
    pub area: Option<&'a Area>,
    /// Whether a restore decodes link tokens in it.
    pub tokens: bool,
    /// Whether files can be put into the archive.
    pub embed: bool,
    pub media: Option<&'a Media>,
    /// Language of what is written into texts.
    pub text_language: Language,
    pub notes: Vec<Note>,
    /// Media that the text needs and that the plan does not have yet.
    pub wanted: Vec<Wanted>,
    pub failed: Option<io::Error>,
}

impl Scene<'_> {
    /// Says something about the text, once.
    pub fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// A medium of the store and the address it gets in this text; nothing where the dump does not hold it.
    pub fn medium(&mut self, id: &str) -> Option<(String, Medium)> {
        let media = self.media?;
        let medium = media.get(id)?;
        match self.file(media, medium) {
            Ok(Some(name)) => {
                self.note(Note::Resolved(name.clone()));
                Some((format!("{}{}", links::PLUGINFILE, links::encode(&format!("/{name}"))), medium.clone()))
            }
            Ok(None) => Some((medium.url.clone(), medium.clone())).filter(|(url, _)| !url.is_empty()),
            Err(e) => {
                self.failed = Some(e);
                None
            }
        }
    }

    /// The name of a medium in the text's area; nothing where the text has none, or the dump has only an address.
    fn file(&mut self, media: &Media, medium: &Medium) -> io::Result<Option<String>> {
        let Some(area) = self.area.filter(|_| self.embed) else { return Ok(None) };
        if let Some(name) = self.plan.names.get(&(area.clone(), medium.id.clone())) {
            return Ok(Some(name.clone()));
        }
        if let Some(wanted) = self.wanted.iter().find(|w| w.medium == medium.id) {
            return Ok(Some(wanted.name.clone()));
        }
        if media.open(medium)?.is_none() {
            return Ok(None);
        }
        let name = self.free_name(area, &medium.file_name());
        self.wanted.push(Wanted { area: area.clone(), medium: medium.id.clone(), name: name.clone() });
        Ok(Some(name))
    }

    fn free_name(&self, area: &Area, name: &str) -> String {
        let (stem, extension) = name.rsplit_once('.').map_or((name, String::new()), |(s, e)| (s, format!(".{e}")));
        let taken = |name: &str| self.known.has_file(area, &format!("/{name}")) || self.wanted.iter().any(|w| w.name == name);
        let others = (2..).map(|n| format!("{stem}-{n}{extension}"));
        std::iter::once(name.to_owned()).chain(others).find(|n| !taken(n)).unwrap_or_else(|| name.to_owned())
    }
}
