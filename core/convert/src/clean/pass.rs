//! One document's texts through the rules.

use super::areas::Scope;
use super::change::Change;
use super::config;
use super::known::{Area, Known};
use super::note::Note;
use super::rules::Rule;
use super::scene::{Plan, Scene};
use super::texts::{Found, Sort, Spot};
use super::wash::wash;
use super::{Options, Tally};
use parcours_course::Language;
use parcours_mbz::Error;
use parcours_mbz::xml::{Element, Rewrite};

/// Everything that lasts longer than one document.
pub(super) struct House<'a> {
    pub options: &'a Options,
    pub rules: Vec<Rule>,
    pub known: Known,
    pub plan: Plan,
    pub text_language: Language,
    /// Whether files can be put into the archive.
    pub embed: bool,
}

/// A document on its way.
pub(super) struct Pass<'a, 'b> {
    house: &'a mut House<'b>,
    path: &'a str,
    /// Folder whose `inforef.xml` lists the files; empty where none does.
    task: &'a str,
    found: &'a Found,
    pub tally: Tally,
    see: &'a mut dyn FnMut(&Change) -> Result<(), Error>,
    next: u64,
}

impl<'a, 'b> Pass<'a, 'b> {
    pub fn new(
        house: &'a mut House<'b>,
        path: &'a str,
        scope: &Scope,
        found: &'a Found,
        see: &'a mut dyn FnMut(&Change) -> Result<(), Error>,
    ) -> Self {
        // Files of questions and groups are in no list (MBZ-FORMAT §5.2).
        let task = path.rsplit_once('/').filter(|_| *scope != Scope::Questions).map_or("", |(folder, _)| folder);
        Pass { house, path, task, found, tally: Tally::default(), see, next: 0 }
    }
}

impl Rewrite for Pass<'_, '_> {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], element: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        out.push(element);
        Ok(())
    }

    fn leaf(&mut self, _: &[String], text: &mut String) -> Result<(), Error> {
        let here = self.next;
        self.next += 1;
        let Some(spot) = self.found.spots.get(&here) else { return Ok(()) };
        let Some(sort) = self.found.sorts.get(spot.sort) else { return Ok(()) };
        let area = self.found.area(spot);
        match &sort.block {
            None => {
                if let Some(after) = self.text(text, "", spot, sort, area.as_ref(), true)? {
                    *text = after;
                }
            }
            Some(block) => self.block(text, block, spot, sort, area.as_ref())?,
        }
        Ok(())
    }
}

impl Pass<'_, '_> {
    /// Settings of a block: each text in them, and the whole written again with right lengths.
    fn block(&mut self, text: &mut String, block: &str, spot: &Spot, sort: &Sort, area: Option<&Area>) -> Result<(), Error> {
        let Some(mut config) = config::read(text) else { return self.bad(text, spot, sort) };
        let mut changed = false;
        for field in config::texts(&config, block) {
            let Some(before) = config.get(&field).and_then(|v| v.text()).map(str::to_owned) else { continue };
            if let Some(after) = self.text(&before, &field, spot, sort, area, config::decodes(block))? {
                config.set(&field, parcours_mbz::php::Php::Text(after));
                changed = true;
            }
        }
        if changed {
            *text = config.to_config();
        }
        Ok(())
    }

    fn bad(&mut self, text: &str, spot: &Spot, sort: &Sort) -> Result<(), Error> {
        if config::is_empty(text) {
            return Ok(());
        }
        let change = self.change(text, "", spot, sort, None, (Vec::new(), vec![Note::BadConfig]));
        self.tally.notes(&change.notes);
        (self.see)(&change)
    }

    /// A text through the rules: what it becomes, if that is another.
    fn text(&mut self, before: &str, field: &str, spot: &Spot, sort: &Sort, area: Option<&Area>, tokens: bool) -> Result<Option<String>, Error> {
        let house = &mut *self.house;
        let mut scene = Scene {
            known: &house.known,
            plan: &house.plan,
            area,
            tokens,
            embed: house.embed,
            media: house.options.media.as_ref(),
            text_language: house.text_language,
            notes: Vec::new(),
            wanted: Vec::new(),
            failed: None,
        };
        let washed = wash(before, &house.rules, &mut scene);
        let Scene { notes, wanted, failed, .. } = scene;
        if let Some(e) = failed {
            return Err(e.into());
        }
        wanted.into_iter().for_each(|w| house.plan.add(self.task, w, &mut house.known));
        self.tally.texts += 1;
        self.tally.notes(&notes);
        if washed.is_none() && notes.is_empty() {
            return Ok(None);
        }
        let (after, rules) = washed.map_or((None, Vec::new()), |(a, r)| (Some(a), r));
        self.tally.changed(&rules);
        let change = self.change(before, field, spot, sort, after, (rules, notes));
        (self.see)(&change)?;
        Ok(change.after)
    }

    fn change(&self, before: &str, field: &str, spot: &Spot, sort: &Sort, after: Option<String>, why: (Vec<Rule>, Vec<Note>)) -> Change {
        Change {
            path: self.path.to_owned(),
            record: sort.record.clone(),
            id: spot.id,
            leaf: sort.leaf.clone(),
            field: field.to_owned(),
            before: before.to_owned(),
            after,
            rules: why.0,
            notes: why.1,
        }
    }
}
