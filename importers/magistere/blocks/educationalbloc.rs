//! "Bloc pédagogique": a text in one of five frames (MAGISTERE §6.1).

use crate::magistere::activities::educationallabel::{NOTE, frame};
use crate::magistere::block::{Block, Made};
use crate::magistere::cx::Cx;
use crate::magistere::files::Item;
use crate::magistere::words::{framed, html};
use parcours_mbz::Error;
use parcours_mbz::php::Php;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, block: &Block) -> Result<Made, Error> {
    cx.files.send(block.context, ("block_educationalbloc", "content"), ("block_html", "content"), Item::Same);
    let Some(config) = &block.config else {
        return Ok(Made::html("", "", cx.of("never filled in; hidden", "jamais rempli ; caché")).hidden(true));
    };
    let kind = block.text("selecttype").strip_prefix("type").and_then(|n| n.parse().ok()).unwrap_or(1);
    let (title, edge, ground) = frame(kind);
    let text = html(block.text("text"), config.get("format").and_then(Php::int));
    let detail = match kind {
        NOTE => cx.of("a note for trainers: hidden", "note aux formateurs : caché"),
        _ => cx.of("its text in a frame of the same colours", "son texte dans un cadre des mêmes couleurs"),
    };
    Ok(Made::html(title, &framed(edge, ground, "", &text), detail).hidden(kind == NOTE))
}
