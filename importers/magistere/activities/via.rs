//! "Classe virtuelle" on a commercial server. A page with what it was, and its date in the course's calendar (MAGISTERE §7).

use super::page;
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, record};
use crate::magistere::files::Item;
use crate::magistere::words::{escape, facts, moment, notice};
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::NULL;

const CALENDAR: &str = "course/calendar.xml";

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    let begin = number("datebegin");
    let kind = match number("activitytype") {
        1 => cx.of("on a date", "à une date"),
        2 => cx.of("open permanently", "permanente"),
        _ => cx.of("not planned yet", "à planifier"),
    };
    let minutes = |n: i64| if n > 0 { format!("{n} min") } else { String::new() };
    let list = facts(&[
        (cx.of("Virtual classroom", "Classe virtuelle"), kind.to_owned()),
        (cx.of("Begins:", "Début :"), moment(begin)),
        (cx.of("Lasts:", "Durée :"), minutes(number("duration"))),
        (cx.of("Presence asked for:", "Présence demandée :"), minutes(number("presence"))),
        (cx.of("Number on its server:", "Numéro sur son serveur :"), r.leaf("viaactivityid").to_owned()),
    ]);
    let how = match cx.known.site.as_str() {
        "" => String::new(),
        site => {
            let address = escape(&format!("{site}/mod/via/view.php"));
            let words = cx.of("One joined it on the first site:", "On y entrait par le site d’origine :");
            format!("<p>{words} <code>{address}</code></p>")
        }
    };
    let invitation = r.leaf("invitemsg");
    let content = format!("{}{invitation}", notice(a.name(), &format!("{list}{how}")));
    let mut detail =
        cx.of("a page with its date, duration and where one joined it", "une page avec sa date, sa durée et où l’on y entrait").to_owned();
    if begin > 0 && event(cx, a, begin, number("duration").saturating_mul(60))? {
        detail = cx.both(&detail, cx.of("its date is in the course’s calendar", "sa date est au calendrier du parcours"));
    }
    let people = r.records("participants", "participant").count();
    if people > 0 {
        let words = cx.of("people on its list, who have no place on a page", "personnes sur sa liste, sans place sur une page");
        cx.remark(Fate::Kept, Reason::OtherFormat, "activity", &a.folder, format!("{people} {words}"));
    }
    cx.files.send(a.context, ("mod_via", "content"), ("mod_page", "content"), Item::Same);
    Ok(Some(Made::new("page", page(a, &content), detail)))
}

/// An event for everybody, where everybody sees the activity.
fn event(cx: &mut Cx<'_>, a: &Activity, begin: i64, seconds: i64) -> Result<bool, Error> {
    let one_group = a.record.number("groupid").unwrap_or(0) > 0 || a.record.number("groupingid").unwrap_or(0) > 0;
    if !a.open || one_group || cx.course.manifest().root_setting("calendarevents") != Some("1") {
        return Ok(false);
    }
    let Some(mut calendar) = cx.course.document(CALENDAR)? else { return Ok(false) };
    let id = cx.id();
    let event = record!("event", id;
        name: a.name(), description: "", format: 1, courseid: cx.known.course, groupid: 0, userid: 0, repeatid: 0, modulename: "", instance: 0, type: 0,
        eventtype: "course", timestart: begin, timeduration: seconds.max(0), timesort: NULL, visible: 1, uuid: "", sequence: 1,
        timemodified: a.modified(), priority: NULL, location: NULL);
    calendar.push(event);
    cx.course.put(CALENDAR, &calendar)?;
    Ok(true)
}
