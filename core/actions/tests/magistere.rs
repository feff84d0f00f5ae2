//! The French platform's own courses in this shell: what runs here as it came, and after its components became plain ones. The table for people is printed with `--nocapture`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::convert::{self, Plain, Wishes};
use parcours_course::report::{Fate, Report};
use std::collections::BTreeMap;
use std::path::Path;
use support::{House, each, shared};

/// By component: as itself, approximated, kept closed, refused.
type Table = BTreeMap<String, [usize; 4]>;

#[test]
fn table() {
    let Some(folder) = shared().map(|s| s.join("corpus/magistere")) else { return };
    let archives = support::files_below(&folder);
    let archives: Vec<_> = archives.into_iter().filter(|p| p.extension().is_some_and(|e| e == "mbz")).collect();
    let house = House::new();
    let (came, plain) = (std::sync::Mutex::new(Table::new()), std::sync::Mutex::new(Table::new()));
    let complaints = each(
        &archives,
        |path| path.display().to_string(),
        |path| {
            let here = imported(&house, path, path)?;
            let out = house.dir.path().join(path.file_name().unwrap());
            let wishes = Wishes { plain: Plain::Yes { keep_original: false }, ..Wishes::default() };
            convert::run(path, &out, &wishes).map_err(|e| e.to_string())?;
            let after = imported(&house, &out, path)?;
            // Nothing is lost on the way, whatever it became.
            if here.len() != after.len() {
                return Err(format!("{} activities became {}", here.len(), after.len()));
            }
            tally(&mut came.lock().unwrap(), &here);
            // Under the component it was: numbers stay.
            let was: BTreeMap<i64, &str> = here.iter().map(|(n, (name, _))| (*n, name.as_str())).collect();
            let renamed = after.iter().map(|(n, (_, fate))| (*n, (was.get(n).copied().unwrap_or("?").to_owned(), *fate))).collect();
            tally(&mut plain.lock().unwrap(), &renamed);
            Ok(())
        },
    );
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let (came, plain) = (came.into_inner().unwrap(), plain.into_inner().unwrap());
    println!("\n{:24}{:>24}{:>24}", "", "as it came", "made plain");
    println!("{:24}{:>12}{:>12}{:>12}{:>12}", "component", "runs here", "kept", "runs here", "kept");
    for (name, before) in &came {
        let after = plain.get(name).copied().unwrap_or_default();
        println!("{name:24}{:>12}{:>12}{:>12}{:>12}", before[0] + before[1], before[2], after[0] + after[1], after[2]);
    }
    let sum = |table: &Table, fate: usize| table.values().map(|f| f[fate]).sum::<usize>();
    println!("{:24}{:>12}{:>12}{:>12}{:>12}", "all", sum(&came, 0), sum(&came, 2), sum(&plain, 0), sum(&plain, 2));
    assert_eq!((sum(&came, 3), sum(&plain, 3)), (0, 0), "nothing is refused");
    assert!(sum(&plain, 0) > sum(&came, 0));
}

/// Activities by number: component and fate.
fn imported(house: &House, archive: &Path, named: &Path) -> Result<BTreeMap<i64, (String, Fate)>, String> {
    let report: Report = house.try_import(archive, false).map_err(|e| format!("{}: {e}", named.display()))?.report;
    let activities = report.findings.iter().filter(|f| f.counts && f.item == "activity");
    let each = activities.filter_map(|f| {
        let (component, number) = f.place.strip_prefix("activities/")?.rsplit_once('_')?;
        Some((number.parse().ok()?, (component.to_owned(), f.fate)))
    });
    Ok(each.collect())
}

fn tally(table: &mut Table, activities: &BTreeMap<i64, (String, Fate)>) {
    for (component, fate) in activities.values() {
        table.entry(component.clone()).or_default()[*fate as usize] += 1;
    }
}
