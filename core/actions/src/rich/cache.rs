//! A bounded cache of clean texts.

use super::{Base, Format, clean, links};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of clean HTML one generation holds; two generations are alive at a time.
const GENERATION: usize = 16 << 20;

/// Cleans texts and remembers them.
#[derive(Default)]
pub struct Rich {
    held: Mutex<Held>,
}

/// Two generations: what is used moves to the young one, and when that is full the old one goes.
#[derive(Default)]
struct Held {
    young: HashMap<[u8; 32], Arc<str>>,
    old: HashMap<[u8; 32], Arc<str>>,
    bytes: usize,
}

impl Rich {
    /// The clean HTML of a stored text. `@@PLUGINFILE@@` and link tokens lead below `base`.
    pub fn html(&self, text: &str, format: Format, base: &Base) -> Arc<str> {
        let key = key(text, format, base);
        if let Some(hit) = self.held().get(&key) {
            return hit;
        }
        let linked = links::resolve(text, base);
        let made: Arc<str> = clean::html(&linked, format).into();
        self.held().put(key, made.clone());
        made
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn get(&mut self, key: &[u8; 32]) -> Option<Arc<str>> {
        if let Some(hit) = self.young.get(key) {
            return Some(hit.clone());
        }
        let hit = self.old.remove(key)?;
        self.put(*key, hit.clone());
        Some(hit)
    }

    fn put(&mut self, key: [u8; 32], html: Arc<str>) {
        self.bytes += html.len() + 64;
        self.young.insert(key, html);
        if self.bytes > GENERATION {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
    }
}

fn key(text: &str, format: Format, base: &Base) -> [u8; 32] {
    let mut h = blake3::Hasher::new();
    h.update(&[clean::VERSION, format as u8]);
    h.update(base.files.as_bytes());
    h.update(&[0]);
    h.update(base.course.as_bytes());
    h.update(&[0]);
    h.update(text.as_bytes());
    *h.finalize().as_bytes()
}
