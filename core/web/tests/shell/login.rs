//! Logging in and out.

use crate::browser::{ADMIN, LEARNER, Site};
use parcours_web::Options;

#[tokio::test]
async fn a_login_leads_to_the_page_that_was_asked_for() {
    let site = Site::new();
    let mut browser = site.nobody();
    let turned = browser.get("/course/1/forum/2/discussion?d=3&page=2").await;
    let to = turned.header("location").to_owned();
    assert_eq!((turned.status, to.as_str()), (303, "/login?next=%2Fcourse%2F1%2Fforum%2F2%2Fdiscussion%3Fd%3D3%26page%3D2"));
    assert!(browser.get(&to).await.body.contains("name=\"next\" value=\"/course/1/forum/2/discussion?d=3&amp;page=2\""));
    let next = "/course/1/forum/2/discussion?d=3&page=2";
    let entered = browser.post("/login", &[("next", next), ("username", ADMIN.0), ("password", ADMIN.1)]).await;
    assert_eq!((entered.status, entered.header("location")), (303, next));
}

#[tokio::test]
async fn a_login_leads_nowhere_else() {
    let site = Site::new();
    for out in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/logout"] {
        let answer = site.nobody().post("/login", &[("next", out), ("username", LEARNER.0), ("password", LEARNER.1)]).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{out}");
        let mut inside = site.log_in(LEARNER).await;
        let form: String = format!("/login?next={}", out.replace(':', "%3A"));
        assert_eq!(inside.get(&form).await.header("location"), "/", "{out}");
    }
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_look_the_same() {
    let site = Site::new();
    let page = |body: &str, name: &str| body.replace(name, "…");
    let unknown = site.nobody().post("/login", &[("username", "nobody"), ("password", "x")]).await;
    let wrong = site.nobody().post("/login", &[("username", LEARNER.0), ("password", "x")]).await;
    assert_eq!((unknown.status, wrong.status), (422, 422));
    assert_eq!(page(&unknown.body, "value=\"nobody\""), page(&wrong.body, "value=\"alex\""));
    assert!(wrong.body.contains("role=\"alert\"") && !wrong.body.contains("value=\"x\""));
    assert!(!wrong.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn too_many_tries_are_told_how_long_to_wait() {
    let site = Site::new();
    let mut last = 0;
    for _ in 0..8 {
        let answer = site.nobody().post("/login", &[("username", LEARNER.0), ("password", "x")]).await;
        last = answer.status;
        if last == 429 {
            assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|s| (1..=60).contains(&s)));
            assert!(answer.body.contains("role=\"alert\""));
            break;
        }
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn logging_out_ends_the_session_on_the_server() {
    let site = Site::new();
    let mut browser = site.log_in(LEARNER).await;
    let before = browser.cookies.clone();
    let out = browser.post("/logout", &[]).await;
    assert_eq!((out.status, out.header("location"), out.header("clear-site-data")), (303, "/login", "\"cache\", \"storage\""));
    browser.cookies = before;
    assert_eq!(browser.get("/").await.header("location"), "/login");
}

#[tokio::test]
async fn a_login_never_keeps_a_token_the_browser_brought() {
    let site = Site::new();
    let mut browser = site.log_in(LEARNER).await;
    let before = browser.cookies.clone();
    assert_eq!(browser.post("/login", &[("username", LEARNER.0), ("password", LEARNER.1)]).await.status, 303);
    assert_ne!(browser.cookies, before);
    browser.cookies = before;
    assert_eq!(browser.get("/").await.status, 303);
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let site = Site::with(Options { public: Some("https://parcours.example.org".into()), ..Options::default() });
    let mut browser = site.nobody();
    let answer = browser.post("/login", &[("username", LEARNER.0), ("password", LEARNER.1)]).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-parcours=") && cookie.contains("; Secure") && cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"),
        "{cookie}"
    );
    assert!(!answer.header("strict-transport-security").is_empty());
    assert_eq!(browser.get("/").await.status, 200);
}
