//! Poodll recordings: in assignments they become files handed in and files of feedback, its question type an essay with a file (MAGISTERE §6.3).

use super::cx::{Cx, record};
use super::files::Item;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::{Element, NULL, Rewrite};
use std::collections::{HashMap, HashSet};

const TYPE: &str = "poodllrecording";

pub(super) fn convert(cx: &mut Cx<'_>) -> Result<(), Error> {
    let assigns: Vec<(i64, String)> = cx.known.activities.iter().filter(|a| a.module == "assign").map(|a| (a.context, a.folder.clone())).collect();
    for (context, folder) in assigns {
        assign(cx, context, &folder)?;
    }
    questions(cx)
}

/// A plug-in of Poodll's and the stock one that takes its place.
struct Part {
    subtype: &'static str,
    poodll: &'static str,
    /// The element it adds to a record, and the one the stock plug-in adds: around, and inside.
    from: (&'static str, &'static str),
    to: (&'static str, &'static str),
    /// The leaf that repeats the record's number.
    own: &'static str,
    files: HashMap<i64, usize>,
    on: bool,
    seen: bool,
}

impl Part {
    fn submission(files: HashMap<i64, usize>) -> Self {
        Part {
            subtype: "assignsubmission",
            poodll: "onlinepoodll",
            from: ("subplugin_assignsubmission_onlinepoodll_submission", "submission_onlinepoodll"),
            to: ("subplugin_assignsubmission_file_submission", "submission_file"),
            own: "submission",
            files,
            on: false,
            seen: false,
        }
    }

    fn feedback(files: HashMap<i64, usize>) -> Self {
        Part {
            subtype: "assignfeedback",
            poodll: "poodll",
            from: ("subplugin_assignfeedback_poodll_grade", "feedback_poodll"),
            to: ("subplugin_assignfeedback_file_grade", "feedback_file"),
            own: "grade",
            files,
            on: false,
            seen: false,
        }
    }

    fn record(&mut self, e: &mut Element) {
        let gone = e.remove(self.from.0);
        if !gone.iter().any(|g| g.child(self.from.1).is_some()) {
            return;
        }
        self.seen = true;
        let id = e.id().unwrap_or(0);
        let count = self.files.get(&id).copied().unwrap_or(0);
        if e.child(self.to.0).is_none() {
            e.push(Element::group(self.to.0, []));
        }
        let Some(around) = e.child_mut(self.to.0) else { return };
        match around.child_mut(self.to.1) {
            Some(inside) => {
                let had = inside.number("numfiles").unwrap_or(0);
                inside.set("numfiles", had.saturating_add(i64::try_from(count).unwrap_or(0)));
            }
            None => around.push(Element::group(self.to.1, [Element::new("numfiles", count), Element::new(self.own, id)])),
        }
    }

    /// A setting. Those of Poodll's go; the stock plug-in is switched on where it was.
    fn config(&mut self, e: &mut Element) -> bool {
        if e.leaf("subtype") != self.subtype {
            return true;
        }
        if e.leaf("plugin") == self.poodll {
            return false;
        }
        if self.on && e.leaf("plugin") == "file" && e.leaf("name") == "enabled" {
            e.set("value", 1);
        }
        true
    }
}

struct Assign {
    parts: [Part; 2],
    more: Vec<Element>,
}

impl Rewrite for Assign {
    fn takes(&mut self, path: &[String]) -> bool {
        matches!(path, [_, _, list, record] if (list == "submissions" && record == "submission") || (list == "grades" && record == "grade") || (list == "plugin_configs" && record == "plugin_config"))
    }

    fn element(&mut self, _: &[String], mut e: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        let [submission, feedback] = &mut self.parts;
        let stays = match e.name.as_str() {
            "submission" => {
                submission.record(&mut e);
                true
            }
            "grade" => {
                feedback.record(&mut e);
                true
            }
            _ => submission.config(&mut e) && feedback.config(&mut e),
        };
        if stays {
            out.push(e);
        }
        Ok(())
    }

    fn end(&mut self, path: &[String], out: &mut Vec<Element>) -> Result<(), Error> {
        if matches!(path, [_, _, list] if list == "plugin_configs") {
            out.append(&mut self.more);
        }
        Ok(())
    }
}

