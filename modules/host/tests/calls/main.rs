//! Calls of modules, good and hostile ones. The guests are written as WebAssembly text, so that they can do what no compiler would.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod abilities;
mod guest;
mod hostile;
mod loading;
mod ordinary;

use std::sync::OnceLock;

use parcours_host::{Host, Method, Module, Outcome, Pool, Request, Settings};

/// One engine a process. The pool is small, so that slots are used again and again.
pub fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| Host::new(Settings { pool: Pool { instances: 4, ..Pool::default() }, ..Settings::default() }).unwrap())
}

pub fn module(guest: guest::Guest) -> Module {
    host().load(&guest.module()).unwrap()
}

pub fn request() -> Request {
    Request { method: Method::Get, route: String::new(), query: vec![], form: vec![], body: None, fragment: false }
}

pub fn html(outcome: Outcome) -> String {
    match outcome {
        Outcome::Page(page) => page.html,
        other => panic!("not a page: {other:?}"),
    }
}
