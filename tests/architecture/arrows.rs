//! Who may use whom (DESIGN §2): `cli → web → actions → (convert, importers) → (rules, store, mbz, host) → (course, declare)`, and nothing upward or sideways.

use crate::none;
use serde_json::Value;
use std::process::Command;

/// Crates by layer, lowest first. What is on the last line stands outside: tools, which may use anything, and which nothing may use.
const LAYERS: &[&[&str]] = &[
    &["parcours-course", "parcours-declare"],
    &["parcours-rules", "parcours-store", "parcours-mbz", "parcours-host"],
    &["parcours-convert", "parcours-importers"],
    &["parcours-actions"],
    &["parcours-web"],
    &["parcours"],
    &["parcours-samples", "parcours-tests", "parcours-fuzz", "xtask"],
];
const TOOLS: usize = 6;

/// Libraries behind a wall: they are named in these crates and in no other.
const WALLS: &[(&[&str], &[&str])] = &[
    (&["axum", "tower", "hyper", "minijinja", "http-body-util"], &["parcours-web"]),
    (&["tokio"], &["parcours-web", "parcours"]),
    (&["rusqlite", "libsqlite3-sys"], &["parcours-store"]),
    (&["wasmtime"], &["parcours-host"]),
    (&["quick-xml", "zip"], &["parcours-mbz", "parcours-importers"]),
    (&["tar"], &["parcours-mbz"]),
    // Archives are packed in one, kept documents in a row of their own in the other.
    (&["flate2"], &["parcours-mbz", "parcours-store"]),
    (&["clap", "indicatif", "console", "crossterm"], &["parcours"]),
];

struct Arrow {
    from: String,
    to: String,
    dev: bool,
}

/// Every dependency that a manifest of the workspace names.
fn arrows() -> Vec<Arrow> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["metadata", "--no-deps", "--format-version", "1", "--offline"];
    let output = Command::new(cargo).args(args).current_dir(parcours_tests::root()).output().unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let mut arrows = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        for dependency in package["dependencies"].as_array().unwrap() {
            arrows.push(Arrow { from: text(package, "name"), to: text(dependency, "name"), dev: dependency["kind"] == "dev" });
        }
    }
    arrows
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|crates| crates.contains(&name))
}

#[test]
fn every_crate_has_a_layer() {
    let unknown =
        arrows().into_iter().filter(|a| layer(&a.from).is_none()).map(|a| format!("{} stands in no layer of tests/architecture/arrows.rs", a.from));
    let mut unknown: Vec<_> = unknown.collect();
    unknown.dedup();
    none("a new crate needs a place", unknown);
}

#[test]
fn arrows_go_down_only() {
    let mut wrong = Vec::new();
    for Arrow { from, to, dev } in arrows() {
        let (Some(above), Some(below)) = (layer(&from), layer(&to)) else { continue };
        // A test may borrow the samples, and its own crate with other features; nothing that ships may.
        let itself = dev && from == to;
        let allowed = below < above || (above == TOOLS && below == TOOLS) || (dev && to == "parcours-samples") || itself;
        if !allowed {
            wrong.push(format!("{from} → {to}"));
        }
    }
    none("an arrow goes up or sideways", wrong);
}

#[test]
fn libraries_stay_behind_their_walls() {
    let mut wrong = Vec::new();
    for Arrow { from, to, dev } in arrows() {
        let tool = layer(&from) == Some(TOOLS);
        for (libraries, owners) in WALLS {
            if libraries.contains(&to.as_str()) && !owners.contains(&from.as_str()) && !tool && !dev {
                wrong.push(format!("{from} uses {to}, which belongs to {}", owners.join(", ")));
            }
        }
    }
    none("a wall is broken", wrong);
}

/// A new crate of the workspace is not overlooked because its name is spelled otherwise.
#[test]
fn the_walls_name_crates_that_exist() {
    let known: Vec<String> = arrows().into_iter().map(|a| a.from).collect();
    let named = WALLS.iter().flat_map(|(_, owners)| owners.iter());
    none("a wall around nobody", named.filter(|o| !known.iter().any(|k| k == *o)).map(|o| (*o).to_owned()).collect());
}
