//! "Via déléguée": people hold virtual classes of their own. An assignment: what one hands in is which classes one held (MAGISTERE §7).

use super::assign::{Flag, Mark, Rules, Work, assign};
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::Cx;
use crate::magistere::words::paragraph;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    let mut works: Vec<Work> = Vec::new();
    for s in r.records("submissions", "submission") {
        let (user, time) = (s.number("userid").unwrap_or(0), s.number("timemodified").unwrap_or(0));
        let id = cx.id();
        let class = s.number("viaid").unwrap_or(0);
        let held = cx
            .known
            .instance("via", class)
            .map_or_else(|| format!("{} {class}", cx.of("Virtual class", "Classe virtuelle")), |via| via.title.clone());
        let at = works.iter().position(|w| w.user == user).unwrap_or(works.len());
        if at == works.len() {
            let created = s.number("timecreated").unwrap_or(time);
            works.push(Work { id, user, created, modified: time, handed_in: false, text: String::new(), files: 0 });
        }
        let Some(work) = works.get_mut(at) else { continue };
        work.modified = work.modified.max(time);
        work.handed_in |= s.leaf("status") == "submitted";
        work.text.push_str(&paragraph(&held));
    }
    let (mut marks, mut more): (Vec<Mark>, usize) = (Vec::new(), 0);
    for g in r.records("grades", "grade") {
        let (user, time) = (g.number("userid").unwrap_or(0), g.number("timemodified").unwrap_or(0));
        let comment = g.at(&["subplugin_viaassignfeedback_comments_grade", "feedback_comments"]);
        let mut mark = Mark {
            id: cx.id(),
            user,
            grader: g.number("grader").unwrap_or(-1),
            time,
            grade: g.value("grade").unwrap_or("-1").to_owned(),
            comment: comment.map(|c| c.leaf("commenttext").to_owned()).unwrap_or_default(),
            format: comment.and_then(|c| c.number("commentformat")).unwrap_or(1),
        };
        match marks.iter_mut().find(|m| m.user == user) {
            None => marks.push(mark),
            // One grade a person: the latest, with all that was said.
            Some(known) => {
                more += 1;
                if mark.time < known.time {
                    std::mem::swap(known, &mut mark);
                }
                known.comment.push_str(&mark.comment);
                (known.grade, known.grader, known.time) = (mark.grade, mark.grader, mark.time);
            }
        }
    }
    if more > 0 {
        let words = cx.of(
            "earlier grades of somebody who has several: the latest stands",
            "notes antérieures de personnes qui en ont plusieurs : la dernière est retenue",
        );
        cx.remark(Fate::Kept, Reason::OtherFormat, "grade", &a.folder, format!("{more} {words}"));
    }
    let flags: Vec<Flag> = r
        .records("userflags", "userflag")
        .map(|f| Flag {
            user: f.number("userid").unwrap_or(0),
            locked: f.number("locked").unwrap_or(0),
            extension: f.number("extensionduedate").unwrap_or(0),
        })
        .collect();
    let by_submission = number("completionsubmit") != 0;
    let rules =
        Rules { opens: number("allowsubmissionsfromdate"), due: number("duedate"), closes: 0, grade: number("grade"), files: 0, by_submission };
    let record = assign(cx, a, &rules, &works, &marks, &flags);
    let detail = cx.of(
        "an assignment: one hands in which classes one held; grades, comments and extensions stay; the classes themselves are held elsewhere",
        "un devoir : on y indique les classes tenues ; notes, commentaires et délais restent ; les classes elles-mêmes ont lieu ailleurs",
    );
    let mut made = Made::new("assign", record, detail);
    made.rule = by_submission;
    Ok(Some(made))
}