fn assign(cx: &mut Cx<'_>, context: i64, folder: &str) -> Result<(), Error> {
    let path = format!("{folder}/assign.xml");
    let (mut on, mut any, mut has) = ([false; 2], false, false);
    let plugins = ["onlinepoodll", "poodll"];
    cx.course.each(&path, "plugin_config", |_, e| {
        for (plugin, on) in plugins.iter().zip(&mut on) {
            let mine = e.leaf("plugin") == *plugin;
            any |= mine;
            *on |= mine && e.leaf("name") == "enabled" && e.leaf("value") == "1";
        }
        has |= e.leaf("plugin") == "file" && e.leaf("subtype") == "assignsubmission" && e.leaf("name") == "maxfilesubmissions";
        Ok(())
    })?;
    if !any {
        return Ok(());
    }
    let areas = [("assignsubmission_onlinepoodll", "submissions_onlinepoodll"), ("assignfeedback_poodll", "poodll_files")];
    let count = |(component, area)| {
        let mut counts = HashMap::new();
        cx.files.of(context, component, area).for_each(|f| *counts.entry(f.item).or_insert(0) += 1);
        counts
    };
    let [works, marks] = areas.map(count);
    let mut parts = [Part::submission(works), Part::feedback(marks)];
    for (part, on) in parts.iter_mut().zip(on) {
        part.on = on;
    }
    // Settings that the file plug-in has once it is switched on, where it never was.
    let more = [("maxfilesubmissions", "1"), ("maxsubmissionsizebytes", "0")];
    let more = more.map(|(name, value)| record!("plugin_config", cx.id(); plugin: "file", subtype: "assignsubmission", name: name, value: value));
    let more = if on.first() == Some(&true) && !has { more.to_vec() } else { Vec::new() };
    let mut by = Assign { parts, more };
    cx.course.rewrite(&path, &mut by)?;
    let to = [("assignsubmission_file", "submission_files"), ("assignfeedback_file", "feedback_files")];
    for (from, to) in areas.into_iter().zip(to) {
        cx.files.send(context, from, to, Item::Same);
    }
    let words = cx.of(
        "recordings are files handed in and files of feedback; recording happens elsewhere",
        "les enregistrements sont des fichiers remis et des fichiers de feedback ; on enregistre ailleurs",
    );
    // It was counted as itself: it is that with a difference.
    if let Some(f) = cx.report.findings.iter_mut().find(|f| f.counts && f.item == "activity" && f.place == folder) {
        (f.fate, f.reason, f.detail) = (Fate::Approximated, Reason::Converted, format!("assign (Poodll): {words}"));
    }
    Ok(())
}

#[derive(Default)]
struct Questions {
    found: Vec<(i64, String)>,
    categories: Vec<i64>,
    context: i64,
}

impl Rewrite for Questions {
    /// One question at a time: in any release it is called so.
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == "question")
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        if matches!(path, [_, category, leaf] if category == "question_category" && leaf == "contextid") {
            self.context = text.parse().unwrap_or(0);
        }
        Ok(())
    }

    fn element(&mut self, _: &[String], mut q: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        if q.leaf("qtype") == TYPE {
            q.set("qtype", "essay");
            if let Some(data) = q.children.iter_mut().find(|c| c.name == format!("plugin_qtype_{TYPE}_question")) {
                *data = essay(data);
            }
            self.found.push((q.id().unwrap_or(0), q.leaf("name").to_owned()));
            self.categories.push(self.context);
        }
        out.push(q);
        Ok(())
    }
}

fn essay(data: &Element) -> Element {
    let old = data.child(TYPE).cloned().unwrap_or_default();
    let info = old.value("graderinfo").unwrap_or_default();
    let record = record!("essay", old.id().unwrap_or(0);
        responseformat: "noinline", responserequired: 0, responsefieldlines: old.number("responsefieldlines").unwrap_or(15), minwordlimit: NULL,
        maxwordlimit: NULL, attachments: 1, attachmentsrequired: 1, graderinfo: info, graderinfoformat: old.number("graderinfoformat").unwrap_or(1),
        responsetemplate: "", responsetemplateformat: 1, filetypeslist: NULL, maxbytes: 0);
    Element::group("plugin_qtype_essay_question", [record])
}

fn questions(cx: &mut Cx<'_>) -> Result<(), Error> {
    let mut by = Questions::default();
    cx.course.rewrite("questions.xml", &mut by)?;
    for context in by.categories {
        cx.files.send(context, ("qtype_poodllrecording", "graderinfo"), ("qtype_essay", "graderinfo"), Item::Same);
    }
    let ids: HashSet<i64> = by.found.iter().map(|(id, _)| *id).collect();
    attempts(cx, &ids)?;
    for (id, name) in by.found {
        let words = cx.of(
            "an essay with a file: the recording is made elsewhere and handed in",
            "une composition avec un fichier : l’enregistrement se fait ailleurs et se dépose",
        );
        cx.remark(Fate::Approximated, Reason::Converted, "question", "questions.xml", format!("{id} {name}: {TYPE} → essay, {words}"));
    }
    Ok(())
}

/// Recordings in attempts lie where the old type looked for them, and how it named them no source says.
fn attempts(cx: &mut Cx<'_>, questions: &HashSet<i64>) -> Result<(), Error> {
    let quizzes: Vec<String> = cx.known.activities.iter().filter(|a| a.module == "quiz" && !questions.is_empty()).map(|a| a.folder.clone()).collect();
    for folder in quizzes {
        let mut answered = 0;
        cx.course.each(&format!("{folder}/quiz.xml"), "question_attempt", |_, attempt| {
            answered += usize::from(attempt.number("questionid").is_some_and(|id| questions.contains(&id)));
            Ok(())
        })?;
        if answered > 0 {
            let words = cx.of(
                "recorded answers come with their marks; the recordings are not shown",
                "réponses enregistrées viennent avec leurs notes ; les enregistrements ne s’affichent pas",
            );
            cx.remark(Fate::Kept, Reason::NotRead, "question", &folder, format!("{answered} {words}"));
        }
    }
    Ok(())
}
