//! "Choix de groupe": one picks one's group. A choice among the groups' names; who is in a group has picked it.

use super::choice;
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, record};
use crate::magistere::words::intro;
use parcours_mbz::Error;
use parcours_mbz::xml::Element;
use std::collections::{HashMap, HashSet};

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    let (mut options, mut of_group) = (Vec::new(), HashMap::new());
    for option in r.records("options", "option") {
        let (id, group) = (cx.id(), option.number("groupid").unwrap_or(0));
        let name = cx.known.groups.get(&group).cloned().unwrap_or_else(|| format!("{} {group}", cx.of("Group", "Groupe")));
        options
            .push(record!("option", id; text: name, maxanswers: option.number("maxanswers").unwrap_or(0), timemodified: option.leaf("timemodified")));
        of_group.insert(group, id);
    }
    if options.is_empty() {
        return Ok(None);
    }
    let (answers, people) = answers(cx, &of_group)?;
    let several = people.len() < answers.len();
    let rules = ["publish", "showresults", "display", "allowupdate", "limitanswers", "timeopen", "timeclose"].map(number);
    let mut record = choice(a, &intro(r), several, rules);
    record.set("completionsubmit", number("completionsubmit"));
    record.push(Element::group("options", options));
    record.push(Element::group("answers", answers));
    let detail = cx.of(
        "one picks a group by its name, and who is in it has picked it; picking no longer puts people into the group",
        "on choisit un groupe par son nom, et qui en est membre l’a choisi ; choisir n’inscrit plus dans le groupe",
    );
    let mut made = Made::new("choice", record, detail);
    made.rule = number("completionsubmit") != 0;
    made.people = people.into_iter().collect();
    Ok(Some(made))
}

/// Members as answers, and who they are.
fn answers(cx: &mut Cx<'_>, of_group: &HashMap<i64, i64>) -> Result<(Vec<Element>, HashSet<i64>), Error> {
    let mut members = Vec::new();
    if cx.known.people {
        cx.course.each("groups.xml", "group", |names, group| {
            let option = group.id().filter(|_| names.len() == 2).and_then(|id| of_group.get(&id).copied());
            if let Some(option) = option {
                let of = |m: &Element| (m.number("userid").unwrap_or(0), option, m.leaf("timeadded").to_owned());
                members.extend(group.records("group_members", "group_member").map(of));
            }
            Ok(())
        })?;
    }
    let people = members.iter().map(|(user, ..)| *user).collect();
    let answers =
        members.into_iter().map(|(user, option, time)| record!("answer", cx.id(); userid: user, optionid: option, timemodified: time)).collect();
    Ok((answers, people))
}
