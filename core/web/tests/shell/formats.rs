//! A course that comes in another format than a backup: the same wizard, one report.

use crate::browser::{ADMIN, Browser, Site};
use parcours_actions::convert::{self, Format, Wishes};
use parcours_course::{Fate, Report};
use std::path::{Path, PathBuf};
use std::time::Duration;

const GIFT: &str = "$CATEGORY: Oral\n\n::Débat::Un débat est préparé. {TRUE}\n\n::Durée::Un exposé dure {=10 =dix} minutes.\n";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n<question type=\"truefalse\"><name><text>Débat</text></name>\
<questiontext format=\"html\"><text>Un débat est préparé.</text></questiontext>\
<answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer></question>\n</quiz>\n";

pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../samples/{name}.mbz"))
}

/// The sample in another format.
pub fn sample_as(format: Format, from: &Path) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let wishes = Wishes { to: Some(format), zip: format.is_folder(), ..Wishes::default() };
    convert::run(from, &out, &wishes).unwrap();
    std::fs::read(&out).unwrap()
}

/// Questions of a file of GIFT in another format.
fn questions_as(format: Format) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let gift = folder.path().join("q.gift");
    std::fs::write(&gift, GIFT).unwrap();
    sample_as(format, &gift)
}

fn format(name: &str) -> Format {
    name.parse().unwrap()
}

fn waiting(site: &Site) -> usize {
    std::fs::read_dir(site.app.uploads()).unwrap().count()
}

/// Sends a file and imports it; answers the inventory's page and the course's address.
pub async fn bring_in(admin: &mut Browser, name: &str, content: &[u8]) -> (String, String) {
    let answer = admin.upload("/import", "archive", name, content).await;
    assert_eq!(answer.status, 303, "{name}: {}", answer.body);
    let job = answer.header("location").to_owned();
    let inventory = admin.get(&job).await.body;
    admin.post(&job, &[("do", "start"), ("people", "with")]).await;
    for _ in 0..600 {
        let page = admin.get(&job).await;
        if let Some(at) = page.body.find("href=\"/course/") {
            return (inventory, page.body[at + 6..].split('"').next().unwrap().to_owned());
        }
        assert!(page.body.contains("data-live"), "{name}: {}", page.body);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import of {name} did not end");
}

#[tokio::test]
async fn every_format_that_is_read_becomes_a_course_and_one_report() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let petit = sample("petit");
    let sent: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("petit.imscc", sample_as(format("cc1.3"), &petit), "Common Cartridge", ""),
        ("petit11.zip", sample_as(format("cc1.1"), &petit), "Common Cartridge", ""),
        ("liens.imscc", sample_as(format("thin-cc1.3"), &sample("formation")), "Common Cartridge", ""),
        ("textes.zip", sample_as(Format::Markdown, &petit), "Textes Markdown", ""),
        ("questions.gift", GIFT.into(), "Questions en GIFT", "questions"),
        ("questions.xml", XML.into(), "Questions en XML Moodle", "questions"),
        ("sans nom", XML.into(), "Questions en XML Moodle", "sans nom"),
        ("qti.zip", questions_as(format("qti2.1")), "Questions en QTI 2.1", "qti"),
        ("qti3.zip", questions_as(format("qti3")), "Questions en QTI 3", "qti3"),
    ];
    for (name, content, title, course_name) in sent {
        let (inventory, course) = bring_in(&mut admin, name, &content).await;
        assert!(inventory.contains(title) && inventory.contains("Format d’origine"), "{name}: {inventory}");
        let page = admin.get(&course).await.body;
        assert!(page.contains("<details class=\"section\""), "{name}: {page}");
        assert!(course_name.is_empty() || page.contains(&format!("<h1>{course_name}</h1>")), "{name}: {page}");
        let json: serde_json::Value = serde_json::from_str(&admin.get(&format!("{course}/report.json")).await.body).unwrap();
        let report: Report = serde_json::from_value(json["report"].clone()).unwrap();
        let counts = report.counts();
        assert_eq!(counts.items_in, counts.imported + counts.approximated + counts.kept + counts.refused);
        // Of both steps: a place in what was sent, and one in what was made of it.
        let place = |start: &str| report.findings.iter().any(|f| f.place.starts_with(start));
        assert!(place("activities/") || place("sections/"), "{name}: {report:#?}");
        if name.starts_with("q") {
            let questions = report.findings.iter().filter(|f| f.counts && f.item == "question" && f.fate != Fate::Refused).count();
            assert!(questions > 0, "{name}: {report:#?}");
        }
    }
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn a_backup_under_any_name_is_no_other_format() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let (inventory, _) = bring_in(&mut admin, "petit.imscc", &std::fs::read(sample("petit")).unwrap()).await;
    assert!(!inventory.contains("Format d’origine") && inventory.contains("Version d’origine"), "{inventory}");
}

#[tokio::test]
async fn what_only_looks_like_a_course_is_refused_in_the_readers_words() {
    let site = Site::new();
    let mut admin = site.log_in(ADMIN).await;
    let package = |manifest: &str| {
        let mut zip = parcours_importers::reading::Zipped::new(std::io::Cursor::new(Vec::new()));
        zip.stored("imsmanifest.xml", manifest.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let scorm =
        "<?xml version=\"1.0\"?><manifest identifier=\"m\"><metadata><schema>ADL SCORM</schema></metadata><organizations/><resources/></manifest>";
    let doctype = "<?xml version=\"1.0\"?><!DOCTYPE quiz [<!ENTITY a \"b\">]><quiz><question type=\"essay\"/></quiz>";
    let mut cut = sample_as(format("cc1.3"), &sample("petit"));
    cut.truncate(cut.len() / 2);
    for (name, content, says) in [
        ("scorm.zip", package(scorm), "ADL SCORM"),
        ("vide.zip", package("<html/>"), "paquet d’un autre genre"),
        ("mal.zip", package("<manifest"), "mal formé"),
        ("coupe.imscc", cut, "archive"),
        ("bombe.xml", doctype.into(), "refusée par sécurité"),
        ("vide.gift", " \n".into(), "Aucune question"),
        ("photo.txt", vec![0xff, 0xd8, 0xff, 0], "aucun des formats"),
        ("page.html", "<html><script>alert(1)</script>".into(), "aucun des formats"),
    ] {
        let answer = admin.upload("/import", "archive", name, &content).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.body);
        assert!(
            answer.body.contains(says) && answer.body.contains("href=\"/import\"") && !answer.body.contains("<script>alert"),
            "{name}: {}",
            answer.body
        );
    }
    assert_eq!(waiting(&site), 0);
    assert!(admin.get("/import").await.body.contains("Common Cartridge"));
}
