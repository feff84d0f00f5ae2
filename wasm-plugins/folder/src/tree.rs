//! Files laid out as the folders they stand in.

use parcours_sdk::FileInfo;
use std::collections::BTreeMap;

/// A folder: folders in it by name, and files in it.
#[derive(Debug, Default, PartialEq)]
pub struct Folder {
    pub folders: BTreeMap<String, Folder>,
    pub files: Vec<FileInfo>,
}

/// Deeper folders than this are shown as one folder with a longer name: a page may be only so deep.
const DEEPEST: usize = 12;

/// Lays files out. Directory records (name `.`) make a folder without putting anything in it.
pub fn grow(files: Vec<FileInfo>) -> Folder {
    let mut root = Folder::default();
    for file in files {
        let mut here = &mut root;
        for part in parts(&file.path) {
            here = here.folders.entry(part).or_default();
        }
        if !matches!(file.name.as_str(), "" | ".") {
            here.files.push(file);
        }
    }
    root
}

fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect();
    if parts.len() > DEEPEST {
        let deep = parts.split_off(DEEPEST - 1).join("/");
        parts.push(deep);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, name: &str) -> FileInfo {
        FileInfo { path: path.into(), name: name.into(), ..FileInfo::default() }
    }

    #[test]
    fn folders_nest_and_very_deep_ones_are_joined() {
        let deep = format!("/{}", "d/".repeat(100));
        let root = grow(vec![file("/", "a"), file("/x/y/", "b"), file("/empty/", "."), file(&deep, "c")]);
        assert_eq!(root.files.len(), 1);
        assert_eq!(root.folders["x"].folders["y"].files[0].name, "b");
        assert!(root.folders["empty"].files.is_empty());
        let mut depth = 0;
        let mut here = &root.folders["d"];
        while let Some(next) = here.folders.values().next() {
            depth += 1;
            here = next;
        }
        assert!(depth < DEEPEST && here.files.len() == 1);
    }
}
