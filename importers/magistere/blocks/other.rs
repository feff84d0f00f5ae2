//! A block nothing is known of: a hidden one that says what stood there, with the texts of its configuration.

use crate::magistere::block::{Block, Made};
use crate::magistere::cx::Cx;
use crate::magistere::words::escape;
use parcours_mbz::Error;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, block: &Block) -> Result<Made, Error> {
    let words = cx.of("A block of this kind stood here; this site has none:", "Un bloc de ce type se trouvait ici ; ce site n’en a pas :");
    let mut text = format!("<p>{words} <code>{}</code></p>", escape(&block.name));
    // What has markup is a text for people; the rest are settings.
    if let Some(mut config) = block.config.clone() {
        config.each_text(&mut |t| {
            if t.contains('<') {
                text.push_str(t);
            }
        });
    }
    let detail = cx.of("hidden; it only says what stood there", "caché ; il dit seulement ce qui se trouvait là");
    Ok(Made { stands_in: true, ..Made::html(&block.name, &text, detail).hidden(true) })
}
