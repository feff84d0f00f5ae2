//! Attachments.

use crate::here::Here;
use parcours_sdk::{Faults, Result};

/// Takes away what was asked to go, takes in what was sent with the form, and sets Moodle's flag. Faults mean: undo all of it.
pub fn attach(here: &Here, post: i64, remove: &[String]) -> Result<Faults> {
    let mut faults = Faults::new();
    for path in remove {
        here.remove_file("attachment", post, path)?;
    }
    if here.may_attach() {
        let new = here.adopt_upload("attachments", "attachment", post)?;
        let most = here.forum.maxbytes;
        if let Some(large) = new.iter().find(|f| most > 1 && f.size > most.unsigned_abs()) {
            faults.add("attachments", here.tr("file_too_large", &[("name", &large.name), ("size", &here.size(most.unsigned_abs()))]));
        }
    }
    let there = here.files("attachment", post)?.len();
    if here.may_attach() && there > usize::try_from(here.forum.maxattachments).unwrap_or(0) {
        faults.add("attachments", here.tr("too_many_files", &[("n", &here.forum.maxattachments.to_string())]));
    }
    here.update("posts", post, &[("attachment", if there > 0 { "1" } else { "" }.into())], None)?;
    Ok(faults)
}
