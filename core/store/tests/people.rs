//! Accounts, sessions and failed logins.
#![allow(clippy::unwrap_used)]

mod common;
use common::{domain, write};
use parcours_store::accounts::{self, NewAccount};
use parcours_store::sessions::{self, Session};
use parcours_store::{StoreError, attempts};

fn new(username: &str) -> NewAccount {
    NewAccount { username: username.into(), ..NewAccount::default() }
}

#[test]
fn a_user_name_is_one_whatever_its_case() {
    let (_dir, domain) = domain();
    let id = write(&domain, |w| accounts::create(w, &new(" Élodie "))).unwrap();
    assert!(matches!(write(&domain, |w| accounts::create(w, &new("ÉLODIE"))), Err(StoreError::Invalid(_))));
    let read = domain.read().unwrap();
    assert_eq!(accounts::find(&read, "éLODIE").unwrap().unwrap().id, id);
    assert_eq!(accounts::list(&read, "", 10).unwrap().len(), 1);
}

#[test]
fn a_session_ends_with_its_password_and_is_nothing_while_suspended() {
    let (_dir, domain) = domain();
    let token = sessions::hash(b"secret");
    let t = token.clone();
    let id = write(&domain, move |w| {
        let id = accounts::create(w, &new("ada"))?;
        let s = Session { token: t, account: id, created: 1, used: 1, address: "::1".into(), agent: "x".into() };
        sessions::begin(w, &s).map(|()| id)
    })
    .unwrap();
    let found = || sessions::find(&domain.read().unwrap(), &token).unwrap();
    let t = token.clone();
    write(&domain, move |w| sessions::touch(w, &t, 9)).unwrap();
    assert_eq!(found().map(|s| (s.account, s.used)), Some((id, 9)));
    write(&domain, |w| sessions::expire(w, 9, 1)).unwrap();
    assert!(found().is_some());
    write(&domain, move |w| accounts::set_password(w, id, Some("hash"))).unwrap();
    assert!(found().is_none());
}

#[test]
fn failures_are_counted_in_windows() {
    let (_dir, domain) = domain();
    let fail = |now| write(&domain, move |w| attempts::fail(w, "ada", now, 60)).unwrap();
    assert_eq!((fail(100), fail(120), fail(159)), (1, 2, 3));
    let count = |now| attempts::failures(&domain.read().unwrap(), "ada", now, 60).unwrap().count;
    assert_eq!((count(159), count(160)), (3, 0));
    assert_eq!(fail(160), 1);
    write(&domain, |w| attempts::clear(w, "ada")).unwrap();
    assert_eq!(count(161), 0);
}
