//! Restrictions: what is read is written the same and decides the same, and what is not understood never opens.

use crate::Release;
use parcours_rules::availability::{
    Condition, Facts, Field, Lang, Limits, Line, Names, Node, Op, Place, Tree, Wording, evaluate, explain, read_with,
};
use parcours_rules::completion::State;
use std::collections::{HashMap, HashSet};

pub const TARGET: Release = Release {
    name: "availability",
    run,
    seeds,
    words: &[
        "{\"op\":\"&\",\"c\":[",
        "{\"op\":\"!|\",\"c\":[",
        "],\"showc\":[true]}",
        "],\"show\":false}",
        "]}",
        "true",
        "false",
        "null",
        ",",
        "[",
        "{",
        "\"type\":\"date\"",
        "\"type\":\"completion\"",
        "\"type\":\"grade\"",
        "\"type\":\"group\"",
        "\"type\":\"profile\"",
        "\"id\":",
        "\"cm\":-1",
        "\"op\":\"doesnotcontain\"",
        "\"op\":\"isempty\"",
        "\"min\":",
        "\"max\":\"5\"",
        "\\u00e9",
        "\\ud800",
        "\"e\":2",
        "\"d\":\">=\"",
        "\"activity\":true",
    ],
    runs: 25_000,
};

const LIMITS: Limits = Limits { bytes: 8 << 10, depth: 20, nodes: 100 };

pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let tree = match read_with(text, &LIMITS) {
        Ok(tree) => tree,
        Err(e) => {
            assert!(!e.to_string().is_empty());
            return;
        }
    };
    assert!(text.len() <= LIMITS.bytes && depth(&tree) <= LIMITS.depth && tree.conditions().len() < LIMITS.nodes);
    let written = tree.to_json();
    let again = parcours_rules::availability::read(&written).expect("what we write is read");
    assert_eq!(again, tree, "{written}");
    for facts in [Facts::default(), somebody()] {
        decides(&tree, &facts);
    }
    says(&tree);
}

fn decides(tree: &Tree, facts: &Facts) {
    let place = Place { previous: Some(12), grouping: None };
    let verdict = evaluate(tree, facts, &place);
    let opaque = |c: &&Condition| matches!(c, Condition::Unknown { .. });
    if verdict.open {
        assert!(verdict.shown && verdict.unmet.is_none());
        // All of them unknown, and at least one: nothing lets in.
        assert!(tree.conditions().is_empty() || !tree.conditions().iter().all(opaque) || hollow(tree));
        // A condition more that nobody meets closes it.
        let both = Tree { op: Op::All, children: [Tree::closed().children, vec![child(tree)]].concat() };
        assert!(!evaluate(&both, facts, &place).open);
        // Not open the other way round either, unless it asks for nothing.
        let not = Tree { op: Op::NotAll, children: vec![child(tree)] };
        assert!(!evaluate(&not, facts, &place).open || hollow(tree), "open either way");
    }
    if let Some(unmet) = &verdict.unmet {
        assert!(!verdict.open && verdict.shown);
        let left = evaluate(unmet, facts, &place);
        assert!(!left.open && left.unmet.as_ref() == Some(unmet), "what keeps out does not keep out alone");
    }
}

fn child(tree: &Tree) -> parcours_rules::availability::Child {
    parcours_rules::availability::Child { node: Node::Tree(tree.clone()), shown: true }
}

/// Whether a tree without conditions is in it, which is open however it is asked.
fn hollow(tree: &Tree) -> bool {
    tree.children.is_empty() || tree.children.iter().any(|c| matches!(&c.node, Node::Tree(t) if hollow(t)))
}

fn depth(tree: &Tree) -> usize {
    let below = tree.children.iter().map(|c| if let Node::Tree(t) = &c.node { depth(t) } else { 0 });
    1 + below.max().unwrap_or(0)
}

/// Both languages say as much, and say something where there is a condition.
fn says(tree: &Tree) {
    let wording = |lang| Wording { lang, names: &Somewhere, place: Place::default(), thresholds: true };
    let lines = [Lang::French, Lang::English].map(|lang| explain(tree, &wording(lang)));
    match &lines {
        [None, None] => assert!(tree.conditions().is_empty()),
        [Some(french), Some(english)] => {
            assert!(count(french) == count(english) && count(french) <= 2 * LIMITS.nodes);
            assert!(!french.text().is_empty() && !english.text().is_empty());
        }
        _ => panic!("{lines:?}"),
    }
}

fn count(line: &Line) -> usize {
    1 + line.items.iter().map(count).sum::<usize>()
}

struct Somewhere;

impl Names for Somewhere {
    fn activity(&self, cm: i64) -> Option<String> {
        (cm < 100).then(|| format!("activity {cm}"))
    }
    fn grade_item(&self, item: i64) -> Option<String> {
        (item < 100).then(|| format!("item {item}"))
    }
    fn group(&self, id: i64) -> Option<String> {
        (id < 100).then(|| format!("{{0}} group {id}"))
    }
    fn grouping(&self, id: i64) -> Option<String> {
        (id < 100).then(|| format!("grouping {id}"))
    }
    fn field(&self, field: &Field) -> Option<String> {
        matches!(field, Field::Standard(_)).then(|| "field".to_owned())
    }
    fn moment(&self, at: i64) -> String {
        at.to_string()
    }
    fn day(&self, at: i64) -> String {
        at.to_string()
    }
    fn is_midnight(&self, at: i64) -> bool {
        at % 86_400 == 0
    }
}

fn somebody() -> Facts {
    Facts {
        now: 1_690_000_000,
        completion: HashMap::from([(12, State::Complete), (13, State::Fail)]),
        grades: HashMap::from([(84, 75.0)]),
        groups: HashSet::from([10]),
        groupings: HashSet::from([7]),
        all_groups: false,
        profile: HashMap::from([(Field::Standard("email".into()), "a@ac.fr".into()), (Field::Custom("corps".into()), "0".into())]),
    }
}

fn seeds() -> Vec<Vec<u8>> {
    vec![Tree::open().to_json().into_bytes(), Tree::closed().to_json().into_bytes()]
}
