//! Bad input gets a clear error and leaves nothing: no course, no rows, no files (SECURITY A, B and I01).
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::import::{self, Choices, State};
use parcours_actions::{ActionError, course, export, work};
use parcours_course::Language;
use parcours_mbz::hostile::{Case, cases};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use support::chance::Chance;
use support::{House, each, files_below, house, sample};

/// What is timed goes one after the other.
static TURN: Mutex<()> = Mutex::new(());

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The refusal that an import owes: it reads a cartridge, which the reader of backups refuses.
fn owed(case: &Case) -> Option<&'static str> {
    case.refusal.filter(|r| *r != "common-cartridge")
}

#[test]
fn every_hostile_archive_is_refused_and_leaves_nothing() {
    let _turn = turn();
    let house = House::new();
    let admin = house.admin();
    let all: Vec<Case> = cases();
    let complaints = each(
        &all,
        |case| case.name.clone(),
        |case| {
            let path = house.dir.path().join(case.name.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
            std::fs::write(&path, case.bytes()).unwrap();
            let start = Instant::now();
            let ended = house.try_import(&path, false);
            let took = start.elapsed();
            std::fs::remove_file(&path).unwrap();
            let code = match ended {
                // Odd and harmless: it comes in, and can be taken away again.
                Ok(imported) => {
                    import::withdraw(&house.app, &admin, imported.course).map_err(|e| e.to_string())?;
                    None
                }
                Err(ActionError::Archive(e)) => Some(e.code()),
                Err(e) => return Err(format!("not an error about the archive: {e}")),
            };
            let refusal = owed(case);
            if refusal.is_some() && code.is_none() {
                return Err("accepted".into());
            }
            if took > Duration::from_secs(60) {
                return Err(format!("took {took:?}"));
            }
            (code == refusal).then_some(()).ok_or_else(|| format!("{code:?}, not {refusal:?}"))
        },
    );
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), all.len(), complaints.join("\n"));
    assert_eq!(course::all(&house.app).unwrap(), []);
    assert_eq!(house.leftovers(), Vec::<String>::new());
}

#[test]
fn the_wizard_refuses_them_at_the_door() {
    let _turn = turn();
    let house = House::new();
    let admin = house.admin();
    for case in cases().iter().filter(|c| owed(c).is_some() && !matches!(c.refusal, Some("total-ratio" | "entries"))) {
        let upload = house.app.uploads().join("upload");
        std::fs::write(&upload, case.bytes()).unwrap();
        assert!(import::receive(&house.app, &admin, "x.mbz", Language::French, &upload).is_err(), "{}", case.name);
    }
    assert_eq!(house.leftovers(), Vec::<String>::new());
}

