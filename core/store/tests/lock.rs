//! One process per domain.
#![allow(clippy::unwrap_used)]

mod common;
use common::{domain, open};
use parcours_store::{Domain, Options, StoreError};

const CHILD: &str = "STORE_LOCK_TEST_DIR";

#[test]
fn a_second_process_is_refused_with_a_clear_message() {
    // This test starts itself again as the second process.
    if let Some(dir) = std::env::var_os(CHILD) {
        let refused = Domain::open(dir.as_ref(), &[], Options::default()).err();
        assert!(matches!(&refused, Some(StoreError::InUse(_))), "{refused:?}");
        assert!(refused.unwrap().to_string().contains("another parcours process"));
        return;
    }
    let (dir, domain) = domain();
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_second_process_is_refused_with_a_clear_message"])
        .env(CHILD, dir.path())
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    drop(domain);
    drop(open(&dir));
}
