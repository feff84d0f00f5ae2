//! SECURITY E: every answer passes the linter, whatever it is.

use crate::browser::{ADMIN, Answer, LEARNER, Site};
use axum::body::Body;
use axum::http::Method;

const PAGES: &[&str] = &[
    "/",
    "/?q=%C3%A9&page=3",
    "/?page=x",
    "/login",
    "/login?next=%2Fcourse%2F1",
    "/import",
    "/import/none",
    "/import/..%2f",
    "/course/1",
    "/course/x",
    "/course/99999999999999999999",
    "/course/1/report",
    "/course/1/report.json",
    "/course/1/report.csv",
    "/course/1/export",
    "/course/1/withdraw",
    "/course/1/tick",
    "/course/1/forum/2",
    "/course/1/forum/2/",
    "/course/1/forum/2/discussion?d=3",
    "/course/1/forum/x",
    "/file/1/2/mod_forum/post/3/a/b.png",
    "/file/1/2/mod_forum/post/3/../../etc/passwd",
    "/file/1/2/mod_forum/post/3/%2e%2e/x",
    "/file/1/2/mod_forum/post/3/..%5cx",
    "/file/1/2/mod_forum/post/3/%00",
    "/file/1/2/mod_forum/post/3/%ff",
    "/work/none",
    "/work/none/file",
    "/work/..%2f/file",
    "/work/none/..%2ffile",
    "/check",
    "/check/none/clean",
    "/static/style.css",
    "/static/../Cargo.toml",
    "/static/%2e%2e/x",
    "/static/module/forum.css",
    "/static/module/..%2fx.css",
    "/accessibility",
    "/legal",
    "/privacy",
    "/healthz",
    "/logout",
    "/lang",
    "/nothing",
    "/%252e%252e/",
    "/..;/",
    "//evil.example/",
    "/a%0d%0aSet-Cookie:x",
];

fn lint(path: &str, a: &Answer) {
    assert_eq!(a.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(a.header("referrer-policy"), "same-origin", "{path}");
    assert_eq!(a.header("cross-origin-opener-policy"), "same-origin", "{path}");
    assert_eq!(a.header("cross-origin-resource-policy"), "same-origin", "{path}");
    let policy = a.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    let kind = a.header("content-type");
    if kind.starts_with("text/html") {
        assert_eq!(a.header("cache-control"), "private, no-store", "{path}");
        assert!(kind.ends_with("charset=utf-8"), "{path}");
        assert!(a.body.starts_with("<!doctype html>") && a.body.contains("<h1") && a.body.contains("<title>"), "{path}: {}", a.body);
    }
    assert!(!a.header("cache-control").is_empty(), "{path}");
    assert!(a.status < 500, "{path}: {} {}", a.status, a.body);
    assert!(!a.headers.contains_key("server") && !a.headers.contains_key("x-powered-by"), "{path}");
    if a.status >= 400 {
        assert!(kind.starts_with("text/html"), "{path}: {} {kind}", a.status);
    }
    if a.status == 303 {
        let to = a.header("location");
        assert!(to.starts_with('/') && !to.starts_with("//"), "{path}: {to}");
    }
}

#[tokio::test]
async fn every_address_answers_with_safe_headers() {
    let site = Site::new();
    for who in [None, Some(LEARNER), Some(ADMIN)] {
        let mut browser = match who {
            None => site.nobody(),
            Some(who) => site.log_in(who).await,
        };
        for path in PAGES {
            let got = browser.get(path).await;
            lint(path, &got);
            assert!(!got.headers.contains_key("set-cookie"), "a GET of {path} sets a cookie");
            let head = browser.send(Method::HEAD, path, &[], Body::empty()).await;
            lint_head(path, &got, &head);
        }
    }
}

/// SECURITY E06: HEAD tells what GET would.
fn lint_head(path: &str, get: &Answer, head: &Answer) {
    assert_eq!(get.status, head.status, "{path}");
    for (name, value) in &get.headers {
        assert_eq!(head.headers.get(name), Some(value), "{name} of {path}");
    }
}

#[tokio::test]
async fn only_static_things_are_kept_by_anybody_else() {
    let site = Site::new();
    let mut browser = site.nobody();
    let page = browser.get("/login").await.body;
    let addresses: Vec<&str> = page.split('"').filter(|s| s.starts_with("/static/")).map(|s| s.split('#').next().unwrap_or(s)).collect();
    assert!(addresses.len() >= 4, "{addresses:?}");
    for address in addresses {
        let asset = browser.get(address).await;
        assert_eq!((asset.status, asset.header("cache-control")), (200, "public, max-age=31536000, immutable"), "{address}");
        lint(address, &asset);
    }
}

#[tokio::test]
async fn a_method_that_an_address_does_not_know_is_refused_with_a_page() {
    let site = Site::new();
    let mut browser = site.log_in(ADMIN).await;
    for (method, path, status) in
        [(Method::PUT, "/", 403), (Method::DELETE, "/course/1", 403), (Method::PATCH, "/login", 403), (Method::OPTIONS, "/", 405)]
    {
        let answer = browser.send(method, path, &[], Body::empty()).await;
        lint(path, &answer);
        assert_eq!(answer.status, status, "{path}");
    }
    let answer = browser.send(Method::PUT, "/", &[("sec-fetch-site", "same-origin")], Body::empty()).await;
    assert_eq!(answer.status, 405);
}

#[tokio::test]
async fn the_same_page_in_both_languages() {
    let site = Site::new();
    let mut browser = site.nobody();
    assert!(browser.get("/login").await.body.contains("<html lang=\"fr\">"));
    let chosen = browser
        .send(
            Method::POST,
            "/lang",
            &[("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")],
            Body::from("to=en&next=%2Fprivacy"),
        )
        .await;
    assert_eq!((chosen.status, chosen.header("location")), (303, "/privacy"));
    let page = browser.get("/privacy").await;
    assert!(page.body.contains("<html lang=\"en\">") && page.body.contains("Personal data"));
}
