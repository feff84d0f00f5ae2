//! The wizard from one end to the other, and what it refuses.

use crate::browser::{ADMIN, Answer, Browser, LEARNER, OTHER_ADMIN, Site};
use parcours_web::Limits;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/petit.mbz")
}

fn waiting(site: &Site) -> usize {
    std::fs::read_dir(site.app.uploads()).unwrap().count()
}

#[tokio::test]
async fn only_those_who_run_the_domain_import() {
    let site = Site::new();
    let mut learner = site.log_in(LEARNER).await;
    assert_eq!(learner.get("/import").await.status, 403);
    assert_eq!(learner.upload("/import", "archive", "x.mbz", b"x").await.status, 403);
    assert!(!learner.get("/").await.body.contains("href=\"/import\""));
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn what_is_no_archive_is_refused_and_leaves_nothing() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    for (name, content) in
        [("page.html", &b"<html><script>alert(1)</script>"[..]), ("x.mbz", b"\x1f\x8b\x08\x00"), ("x.zip", b"PK\x03\x04"), ("x", &[0; 4096])]
    {
        let answer = admin.upload("/import", "archive", name, content).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.body);
        assert!(answer.body.contains("href=\"/import\"") && !answer.body.contains("<script>alert"), "{name}");
    }
    let empty = admin.upload("/import", "archive", "", b"").await;
    assert!(empty.status == 422 && empty.body.contains("id=\"archive-error\""));
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn an_upload_over_the_limit_is_told_the_limit() {
    let site = Site::limited(Limits { archive_bytes: 2_000_000, ..Limits::default() });
    let mut admin = site.log_in(ADMIN).await;
    let answer = admin.upload("/import", "archive", "x.mbz", &vec![0; 2_000_001]).await;
    assert!(answer.status == 413 && answer.body.contains("2\u{a0}Mo"), "{}", answer.body);
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn a_job_is_its_owners_alone() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let Some(job) = received(&mut admin).await else { return };
    for who in [LEARNER, OTHER_ADMIN] {
        let mut browser = site.log_in(who).await;
        assert_eq!(browser.get(&job).await.status, 404);
        for what in ["start", "cancel"] {
            assert!(matches!(browser.post(&job, &[("do", what)]).await.status, 403 | 404));
        }
    }
    assert_eq!(admin.get(&job).await.status, 200);
}

#[tokio::test]
async fn a_cancelled_job_leaves_nothing() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let Some(job) = received(&mut admin).await else { return };
    assert_eq!(admin.post(&job, &[("do", "cancel")]).await.header("location"), job);
    assert!(admin.get(&job).await.body.contains("Import annulé"));
    assert!(admin.get("/").await.body.contains("Aucun parcours"));
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn an_archive_goes_in_is_reported_goes_out_and_is_withdrawn() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let Some(job) = received(&mut admin).await else { return };
    let inventory = admin.get(&job).await;
    assert!(inventory.body.contains("Rien n’est encore enregistré"), "{}", inventory.body);
    assert!(admin.get("/").await.body.contains("Aucun parcours"), "something was written before it was asked for");

    assert_eq!(admin.post(&job, &[("do", "start"), ("people", "with")]).await.header("location"), job);
    let course = ended(&mut admin, &job).await;
    let page = admin.get(&course).await;
    assert!(page.status == 200 && page.body.contains("<details class=\"section\""), "{}", page.body);
    assert!(page.body.contains("pas encore publié") && admin.get(&job).await.body.contains("value=\"publish\""), "{}", page.body);
    assert!(admin.get("/").await.body.contains("Non publié"));
    let mut other = site.log_in(LEARNER).await;
    assert_eq!(other.post(&format!("{course}/publish"), &[("do", "publish")]).await.status, 404);
    for (what, shown) in [("publish", "Publié le"), ("hide", "pas encore publié"), ("publish", "Publié le")] {
        assert_eq!(admin.post(&format!("{course}/publish"), &[("do", what)]).await.header("location"), course);
        assert!(admin.get(&course).await.body.contains(shown), "{what}");
    }
    assert!(admin.post(&format!("{course}/publish"), &[("do", "x")]).await.status >= 400);
    assert!(admin.get("/").await.body.contains(&format!("href=\"{course}\"")));

    let report = admin.get(&format!("{course}/report")).await;
    assert!(report.status == 200 && report.body.contains("class=\"filters\""));
    assert!(admin.get(&format!("{course}/report.csv")).await.body.starts_with('\u{feff}'));
    let json = admin.get(&format!("{course}/report.json")).await;
    assert!(json.header("content-disposition").starts_with("attachment") && json.body.contains("\"items_in\""));

    let mut learner = site.log_in(LEARNER).await;
    for path in ["", "/report", "/report.csv", "/export", "/withdraw"] {
        assert_eq!(learner.get(&format!("{course}{path}")).await.status, 404, "{path}");
    }
    assert!(admin.post(&format!("{course}/withdraw"), &[]).await.body.contains("id=\"sure-error\""));
    assert_eq!(admin.post(&format!("{course}/withdraw"), &[("sure", "1")]).await.header("location"), "/");
    assert_eq!(admin.get(&course).await.status, 404);
    assert_eq!(waiting(&site), 0);
}

/// Sends the sample; answers where its job is. `None`, with a word, where the sample is not there.
async fn received(admin: &mut Browser) -> Option<String> {
    let Ok(bytes) = std::fs::read(sample()) else {
        println!("skipped: {} is not there", sample().display());
        return None;
    };
    let answer: Answer = admin.upload("/import", "archive", "petit.mbz", &bytes).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let job = answer.header("location").to_owned();
    assert!(job.starts_with("/import/"));
    Some(job)
}

/// Waits for the import's end; answers where the course is.
async fn ended(admin: &mut Browser, job: &str) -> String {
    for _ in 0..600 {
        let page = admin.get(job).await;
        if let Some(at) = page.body.find("href=\"/course/") {
            return page.body[at + 6..].split('"').next().unwrap().to_owned();
        }
        assert!(page.body.contains("data-live"), "{}", page.body);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import did not end");
}
