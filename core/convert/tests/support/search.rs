//! Looks for canaries, in whatever they are packed.

use super::plant::{NUMBER, WORD, WRITTEN};
use super::walk;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parcours_mbz::Unpacked;
use std::io::Read;

/// Every canary in an archive, with its place. `written` says whether those that only say what people wrote count.
pub fn canaries(course: &mut Unpacked, written: bool) -> Vec<String> {
    let mut found = Vec::new();
    for path in course.paths() {
        if has(&path, written) {
            found.push(format!("name {path}"));
        }
        if path.ends_with(".xml") {
            walk(course, &path, &mut |names, e| {
                let texts = e.attributes.iter().map(|(n, v)| (n.as_str(), v)).chain([("", &e.text)]);
                for (attribute, text) in texts.filter(|(_, t)| has(t, written)) {
                    let short: String = text.chars().take(400).collect();
                    found.push(format!("{path}: {}@{attribute}: {short}", names.join("/")));
                }
            });
        } else {
            let mut bytes = Vec::new();
            course.bytes(&path).unwrap().unwrap().read_to_end(&mut bytes).unwrap();
            if has(&String::from_utf8_lossy(&bytes), written) {
                found.push(format!("content {path}"));
            }
        }
    }
    found
}

/// Whether a text has one, also below escapes and base64.
pub fn has(text: &str, written: bool) -> bool {
    let plain = |text: &str| {
        let small = text.to_lowercase();
        let text = if written { small } else { small.replace(WRITTEN, "") };
        text.contains(WORD) || text.contains(NUMBER)
    };
    if plain(text) || plain(&text.replace("\\u007a", "z")) {
        return true;
    }
    // Runs of base64 anywhere in it.
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')))
        .filter(|run| run.len() >= 8)
        .any(|run| STANDARD.decode(run).ok().and_then(|bytes| String::from_utf8(bytes).ok()).is_some_and(|inside| has(&inside, written)))
}
