//! "Activité orale": people record themselves. An assignment: recordings are the files handed in, messages their text, comments the feedback (MAGISTERE §6.3).

use super::assign::{Flag, Mark, Rules, Work, assign};
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::Cx;
use crate::magistere::files::Item;
use crate::magistere::words::html;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::Element;
use std::collections::HashMap;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    // Who recorded which file: messages name one, the list of recordings all.
    let mut owner: HashMap<String, i64> = HashMap::new();
    for (list, record, leaf) in [("messages", "message", "audio"), ("audios", "audio", "name")] {
        for e in r.records(list, record) {
            owner.insert(e.leaf(leaf).to_owned(), e.number("userid").unwrap_or(0));
        }
    }
    let mut works: Vec<Work> = Vec::new();
    let (mut marks, mut flags, mut sent) = (Vec::new(), Vec::new(), HashMap::new());
    for message in r.records("messages", "message") {
        let (user, time) = (message.number("userid").unwrap_or(0), message.number("timestamp").unwrap_or(0));
        let at = mine(cx, &mut works, user, time);
        let Some(work) = works.get_mut(at) else { continue };
        work.modified = work.modified.max(time);
        work.text.push_str(message.leaf("message"));
        work.text.push_str(&html(message.leaf("supplement"), message.number("supplementformat")));
        sent.insert(message.id().unwrap_or(0), work.id);
        if message.leaf("locked") == "1" && !flags.iter().any(|f: &Flag| f.user == user) {
            flags.push(Flag { user, locked: 1, extension: 0 });
        }
        grade(cx, message, user, time, &mut marks);
    }
    for audio in r.records("audios", "audio") {
        mine(cx, &mut works, audio.number("userid").unwrap_or(0), audio.number("timecreated").unwrap_or(0));
    }
    let mut named = HashMap::new();
    let mut strangers = 0;
    for row in cx.files.of(a.context, "mod_nanogong", "audio") {
        let work = owner.get(&row.name).and_then(|user| works.iter_mut().find(|w| w.user == *user));
        match work {
            Some(work) => {
                work.files += 1;
                named.insert((row.item, row.name.clone()), work.id);
            }
            None => strangers += 1,
        }
    }
    if strangers > 0 {
        let words = cx.of(
            "recordings of people whom the archive does not name: a restore leaves them out, but they are in the archive",
            "enregistrements de personnes que l’archive ne nomme pas : une restauration les laisse, mais ils sont dans l’archive",
        );
        cx.remark(Fate::Kept, Reason::UnknownPerson, "file", &a.folder, format!("{strangers} {words}"));
    }
    cx.files.send(a.context, ("mod_nanogong", "audio"), ("assignsubmission_file", "submission_files"), Item::Named(named));
    cx.files.send(a.context, ("mod_nanogong", "message"), ("assignsubmission_onlinetext", "submissions_onlinetext"), Item::Of(sent));
    let due = number("timedue");
    let rules = Rules {
        opens: number("timeavailable"),
        due,
        closes: if number("preventlate") == 1 { due } else { 0 },
        grade: number("grade"),
        files: number("maxnumber").max(1),
        by_submission: a.automatic,
    };
    let record = assign(cx, a, &rules, &works, &marks, &flags);
    let detail = cx.of(
        "an assignment: recordings are files handed in, messages their text, grades and comments stay; recording happens elsewhere, and who may hear whom is no setting",
        "un devoir : les enregistrements sont des fichiers remis, les messages leur texte, notes et commentaires restent ; on enregistre ailleurs, et qui peut écouter qui ne se règle pas",
    );
    let mut made = Made::new("assign", record, detail);
    made.rule = a.automatic;
    Ok(Some(made))
}

/// Where the work of a person stands: one each, as an assignment has.
fn mine(cx: &mut Cx<'_>, works: &mut Vec<Work>, user: i64, time: i64) -> usize {
    works.iter().position(|w| w.user == user).unwrap_or_else(|| {
        works.push(Work { id: cx.id(), user, created: time, modified: time, handed_in: true, text: String::new(), files: 0 });
        works.len() - 1
    })
}

fn grade(cx: &mut Cx<'_>, message: &Element, user: i64, time: i64, marks: &mut Vec<Mark>) {
    let grade = message.leaf("grade");
    let (graded, comment) = (grade.parse::<f64>().is_ok_and(|g| g >= 0.0), message.leaf("comments"));
    if !graded && comment.is_empty() {
        return;
    }
    let grade = if graded { grade.to_owned() } else { "-1".to_owned() };
    if let Some(mark) = marks.iter_mut().find(|m| m.user == user) {
        mark.comment.push_str(comment);
        if graded {
            mark.grade = grade;
        }
        return;
    }
    let grader = message.number("commentedby").unwrap_or(-1);
    let format = message.number("commentsformat").unwrap_or(1);
    marks.push(Mark { id: cx.id(), user, grader, time, grade, comment: comment.to_owned(), format });
}
