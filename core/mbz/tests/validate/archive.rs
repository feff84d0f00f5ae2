//! A small sample, to be broken in one way and judged.

use parcours_mbz::validate::{Release, Verdict, for_release};
use parcours_mbz::write::{Item, write};
use parcours_mbz::{Container, Limits, open};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

pub const MANIFEST: &str = "moodle_backup.xml";

pub struct Archive(BTreeMap<String, Vec<u8>>);

impl Archive {
    /// Three activities (label 11, page 12, forum 13) in section 5, one file, nobody.
    pub fn petit() -> Archive {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/petit.mbz");
        let mut archive = open(File::open(path).unwrap(), &Limits::default()).unwrap();
        let mut entries = BTreeMap::new();
        while let Some(mut entry) = archive.next().unwrap() {
            let mut body = Vec::new();
            entry.read_to_end(&mut body).unwrap();
            entries.insert(entry.path.clone(), body);
        }
        Archive(entries)
    }

    pub fn remove(&mut self, path: &str) {
        assert!(self.0.remove(path).is_some(), "{path} is not there");
    }

    /// Puts a document, with its prolog, in the place of what may have been there.
    pub fn put(&mut self, path: &str, xml: &str) {
        self.0.insert(path.to_owned(), format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}").into_bytes());
    }

    pub fn put_bytes(&mut self, path: &str, bytes: &[u8]) {
        self.0.insert(path.to_owned(), bytes.to_vec());
    }

    /// Changes what is there once.
    pub fn edit(&mut self, path: &str, from: &str, to: &str) {
        self.change(path, |text| {
            assert!(text.contains(from), "{path} has no {from}");
            text.replacen(from, to, 1)
        });
    }

    pub fn change(&mut self, path: &str, change: impl FnOnce(String) -> String) {
        let text = String::from_utf8(self.0.get(path).unwrap_or_else(|| panic!("{path}")).clone()).unwrap();
        self.0.insert(path.to_owned(), change(text).into_bytes());
    }

    /// Takes out what lies between two marks, both included.
    pub fn cut(&mut self, path: &str, from: &str, to: &str) {
        self.change(path, |text| {
            let (before, rest) = text.split_once(from).unwrap_or_else(|| panic!("{path} has no {from}"));
            let (_, after) = rest.split_once(to).unwrap();
            format!("{before}{after}")
        });
    }

    /// Takes settings out of the manifest.
    pub fn unset(&mut self, which: &str) {
        self.change(MANIFEST, |text| {
            let (before, rest) = text.split_once("<settings>").unwrap();
            let kept: String = rest.split_inclusive("</setting>").filter(|s| !s.contains(which)).collect();
            format!("{before}<settings>{kept}")
        });
    }

    pub fn set(&mut self, setting: &str, value: &str) {
        let at = format!("<name>{setting}</name>\n        <value>");
        self.change(MANIFEST, |text| {
            let (before, rest) = text.split_once(&at).unwrap_or_else(|| panic!("{setting}"));
            format!("{before}{at}{value}{}", rest.get(1..).unwrap())
        });
    }

    /// Makes the forum an activity of another module.
    pub fn forum_becomes(&mut self, module: &str, row: &str) {
        self.change(MANIFEST, |text| text.replace("forum", module));
        let paths: Vec<String> = self.0.keys().filter(|p| p.starts_with("activities/forum_13/")).cloned().collect();
        for path in paths {
            let body = self.0.remove(&path).unwrap();
            self.0.insert(path.replace("forum", module), body);
        }
        self.0.remove(&format!("activities/{module}_13/{module}.xml"));
        let xml = format!("<activity id=\"1\" moduleid=\"13\" modulename=\"{module}\" contextid=\"1013\">{row}</activity>");
        self.put(&format!("activities/{module}_13/{module}.xml"), &xml);
    }

    /// Lists numbers in an inforef.
    pub fn list(&mut self, folder: &str, refs: &str) {
        self.edit(&format!("{folder}/inforef.xml"), "<inforef>", &format!("<inforef>{refs}"));
    }

    /// Makes it a backup with people, of whom there is one: number 900.
    pub fn with_people(&mut self, username: &str, leaves: &str) {
        self.set("users", "1");
        self.put("users.xml", &format!("<users><user id=\"900\" contextid=\"2900\"><username>{username}</username>{leaves}</user></users>"));
        self.list("course", "<userref><user><id>900</id></user></userref>");
    }

    /// Adds section 6.
    pub fn with_section(&mut self, number: u32, parent: &str, leaves: &str) {
        let section = format!("<section><sectionid>6</sectionid><title>6</title><directory>sections/section_6</directory>{parent}</section>");
        self.edit(MANIFEST, "</sections>", &format!("{section}</sections>"));
        let setting = "<setting><level>section</level><section>section_6</section><name>section_6_included</name><value>1</value></setting>";
        self.edit(MANIFEST, "</settings>", &format!("{setting}</settings>"));
        self.put("sections/section_6/section.xml", &format!("<section id=\"6\"><number>{number}</number>{leaves}</section>"));
    }

    /// Questions of the activity with this context, each category a line: attributes and leaves as given.
    pub fn with_categories(&mut self, categories: &str) {
        self.put("questions.xml", &format!("<question_categories>{categories}</question_categories>"));
    }

    pub fn bytes(&self) -> Vec<u8> {
        let items = self.0.iter().map(|(path, body)| Item { path: path.clone(), size: body.len() as u64, mtime: None, key: body }).collect();
        write(Cursor::new(Vec::new()), Container::Zip, items, |item, to| Ok(to.write_all(item.key)?)).unwrap().into_inner()
    }

    pub fn verdict(&self) -> Verdict {
        self.verdict_of(Release::default())
    }

    pub fn verdict_of(&self, target: Release) -> Verdict {
        for_release(Cursor::new(self.bytes()), &Limits::default(), target).unwrap()
    }
}
