//! How long imports take, for comparing: `cargo test -p parcours-actions --test import_speed -- --ignored --nocapture`. Archives of one's own are named by
//! `PARCOURS_ARCHIVES`, as `PATH` names folders.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::import;
use std::path::{Path, PathBuf};
use std::time::Instant;
use support::{House, shared};

/// Seconds of work on any processor so far: what else runs on the machine does not count.
fn worked() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// The median of five, as time that passed and as work, and the most memory while they ran.
fn measured(house: &House, archive: &Path) -> String {
    let admin = house.admin();
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let mut all: [Vec<f64>; 4] = Default::default();
    for _ in 0..5 {
        let (start, work) = (Instant::now(), worked());
        let course = house.import(archive).course;
        let (between, worked_between) = (Instant::now(), worked());
        std::fs::remove_file(house.export(course, "speed.out", false)).unwrap();
        let ms = [(between - start).as_secs_f64(), worked_between - work, between.elapsed().as_secs_f64(), worked() - worked_between];
        all.iter_mut().zip(ms).for_each(|(list, s)| list.push(s * 1000.0));
        import::withdraw(&house.app, &admin, course).unwrap();
    }
    let [i, iw, e, ew] = all.map(|mut list| {
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    });
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default().split_whitespace().nth(1).unwrap_or_default().to_owned();
    format!("import {i:.0} ms ({iw:.0} of work), export {e:.0} ms ({ew:.0}), {memory} kB")
}

#[test]
#[ignore = "measures; says nothing about right and wrong"]
fn imports_are_timed() {
    let house = House::new();
    let named = std::env::var_os("PARCOURS_ARCHIVES").map(|list| std::env::split_paths(&list).collect());
    let all: Vec<PathBuf> = named.unwrap_or_else(|| {
        let corpus = |name: &str| Some(shared()?.join("corpus").join(name));
        ["m51-richA-users-full.mbz", "m51-richA-users-logs.mbz"].into_iter().filter_map(corpus).collect()
    });
    for archive in all {
        println!("{}: {}", archive.file_name().unwrap().to_string_lossy(), measured(&house, &archive));
    }
}
