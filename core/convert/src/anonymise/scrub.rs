//! One value of an archive, and what is packed in it.

use super::Options;
use super::cast::{Cast, SOMEONE};
use super::mention::{Found, Kind};
use super::{condition, links};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parcours_mbz::people::names::{claim, claim_in, is_address, is_mail, is_profile};
use parcours_mbz::php::Php;
use parcours_mbz::xml::NULL;
use serde_json::Value;
use std::collections::BTreeMap;

/// An address of the network that is none.
const ADDRESS: &str = "0.0.0.0";
/// Leaves that hold restrictions (MBZ-FORMAT §7.2, §7.3).
const RESTRICTIONS: &[&str] = &["availability", "availabilityjson"];
/// How deep a value may be packed in another: JSON in serialised PHP in base64, and so on.
const DEPTH: u8 = 8;

/// Where a value stands: a text somebody wrote, or a field of something packed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Leaf,
    Packed(u8),
}

/// Who is mentioned in a value, and how many of its mentions still stand there.
#[derive(Default)]
pub struct Mentioned {
    /// People and what of them, with how often.
    pub people: BTreeMap<(i64, Kind), usize>,
    /// Whether some of it was left as it is.
    pub stands: bool,
}

impl Mentioned {
    fn and(mut self, other: Mentioned) -> Mentioned {
        other.people.into_iter().for_each(|(who, times)| *self.people.entry(who).or_default() += times);
        Mentioned { people: self.people, stands: self.stands || other.stands }
    }
}

/// Makes values of one document name nobody of the archive.
pub struct Scrub<'a> {
    pub cast: &'a mut Cast,
    options: Options,
    document: &'a str,
    /// Whether names that may mean something else are believed: not where the core declares what they mean.
    doubtful: bool,
    pub mentioned: Mentioned,
    /// Restrictions to people's profiles that were changed since last asked.
    pub closed: usize,
    pub addresses: usize,
}

impl<'a> Scrub<'a> {
    pub fn new(cast: &'a mut Cast, options: Options, path: &'a str) -> Self {
        let document = path.rsplit('/').next().unwrap_or_default();
        let doubtful = parcours_declare::core().tree(path).is_none();
        Scrub { cast, options, document, doubtful, mentioned: Mentioned::default(), closed: 0, addresses: 0 }
    }

    /// A leaf or an attribute.
    pub fn value(&mut self, name: &str, text: &mut String) {
        if text.is_empty() || text == NULL || self.number(name, text) {
            return;
        }
        if is_address(name) {
            ADDRESS.clone_into(text);
        } else if self.profile(name, text) || self.author(name, text) {
            // Done.
        } else if RESTRICTIONS.contains(&name) {
            self.restriction(text);
        } else {
            self.content(name, text, In::Leaf);
        }
    }

    pub fn language(&self) -> parcours_course::Language {
        self.options.language
    }

    /// A text that is shown: names in it, and nothing packed.
    pub fn text(&mut self, text: &mut String) {
        self.plain(text, In::Leaf);
    }

    /// The number of a person, or of a person's context. Whether it was one.
    fn number(&mut self, name: &str, text: &mut String) -> bool {
        let Ok(number) = text.trim().parse::<i64>() else { return self.numbers(name, text) };
        if name.ends_with("contextid") {
            if let Some(context) = self.cast.context(number) {
                *text = context.to_string();
            }
            return true;
        }
        if self.is_person(name, number) {
            *text = self.cast.number(number).to_string();
        }
        // A number names nobody in any other way; 9 digits and more may be a telephone's.
        text.len() < 9
    }

    /// The same for several, with commas between them.
    fn numbers(&mut self, name: &str, text: &mut String) -> bool {
        let Some(numbers) = text.split(',').map(|n| n.trim().parse::<i64>().ok()).collect::<Option<Vec<_>>>() else { return false };
        let one = name.strip_suffix('s').unwrap_or(name);
        let theirs = |n: &i64| self.is_person(name, *n) || self.is_person(one, *n);
        if numbers.iter().all(|n| *n <= 0 || theirs(n)) {
            *text = numbers.into_iter().map(|n| self.cast.number(n).to_string()).collect::<Vec<_>>().join(",");
        }
        true
    }

    fn is_person(&self, name: &str, number: i64) -> bool {
        let known = self.cast.knows(number);
        // Old questionnaires had the number under the name of a name.
        let odd = self.doubtful && known && matches!(name, "username" | "user");
        odd || claim_in(self.document, name).is_some_and(|c| c.certain || (self.doubtful && known))
    }

