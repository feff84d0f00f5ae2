//! A folder of files as input or output: the one place where names that came out of a course become names on the disk, each of them checked.

use crate::{ActionError, Result, export};
use parcours_importers::reading::{Sink, is_safe};
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
}
