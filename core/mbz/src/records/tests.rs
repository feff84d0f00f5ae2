#![allow(clippy::unwrap_used)]

use super::*;
use crate::limits::Limits;
use crate::xml::Reader;
use parcours_course::{Doc, Value};
use parcours_declare::Declaration;

/// Records in memory, in the order of reading; number made up from 1000.
#[derive(Default)]
struct Memory {
    records: Vec<Record>,
    numbers: i64,
    page: usize,
    nodes: Vec<Option<String>>,
}

impl Sink for Memory {
    fn number(&mut self, _: &str) -> Result<i64, Unread> {
        self.numbers += 1;
        Ok(999 + self.numbers)
    }

    fn record(&mut self, record: Record) -> Result<(), Unread> {
        self.records.push(record);
        Ok(())
    }
}

impl Source for Memory {
    fn below(&mut self, node: usize, parent: Option<i64>, after: Option<i64>) -> Result<Vec<Record>, Error> {
        let table = self.nodes[node].clone().unwrap();
        let mut page: Vec<Record> =
            self.records.iter().filter(|r| r.table == table && r.parent == parent && after.is_none_or(|a| r.seq > a)).cloned().collect();
        page.sort_by_key(|r| r.seq);
        page.truncate(self.page);
        Ok(page)
    }
}

fn layout() -> (Layout, Vec<Option<String>>) {
    let d = Declaration::parse(
        r#"{"format": 1, "name": "forum", "version": 1, "release": "1.0", "world": "parcours:activity@0.1.0", "license": "MIT",
        "title": {"en": "Forum"}, "capabilities": {}, "tables": {
          "instance": {"columns": {"name": {"kind": "text"}, "scale": {"kind": "int"}, "due": {"kind": "time", "null": true}, "posts": {"kind": "int"}, "kind": {"kind": "text", "attr": true}}},
          "post": {"columns": {"forum": {"kind": "int", "stored": false}, "message": {"kind": "text", "null": true}, "mark": {"kind": "decimal"}}},
          "tag": {"columns": {"rawname": {"kind": "text"}}},
          "option": {"columns": {"value": {"kind": "text"}}},
          "label": {"columns": {"tag": {"kind": "int", "xml": "id", "attr": true}, "name": {"kind": "text"}}}},
        "backup": {"file": "forum.xml", "root": "activity", "children": {"forum": {"table": "instance", "children": {
          "posts/post": {"table": "post", "parent": "forum"}, "extra/tags/tag": {"table": "tag"}, "option": {"table": "option"},
          "labels/label": {"table": "label"}}}}}}"#,
    )
    .unwrap();
    let tree = d.tree().unwrap();
    (Layout::new(&tree, &d.tables), tree.nodes.iter().map(|n| n.table.clone()).collect())
}

fn read_all(xml: &str) -> Result<(Doc, Memory), Unread> {
    let (layout, nodes) = layout();
    let mut memory = Memory { page: 2, nodes, ..Memory::default() };
    let doc = read(Reader::new(xml.as_bytes(), "forum.xml", &Limits::default()), &layout, &mut memory)?;
    Ok((doc, memory))
}

fn written(doc: &Doc, memory: &mut Memory) -> String {
    let out = write(Vec::new(), &layout().0, doc, memory).unwrap();
    String::from_utf8(out).unwrap()
}

/// Wraps the inside of a forum, as Moodle would indent it.
fn forum(inside: &str) -> String {
    format!("{}<activity id=\"5\" modulename=\"forum\">\n  <forum id=\"7\">\n{inside}  </forum>\n</activity>", crate::xml::PROLOG)
}

#[test]
fn a_number_with_spaces_around_it_is_written_with_them() {
    for id in ["5  ", " 5", "05", "+5"] {
        let xml = forum("").replace("id=\"7\"", &format!("id=\"{id}\""));
        let (doc, mut memory) = read_all(&xml).unwrap();
        assert_eq!(written(&doc, &mut memory), xml);
    }
}

#[test]
fn names_and_runs_count_for_the_limit_of_a_record() {
    let limits = Limits { record_bytes: 20_000, ..Limits::default() };
    let long = format!("<{}></{}>", "n".repeat(1000), "n".repeat(1000));
    for inside in [long.repeat(100), "<option><value>1</value></option><x></x>".repeat(300)] {
        let (layout, nodes) = layout();
        let mut memory = Memory { page: 2, nodes, ..Memory::default() };
        let read = read(Reader::new(forum(&inside).as_bytes(), "forum.xml", &limits), &layout, &mut memory);
        assert!(matches!(read, Err(Unread::Unfit(Unfit { why: Why::TooLarge { .. }, .. }))));
    }
}

fn survives(inside: &str) -> Memory {
    let xml = forum(inside);
    let (doc, mut memory) = read_all(&xml).unwrap();
    assert_eq!(written(&doc, &mut memory), xml);
    memory
}

fn why(inside: &str) -> Why {
    match read_all(&forum(inside)) {
        Err(Unread::Unfit(unfit)) => unfit.why,
        other => panic!("{:?}", other.map(|(_, m)| m.records)),
    }
}

