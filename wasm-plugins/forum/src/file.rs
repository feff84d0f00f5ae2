//! Files of posts: whoever sees a post sees its files, and nobody else.

use crate::here::Here;
use crate::records::Light;
use parcours_sdk::{Error, Outcome, Request, Result};

/// GET `file?area=…&item=…&path=…`, which the host asks before it serves a file of a post.
pub fn view(here: &Here, req: &Request) -> Result<Outcome> {
    let area = req.query("area");
    if !matches!(area, "post" | "attachment") {
        return Err(Error::not_found(here.say("not_found")));
    }
    let (_, post, _) = here.post::<Light>(req.need(here, "item")?)?;
    Ok(Outcome::File { area: area.to_owned(), item: post.id, path: req.query("path").to_owned() })
}
