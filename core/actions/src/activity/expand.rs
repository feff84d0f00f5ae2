//! What the host's elements on a module's page need to know.

use super::call::{Call, display_name};
use super::context::fault;
use crate::file::encode;
use parcours_course::Value;
use parcours_declare::Kind;
use parcours_host::abilities::{Fault, Refused};
use parcours_host::html::{Attachment, Expander, Person, Phrase};
use parcours_rules::capabilities;
use parcours_rules::groups::Membership;
use parcours_rules::rights::Scope as At;
use parcours_store::{files, groups, records};

impl Expander for Call {
    fn person(&mut self, number: i64) -> Result<Option<Person>, Fault> {
        let found = Call::person(self, number).map_err(fault)?;
        Ok(found.map(|p| Person { name: display_name(&p), url: None }))
    }

    fn group(&mut self, number: i64) -> Result<Option<String>, Fault> {
        let hidden = self.member.rights.may_core(capabilities::VIEW_HIDDEN_GROUPS, At::Module);
        let all = groups::list(&self.hold, self.member.course).map_err(Fault::new)?;
        let named = |g: &groups::Group| Membership::from_code(g.visibility).names(self.member.groups.contains(&g.id), hidden);
        Ok(all.into_iter().find(|g| g.id == number).filter(named).map(|g| g.name))
    }

    fn date(&mut self, time: i64, style: &str) -> Result<String, Fault> {
        Ok(Call::date(self, time, style))
    }

    fn rich_text(&mut self, table: &str, id: i64, column: &str) -> Result<Option<String>, Fault> {
        let Some(declared) = self.declaration().tables.get(table).and_then(|t| t.columns.get(column)) else {
            return Ok(None);
        };
        let (format, area, item) = match &declared.kind {
            Kind::RichText { format, area, item } => (format.clone(), area.clone(), item.clone()),
            Kind::Text => (None, None, None),
            _ => return Ok(None),
        };
        let own = area.as_ref().is_some_and(|a| self.declaration().areas.get(a).is_some_and(|a| a.item.is_some()));
        let columns: Vec<&str> = [Some(column), format.as_deref(), item.as_deref()].into_iter().flatten().collect();
        let Some(row) = records::get(&self.hold, &self.scope, table, id, &columns).map_err(Fault::new)? else {
            return Ok(None);
        };
        let text = row.first().and_then(Value::text).unwrap_or_default();
        let plain = matches!(self.declaration().tables.get(table).and_then(|t| t.columns.get(column)).map(|c| &c.kind), Some(Kind::Text));
        let written = if plain { 2 } else { format.as_ref().map_or(1, |_| row.get(1).and_then(Value::int).unwrap_or(1)) };
        let at = match item {
            Some(_) => row.last().and_then(Value::int).unwrap_or(0),
            None if own => id,
            None => 0,
        };
        Ok(Some(self.clean(text, written, area.as_deref().map(|a| (a, at))).to_string()))
    }

    fn attachments(&mut self, area: &str, item: i64) -> Result<Vec<Attachment>, Fault> {
        let place = match self.area(area, item) {
            Ok(place) => place,
            Err(Refused::Told(_)) => return Ok(Vec::new()),
            Err(Refused::Fault(f)) => return Err(f),
        };
        let base = self.file_base(area, item);
        let all = files::list(&self.hold, &place).map_err(Fault::new)?;
        let one = |f: files::File| Attachment {
            url: format!("{base}{}", encode(&format!("{}{}", f.path, f.name))),
            name: f.name,
            size: u64::try_from(f.size).unwrap_or(0),
        };
        Ok(all.into_iter().map(one).collect())
    }

    fn form_token(&mut self) -> Result<String, Fault> {
        Ok(self.csrf.clone())
    }

    fn file_size(&mut self, bytes: u64) -> String {
        size(bytes, &self.lang)
    }

    fn phrase(&mut self, phrase: Phrase) -> String {
        if !self.lang.starts_with("fr") {
            return phrase.english().to_owned();
        }
        match phrase {
            Phrase::UnknownPerson => "Personne inconnue",
            Phrase::Group => "Groupe",
            Phrase::Required => "(obligatoire)",
            Phrase::Error => "Erreur\u{a0}:",
            Phrase::Previous => "Précédent",
            Phrase::Next => "Suivant",
            Phrase::Pages => "Pages",
            Phrase::Files => "Fichiers déjà présents",
        }
        .to_owned()
    }
}

/// A size for people, in steps of 1024.
fn size(bytes: u64, lang: &str) -> String {
    let french = lang.starts_with("fr");
    let units = if french { ["octets", "Ko", "Mo", "Go"] } else { ["bytes", "KB", "MB", "GB"] };
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1024.0 && unit < 3 {
        value /= 1024.0;
        unit += 1;
    }
    let number = if unit == 0 || value >= 10.0 { format!("{value:.0}") } else { format!("{value:.1}") };
    let number = if french { number.replace('.', ",") } else { number };
    format!("{number}\u{a0}{}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_in_both_languages() {
        assert_eq!(size(12, "fr"), "12\u{a0}octets");
        assert_eq!(size(1536, "fr"), "1,5\u{a0}Ko");
        assert_eq!(size(20 << 20, "en"), "20\u{a0}MB");
    }
}
