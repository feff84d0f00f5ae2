//! "Bloc par rôles": a text for all and one for each role. What is for learners everybody may read; what is for others is hidden from learners (MAGISTERE §6.2).

use crate::magistere::block::{Block, Made};
use crate::magistere::cx::Cx;
use crate::magistere::words::{escape, html};
use parcours_mbz::Error;
use parcours_mbz::php::Php;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, block: &Block) -> Result<Made, Error> {
    let format = |key: &str| block.config.as_ref().and_then(|c| c.get(key)).and_then(Php::int);
    let mut shown = html(block.text("text_all"), format("format_all"));
    let mut others = String::new();
    let entries = block.config.iter().flat_map(|c| c.entries());
    for (key, value) in entries {
        let Some(role) = key.text().and_then(|k| k.strip_prefix("text_")?.parse::<i64>().ok()) else { continue };
        let text = html(value.text().unwrap_or_default(), format(&format!("format_{role}")));
        if text.trim().is_empty() {
            continue;
        }
        let known = cx.known.roles.get(&role);
        let name = known.map_or_else(|| format!("{} {role}", cx.of("Role", "Rôle")), |r| r.name.clone());
        let part = format!("<h5>{}</h5>{text}", escape(&name));
        match known.is_some_and(|r| r.archetype == "student") {
            true => shown.push_str(&part),
            false => others.push_str(&part),
        }
    }
    let title = block.text("title");
    let mut made = match others.is_empty() {
        true => Made::html(title, &shown, cx.of("the text for all, and those for learners", "le texte pour tous et ceux des apprenants")),
        false => Made::html(
            title,
            &shown,
            cx.of(
                "the text for all, and those for learners; those for other roles are in a hidden block beside it",
                "le texte pour tous et ceux des apprenants ; ceux des autres rôles sont dans un bloc caché à côté",
            ),
        ),
    };
    if !others.is_empty() {
        made.beside = Some((format!("{title} ({})", cx.of("other roles", "autres rôles")), others));
    }
    Ok(made)
}
