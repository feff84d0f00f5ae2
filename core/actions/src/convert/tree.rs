//! A folder of files as input or output: the one place where names that came out of a course become names on the disk, each of them checked.

use crate::{ActionError, Result, export};
use parcours_importers::reading::{Sink, is_safe};
use parcours_mbz::{Archive, Limits};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Writes a folder so that it has its name only when it is whole. A folder that is there and not empty is left alone.
pub(super) fn whole<T>(output: &Path, fill: impl FnOnce(&mut dyn Sink) -> Result<T>) -> Result<T> {
    let writing = || ActionError::io(format!("writing {}", output.display()));
    let taken = std::fs::read_dir(output).is_ok_and(|mut all| all.next().is_some()) || output.is_file();
    if taken {
        return Err(ActionError::invalid(format!("{} is there already and not empty: name a new folder", output.display())));
    }
    let part = tempfile::Builder::new().prefix(".parcours-").tempdir_in(export::folder(output)).map_err(writing())?;
    let answer = fill(&mut Into(part.path().to_owned()))?;
    if output.is_dir() {
        std::fs::remove_dir(output).map_err(writing())?;
    }
    let part = part.keep();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(&part, std::fs::Permissions::from_mode(0o755));
    }
    std::fs::rename(&part, output).map_err(writing())?;
    Ok(answer)
}

struct Into(PathBuf);

impl Sink for Into {
    fn file(&mut self, path: &str, content: &mut dyn Read) -> io::Result<()> {
        if !is_safe(path) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("`{}` is no name for a file", path.escape_debug())));
        }
        let path = self.0.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        io::copy(content, &mut std::fs::File::create_new(path)?)?;
        Ok(())
    }
}

/// Folders inside folders beyond this are not looked into: links may go in circles.
const DEPTH: usize = 16;
/// Bytes of one file that is taken.
const LARGEST: u64 = 1 << 30;

/// Every file of a folder and of those in it, by its path from there, one read at a time.
pub(super) fn files(folder: &Path) -> Result<impl Iterator<Item = io::Result<(String, Vec<u8>)>> + use<>> {
    let mut found = Vec::new();
    look(folder, "", 0, &mut found)?;
    found.sort();
    Ok(found.into_iter().map(|(name, path)| {
        if std::fs::metadata(&path)?.len() > LARGEST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("{} is larger than {LARGEST} bytes", path.display())));
        }
        Ok((name, std::fs::read(path)?))
    }))
}

/// Bytes of one file of a zip that is taken: it is held in memory, and comes from anybody.
const LARGEST_PACKED: u64 = 128 << 20;

/// Every file of a zip, by its path from the folder that all of them stand in, one read at a time.
///
/// # Errors
/// `Archive` when it cannot be read.
pub(super) fn packed(zip: &Path, limits: &Limits) -> Result<impl Iterator<Item = io::Result<(String, Vec<u8>)>> + use<>> {
    let limits = Limits { entry_bytes: LARGEST_PACKED, ..limits.clone() };
    let open = || -> Result<Archive> {
        let file = std::fs::File::open(zip).map_err(ActionError::io(format!("opening {}", zip.display())))?;
        Ok(parcours_mbz::open_any(file, &limits)?)
    };
    let (mut names, mut archive) = (Vec::new(), open()?);
    while let Some(entry) = archive.next()? {
        names.push(entry.path);
    }
    let root = root(&names);
    let mut archive = open()?;
    Ok(std::iter::from_fn(move || {
        let mut read = || -> std::result::Result<_, parcours_mbz::Error> {
            let Some(mut entry) = archive.next()? else { return Ok(None) };
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            Ok(Some((entry.path.get(root..).unwrap_or_default().to_owned(), bytes)))
        };
        // The archive's own error goes on as one of reading, and comes out again above.
        read().map_err(io::Error::other).transpose()
    }))
}

/// Bytes of the names that are the one folder everything stands in, with its `/`; 0 when there is none.
fn root(names: &[String]) -> usize {
    let Some((folder, _)) = names.first().and_then(|n| n.split_once('/')) else { return 0 };
    let inside = |n: &String| n.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    if names.iter().all(inside) { folder.len() + 1 } else { 0 }
}

fn look(folder: &Path, above: &str, depth: usize, found: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let reading = || ActionError::io(format!("reading {}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(reading())? {
        let entry = entry.map_err(reading())?;
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() && depth < DEPTH {
            look(&path, &format!("{name}/"), depth + 1, found)?;
        } else if path.is_file() {
            found.push((name, path));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        let failed: Result<()> = whole(&out, |to| {
            to.file("a/b.txt", &mut "x".as_bytes()).unwrap();
            to.file("../evil", &mut "x".as_bytes()).map_err(ActionError::io("writing"))
        });
        assert!(failed.is_err() && !out.exists() && !folder.path().join("evil").exists());
        whole(&out, |to| to.file("a/b.txt", &mut "x".as_bytes()).map_err(ActionError::io("writing"))).unwrap();
        assert_eq!(std::fs::read_to_string(out.join("a/b.txt")).unwrap(), "x");
        assert!(whole(&out, |_| Ok(())).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_folder_that_everything_stands_in_is_left_away() {
        let of = |names: &[&str]| root(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>());
        assert_eq!((of(&["a/b.md", "a/c/d.md"]), of(&["a/b.md", "ab/c.md"]), of(&["b.md", "a/c.md"]), of(&[])), (2, 0, 0, 0));
    }
}