#[test]
fn records_come_children_first_with_their_values() {
    let memory = survives(
        "    <name>A</name>\n    <scale>-3</scale>\n    <due>$@NULL@$</due>\n    <posts>\n      <post id=\"1\">\n        <message> x </message>\n        <mark>12.50000</mark>\n      </post>\n      \
         <post id=\"2\">\n        <message></message>\n      </post>\n      <post id=\"3\">\n        <message>$@NULL@$</message>\n      </post>\n    </posts>\n",
    );
    let tables: Vec<_> = memory.records.iter().map(|r| (r.table.as_str(), r.id, r.parent, r.seq)).collect();
    assert_eq!(tables, [("post", 1, Some(7), 1), ("post", 2, Some(7), 2), ("post", 3, Some(7), 3), ("instance", 7, None, 0)]);
    assert_eq!(memory.records[0].values, [Value::Int(7), " x ".into(), "12.50000".into()]);
    assert_eq!(memory.records[2].values, [Value::Int(7), Value::Null, "".into()]);
    assert_eq!(memory.records[0].shape.0, "@id message mark");
    assert_eq!(memory.records[3].shape.0, "@id name scale due +posts/post");
    assert_eq!(memory.records[3].values[..3], ["A".into(), Value::Int(-3), Value::Null]);
}

#[test]
fn odd_numbers_keep_their_writing_until_they_change() {
    for odd in [" 7 ", "+7", "007", "", "x", "1.5", "$@NULL@$", "-0", "99999999999999999999", "٣"] {
        survives(&format!("    <scale>{odd}</scale>\n"));
    }
    let (doc, mut memory) = read_all(&forum("    <scale>007</scale>\n")).unwrap();
    assert_eq!(memory.records[0].values[1], Value::Int(7));
    memory.records[0].values[1] = Value::Int(8);
    assert_eq!(written(&doc, &mut memory), forum("    <scale>8</scale>\n"));
}

#[test]
fn a_number_with_zeros_in_front_is_still_that_number() {
    let xml = forum("").replace("<forum id=\"7\">", "<forum id=\"007\" kind=\"a &amp; b\" other=\"1\">");
    let (doc, mut memory) = read_all(&xml).unwrap();
    assert_eq!(memory.records[0].id, 7);
    assert_eq!(memory.records[0].values[4], Value::from("a & b"));
    assert_eq!(written(&doc, &mut memory), xml);
}

#[test]
fn what_nobody_declared_stays_in_its_place() {
    let memory = survives(
        "    <odd> &lt;1&gt;\n</odd>\n    <name>A</name>\n    <lti secret=\"true\">x</lti>\n    <plugin>\n      <deep a=\"&quot;\"> t </deep>\n      <empty></empty>\n    </plugin>\n    <name>again</name>\n    \
         <posts>\n      <stray>1</stray>\n      <post id=\"1\">\n        <new>1</new>\n      </post>\n      <stray b=\"1\">\n        <c></c>\n      </stray>\n      <post id=\"2\">\n      </post>\n      <stray>3</stray>\n    </posts>\n    <last>1</last>\n",
    );
    let forum = memory.records.last().unwrap();
    assert_eq!(forum.shape.0, "@id ?odd name !lti !plugin ?name +posts/post ?last");
    assert_eq!(forum.values[0], Value::from("A"));
    assert_eq!(forum.unknown.as_ref().unwrap().inside.len(), 3);
}

#[test]
fn containers_inside_containers_are_there_or_not() {
    survives("    <extra>\n    </extra>\n");
    survives("    <extra>\n      <tags>\n      </tags>\n    </extra>\n");
    survives(
        "    <extra>\n      <before>1</before>\n      <tags>\n        <tag id=\"1\">\n          <rawname>x</rawname>\n        </tag>\n        <in>1</in>\n      </tags>\n      <after>1</after>\n    </extra>\n",
    );
    survives("    <extra>\n      <only>1</only>\n    </extra>\n");
    survives("    <extra>\n      <tags>a text</tags>\n    </extra>\n");
}

#[test]
fn records_without_a_container_may_stand_in_several_runs() {
    let option = |n: i64| format!("    <option id=\"{n}\">\n      <value>{n}</value>\n    </option>\n");
    let memory = survives(&format!("{}{}    <name>A</name>\n{}{}{}", option(1), option(2), option(3), option(4), option(5)));
    assert_eq!(memory.records.last().unwrap().shape.0, "@id +option*2 name +option");
    assert_eq!(sibling(&memory.records.last().unwrap().shape).0, "@id +option name +option");
}

#[test]
fn a_leaf_that_is_named_like_a_record_or_a_container_is_a_leaf() {
    let memory = survives("    <posts>12</posts>\n    <option>text</option>\n    <extra>text</extra>\n");
    assert_eq!(memory.records[0].shape.0, "@id posts ?option ?extra");
    assert_eq!(memory.records[0].values[3], Value::Int(12));
    survives("    <posts>\n      <post>text</post>\n    </posts>\n");
}

