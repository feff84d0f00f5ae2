//! "Dossier participant": people put files where others see them, some after approval. A database with an entry for each file.

use super::data::{Field, Rules, content, data, entry};
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::Cx;
use crate::magistere::files::Item;
use crate::magistere::words::{facts, intro};
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use std::collections::HashMap;

/// Files that a teacher, or the person, has allowed.
const ALLOWED: Option<i64> = Some(1);
const REFUSED: Option<i64> = Some(2);

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    let imported = number("mode") == 1;
    let field = cx.id();
    let (mut named, mut records, mut pending) = (HashMap::new(), Vec::new(), false);
    for file in r.records("files", "file") {
        let user = file.number("userid").unwrap_or(0);
        let (by_teacher, by_person) = (file.number("teacherapproval"), file.number("studentapproval"));
        let teacher = by_teacher == ALLOWED || number("obtainteacherapproval") == 0 && by_teacher != REFUSED;
        let person = by_person == ALLOWED || number("obtainstudentapproval") == 0;
        pending |= !(teacher && person);
        let content = content(cx, field, file.leaf("filename"), None);
        named.insert((user, file.leaf("filename").to_owned()), content.id().unwrap_or(0));
        let time = file.number("timecreated").unwrap_or(0);
        records.push(entry(cx.id(), user, 0, [time, time], teacher && person, vec![content]));
    }
    let missing = named
        .keys()
        .filter(|(user, name)| !cx.files.of(a.context, "mod_publication", "attachment").any(|f| f.item == *user && f.name == *name))
        .count();
    if missing > 0 {
        cx.remark(Fate::Kept, Reason::MissingContent, "file", &a.folder, missing.to_string());
    }
    cx.files.send(a.context, ("mod_publication", "attachment"), ("mod_data", "content"), Item::Named(named));
    let extended = r.records("extduedates", "extduedate").count();
    if extended > 0 {
        let words = cx.of(
            "people with a later date of their own, which a database does not have",
            "personnes avec un délai à elles, ce qu’une base de données ne connaît pas",
        );
        cx.remark(Fate::Kept, Reason::OtherFormat, "activity", &a.folder, format!("{extended} {words}"));
    }
    let kinds = facts(&[(cx.of("Files allowed:", "Fichiers acceptés :"), r.leaf("allowedfiletypes").to_owned())]);
    let last = number("cutoffdate").max(number("duedate"));
    let rules = Rules {
        intro: format!("{}{kinds}", intro(r)),
        opens: number("allowsubmissionsfromdate"),
        // Files that come from an assignment are not put here by anybody: it is closed already.
        closes: if imported { 1 } else { last },
        most: if imported { 0 } else { number("maxfiles") },
        approval: pending || number("obtainteacherapproval") == 1 || number("obtainstudentapproval") == 1,
        comments: false,
        by_entries: i64::from(a.automatic),
    };
    let file = Field {
        id: field,
        kind: "file",
        name: cx.of("File", "Fichier").to_owned(),
        description: String::new(),
        params: [String::new(), String::new(), number("maxbytes").to_string()],
    };
    let detail = cx.of(
        "a database with an entry for each file, seen by others when approved; a file of an assignment does not come by itself any more",
        "une base de données avec une fiche par fichier, visible des autres une fois approuvée ; un fichier remis en devoir n’y vient plus tout seul",
    );
    let mut made = Made::new("data", data(a, &rules, &[file], records), detail);
    made.rule = a.automatic;
    Ok(Some(made))
}
