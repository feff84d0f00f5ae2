//! Files of the module's areas, in this activity.

use super::call::Call;
use super::values::refused;
use crate::file::{encode, path_of};
use parcours_host::ErrorCode;
use parcours_host::abilities::files::Info;
use parcours_host::abilities::{Fault, Files, Refused};
use parcours_store::files::{self, Area, File, NewFile};
use parcours_store::{Limits, Stored};
use std::io::{Read, Seek, SeekFrom};

/// Largest file a module may write itself or take over from a form, in bytes.
const LARGEST: u64 = 512 << 20;

impl Files for Call {
    fn list(&mut self, area: &str, item: i64) -> Result<Vec<Info>, Refused> {
        let area = self.area(area, item)?;
        Ok(files::list(&self.hold, &area).map_err(refused)?.iter().map(info).collect())
    }

    fn read(&mut self, area: &str, item: i64, path: &str, offset: u64, len: u32) -> Result<Vec<u8>, Refused> {
        let file = self.find(area, item, path)?;
        let hash = file.hash.as_ref().ok_or_else(|| Refused::told(ErrorCode::NotFound, "the archive came without this file's content"))?;
        let mut content = self.hold.pool().open_file(hash).map_err(refused)?;
        content.seek(SeekFrom::Start(offset)).map_err(Fault::new)?;
        let mut bytes = Vec::new();
        content.take(len.into()).read_to_end(&mut bytes).map_err(Fault::new)?;
        Ok(bytes)
    }

    fn write(&mut self, area: &str, item: i64, path: &str, mime: &str, data: Vec<u8>) -> Result<Info, Refused> {
        let stored = self.hold.pool().put_now(&mut data.as_slice(), Limits { size: LARGEST }).map_err(refused)?;
        self.add(area, item, path, mime, &stored)
    }

    fn adopt_upload(&mut self, form_field: &str, area: &str, item: i64) -> Result<Vec<Info>, Refused> {
        let (mine, others) = std::mem::take(&mut self.uploads).into_iter().partition(|u| u.field == form_field);
        self.uploads = others;
        let mine: Vec<super::Upload> = mine;
        let mut added = Vec::new();
        for mut upload in mine.into_iter().filter(|u| !u.name.is_empty()) {
            upload.file.rewind().map_err(Fault::new)?;
            let stored = self.hold.pool().put_now(&mut upload.file, Limits { size: LARGEST }).map_err(refused)?;
            let mime = stored.mime.unwrap_or_else(|| crate::file::by_name(&upload.name)).to_owned();
            let path = format!("/{}", plain_name(&upload.name));
            added.push(self.add(area, item, &path, &mime, &stored)?);
        }
        Ok(added)
    }

    fn remove(&mut self, area: &str, item: i64, path: &str) -> Result<bool, Refused> {
        let course = self.member.course;
        match self.find(area, item, path) {
            Ok(file) => files::remove(self.write()?, course, file.id).map_err(refused),
            Err(Refused::Told(e)) if e.code == ErrorCode::NotFound => Ok(false),
            Err(e) => Err(e),
        }
    }

    fn file_url(&mut self, area: &str, item: i64, path: &str) -> Result<String, Fault> {
        Ok(format!("{}{}", self.file_base(area, item), encode(path)))
    }
}

impl Call {
    /// An area the module declares: others are not its own.
    pub fn area(&self, area: &str, item: i64) -> Result<Area, Refused> {
        if !self.declaration().areas.contains_key(area) {
            return Err(Refused::told(ErrorCode::Invalid, format!("the module declares no file area `{area}`")));
        }
        Area::of(&self.hold, &self.scope, area, item).map_err(refused)
    }

    fn find(&self, area: &str, item: i64, path: &str) -> Result<File, Refused> {
        let area = self.area(area, item)?;
        let (folder, name) = path_of(path);
        let found = files::find(&self.hold, &area, &folder, &name).map_err(refused)?;
        found.ok_or_else(|| Refused::told(ErrorCode::NotFound, "there is no such file"))
    }

    fn add(&mut self, area: &str, item: i64, path: &str, mime: &str, stored: &Stored) -> Result<Info, Refused> {
        let area = self.area(area, item)?;
        let (folder, name) = path_of(path);
        let (person, now, author) = (self.number(), self.now, self.viewer.name.clone());
        let new = NewFile { path: &folder, name: &name, mime, person, author: &author, content: stored, now };
        files::add(self.write()?, &area, &new).map_err(refused)?;
        Ok(Info { name, path: folder, mime: mime.to_owned(), size: stored.size, sha256: stored.hash.as_str().to_owned(), modified: now })
    }
}

fn info(f: &File) -> Info {
    Info {
        name: f.name.clone(),
        path: f.path.clone(),
        mime: f.mime.clone().unwrap_or_default(),
        size: u64::try_from(f.size).unwrap_or(0),
        sha256: f.hash.as_ref().map_or_else(String::new, |h| h.as_str().to_owned()),
        modified: f.timemodified,
    }
}

/// The name a browser sent, without folders and without what no file name should hold.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    let clean = clean.trim().trim_start_matches('.').to_owned();
    if clean.is_empty() { "file".to_owned() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_from_browsers_lose_folders_and_tricks() {
        for (sent, kept) in
            [("a b.pdf", "a b.pdf"), ("C:\\x\\é.doc", "é.doc"), ("../../etc/passwd", "passwd"), (".htaccess", "htaccess"), ("\u{1}..", "file")]
        {
            assert_eq!(plain_name(sent), kept);
        }
    }
}
