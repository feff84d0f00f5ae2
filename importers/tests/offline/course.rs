//! A small course with one of each.

use parcours_course::Text;
use parcours_course::outline::*;
use parcours_mbz::outline::{Build, Info, NewActivity, NewSection};
use parcours_mbz::{Limits, Spool, Unpacked};

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xdc\xccY\xe7\0\0\0\0IEND\xaeB`\x82";

/// A section above all others, one with everything, one that is hidden.
pub fn course() -> Unpacked {
    let info = Info {
        fullname: "Les oiseaux & cie".into(),
        shortname: "OIS".into(),
        summary: Text::html("<p>Bonjour</p>"),
        language: "fr".into(),
        site: "https://m.example.org".into(),
        now: 1_790_000_000,
        ..Info::default()
    };
    let mut build = Build::new(Spool::new().unwrap(), &Limits::default(), info);
    let (picture, pdf, h5p) = (build.store(PNG).unwrap(), build.store(&b"%PDF-1.4 x"[..]).unwrap(), build.store(&b"PK\x03\x04"[..]).unwrap());
    build.section(NewSection::default()).unwrap();
    let (page, label, book) = (build.reserve(), build.reserve(), build.reserve());
    let links = format!(
        "<p>Vers <a href=\"$@PAGEVIEWBYID*{page}@$\">la page</a>, <a href=\"$@LABELVIEWBYID*{label}@$\">l’étiquette</a>, <a href=\"$@PAGEVIEWBYID*999@$\">ailleurs</a>, <a href=\"perdu.html\">perdu</a>.</p>"
    );
    let section = build.section(NewSection { summary: Text::html(links), ..NewSection::named("Chouettes") }).unwrap();
    let hidden = build.section(NewSection { visible: false, ..NewSection::named("Ailleurs") }).unwrap();

    let html = "<script>alert(1)</script><h1 onclick=\"x()\">Titre</h1><p id=\"p\"><b>Gras</b> &amp; <i>fin</i><img src=\"@@PLUGINFILE@@/d%C3%A9/i%20n.png\" alt=\"Hulotte\">\
                <img src=\"https://far.example.org/x.png\"><iframe src=\"https://video.example.org/v\"></iframe><a href=\"#p\">haut</a> <a href=\"@@PLUGINFILE@@/x.pdf\">PDF</a></p>\
                <ul><li>un<ul><li>deux</li></ul></li></ul><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>";
    let new = |name: &str, cm, content| NewActivity { cm, ..NewActivity::new(name, content) };
    let mut add = |activity: NewActivity, section| build.activity(section, activity).unwrap();
    add(
        new("Effraie", page, Content::Page(Text::html(html))).with(picture.file("content", 0, "/dé/i n.png")).with(pdf.file("content", 0, "/x.pdf")),
        section,
    );
    add(NewActivity { intro: Text::html("<p>Étiquette ici</p>"), ..new("", label, Content::Label) }, section);
    let chapter = |id, title: &str, sub| Chapter { id, title: title.into(), sub, hidden: false, content: Text::html(format!("<p>De {title}</p>")) };
    let chapters = vec![chapter(1, "Un", false), chapter(2, "Un et demi", true), Chapter { hidden: true, ..chapter(3, "Secret", false) }];
    add(new("Livre", book, Content::Book(chapters)), section);
    add(NewActivity { intro: Text::html("<p>Voir</p>"), ..new("Lien", 0, Content::Url("https://example.org/?a=1&b=2".into())) }, section);
    add(new("Fichier", 0, Content::Resource).with(pdf.file("content", 0, "/cours.pdf")), section);
    add(new("Dossier", 0, Content::Folder).with(picture.file("content", 0, "/a/un.png")).with(h5p.file("content", 0, "/jeu.h5p")), section);
    add(
        NewActivity {
            availability: Some("{\"op\":\"&\",\"c\":[],\"showc\":[]}".into()),
            ..new("Devoir", 0, Content::Assign(Assign { activity: Text::html("<p>Consigne</p>"), ..Assign::default() }))
        },
        section,
    );
    let entry = |id, concept: &str| Entry { id, concept: concept.into(), definition: Text::html("<p>Rapace</p>"), ..Entry::default() };
    add(new("Mots", 0, Content::Glossary(vec![entry(1, "Hulotte"), entry(2, "Effraie")])), section);
    add(new("Forum", 0, Content::Forum(Forum { kind: "general".into() })), section);
    add(new("Sondage", 0, Content::Choice(Choice { options: vec!["Oui".into(), "Non".into()], multiple: false })), section);
    add(NewActivity { visible: false, ..new("Cachée", 0, Content::Page(Text::html("<p>Secret aussi</p>"))) }, section);
    add(new("Au loin", 0, Content::Page(Text::html("<p>Loin</p>"))), hidden);
    build.finish().unwrap()
}
