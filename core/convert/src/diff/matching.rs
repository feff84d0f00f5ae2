//! Which activities and sections of two archives are the same ones.

use super::Options;
use super::names::{Space, section_label};
use super::node::Node;
use super::side::Side;
use super::tree::share;
use parcours_course::outline::{Activity, Outline, Section};
use parcours_mbz::Error;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

/// Part of their words that two activities share when they are the same one renamed, in percent.
const ALIKE: usize = 50;
/// Pairs up to which alike ones are looked for.
const PAIRS: usize = 40_000;
const WORDS: usize = 4000;

/// Pairs of course modules, and of sections, by number in the first and in the second.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matches {
    pub activities: HashMap<i64, i64>,
    pub sections: HashMap<i64, i64>,
}

/// Finds them, and gives those of the second the names they have in the first.
pub(super) fn find(a: &mut Side<'_>, b: &mut Side<'_>, options: &Options) -> Result<Matches, Error> {
    let (of_a, of_b) = (list(&a.outline), list(&b.outline));
    let mut pairs = Pairs::default();
    pairs.by(&of_a, &of_b, |e| (!e.activity.idnumber.is_empty()).then(|| (e.activity.module.clone(), e.activity.idnumber.clone())));
    pairs.by(&of_a, &of_b, |e| Some((e.activity.module.clone(), title(&e.activity), e.section.clone())));
    pairs.by(&of_a, &of_b, |e| Some((e.activity.module.clone(), title(&e.activity))));
    renamed(a, b, (&of_a, &of_b), &mut pairs, options)?;
    let activities = pairs.to;
    let sections = sections(&a.outline, &b.outline, &activities);
    for (x, y) in &activities {
        b.names.rename(*y, &a.label(Space::Module, *x));
    }
    for (x, y) in &sections {
        b.names.put(Space::Section, *y, a.label(Space::Section, *x));
    }
    Ok(Matches { activities, sections })
}

struct Entry {
    activity: Activity,
    /// Name of its section, or its number.
    section: String,
}

fn list(outline: &Outline) -> Vec<Entry> {
    let each = outline.activities();
    each.map(|(section, a)| Entry { activity: a.clone(), section: section_label(section, outline) }).collect()
}

