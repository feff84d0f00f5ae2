//! In which order entries stand in an archive.

use super::Item;
use crate::container::{Paths, clean_path};
use crate::error::Error;

/// One entry of the archive to be.
pub(super) enum Line<K> {
    /// Ends in `/`.
    Directory(String),
    File(Item<K>),
}

/// Sorts as Moodle does and puts each directory before its content.
pub(super) fn sort<K>(mut items: Vec<Item<K>>) -> Result<Vec<Line<K>>, Error> {
    let mut paths = Paths::default();
    for item in &mut items {
        item.path = clean_path(&item.path)?;
        paths.add(&item.path)?;
    }
    items.sort_by(|a, b| is_log(&a.path).cmp(&is_log(&b.path)).then_with(|| a.path.split('/').cmp(b.path.split('/'))));
    let mut lines = Vec::with_capacity(items.len() * 2);
    let mut open: Vec<String> = Vec::new();
    for item in items {
        let mut segments: Vec<&str> = item.path.split('/').collect();
        segments.pop();
        let common = open.iter().zip(&segments).take_while(|(a, b)| a == *b).count();
        open.truncate(common);
        for segment in segments.into_iter().skip(common) {
            open.push(segment.to_owned());
            lines.push(Line::Directory(open.join("/") + "/"));
        }
        lines.push(Line::File(item));
    }
    Ok(lines)
}

fn is_log(path: &str) -> bool {
    path == "moodle_backup.log"
}
