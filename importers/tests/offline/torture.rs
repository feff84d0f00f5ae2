//! Markup as nobody should write it, and somebody did.

use super::check::{self, Kept, back, epub, pages, tree, words};
use super::course::PNG;
use parcours_course::Text;
use parcours_course::outline::Content;
use parcours_importers::{reading::Options, site};
use parcours_mbz::outline::{Build, Info, NewActivity, NewSection};
use parcours_mbz::{Limits, Spool, Unpacked};

fn course() -> Unpacked {
    let html = include_str!("torture.html").replace("\"film.mp4\"", "\"@@PLUGINFILE@@/film.mp4\"").replace("pic.png", "@@PLUGINFILE@@/pic.png");
    let mut build = Build::new(Spool::new().unwrap(), &Limits::default(), Info { fullname: "T <b>& \"x\" ]]> \u{1}é".into(), ..Info::default() });
    build.section(NewSection::default()).unwrap();
    let section = build.section(NewSection { summary: Text::html(&html), ..NewSection::named("</title><script>") }).unwrap();
    let (picture, film) = (build.store(PNG).unwrap(), build.store(&b"xx"[..]).unwrap());
    let with = |a: NewActivity, area| a.with(picture.file(area, 0, "/pic.png")).with(film.file(area, 0, "/film.mp4"));
    build.activity(section, with(NewActivity::new("<svg onload=x>", Content::Page(Text::html(&html))), "content")).unwrap();
    build.activity(section, with(NewActivity { intro: Text::html(&html), ..NewActivity::new("", Content::Label) }, "intro")).unwrap();
    for address in ["javascript:alert(3)", "$@PAGEVIEWBYID*1@$", " //x.org/y ", "www.x.org"] {
        build.activity(section, NewActivity::new("Link", Content::Url(address.into()))).unwrap();
    }
    let deep = "<div>".repeat(5_000) + "deep<script>alert(2)</script>";
    build.activity(section, NewActivity::new("Deep", Content::Page(Text::html(deep)))).unwrap();
    build.finish().unwrap()
}

#[test]
fn markup_that_nobody_should_write_is_harmless_and_valid_and_loses_no_words() {
    let mut kept = Kept::default();
    site::write(&mut course(), &Options::default(), &mut kept).unwrap();
    pages(&kept).unwrap();
    let links: Vec<&str> = (3..7).map(|cm| kept.pages[&format!("url-{cm}.html")].as_str()).collect();
    let expected =
        ["<p class=\"target\">javascript:alert(3)</p>", "<a href=\"page-1.html\">", "<a href=\"https://x.org/y\">//x.org/y</a>", ">www.x.org</p>"];
    links.iter().zip(expected).for_each(|(page, link)| assert!(page.contains(link), "{link} in {page}"));
    let page = words(&kept.pages["page-1.html"]);
    for expected in
        ["boldblock", "textinlist", "strayy", "tinspan", "in", "badhost", "linkedh", "nosummary", "inbutton", "straydd", "\u{6f22}(kan)", "cap"]
    {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    let (kept, _) = epub(&mut course(), &Options::default());
    pages(&kept).unwrap();
    check::package(&kept).unwrap();
}

#[test]
fn it_is_stable_as_markdown_too() {
    let first = tree(&mut course(), &Options::default());
    let second = tree(&mut back(first), &Options::default());
    let third = tree(&mut back(second.clone()), &Options::default());
    for (a, b) in second.iter().zip(&third) {
        assert_eq!((&a.0, String::from_utf8_lossy(&a.1)), (&b.0, String::from_utf8_lossy(&b.1)));
    }
    assert_eq!(second.len(), third.len());
}
