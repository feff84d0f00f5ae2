//! Cartridges that mean harm, or are none.

use crate::support::*;
use parcours_importers::common_cartridge::Error;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const MANIFEST: &str = "<manifest xmlns=\"http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1\"><resources/></manifest>";

fn code(bytes: Vec<u8>) -> String {
    match read_back(bytes) {
        Err(Error::Archive(e)) => e.code().to_owned(),
        Err(e) => e.to_string(),
        Ok(_) => "read".to_owned(),
    }
}

#[test]
fn paths_that_lead_elsewhere_are_refused() {
    for path in ["../evil.html", "/etc/passwd", "a/../../b", "a\\b", "C:/x"] {
        assert_eq!(code(zip(&[("imsmanifest.xml", MANIFEST), (path, "x")])), "bad-path", "{path}");
    }
    assert_eq!(code(zip(&[("imsmanifest.xml", MANIFEST), ("A.html", "x"), ("a.HTML", "y")])), "duplicate");
    assert_eq!(code(zip(&[("imsmanifest.xml", MANIFEST), ("web_resources/été: 1?.pdf", "x")])), "read");
}

#[test]
fn links_and_bombs_are_refused() {
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    made.start_file("imsmanifest.xml", SimpleFileOptions::default()).unwrap();
    made.write_all(MANIFEST.as_bytes()).unwrap();
    made.add_symlink("web_resources/x", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    assert_eq!(code(made.finish().unwrap().into_inner()), "not-a-file");
    let bomb = "a".repeat(40 << 20);
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in [("imsmanifest.xml", MANIFEST), ("descriptors/x.xml", bomb.as_str())] {
        made.start_file(path, options).unwrap();
        made.write_all(text.as_bytes()).unwrap();
    }
    assert_eq!(code(made.finish().unwrap().into_inner()), "xml-ratio");
}

#[test]
fn what_is_no_cartridge_is_told_so() {
    assert_eq!(code(b"%PDF-1.7".to_vec()), "not-an-archive");
    assert!(matches!(read_back(zip(&[("a.html", "x")])), Err(Error::NoManifest)));
    assert!(matches!(read_back(zip(&[("a/b/imsmanifest.xml", MANIFEST)])), Err(Error::NoManifest)));
    let scorm = "<manifest><metadata><schema>ADL SCORM</schema></metadata></manifest>";
    assert!(matches!(read_back(zip(&[("imsmanifest.xml", scorm)])), Err(Error::OtherPackage { .. })));
    assert_eq!(code(zip(&[("imsmanifest.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><manifest>&x;</manifest>")])), "forbidden");
    assert_eq!(code(zip(&[("imsmanifest.xml", "<manifest><resources>")])), "syntax");
}

#[test]
fn addresses_do_not_leave_the_cartridge() {
    let manifest = "<manifest xmlns=\"http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1\"><organizations><organization><item><item identifier=\"s\"><title>S</title>\
        <item identifier=\"1\" identifierref=\"up\"><title>Up</title></item><item identifier=\"2\" identifierref=\"js\"><title>Js</title></item><item identifier=\"3\" identifierref=\"no\"><title>No</title></item>\
        </item></item></organization></organizations><resources><resource identifier=\"up\" type=\"webcontent\" href=\"../../etc/passwd\"/>\
        <resource identifier=\"js\" type=\"imswl_xmlv1p1\"><file href=\"w.xml\"/></resource></resources></manifest>";
    let link = "<webLink><title>T</title><url href=\"javascript:alert(1)\"/></webLink>";
    let (mut made, report) = read_back(zip(&[("imsmanifest.xml", manifest), ("w.xml", link)])).unwrap();
    assert_eq!(report.counts().refused, 3, "{report:?}");
    assert_eq!(parcours_mbz::outline::read(&mut made).unwrap().activities().count(), 0);
}

#[test]
fn items_that_refer_to_themselves_and_chains_of_files_end() {
    let manifest = "<manifest><organizations><organization><item><item><title>S</title><item identifier=\"1\" identifierref=\"a\"/><item identifier=\"2\" identifierref=\"a\"/></item></item></organization></organizations>\
        <resources><resource identifier=\"a\" type=\"webcontent\" href=\"a.html\"><file href=\"a.html\"/><dependency identifierref=\"b\"/></resource>\
        <resource identifier=\"b\" type=\"webcontent\"><file href=\"web_resources/b.html\"/><dependency identifierref=\"a\"/><dependency identifierref=\"b\"/></resource></resources></manifest>";
    let files = [
        ("imsmanifest.xml", manifest),
        ("a.html", "<a href=\"web_resources/b.html\">b</a>"),
        ("web_resources/b.html", "<a href=\"b.html\"></a><a href=\"../a.html\"></a>"),
    ];
    let (mut made, report) = read_back(zip(&files)).unwrap();
    assert_eq!(report.counts().refused, 0, "{report:?}");
    let outline = parcours_mbz::outline::read(&mut made).unwrap();
    assert_eq!(outline.activities().map(|(_, a)| (a.module.as_str(), a.files.len())).collect::<Vec<_>>(), [("page", 1), ("page", 1)]);
}

#[test]
fn pages_that_all_need_all_others_are_a_limit() {
    let names: Vec<String> = (0..60).map(|n| format!("web_resources/p{n}.html")).collect();
    let all: String = names.iter().map(|n| format!("<a href=\"{}\">x</a>", n.trim_start_matches("web_resources/"))).collect();
    let items: String = (0..60).map(|n| format!("<item identifier=\"i{n}\" identifierref=\"r{n}\"/>")).collect();
    let resources: String = (0..60).map(|n| format!("<resource identifier=\"r{n}\" type=\"webcontent\" href=\"q{n}.html\"/>")).collect();
    let manifest = format!(
        "<manifest><organizations><organization><item><item><title>S</title>{items}</item></item></organization></organizations><resources>{resources}</resources></manifest>"
    );
    let start: Vec<(String, String)> = (0..60).map(|n| (format!("q{n}.html"), format!("<a href=\"web_resources/p{n}.html\">x</a>"))).collect();
    let mut files = vec![("imsmanifest.xml", manifest.as_str())];
    files.extend(names.iter().map(|n| (n.as_str(), all.as_str())));
    files.extend(start.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    let small = parcours_mbz::Limits { entries: 200, ..limits() };
    let spool = || parcours_mbz::Spool::new().unwrap();
    let read = |limits| parcours_importers::common_cartridge::read(Cursor::new(zip(&files)), spool(), spool(), limits, &options());
    assert!(matches!(read(&small), Err(Error::Archive(e)) if e.code() == "entries"));
    assert!(read(&limits()).is_ok());
}
