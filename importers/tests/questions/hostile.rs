//! Files in which something was changed: an error or a report, and never a panic.

use crate::archive;
use crate::samples;
use crate::way::Format;
use std::io::{Cursor, Read, Write};

/// A number that follows from the one before.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }

    /// The same with a few pieces cut out, doubled, or replaced.
    fn change(&mut self, text: &str) -> String {
        const WORDS: &[&str] =
            &["<", ">", "</", "&", "\"", "0", "-1", "9223372036854775807", "{#1}", "[[1]]", "[[99]]", "]]>", "é", "nan", "1e999", ";", ",", " "];
        let mut text: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(3) {
            let (from, length) = (self.below(text.len()), self.below(30));
            let to = (from + length).min(text.len());
            match self.below(3) {
                0 => drop(text.drain(from..to)),
                1 => {
                    let piece = text[from..to].to_vec();
                    text.splice(from..from, piece);
                }
                _ => drop(text.splice(from..(from + 1).min(to), WORDS[self.below(WORDS.len())].chars())),
            }
        }
        text.into_iter().collect()
    }
}

#[test]
fn changed_moodle_xml_and_gift_are_read_or_refused() {
    let mut chance = Chance(1);
    for format in [Format::MoodleXml, Format::Gift] {
        let (bytes, _) = format.write(&mut archive::of(samples::all())).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let mut read = 0;
        for _ in 0..300 {
            if let Ok((mut made, report)) = format.read(chance.change(&text).as_bytes()) {
                assert_eq!(archive::questions(&mut made).len(), report.counts().items_in - report.counts().refused);
                read += 1;
            }
        }
        assert!(read > 10, "{}: {read}", format.name());
    }
}

#[test]
fn changed_items_are_read_or_refused() {
    let mut chance = Chance(2);
    for format in [Format::Qti2, Format::Qti3] {
        let (bytes, _) = format.write(&mut archive::of(samples::all())).unwrap();
        let mut entries = Vec::new();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..zip.len() {
            let mut entry = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            entries.push((entry.name().unwrap().into_owned(), bytes));
        }
        for _ in 0..40 {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (name, bytes) in &entries {
                zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
                match name.starts_with("items/") {
                    true => zip.write_all(chance.change(&String::from_utf8_lossy(bytes)).as_bytes()).unwrap(),
                    false => zip.write_all(bytes).unwrap(),
                }
            }
            let (mut made, report) = format.read(&zip.finish().unwrap().into_inner()).unwrap();
            assert_eq!(archive::questions(&mut made).len(), report.counts().items_in - report.counts().refused);
        }
    }
}
