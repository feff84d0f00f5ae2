//! Exports in every format, and files that are looked at without being imported.

use crate::browser::{ADMIN, Answer, Browser, LEARNER, OTHER_ADMIN, Site};
use crate::formats::{bring_in, sample, sample_as};
use std::time::Duration;

fn left(site: &Site) -> usize {
    std::fs::read_dir(site.app.uploads()).unwrap().count()
}

/// Waits for a work's end and answers with its page.
async fn ended(browser: &mut Browser, work: &str) -> String {
    for _ in 0..1200 {
        let page = browser.get(work).await;
        assert_eq!(page.status, 200, "{}", page.body);
        if !page.body.contains("data-live") {
            return page.body;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{work} did not end");
}

/// Begins a work with a form and waits for it; answers where it is and its page.
async fn work(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> (String, String) {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, 303, "{path} {fields:?}: {}", answer.body);
    let work = answer.header("location").to_owned();
    assert!(work.starts_with("/work/"), "{work}");
    let page = ended(browser, &work).await;
    (work, page)
}

async fn sent(browser: &mut Browser, name: &str, content: &[u8]) -> (String, String) {
    let answer = browser.upload("/check", "archive", name, content).await;
    assert_eq!(answer.status, 303, "{name}: {}", answer.body);
    let work = answer.header("location").to_owned();
    let page = ended(browser, &work).await;
    (work, page)
}

/// A report is a page of its own, which nothing can be put into and which loads nothing.
fn is_report(answer: &Answer, says: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"), "{}", answer.body);
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert!(answer.body.contains("<html lang=\"fr\">") && answer.body.contains("<p><a href=\"/work/"), "{}", answer.body);
    assert!(answer.body.contains(says) && !answer.body.contains("<script"), "{says}: {}", answer.body);
}

async fn course(admin: &mut Browser, name: &str) -> String {
    bring_in(admin, &format!("{name}.mbz"), &std::fs::read(sample(name)).unwrap()).await.1
}

#[tokio::test]
async fn a_course_goes_out_in_every_format_with_its_report() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let course = course(&mut admin, "petit").await;
    let export = format!("{course}/export");
    let form = admin.get(&export).await.body;
    let number = course.rsplit('/').next().unwrap();
    let mbz = |rest: &str| format!("backup-moodle2-course-{number}-petit{rest}.mbz");
    let other = |end: &str| format!("petit-{number}{end}");
    /// What is asked, what the file is called, how it begins.
    type Case<'a> = (Vec<(&'a str, &'a str)>, String, &'a str);
    let mut cases: Vec<Case> = vec![
        (vec![("kind", "mbz"), ("people", "with")], mbz(""), "\u{1f}"),
        (vec![("kind", "mbz"), ("people", "without"), ("container", "zip")], mbz("-nu"), "PK"),
        (vec![("kind", "mbz"), ("people", "replace")], mbz("-an"), "\u{1f}"),
        (vec![("kind", "epub")], other(".epub"), "PK"),
        (vec![("kind", "site"), ("hidden", "1")], other("-site.zip"), "PK"),
        (vec![("kind", "markdown"), ("plain", "1"), ("clean", "1")], other("-markdown.zip"), "PK"),
    ];
    for (kind, name) in [("mbz-4.1", mbz("-moodle4.1-nu")), ("mbz-4.5", mbz("-moodle4.5-nu")), ("mbz-5.1", mbz("-moodle5.1-nu"))] {
        cases.push((vec![("kind", kind)], name, "\u{1f}"));
    }
    for (format, end) in
        [("cc1.3", ".imscc"), ("cc1.2", ".cc12.imscc"), ("cc1.1", ".cc11.imscc"), ("thin-cc1.3", ".thin.imscc"), ("thin-cc1.2", ".thin12.imscc")]
    {
        cases.push((vec![("kind", format)], other(end), "PK"));
    }
    for (format, end, begins) in [("moodle-xml", ".xml", "<?xml"), ("gift", ".gift", ""), ("qti3", ".qti.zip", "PK"), ("qti2.1", ".qti21.zip", "PK")]
    {
        cases.push((vec![("kind", format)], other(end), begins));
    }
    for (fields, name, begins) in cases {
        for (field, value) in &fields {
            assert!(form.contains(&format!("name=\"{field}\"")) && form.contains(&format!("value=\"{value}\"")), "the form has no {field} {value}");
        }
        let (work, page) = work(&mut admin, &export, &fields).await;
        assert!(page.contains("Le fichier est prêt"), "{fields:?}: {page}");
        let file = admin.get(&format!("{work}/file")).await;
        let disposition = file.header("content-disposition");
        assert!(file.status == 200 && disposition.starts_with(&format!("attachment; filename=\"{name}\"")), "{fields:?}: {disposition}");
        assert!(file.body.starts_with(begins), "{fields:?}");
        is_report(&admin.get(&format!("{work}/report")).await, "Ce qu’est devenu le parcours");
        let json = admin.get(&format!("{work}/report.json")).await;
        let steps: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        assert_eq!(steps[0]["did"], "export", "{fields:?}");
        assert!(json.header("content-disposition").starts_with("attachment"));
        assert!(admin.get(&format!("{work}/report?download=1")).await.header("content-disposition").starts_with("attachment"));
        assert_eq!(admin.get(&format!("{work}/inventory")).await.status, 404);
        assert_eq!(admin.post(&work, &[("do", "remove")]).await.header("location"), export);
        assert_eq!(admin.get(&work).await.status, 404);
    }
    assert_eq!(left(&site), 0);
    for fields in [&[][..], &[("kind", "docx")], &[("kind", "../x")], &[("kind", "mbz-1.9")]] {
        assert_eq!(admin.post(&export, fields).await.status, 400, "{fields:?}");
    }
}