#[test]
fn records_without_a_number_get_one_that_is_not_written() {
    let memory = survives("    <option>\n      <value>1</value>\n    </option>\n");
    assert_eq!((memory.records[0].id, memory.records[0].shape.0.as_str()), (1000, "value"));
}

#[test]
fn documents_that_records_cannot_hold_say_why() {
    assert_eq!(why("    <name>A</name>text\n"), Why::MixedText);
    assert_eq!(why("    <posts>text<post id=\"1\"><message>x</message></post></posts>\n"), Why::MixedText);
    assert_eq!(why("    <option id=\"1\">text</option>\n"), Why::MixedText);
    assert_eq!(why("    <posts></posts><name>A</name><extra></extra><extra></extra>\n"), Why::TwoContainers { path: "extra/tags/tag".into() });
    assert_eq!(why("    <extra a=\"1\"></extra>\n"), Why::ContainerAttributes { path: "extra".into() });
    assert_eq!(why("    <option id=\"x\"></option>\n"), Why::Number { table: "option".into(), text: "x".into() });
    assert!(matches!(read_all("<other/>"), Err(Unread::Unfit(Unfit { why: Why::Root { .. }, .. }))));
}

#[test]
fn a_number_that_several_records_share_is_a_value() {
    let label = |id: &str| format!("      <label id=\"{id}\">\n        <name>n</name>\n      </label>\n");
    let memory = survives(&format!("    <labels>\n{}{}{}    </labels>\n", label("5"), label("5"), label("x")));
    let labels: Vec<_> = memory.records.iter().filter(|r| r.table == "label").map(|r| (r.id, r.values[0].int())).collect();
    assert_eq!(labels, [(1000, Some(5)), (1001, Some(5)), (1002, Some(0))]);
    let (layout, nodes) = layout();
    let node = nodes.iter().position(|t| t.as_deref() == Some("label")).unwrap();
    assert_eq!(layout.fresh(node).0, "@id name");
}

#[test]
fn a_record_that_is_too_large_is_unfit() {
    let (layout, _) = layout();
    let limits = Limits { record_bytes: 1000, ..Limits::default() };
    let read = |xml: &str| read(Reader::new(xml.as_bytes(), "forum.xml", &limits), &layout, &mut Memory::default());
    let large = "x".repeat(600);
    assert!(
        read(&forum(&format!("<posts><post id=\"1\"><message>{large}</message></post><post id=\"2\"><message>{large}</message></post></posts>")))
            .is_ok()
    );
    for inside in [format!("<name>{large}</name><odd>{large}</odd>"), format!("<name>{large}</name><odd><a>{large}</a></odd>")] {
        assert!(matches!(read(&forum(&inside)), Err(Unread::Unfit(Unfit { why: Why::TooLarge { limit: 1000 }, .. }))));
    }
}

#[test]
fn what_was_added_is_written_behind_what_was_there() {
    let (doc, mut memory) =
        read_all(&forum("    <name>A</name>\n    <unknown>1</unknown>\n    <option id=\"1\">\n      <value>1</value>\n    </option>\n")).unwrap();
    let forum_at = memory.records.len() - 1;
    memory.records[forum_at].values[2] = Value::Int(5);
    memory.records[forum_at].values[4] = "k".into();
    let record =
        |table: &str, id, seq, values| Record { table: table.into(), id, parent: Some(7), seq, values, shape: Default::default(), unknown: None };
    memory.records.push(record("option", 2, 50, vec!["2".into()]));
    memory.records.push(record("tag", 3, 51, vec!["t".into()]));
    let (layout, _) = layout();
    for (at, node) in [(forum_at + 1, 5), (forum_at + 2, 4)] {
        let node = (0..6).find(|n| memory.nodes.get(*n).is_some_and(|t| t.as_ref() == Some(&memory.records[at].table))).unwrap_or(node);
        memory.records[at].shape = layout.fresh(node);
    }
    let expected = forum(
        "    <name>A</name>\n    <unknown>1</unknown>\n    <due>5</due>\n    <option id=\"1\">\n      <value>1</value>\n    </option>\n    <option id=\"2\">\n      <value>2</value>\n    </option>\n    \
         <extra>\n      <tags>\n        <tag id=\"3\">\n          <rawname>t</rawname>\n        </tag>\n      </tags>\n    </extra>\n",
    )
    .replace("<forum id=\"7\">", "<forum id=\"7\" kind=\"k\">");
    assert_eq!(written(&doc, &mut memory), expected);
}

#[test]
fn records_that_are_gone_leave_their_neighbours_in_place() {
    let (doc, mut memory) = read_all(&forum("    <posts>\n      <post id=\"1\">\n      </post>\n      <stray>1</stray>\n    </posts>\n")).unwrap();
    memory.records.remove(0);
    assert_eq!(written(&doc, &mut memory), forum("    <posts>\n      <stray>1</stray>\n    </posts>\n"));
}
