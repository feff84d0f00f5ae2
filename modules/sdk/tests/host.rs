//! The test host keeps the rules of production, so that a module that passes here runs there.

use parcours_sdk::test::Host;
use parcours_sdk::{Activity, Agg, Code, Cx, Error, Html, Outcome, Page, Query, Request, Result, Value, all, any};

const MANIFEST: &str = r#"{
  "format": 1, "name": "notes", "version": 1, "release": "1", "world": "parcours:activity@0.1.0", "license": "MIT", "title": {"en": "Notes"},
  "capabilities": {"write": {"archetypes": ["student"]}},
  "tables": {
    "instance": {"columns": {"name": {"kind": "text"}}},
    "notes": {"columns": {"text": {"kind": "text", "search": true, "default": "none"}, "mark": {"kind": "int", "null": true}, "done": {"kind": "bool"}},
              "indexes": [["mark"]]}
  },
  "areas": {"file": {"item": "notes"}}
}"#;

parcours_sdk::record! {
    struct Note in "notes" { text: String, mark: Option<i64>, done: bool }
}

struct Notes;

fn page(text: &str) -> Result<Outcome> {
    Ok(Page::new("Notes", Html::text(text)).into())
}

impl Activity for Notes {
    fn view(cx: &Cx, req: &Request) -> Result<Outcome> {
        match req.route.as_str() {
            "write" => cx.insert("notes", &[]).map(drop)?,
            "table" => drop(cx.number_of("nothing", Vec::new())?),
            "column" => drop(cx.get("notes", 1, &["colour"])?),
            "area" => drop(cx.files("elsewhere", 1)?),
            "search" => drop(cx.first::<Note>(Query::new("notes", &[]).filter(all().contains("mark", "1")))?),
            "unindexed" => drop(cx.first::<Note>(Query::new("notes", &[]).filter(all().eq("done", 1)))?),
            _ => {}
        }
        page("read")
    }

    fn act(cx: &Cx, req: &Request) -> Result<Outcome> {
        let id = cx.insert("notes", &[("text", req.form("text").into())])?;
        cx.adopt_upload("file", "file", id)?;
        match req.route.as_str() {
            "fail" => Err(Error::invalid("no")),
            "undo" => {
                let saved = cx.savepoint();
                cx.delete_where("notes", &Vec::new())?;
                drop(saved);
                page("undone")
            }
            "keep" => {
                let saved = cx.savepoint();
                cx.update("notes", id, &[("done", true.into())], None)?;
                saved.release()?;
                page("kept")
            }
            "stale" => cx.update("notes", id, &[("done", true.into())], Some(99)).and_then(|_| page("written")),
            _ => page("written"),
        }
    }
}

fn host() -> Host {
    let host = Host::new(MANIFEST);
    host.person(2, "Ada", "student").person(3, "Bob", "teacher");
    host
}

fn code(answer: Result<Outcome>) -> Option<Code> {
    answer.err().map(|e| e.code)
}

#[test]
fn a_view_cannot_write() {
    assert_eq!(code(host().view::<Notes>("write")), Some(Code::Denied));
}

#[test]
fn what_is_not_declared_is_refused() {
    for route in ["table", "column", "area"] {
        assert_eq!(code(host().view::<Notes>(route)), Some(Code::Invalid), "{route}");
    }
    assert_eq!(code(host().view::<Notes>("search")), Some(Code::Unsupported));
}

#[test]
fn an_error_in_an_act_undoes_everything() {
    let host = host();
    host.upload("file", "a.txt", "text/plain", b"a");
    assert_eq!(code(host.act::<Notes>("fail", &[])), Some(Code::Invalid));
    assert!(host.ids("notes").is_empty() && host.file_paths("file", 1).is_empty());
    assert_eq!(code(host.act::<Notes>("stale", &[])), Some(Code::Conflict));
    assert!(host.ids("notes").is_empty());
}

#[test]
fn a_savepoint_that_is_dropped_undoes_its_part() {
    let host = host();
    assert!(host.act::<Notes>("undo", &[("text", "a")]).is_ok());
    assert_eq!(host.value("notes", 1, "text"), Some("a".into()));
    assert!(host.act::<Notes>("keep", &[("text", "b")]).is_ok());
    assert_eq!(host.int("notes", 2, "done"), 1);
}

#[test]
fn a_record_that_sets_nothing_has_its_defaults() {
    let host = host();
    host.put("notes", 5, &[]);
    assert_eq!(Cx::new(&host).fetch::<Note>(5), Ok(Note { id: 5, text: "none".into(), mark: None, done: false }));
    assert_eq!(Cx::new(&host).find::<Note>(6), Ok(None));
}

#[test]
fn a_cursor_goes_on_and_fits_its_own_query_only() {
    let host = host();
    for n in 1..=5 {
        host.put("notes", n, &[("mark", if n == 3 { Value::Null } else { (n % 2).into() })]);
    }
    let cx = Cx::new(&host);
    let q = || Query::new("notes", &[]).order("mark", true).limit(2);
    let (first, next) = cx.page::<Note>(q()).unwrap();
    let (second, _) = cx.page::<Note>(q().after(next.clone())).unwrap();
    let ids = |notes: &[Note]| notes.iter().map(|n| n.id).collect::<Vec<_>>();
    assert_eq!((ids(&first), ids(&second)), (vec![5, 1], vec![4, 2]), "null is the smallest");
    let other = q().filter(all().ge("mark", 0)).after(next);
    assert_eq!(cx.page::<Note>(other).map(drop).map_err(|e| e.code), Err(Code::Invalid));
    let every = cx.every::<Note>(q(), 100).unwrap();
    assert_eq!(every.len(), 5);
}

#[test]
fn filters_are_alternatives_of_conditions_and_null_equals_nothing() {
    let host = host();
    host.put("notes", 1, &[("text", "L'Été".into())]).put("notes", 2, &[("mark", 2.into())]).put("notes", 3, &[("mark", 3.into())]);
    let cx = Cx::new(&host);
    assert_eq!(cx.number_of("notes", any([all().contains("text", "ete"), all().eq("mark", 3)])), Ok(2));
    assert_eq!(cx.number_of("notes", all().ne("mark", 2)), Ok(1));
    assert_eq!(cx.summarise("notes", &Vec::new(), &[], &[(Agg::Max, "mark"), (Agg::Avg, "mark")], 1), Ok(vec![vec![3.into(), Value::Real(2.5)]]));
}

#[test]
fn a_large_table_is_only_asked_what_an_index_serves() {
    let host = host();
    for n in 1..=999 {
        host.put("notes", n, &[]);
    }
    assert_eq!(code(host.view::<Notes>("unindexed")), None);
    host.put("notes", 1000, &[]);
    assert_eq!(code(host.view::<Notes>("unindexed")), Some(Code::Unsupported));
}

#[test]
fn rights_follow_the_archetype_unless_said_otherwise() {
    let host = host();
    assert!(Cx::new(&host).can("write"));
    assert!(!Cx::new(host.as_user(3)).can("write"));
    assert!(Cx::new(host.right(3, "write", true)).can("write"));
}

#[test]
#[should_panic(expected = "neither declared nor in grants")]
fn a_right_nobody_declared_is_a_mistake_of_the_author() {
    Cx::new(&host()).can("wrte");
}
