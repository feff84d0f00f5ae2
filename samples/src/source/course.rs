//! `course.txt` and `sections/`: folders and files in the order of their names are the course in the order of its page.

use super::sheet::{self, Block};
use super::{Activity, People};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub struct Course {
    /// Where its files lie.
    pub files: PathBuf,
    pub sheet: Block,
    /// Events of the course's calendar, then blocks beside its page: the further blocks of `course.txt`.
    pub extras: Vec<Block>,
    pub people: People,
    pub sections: Vec<Section>,
}

#[derive(Debug)]
pub struct Section {
    pub id: i64,
    pub sheet: Block,
    pub activities: Vec<Activity>,
}

impl Course {
    pub fn read(folder: &Path) -> Result<Self> {
        let mut blocks = sheet::read(&folder.join("course.txt"))?.into_iter();
        let sheet = blocks.next().context("course.txt has a first block")?;
        let mut sections = Vec::new();
        for path in sorted(&folder.join("sections"))? {
            sections.push(Section::read(&path)?);
        }
        Ok(Course { files: folder.join("files"), sheet, extras: blocks.collect(), people: People::read(folder)?, sections })
    }
}

impl Section {
    fn read(folder: &Path) -> Result<Self> {
        let sheet = sheet::read(&folder.join("section.txt"))?.into_iter().next().context("section.txt has a block")?;
        let mut activities = Vec::new();
        for path in sorted(folder)? {
            // A folder beside an activity's file holds its discussions.
            if path.is_file() && !path.ends_with("section.txt") {
                activities.push(Activity::read(&path)?);
            }
        }
        Ok(Section { id: sheet.number("id")?, sheet, activities })
    }
}

/// What a folder holds, by name.
pub(super) fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
