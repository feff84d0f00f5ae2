//! A process that is killed at any moment: what it acknowledged is there, what it had not finished is not.
#![allow(clippy::unwrap_used)]

mod common;
use common::{files_below, fill, open, write};
use parcours_store::export::Export;
use parcours_store::{Domain, Options, Publish, Staging, courses, settings};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const CHILD: &str = "STORE_KILL_TEST_DIR";
const NAME: &str = "what_was_acknowledged_survives_a_kill_and_nothing_else_is_left";

/// Imports, withdraws and writes until it is killed, and says so after each.
fn child(dir: &Path) {
    let domain = Domain::open(dir, &[&common::forum()], Options { batch: 50, ..Options::default() }).unwrap();
    for n in 0.. {
        write(&domain, move |w| settings::set(w, &format!("n{n}"), "1")).unwrap();
        println!("set n{n}");
        let mut s = Staging::begin(&domain, "{}", n).unwrap();
        fill(&mut s, 150).unwrap();
        s.content(&format!("c{n}"), &mut format!("content {n}").as_bytes(), Default::default()).unwrap();
        let course = s.publish(Publish::default(), |_| String::new()).unwrap().course;
        println!("live {course}");
        if n % 3 == 0 {
            println!("leaving {course}");
            courses::withdraw(&domain, course).unwrap();
            println!("gone {course}");
        }
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill_and_nothing_else_is_left() {
    // This test starts itself again as the process that is killed.
    if let Some(dir) = std::env::var_os(CHILD) {
        return child(Path::new(&dir));
    }
    let mut published = 0;
    for round in 0..12 {
        let dir = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME, "--nocapture"])
            .env(CHILD, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let reader = std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).collect::<Vec<_>>());
        std::thread::sleep(Duration::from_millis(60 + round * 37));
        child.kill().unwrap();
        child.wait().unwrap();
        let said = reader.join().unwrap();
        published += said.iter().filter(|line| line.starts_with("live")).count();
        verify(&dir, &said);
    }
    println!("{published} courses published under 12 kills");
    assert!(published > 0, "the process was killed before it did anything");
}

fn verify(dir: &tempfile::TempDir, said: &[String]) {
    let domain = open(dir);
    let read = domain.read().unwrap();
    let live: Vec<i64> = courses::list(&read).unwrap().iter().map(|c| c.id).collect();
    let is = |what: &str, course: i64| said.iter().any(|line| *line == format!("{what} {course}"));
    for line in said {
        match line.split_once(' ') {
            Some(("set", name)) => assert!(settings::get(&read, name).unwrap().is_some(), "{name}"),
            Some(("live", n)) => {
                let n = n.parse().unwrap();
                assert!(live.contains(&n) || is("leaving", n), "course {n} is lost");
            }
            Some(("gone", n)) => assert!(!live.contains(&n.parse().unwrap())),
            _ => {}
        }
    }
    // Every course that is seen is whole, and the pool holds what they name and nothing else.
    let mut named = std::collections::HashSet::new();
    for course in &live {
        let e = Export::open(&read, *course).unwrap();
        let documents = e.documents().unwrap();
        assert_eq!(documents.len(), 10);
        for d in documents {
            if d.owner == "forum" {
                let first = if d.cm == 11 { 1 } else { 500_000 };
                assert_eq!(e.rows("forum", "posts", d.doc, Some(first)).unwrap().map(Result::unwrap).count(), 150);
            } else if d.path == "questions.xml" {
                assert_eq!(std::io::copy(&mut e.body(d.doc).unwrap(), &mut std::io::sink()).unwrap(), 200_000);
            }
        }
        for c in e.contents().unwrap() {
            assert_eq!(std::io::copy(&mut e.content(&c.hash).unwrap(), &mut std::io::sink()).unwrap(), c.size);
            named.insert(c.hash);
        }
    }
    assert_eq!(files_below(&dir.path().join("pool")), named.len() + usize::from(!live.is_empty()));
}