#[tokio::test]
async fn what_went_out_comes_in_again() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let course = course(&mut admin, "formation").await;
    for (fields, name) in [(vec![("kind", "cc1.3")], "c.imscc"), (vec![("kind", "markdown")], "c.zip")] {
        let (work, _) = work(&mut admin, &format!("{course}/export"), &fields).await;
        let bytes = admin.fetch(&format!("{work}/file")).await;
        let (_, again) = bring_in(&mut admin, name, &bytes).await;
        assert!(admin.get(&again).await.body.contains("Enseigner l’oral"), "{name}");
    }
}

#[tokio::test]
async fn a_work_is_its_owners_alone_and_goes_with_its_course() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let course = course(&mut admin, "petit").await;
    let (export, _) = work(&mut admin, &format!("{course}/export"), &[("kind", "mbz")]).await;
    let (check, _) = sent(&mut admin, "petit.mbz", &std::fs::read(sample("petit")).unwrap()).await;
    let id = check.rsplit('/').next().unwrap().to_owned();
    for who in [LEARNER, OTHER_ADMIN] {
        let mut other = site.log_in(who).await;
        for path in ["", "/file", "/report", "/report.json", "/inventory"] {
            for work in [&export, &check] {
                assert_eq!(other.get(&format!("{work}{path}")).await.status, 404, "{path}");
            }
        }
        for work in [&export, &check] {
            for what in ["cancel", "remove"] {
                assert_eq!(other.post(work, &[("do", what)]).await.status, 404, "{what}");
            }
        }
        for tool in ["convert", "clean", "compare"] {
            let answer = other.post(&format!("/check/{id}/{tool}"), &[("kind", "epub"), ("with", &id)]).await;
            assert!(matches!(answer.status, 403 | 404), "{tool}: {}", answer.status);
        }
        assert!(!other.get("/check").await.body.contains("petit.mbz"));
    }
    let mut learner = site.log_in(LEARNER).await;
    assert_eq!(learner.get("/check").await.status, 403);
    assert_eq!(learner.upload("/check", "archive", "x.mbz", b"x").await.status, 403);
    assert!(!learner.get("/").await.body.contains("href=\"/check\""));
    assert_eq!(learner.post(&format!("{course}/export"), &[("kind", "mbz")]).await.status, 404);
    assert_eq!(admin.get(&format!("{export}/file")).await.status, 200);
    admin.post(&format!("{course}/withdraw"), &[("sure", "1")]).await;
    assert_eq!(admin.get(&export).await.status, 404);
    assert_eq!(admin.get(&format!("{export}/file")).await.status, 404);
    assert_eq!(left(&site), 1, "the file that was sent is there still, and nothing else");
    assert_eq!(admin.post(&check, &[("do", "remove")]).await.header("location"), "/check");
    assert_eq!(left(&site), 0);
}

