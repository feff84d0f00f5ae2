//! SECURITY F05: who may change something.

use crate::browser::{LEARNER, Site};
use axum::body::Body;
use axum::http::Method;

#[tokio::test]
async fn a_change_needs_our_own_page_and_its_token() {
    let site = Site::new();
    let ok = "http://127.0.0.1:8080";
    let mut open = 0;
    for site_header in [Some("same-origin"), Some("same-site"), Some("cross-site"), Some("none"), None] {
        for origin in [Some(ok), Some("null"), Some("https://evil.example"), None] {
            for right_token in [true, false] {
                let mut browser = site.log_in(LEARNER).await;
                let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
                headers.extend(site_header.map(|s| ("sec-fetch-site", s)));
                headers.extend(origin.map(|o| ("origin", o)));
                let token = if right_token { browser.token.clone() } else { "0".repeat(browser.token.len()) };
                let answer = browser.send(Method::POST, "/logout", &headers, Body::from(format!("_token={token}"))).await;
                let ours = matches!(site_header, Some("same-origin" | "none")) || (site_header.is_none() && origin == Some(ok));
                let expected = if ours && right_token { 303 } else { 403 };
                assert_eq!(answer.status, expected, "{site_header:?} {origin:?} token {right_token}");
                open += usize::from(expected == 303);
            }
        }
    }
    assert_eq!(open, 9);
}

#[tokio::test]
async fn the_token_of_another_session_is_none() {
    let site = Site::new();
    let (mut one, other) = (site.log_in(LEARNER).await, site.log_in(LEARNER).await);
    assert_ne!(one.token, other.token);
    one.token = other.token;
    assert_eq!(one.post("/logout", &[]).await.status, 403);
}

#[tokio::test]
async fn a_method_cannot_be_smuggled_in() {
    let site = Site::new();
    let mut browser = site.log_in(LEARNER).await;
    assert_eq!(browser.get("/logout?_method=POST").await.status, 405);
    let headers = [("x-http-method-override", "POST"), ("x-method-override", "POST")];
    assert_eq!(browser.send(Method::GET, "/logout", &headers, Body::empty()).await.status, 405);
    assert_eq!(browser.get("/").await.status, 200);
}
