//! "Choix de badges": one picks the badges one aims at. A choice among their names; without the list of badges (a backup without people has none) a page.

use super::{choice, page};
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, record};
use crate::magistere::words::{escape, facts, intro, notice};
use parcours_mbz::Error;
use parcours_mbz::xml::Element;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    let (least, most) = (number("badgesminrequired"), number("badgesmaxrequired"));
    let link = format!("<p><a href=\"$@BADGESVIEWBYID*{}@$\">{}</a></p>", cx.known.course, cx.of("Badges of this course", "Badges de ce parcours"));
    let count = |n: i64| if n > 0 { n.to_string() } else { String::new() };
    let rules = facts(&[(cx.of("At least:", "Au moins :"), count(least)), (cx.of("At most:", "Au plus :"), count(most))]);
    let wanted: Vec<i64> = r.records("selection_badges", "selection_badge").filter_map(|s| s.number("badgeid")).collect();
    let badges: Vec<(String, String)> =
        cx.known.badges.iter().filter(|b| wanted.contains(&b.id)).map(|b| (b.name.clone(), b.description.clone())).collect();
    if badges.is_empty() {
        let note = cx.of("The archive does not hold the list of badges.", "L’archive ne contient pas la liste des badges.");
        let content = notice(a.name(), &format!("<p>{note}</p>{rules}{link}"));
        let detail = cx.of(
            "a link to the course’s badges; the archive has no list of those to choose from",
            "un lien vers les badges du parcours ; l’archive n’a pas la liste des badges proposés",
        );
        return Ok(Some(Made::new("page", page(a, &content), detail)));
    }
    let list: String = badges.iter().map(|(n, d)| format!("<li><strong>{}</strong> {}</li>", escape(n), escape(d))).collect();
    let text = format!("{}<ul>{list}</ul>{rules}{link}", intro(r));
    // Results: 0 hidden, 1 after one's own answer, 2 always; a choice has 2 for "after it closed".
    let results = match number("showawardedresults") {
        2 => 3,
        n => n,
    };
    let mut record = choice(a, &text, most != 1, [1, results, 1, number("allowmodificationschoice"), 0, 0, 0]);
    let modified = a.modified();
    let mut options = Vec::new();
    for (name, _) in &badges {
        options.push(record!("option", cx.id(); text: escape(name), maxanswers: 0, timemodified: modified));
    }
    record.push(Element::group("options", options));
    record.push(Element::group("answers", []));
    let detail = cx.of(
        "one picks badges by name; how many at least and at most is said and not enforced; what people had picked is never in a backup",
        "on choisit les badges par leur nom ; le minimum et le maximum sont indiqués sans être imposés ; les choix déjà faits ne sont jamais dans une sauvegarde",
    );
    let mut made = Made::new("choice", record, detail);
    made.rule = a.automatic;
    Ok(Some(made))
}