#[test]
fn a_look_at_one_without_an_import_says_the_same_and_leaves_nothing() {
    let _turn = turn();
    let house = House::new();
    let admin = house.admin();
    for case in cases().iter().filter(|c| owed(c).is_some() && !matches!(c.refusal, Some("total-ratio" | "entries"))) {
        let upload = house.app.uploads().join("upload");
        std::fs::write(&upload, case.bytes()).unwrap();
        let begun = work::check(&house.app, &admin, "x.mbz", Language::French, &upload).unwrap();
        let start = Instant::now();
        let state = loop {
            let state = work::get(&house.app, &admin, &begun.id).unwrap().state;
            if !matches!(state, work::State::Running(_)) {
                break state;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{} goes on", case.name);
            std::thread::sleep(Duration::from_millis(2));
        };
        let work::State::Failed(error) = state else { panic!("{}: {state:?}", case.name) };
        let ActionError::Archive(error) = &*error else { panic!("{}: {error}", case.name) };
        assert_eq!(Some(error.code()), owed(case), "{}", case.name);
        // Only the word of what happened is kept.
        assert_eq!(files_below(&house.folder().join("jobs")), Vec::<PathBuf>::new(), "{}", case.name);
    }
}

#[test]
fn an_archive_cut_short_anywhere_leaves_nothing() {
    let house = House::new();
    let whole = std::fs::read(sample("formation")).unwrap();
    let mut chance = Chance::new(20_261_123);
    let cuts: Vec<usize> = (0..100).map(|n| if n < 20 { whole.len() * n / 20 } else { chance.below(whole.len()) }).collect();
    let complaints = each(
        &cuts,
        |cut| format!("cut at {cut} of {}", whole.len()),
        |cut| {
            let path = house.dir.path().join(format!("{cut}.mbz"));
            std::fs::write(&path, &whole[..*cut]).unwrap();
            let ended = house.try_import(&path, cut % 2 == 0);
            std::fs::remove_file(&path).unwrap();
            match ended {
                Err(ActionError::Archive(e)) if ["truncated", "not-an-archive"].contains(&e.code()) => Ok(()),
                Err(e) => Err(e.to_string()),
                Ok(_) => Err("accepted".into()),
            }
        },
    );
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert_eq!(house.leftovers(), Vec::<String>::new());
}

#[test]
fn an_import_can_be_cancelled_at_every_step() {
    let house = House::new();
    let mut steps = Vec::new();
    let course = import::run(&house.app, &sample("formation"), &Choices::default(), &mut |p| {
        steps.push(p.stage);
        true
    });
    import::withdraw(&house.app, &house.admin(), course.unwrap().course).unwrap();
    assert!(steps.len() > 100);
    let firsts = steps.iter().enumerate().filter(|(at, stage)| *at == 0 || steps[at - 1] != **stage).map(|(at, _)| at);
    let stops: Vec<usize> = firsts.chain((0..steps.len()).step_by(17)).chain([steps.len() - 1]).collect();
    for stop in stops {
        let mut step = 0;
        let ended = import::run(&house.app, &sample("formation"), &Choices::default(), &mut |_| {
            step += 1;
            step <= stop
        });
        assert!(matches!(ended, Err(ActionError::Cancelled)), "cancelled at step {stop}: {ended:?}");
        assert_eq!(house.leftovers(), Vec::<String>::new(), "cancelled at step {stop}");
    }
}

#[test]
fn a_cancelled_job_of_the_wizard_leaves_nothing() {
    let house = House::new();
    let admin = house.admin();
    for running in [false, true] {
        let upload = house.app.uploads().join("upload");
        std::fs::copy(sample("formation"), &upload).unwrap();
        let job = import::receive(&house.app, &admin, "formation.mbz", Language::French, &upload).unwrap();
        if running {
            import::start(&house.app, &admin, &job.id, Choices::default()).unwrap();
        }
        import::cancel(&house.app, &admin, &job.id).unwrap();
        let end = loop {
            match import::job(&house.app, &admin, &job.id).unwrap().state {
                State::Running(_) => std::thread::sleep(Duration::from_millis(5)),
                state => break state,
            }
        };
        assert!(matches!(end, State::Cancelled), "{end:?}");
        // The state is told a moment before the file goes.
        let gone = (0..200).any(|_| house.leftovers().is_empty() || (std::thread::sleep(Duration::from_millis(5)), false).1);
        assert!(gone, "{:?}", house.leftovers());
    }
}

#[test]
fn an_export_that_fails_has_no_name() {
    let house = House::new();
    let course = house.import(&sample("petit")).course;
    let out = house.dir.path().join("missing/out.mbz");
    assert!(export::run(&house.app, None, course, export::Choices::default(), &out).is_err());
    assert!(matches!(
        export::run(&house.app, None, course + 1, export::Choices::default(), &house.dir.path().join("x.mbz")),
        Err(ActionError::NotFound)
    ));
    let strays: Vec<PathBuf> = files_below(house.dir.path()).into_iter().filter(|p| p.extension().is_some_and(|e| e == "mbz")).collect();
    assert_eq!(strays, Vec::<PathBuf>::new());
}

const CHILD: &str = "PARCOURS_KILL_TEST_DIR";
const NAME: &str = "a_process_killed_while_it_imports_leaves_nothing_half_done";

/// Imports until it is killed, and says so after each.
fn child(data: &Path) {
    let app = house::open(data, house::modules()).unwrap();
    println!("ready");
    loop {
        let done = import::run(&app, &sample("formation"), &Choices::default(), &mut |_| true).unwrap();
        println!("live {}", done.course);
    }
}

#[test]
fn a_process_killed_while_it_imports_leaves_nothing_half_done() {
    // This test starts itself again as the process that is killed.
    if let Some(data) = std::env::var_os(CHILD) {
        return child(Path::new(&data));
    }
    let mut chance = Chance::new(9);
    let (mut finished, mut slowest) = (0, Duration::ZERO);
    for _ in 0..20 {
        let dir = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME, "--nocapture"])
            .env(CHILD, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(out.any(|line| line.ends_with("ready")), "the process did not start");
        std::thread::sleep(Duration::from_millis(chance.below(400) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let said: Vec<i64> = out.filter_map(|line| line.strip_prefix("live ")?.parse().ok()).collect();
        let start = Instant::now();
        let app = house::open(dir.path(), house::modules()).unwrap();
        slowest = slowest.max(start.elapsed());
        finished += verify(&app, &said, dir.path());
    }
    println!("20 kills, {finished} courses finished before them, slowest start after one {slowest:?}");
    assert!(slowest < Duration::from_secs(20), "a start after a kill took {slowest:?}");
}

/// Everything acknowledged is there and whole; of what was not, there is at most one course, which is whole too. Gives how many there are.
fn verify(app: &parcours_actions::App, said: &[i64], data: &Path) -> usize {
    let live: Vec<i64> = course::all(app).unwrap().iter().map(|c| c.course).collect();
    assert!(said.iter().all(|c| live.contains(c)) && live.len() <= said.len() + 1, "acknowledged {said:?}, there are {live:?}");
    let census = app.census().unwrap();
    let rows = |table: &str| census.get(table).copied().unwrap_or(0);
    assert_eq!(rows("course"), live.len() as i64, "{census:?}");
    if live.is_empty() {
        let left: Vec<&String> = census.keys().collect();
        assert!(left.is_empty(), "{left:?}");
        assert!(files_below(&data.join("main/pool")).is_empty() && files_below(&data.join("main/jobs")).is_empty());
        return 0;
    }
    // Twice the same course has its contents once.
    assert_eq!(files_below(&data.join("main/pool")).len() as i64, rows("pool_file"));
    for course in &live {
        let out = data.join(format!("{course}.mbz"));
        export::run(app, None, *course, export::Choices::default(), &out).unwrap();
        let (whole, original) = (support::archive::Archive::read(&out), support::archive::Archive::read(&sample("formation")));
        assert!(whole.0.keys().eq(original.0.keys()), "course {course} is not whole");
    }
    live.len()
}
