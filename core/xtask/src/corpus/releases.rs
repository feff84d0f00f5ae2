//! Each archive in the shape of each release, and what a Moodle of that release would say of it before and after.

use super::{archives, said, text};
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const RELEASES: &[&str] = &["4.1", "4.5", "5.1"];
/// Severities that count: what is only worth knowing does not.
const BAD: &[&str] = &["refused", "dropped", "degraded"];

pub fn run(program: &Path, folder: &Path, work: &Path) -> Result<()> {
    print!("\n{:<62}", "releases (refused dropped degraded: as it came, converted)");
    RELEASES.iter().for_each(|r| print!(" {r:>22}"));
    println!();
    let mut clean: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut left: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let out = work.join("released.mbz");
    for (name, archive) in archives(folder)? {
        print!("{name:<62}");
        for release in RELEASES {
            if out.exists() {
                std::fs::remove_file(&out)?;
            }
            said(program, &["convert", &text(&archive), &text(&out), "--release", release])?;
            let verdict = |file: &Path| -> Result<Value> {
                let said = said(program, &["validate", &text(file), "--release", release, "--json"])?;
                Ok(serde_json::from_str::<Value>(&said).ok().and_then(|v| v.get(0).cloned()).unwrap_or_default())
            };
            if !out.exists() {
                print!(" {:>22}", "refused");
                continue;
            }
            let (before, after) = (verdict(&archive)?, verdict(&out)?);
            let counts = clean.entry(release).or_default();
            counts.1 += 1;
            counts.0 += usize::from(count(&after) == [0, 0, 0]);
            for finding in after["findings"].as_array().into_iter().flatten() {
                if BAD.iter().any(|s| finding["severity"] == *s) {
                    *left.entry((finding["rule"].as_str().unwrap_or_default().to_owned(), release)).or_default() += 1;
                }
            }
            print!(" {:>22}", format!("{} → {}", shown(&before), shown(&after)));
        }
        println!();
    }
    for (release, (clean, all)) in &clean {
        println!("{release}: {clean} of {all} converted archives have nothing refused, dropped or degraded");
    }
    println!("\nwhat is left, by rule:");
    for ((rule, release), n) in &left {
        println!("  {release} {rule:<28} {n:>6}");
    }
    Ok(())
}

fn count(verdict: &Value) -> [i64; 3] {
    BAD.iter().map(|s| verdict["counts"][*s].as_i64().unwrap_or(-1)).collect::<Vec<_>>().try_into().unwrap_or([-1; 3])
}

fn shown(verdict: &Value) -> String {
    let [a, b, c] = count(verdict);
    format!("{a} {b} {c}")
}