    /// Something out of a profile. Whether the name says so.
    fn profile(&mut self, name: &str, text: &mut String) -> bool {
        if !is_profile(name) || text.parse::<i64>().is_ok_and(|n| n.abs() < 100_000) {
            return false;
        }
        match self.cast.mentions.whole(text) {
            Some((person, kind)) => *text = self.instead(person, kind),
            None if is_mail(name) => *text = if text.contains('@') { SOMEONE.to_owned() } else { String::new() },
            None => text.clear(),
        }
        self.addresses += 1;
        true
    }

    /// Somebody of the archive, named as the author or issuer of something.
    fn author(&mut self, name: &str, text: &mut String) -> bool {
        let names = ["author", "authors", "authorname", "issuername"].iter().any(|end| name.ends_with(end));
        let Some((person, kind)) = self.cast.mentions.whole(text).filter(|_| names) else { return false };
        *text = self.instead(person, kind);
        self.addresses += 1;
        true
    }

    fn restriction(&mut self, text: &mut String) {
        let Ok(mut tree) = serde_json::from_str::<Value>(text) else { return self.plain(text, In::Packed(0)) };
        let closed = condition::close(&mut tree, self.cast);
        let named = self.json("", &mut tree, 0);
        if closed > 0 || named {
            *text = tree.to_string();
        }
        self.closed += closed;
    }

    /// A value that may be packed.
    fn content(&mut self, name: &str, text: &mut String, place: In) {
        let depth = if let In::Packed(depth) = place { depth } else { 0 };
        if depth < DEPTH && (self.as_json(name, text, depth) || self.as_php(name, text, depth) || self.as_base64(name, text, depth)) {
            return;
        }
        self.plain(text, place);
    }

    fn as_json(&mut self, name: &str, text: &mut String, depth: u8) -> bool {
        if !text.trim_start().starts_with(['{', '[']) {
            return false;
        }
        let Ok(mut value) = serde_json::from_str::<Value>(text) else { return false };
        if self.json(name, &mut value, depth + 1) {
            *text = value.to_string();
        }
        true
    }

    fn as_php(&mut self, name: &str, text: &mut String, depth: u8) -> bool {
        if !["a:", "O:", "s:"].iter().any(|kind| text.starts_with(kind)) {
            return false;
        }
        let Ok(mut value) = Php::read(text) else { return false };
        if self.php(name, &mut value, depth + 1) {
            *text = value.to_text();
        }
        true
    }

    fn as_base64(&mut self, name: &str, text: &mut String, depth: u8) -> bool {
        let packed = text.len() >= 8 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\n'));
        let open = |text: &str| String::from_utf8(STANDARD.decode(text.replace('\n', "")).ok()?).ok();
        let Some(mut inside) = packed.then(|| open(text)).flatten() else { return false };
        let was = inside.clone();
        let packed = self.as_json(name, &mut inside, depth + 1) || self.as_php(name, &mut inside, depth + 1);
        if !packed && !inside.chars().any(|c| c.is_control() && !c.is_whitespace()) {
            let mentioned = std::mem::take(&mut self.mentioned);
            self.plain(&mut inside, In::Packed(depth + 1));
            // A word that only happens to be base64 of something mentions nobody there.
            self.mentioned = if inside == was { mentioned } else { std::mem::take(&mut self.mentioned).and(mentioned) };
        }
        let changed = inside != was;
        if changed {
            *text = STANDARD.encode(inside);
        }
        packed || changed
    }

    /// A field of something packed.
    fn field(&mut self, name: &str, text: &mut String, depth: u8) -> bool {
        let was = text.clone();
        if text.is_empty() || text == NULL || self.number(name, text) {
            return *text != was;
        }
        if is_address(name) {
            ADDRESS.clone_into(text);
        } else if !self.profile(name, text) {
            self.content(name, text, In::Packed(depth));
        }
        *text != was
    }

    fn json(&mut self, name: &str, value: &mut Value, depth: u8) -> bool {
        match value {
            Value::String(text) => self.field(name, text, depth),
            Value::Number(number) => {
                let Some(person) = number.as_i64().filter(|n| self.is_person(name, *n)) else { return false };
                let new = self.cast.number(person);
                *value = new.into();
                new != person
            }
            Value::Array(values) => values.iter_mut().map(|v| self.json(name, v, depth)).filter(|changed| *changed).count() > 0,
            Value::Object(fields) => {
                let mut changed = false;
                let agent = name == "account" && fields.contains_key("homePage");
                let old = std::mem::take(fields);
                for (mut key, mut v) in old {
                    // In statements of xAPI the account's name is the person's number.
                    let called = if agent && key == "name" { "userid" } else { key.as_str() };
                    changed |= self.json(called, &mut v, depth);
                    changed |= self.key(name, &mut key);
                    fields.insert(key, v);
                }
                changed
            }
            Value::Null | Value::Bool(_) => false,
        }
    }

