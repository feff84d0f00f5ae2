//! The languages a module ships.

use std::collections::{BTreeMap, BTreeSet};

/// A [`test::Host`](crate::test::Host) for the module of this package, with its `module.json`, `lang/en.json` and `lang/fr.json`. Ada, a student, is
/// asking.
///
/// # Panics
/// Where the declaration is not sound, or the languages do not say the same.
#[macro_export]
macro_rules! test_host {
    () => {{
        let (en, fr) =
            (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lang/en.json")), include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lang/fr.json")));
        assert_eq!($crate::test::same_strings(en, fr), Ok(()));
        let manifest = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/module.json"));
        let host = $crate::test::Host::new(manifest).strings("en", en).strings("fr", fr);
        host.person(2, "Ada", "student");
        host
    }};
}

/// Checks that all languages have the same keys with the same placeholders.
///
/// # Errors
/// Names the first key that is missing or differs.
pub fn same_strings(a: &str, b: &str) -> std::result::Result<(), String> {
    let read = |json: &str| serde_json::from_str::<BTreeMap<String, String>>(json).map_err(|e| e.to_string());
    let (a, b) = (read(a)?, read(b)?);
    for key in a.keys().chain(b.keys()) {
        let (Some(x), Some(y)) = (a.get(key), b.get(key)) else { return Err(format!("`{key}` is not in both languages")) };
        if placeholders(x) != placeholders(y) {
            return Err(format!("`{key}` has other placeholders in the other language"));
        }
    }
    Ok(())
}

fn placeholders(s: &str) -> BTreeSet<&str> {
    s.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|(name, _)| name).collect()
}
