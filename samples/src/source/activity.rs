//! An activity: `NN-KIND-WORDS.txt`, and for a forum the discussions in a folder of the same name.

use super::course::sorted;
use super::sheet::{self, Block};
use anyhow::{Context, Result};
use std::path::Path;

#[derive(Debug)]
pub struct Activity {
    /// Course module number.
    pub cm: i64,
    /// Number in the module's own table.
    pub instance: i64,
    /// `forum`, `page`…
    pub kind: String,
    pub sheet: Block,
    /// A page's content, when it is not the description.
    pub content: Option<Block>,
    pub discussions: Vec<Discussion>,
}

#[derive(Debug)]
pub struct Discussion {
    pub id: i64,
    /// Its first block is the discussion and its first post.
    pub posts: Vec<Block>,
}

impl Activity {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        let kind = stem.split('-').nth(1).with_context(|| format!("{}: a name is NN-KIND-WORDS.txt", path.display()))?;
        let mut blocks = sheet::read(path)?.into_iter();
        let sheet = blocks.next().context("a file has a block")?;
        let mut discussions = Vec::new();
        let folder = path.with_extension("");
        if folder.is_dir() {
            for path in sorted(&folder)? {
                let posts = sheet::read(&path)?;
                let id = posts.first().context("a discussion has a post")?.number("discussion")?;
                discussions.push(Discussion { id, posts });
            }
        }
        Ok(Activity { cm: sheet.number("cm")?, instance: sheet.number("id")?, kind: kind.to_owned(), sheet, content: blocks.next(), discussions })
    }
}