fn title(activity: &Activity) -> String {
    activity.name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Pairs {
    to: HashMap<i64, i64>,
    taken: HashSet<i64>,
}

impl Pairs {
    fn put(&mut self, x: i64, y: i64) {
        if !self.to.contains_key(&x) && self.taken.insert(y) {
            self.to.insert(x, y);
        }
    }

    /// Pairs those of one key, in their order.
    fn by<K: Hash + Eq>(&mut self, a: &[Entry], b: &[Entry], key: impl Fn(&Entry) -> Option<K>) {
        let mut waiting: HashMap<K, VecDeque<i64>> = HashMap::new();
        for entry in b.iter().filter(|e| !self.taken.contains(&e.activity.cm)) {
            if let Some(key) = key(entry) {
                waiting.entry(key).or_default().push_back(entry.activity.cm);
            }
        }
        for entry in a {
            let x = entry.activity.cm;
            if self.to.contains_key(&x) {
                continue;
            }
            if let Some(y) = key(entry).and_then(|k| waiting.get_mut(&k)?.pop_front()) {
                self.put(x, y);
            }
        }
    }
}

/// Those of another title: equal in all else, or of mostly the same words.
fn renamed(a: &mut Side<'_>, b: &mut Side<'_>, (of_a, of_b): (&[Entry], &[Entry]), pairs: &mut Pairs, options: &Options) -> Result<(), Error> {
    let left: Vec<&Activity> = of_a.iter().map(|e| &e.activity).filter(|x| !pairs.to.contains_key(&x.cm)).collect();
    let right: Vec<&Activity> = of_b.iter().map(|e| &e.activity).filter(|y| !pairs.taken.contains(&y.cm)).collect();
    let possible = left.iter().map(|x| right.iter().filter(|y| y.module == x.module).count()).sum::<usize>();
    if possible == 0 || possible > PAIRS {
        return Ok(());
    }
    let wanted = |x: &&&Activity, others: &[&Activity]| others.iter().any(|y| y.module == x.module);
    let mut of_left = Vec::new();
    for x in left.iter().filter(|x| wanted(x, &right)) {
        of_left.push((x.cm, x.module.clone(), Sketch::of(a, x, options)?));
    }
    let mut likely: Vec<(usize, i64, i64)> = Vec::new();
    for y in right.iter().filter(|y| wanted(y, &left)) {
        let sketch = Sketch::of(b, y, options)?;
        for (x, _, other) in of_left.iter().filter(|(_, module, _)| *module == y.module) {
            let alike = other.alike(&sketch);
            if alike >= ALIKE {
                likely.push((alike, *x, y.cm));
            }
        }
    }
    // Sorted stably, so that equal ones are paired in their order.
    likely.sort_by_key(|(alike, ..)| std::cmp::Reverse(*alike));
    likely.into_iter().for_each(|(_, x, y)| pairs.put(x, y));
    Ok(())
}

/// What of an activity is compared to find it again under another title.
struct Sketch {
    hash: u64,
    words: HashSet<u64>,
}

impl Sketch {
    fn of(side: &mut Side<'_>, activity: &Activity, options: &Options) -> Result<Sketch, Error> {
        let mut node = side.activity(activity, options)?.node;
        // A grade item and a category of questions are called as the activity.
        node.nodes.retain(|n| matches!(n.name.as_str(), "files") || n.name == activity.module);
        node.nodes.iter_mut().filter(|n| n.name == activity.module).for_each(|n| n.leaves.retain(|(name, _)| name != "name"));
        let nodes = std::mem::take(&mut node.nodes).into_iter().map(Node::seal).collect();
        let node = Node::group("activity", nodes);
        let mut words = HashSet::new();
        prose(&node).words(WORDS, &mut words);
        Ok(Sketch { hash: node.hash, words })
    }

    fn alike(&self, other: &Sketch) -> usize {
        if self.hash == other.hash { 100 } else { share(&self.words, &other.words) }
    }
}

/// Only what is read: texts of several words, and contents of files.
fn prose(node: &Node) -> Node {
    let is_read = |name: &str, value: &str| value.trim().contains(' ') || name == "content";
    let leaves = node.leaves.iter().filter(|(n, v)| is_read(n, v)).cloned().collect();
    Node { leaves, nodes: node.nodes.iter().map(prose).collect(), ..Node::default() }
}

/// Sections: of one name; then where most of the same activities are; then of one number.
fn sections(a: &Outline, b: &Outline, activities: &HashMap<i64, i64>) -> HashMap<i64, i64> {
    let mut pairs = Pairs::default();
    let label = |s: &Section, o: &Outline| (s.delegate.is_none() && !s.name.trim().is_empty()).then(|| section_label(s, o));
    let delegates: HashMap<i64, i64> = b.sections.iter().filter_map(|s| Some((s.delegate?, s.id))).collect();
    for x in &a.sections {
        if let Some(y) = x.delegate.and_then(|cm| activities.get(&cm)).and_then(|cm| delegates.get(cm)) {
            pairs.put(x.id, *y);
        }
    }
    for x in &a.sections {
        let same = |y: &&Section| label(x, a).is_some() && label(y, b) == label(x, a) && !pairs.taken.contains(&y.id);
        if let Some(y) = b.sections.iter().find(same) {
            pairs.put(x.id, y.id);
        }
    }
    let home: HashMap<i64, i64> = b.activities().map(|(s, activity)| (activity.cm, s.id)).collect();
    let free = |pairs: &Pairs, id: i64| b.sections.iter().any(|y| y.id == id && y.delegate.is_none()) && !pairs.taken.contains(&id);
    for x in a.sections.iter().filter(|x| x.delegate.is_none()) {
        let mut votes: HashMap<i64, usize> = HashMap::new();
        x.activities.iter().filter_map(|act| home.get(activities.get(&act.cm)?)).for_each(|y| *votes.entry(*y).or_default() += 1);
        let best = votes.into_iter().filter(|(y, _)| free(&pairs, *y)).max_by_key(|(y, votes)| (*votes, std::cmp::Reverse(*y)));
        if let Some((y, votes)) = best
            && votes * 2 > x.activities.iter().filter(|act| activities.contains_key(&act.cm)).count()
        {
            pairs.put(x.id, y);
        }
    }
    for x in a.sections.iter().filter(|x| x.delegate.is_none()) {
        let one_unnamed = |y: &Section| x.name.is_empty() || y.name.is_empty();
        let both_empty = |y: &Section| x.activities.is_empty() && y.activities.is_empty();
        if let Some(y) = b.sections.iter().find(|y| y.number == x.number && (one_unnamed(y) || both_empty(y)) && free(&pairs, y.id)) {
            pairs.put(x.id, y.id);
        }
    }
    pairs.to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: i64, number: i64, name: &str, cms: &[i64]) -> Section {
        let activities = cms.iter().map(|cm| Activity { cm: *cm, ..Activity::default() }).collect();
        Section { id, number, name: name.into(), activities, ..Section::default() }
    }

    #[test]
    fn a_section_is_found_by_its_name_its_activities_or_its_number() {
        let a = Outline {
            sections: vec![section(1, 0, "", &[]), section(2, 1, "Old", &[5, 6]), section(3, 2, "Kept", &[]), section(4, 3, "", &[7])],
            ..Outline::default()
        };
        let b =
            Outline { sections: vec![section(10, 0, "", &[]), section(30, 1, "Kept", &[]), section(20, 2, "New", &[50, 60])], ..Outline::default() };
        let found = sections(&a, &b, &HashMap::from([(5, 50), (6, 60)]));
        assert_eq!(found, HashMap::from([(1, 10), (2, 20), (3, 30)]));
    }
}