    fn php(&mut self, name: &str, value: &mut Php, depth: u8) -> bool {
        match value {
            Php::Text(text) => self.field(name, text, depth),
            Php::Int(n) if self.is_person(name, *n) => {
                let was = *n;
                *n = self.cast.number(was);
                *n != was
            }
            Php::Array(entries) | Php::Object(_, entries) => entries.iter_mut().fold(false, |changed, (key, v)| {
                let called = match key {
                    Php::Text(key) => key.clone(),
                    _ => name.to_owned(),
                };
                let inside = self.php(&called, v, depth);
                let outside = if let Php::Text(key) = key { self.key(name, key) } else { false };
                inside || outside || changed
            }),
            _ => false,
        }
    }

    /// The name of a field that is somebody's.
    fn key(&mut self, name: &str, key: &mut String) -> bool {
        let was = key.clone();
        match key.parse::<i64>() {
            Ok(number) if claim(name).is_some() && self.cast.knows(number) => *key = self.cast.number(number).to_string(),
            _ => self.plain(key, In::Packed(0)),
        }
        *key != was
    }

    /// Names in a text, and numbers in its links.
    fn plain(&mut self, text: &mut String, place: In) {
        if let In::Packed(_) = place
            && let Some((person, kind)) =
                self.cast.mentions.whole(text).filter(|(_, kind)| *kind != Kind::Username || self.cast.mentions.find(text).len() == 1)
        {
            *text = self.instead(person, kind);
            return;
        }
        if let Some(new) = links::replace(text, |n| self.cast.knows(n).then(|| self.cast.number(n))) {
            *text = new;
        }
        self.contexts(text);
        let found = self.cast.mentions.find(text);
        let strangers = strangers(text).saturating_sub(found.iter().filter(|f| f.kind == Kind::Mail).count());
        if strangers > 0 {
            *self.mentioned.people.entry((0, Kind::Mail)).or_default() += strangers;
            self.mentioned.stands = true;
        }
        if found.is_empty() {
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for f in found {
            *self.mentioned.people.entry((f.person, f.kind)).or_default() += 1;
            let replaces = f.kind != Kind::Alone && (self.options.replace_mentions || (matches!(place, In::Packed(_)) && f.kind == Kind::Mail));
            if !replaces {
                self.mentioned.stands = true;
                continue;
            }
            out.push_str(text.get(from..f.range.start).unwrap_or_default());
            out.push_str(&self.mention(&f, text.get(f.range.clone()).unwrap_or_default()));
            from = f.range.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        *text = out;
    }

    /// Files of a person's own, by the number of their context (MBZ-FORMAT §2.6).
    fn contexts(&mut self, text: &mut String) {
        let replaced = parcours_mbz::links::replace(text, |token| match (token.name, token.ids.as_slice()) {
            ("PLUGINFILEBYCONTEXT" | "PLUGINFILEBYCONTEXTURLENCODED", [context]) => {
                self.cast.context(*context).map(|new| format!("$@{}*{new}@$", token.name))
            }
            _ => None,
        });
        if let std::borrow::Cow::Owned(new) = replaced {
            *text = new;
        }
    }

    fn mention(&mut self, found: &Found, was: &str) -> String {
        let identity = self.cast.identity(found.person);
        match found.kind {
            Kind::Full if found.last_first => format!("{}{}{}", identity.last, found.between, identity.first),
            Kind::Full => format!("{}{}{}", identity.first, found.between, identity.last),
            Kind::Mail if was.contains("%40") => identity.mail.replace('@', "%40"),
            kind => self.instead(found.person, kind),
        }
    }

    fn instead(&mut self, person: i64, kind: Kind) -> String {
        let identity = self.cast.identity(person);
        match kind {
            Kind::Full => identity.full(),
            Kind::Mail => identity.mail,
            Kind::Username => identity.username,
            Kind::Alone | Kind::Other => "…".to_owned(),
        }
    }
}

/// How many mail addresses a text has.
fn strangers(text: &str) -> usize {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let address = |at: usize| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        let domain = after.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).and_then(|end| after.get(..end)).unwrap_or(after);
        let top = domain.trim_end_matches('.').rsplit_once('.').map_or("", |(_, top)| top);
        before.ends_with(local) && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()) && !domain.ends_with("example.invalid")
    };
    text.match_indices('@').filter(|(at, _)| address(*at)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_course::Language;
    use parcours_mbz::xml::Element;
    use parcours_mbz::{Limits, Spool, Unpacked};

    fn cast(seed: Option<&[u8]>) -> Cast {
        let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        let leaves = [("username", "lmoreau"), ("email", "l@x.fr"), ("firstname", "Lucie"), ("lastname", "Moreau")];
        let user = Element::record("user", 5, leaves.map(|(n, v)| Element::new(n, v))).with("contextid", 77);
        course.put("users.xml", &Element::group("users", [user])).unwrap();
        Cast::of(&mut course, seed, Language::English).unwrap()
    }

    fn through(path: &str, name: &str, text: &str, replace_mentions: bool) -> (String, String) {
        let mut cast = cast(Some(b"s"));
        let new = cast.number(5).to_string();
        let mut text = text.to_owned();
        Scrub::new(&mut cast, Options { replace_mentions, language: Language::English }, path).value(name, &mut text);
        (text, new)
    }

    #[test]
    fn numbers_of_people_change_and_others_stay() {
        for (name, person) in [("userid", true), ("owner", true), ("sortorder", false), ("grade", false)] {
            let (text, new) = through("activities/x_1/x.xml", name, "5", false);
            assert_eq!(text == new, person, "{name}");
        }
        // Where the core says what a column means, a name that may mean something else does not.
        assert_eq!(through("course/course.xml", "marker", "5", false).0, "5");
        let (text, new) = through("activities/x_1/x.xml", "graders", "5,5", false);
        assert_eq!(text, format!("{new},{new}"));
        assert_eq!(through("activities/x_1/x.xml", "sequence", "5,5", false).0, "5,5");
        assert_eq!(through("a.xml", "ip", "1.2.3.4", false).0, ADDRESS);
        assert!(through("a.xml", "contextid", "77", false).0.starts_with("1000000"));
        assert_eq!(through("a.xml", "contextid", "5", false).0, "5");
    }

    #[test]
    fn what_is_packed_is_opened() {
        let json = r#"{"userid":5,"n":5,"username":"lmoreau","who":"Lucie Moreau","account":{"homePage":"h","name":"5"}}"#;
        let (text, new) = through("a.xml", "other", json, false);
        assert_eq!(
            text,
            format!(r#"{{"userid":{new},"n":5,"username":"person{new}","who":"Person {new}","account":{{"homePage":"h","name":"{new}"}}}}"#)
        );
        let packed = Php::object([("userid", Php::Text("5".into())), ("text", Php::Text("by l@x.fr".into()))]).to_config();
        let (text, new) = through("a.xml", "configdata", &packed, false);
        let value = Php::read_config(&text).unwrap().unwrap();
        assert_eq!(value.get("userid").and_then(Php::text), Some(new.as_str()));
        assert_eq!(value.get("text").and_then(Php::text), Some(format!("by person{new}@example.invalid").as_str()));
        let base64 = STANDARD.encode(r#"{"relateduserid":"5"}"#);
        let (text, new) = through("a.xml", "other", &base64, false);
        assert_eq!(STANDARD.decode(text).unwrap(), format!(r#"{{"relateduserid":"{new}"}}"#).into_bytes());
    }

    #[test]
    fn mentions_in_texts_are_replaced_when_asked() {
        let text = "<p>Moreau, Lucie (l@x.fr) <a href=\"https://m/user/view.php?id=5\">Lucie</a></p>";
        let (left, new) = through("a.xml", "intro", text, false);
        assert_eq!(left, text.replace("id=5", &format!("id={new}")));
        let (replaced, new) = through("a.xml", "intro", text, true);
        assert_eq!(replaced, format!("<p>{new}, Person (person{new}@example.invalid) <a href=\"https://m/user/view.php?id={new}\">Lucie</a></p>"));
    }

    #[test]
    fn a_word_that_happens_to_be_base64_is_a_word() {
        // Decodes to six printable characters.
        let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        course.put("users.xml", &Element::group("users", [Element::record("user", 5, [Element::new("username", "YWFhYWFh")])])).unwrap();
        let mut cast = Cast::of(&mut course, Some(b"s"), Language::English).unwrap();
        let mut text = "YWFhYWFh".to_owned();
        Scrub::new(&mut cast, Options { replace_mentions: true, ..Options::default() }, "a.xml").value("note", &mut text);
        assert!(text.starts_with("person"), "{text}");
    }

    #[test]
    fn addresses_of_strangers_are_counted() {
        assert_eq!(strangers("write to a.b@c-d.fr, x@y.org. @@PLUGINFILE@@/a@b $@NULL@$ 5@6.7 z@example.invalid"), 2);
    }

    #[test]
    fn what_is_not_anybodys_comes_out_as_it_was() {
        for text in [r#"{"a" : [1, 2.50], "shortname":"x"}"#, "a:1:{i:0;s:9:\"too\";}", "QUJDREVGRw==", "YWxsIG9mIGl0Cg==", "Some text of student 5."]
        {
            assert_eq!(through("a.xml", "content", text, true).0, text);
        }
    }
}