#[tokio::test]
async fn a_file_is_looked_at_cleaned_for_show_converted_and_compared() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let (first, page) = sent(&mut admin, "petit.mbz", &std::fs::read(sample("petit")).unwrap()).await;
    for says in ["Moodle 4.1", "Moodle 4.5", "Moodle 5.1", "Contenu du fichier", "Convertir"] {
        assert!(page.contains(says), "{says}: {page}");
    }
    is_report(&admin.get(&format!("{first}/inventory")).await, "Ce qui serait perdu, et où");
    for release in ["4.1", "4.5", "5.1"] {
        is_report(&admin.get(&format!("{first}/verdict-{release}")).await, &format!("Moodle {release}"));
    }
    let json: serde_json::Value = serde_json::from_str(&admin.get(&format!("{first}/inventory.json")).await.body).unwrap();
    assert_eq!(json["losses"].as_array().unwrap().len(), 3);

    let id = first.rsplit('/').next().unwrap().to_owned();
    let tool = |what: &str| format!("/check/{id}/{what}");
    let (clean, _) = work(&mut admin, &tool("clean"), &[]).await;
    is_report(&admin.get(&format!("{clean}/changes")).await, "avant et après");

    let (convert, page) = work(&mut admin, &tool("convert"), &[("kind", "cc1.1")]).await;
    assert!(page.contains("Le fichier est prêt"), "{page}");
    let file = admin.get(&format!("{convert}/file")).await;
    assert!(file.body.starts_with("PK") && file.header("content-disposition").contains("petit.cc11.imscc"));

    let (second, page) = sent(&mut admin, "petit.imscc", &sample_as("cc1.3".parse().unwrap(), &sample("petit"))).await;
    assert!(page.contains("Common Cartridge") && page.contains(&format!("<option value=\"{id}\">petit.mbz</option>")), "{page}");
    let other = second.rsplit('/').next().unwrap();
    let (same, page) = work(&mut admin, &tool("compare"), &[("with", &id)]).await;
    assert!(page.contains("Les deux fichiers disent la même chose"), "{page}");
    is_report(&admin.get(&format!("{same}/difference")).await, "petit.mbz → petit.mbz");
    let (compare, page) = work(&mut admin, &tool("compare"), &[("with", other)]).await;
    assert!(!page.contains("la même chose"), "{page}");
    is_report(&admin.get(&format!("{compare}/difference")).await, "petit.mbz → petit.imscc");
    assert_eq!(admin.post(&tool("compare"), &[("with", "none")]).await.status, 404);
    assert_eq!(admin.post(&tool("delete"), &[]).await.status, 404);
    let list = admin.get("/check").await.body;
    assert!([&first, &clean, &convert, &second, &same, &compare].iter().all(|w| list.contains(w.as_str())), "{list}");
    for work in [first, clean, convert, second, same, compare] {
        admin.post(&work, &[("do", "remove")]).await;
    }
    assert_eq!(left(&site), 0);
}

#[tokio::test]
async fn a_file_that_is_none_is_told_and_leaves_nothing_but_the_word() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    for (name, content, says) in
        [("x.mbz", &b"\x1f\x8b\x08\x00"[..], "copiée"), ("page.html", b"<html>", "aucun des formats"), ("v.gift", b" ", "Aucune question")]
    {
        let (work, page) = sent(&mut admin, name, content).await;
        assert!(page.contains(says) && page.contains("role=\"alert\"") && !page.contains("Convertir"), "{name}: {page}");
        assert_eq!(admin.get(&format!("{work}/inventory")).await.status, 404);
        let id = work.rsplit('/').next().unwrap();
        assert_eq!(admin.post(&format!("/check/{id}/clean"), &[]).await.status, 404);
        let folders = std::fs::read_dir(site.app.uploads()).unwrap().map(|f| f.unwrap().path());
        assert!(folders.into_iter().all(|f| std::fs::read_dir(f).unwrap().count() == 0), "the upload is still there");
        admin.post(&work, &[("do", "remove")]).await;
    }
    assert!(admin.upload("/check", "archive", "", b"").await.body.contains("id=\"archive-error\""));
    assert_eq!(left(&site), 0);
}

#[tokio::test]
async fn the_oldest_works_make_room() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let mut all = Vec::new();
    for n in 0..10 {
        all.push(sent(&mut admin, &format!("q{n}.gift"), b"::A::B {TRUE}").await.0);
    }
    assert_eq!(left(&site), 8);
    assert_eq!(admin.get(&all[9]).await.status, 200);
    let there = all.iter().map(String::as_str);
    let mut gone = 0;
    for work in there {
        gone += usize::from(admin.get(work).await.status == 404);
    }
    assert_eq!(gone, 2);
}
