//! A tree of Markdown files, there and back.

use super::check::{back, tree};
use super::course::{PNG, course};
use parcours_course::outline::Content;
use parcours_importers::reading::Options;
use parcours_mbz::outline;

fn text<'a>(files: &'a [(String, Vec<u8>)], path: &str) -> &'a str {
    let file = files.iter().find(|(p, _)| p == path).unwrap_or_else(|| panic!("no {path} in {:?}", files.iter().map(|f| &f.0).collect::<Vec<_>>()));
    std::str::from_utf8(&file.1).unwrap()
}

#[test]
fn activities_are_files_in_folders_of_sections() {
    let files = tree(&mut course(), &Options::default());
    assert!(text(&files, "index.md").contains("shortname: \"OIS\"\n") && text(&files, "index.md").ends_with("\n\nBonjour\n"));
    let section = text(&files, "01-Chouettes/index.md");
    assert!(
        section.contains("[la page](01-Effraie.md)") && section.contains("[ailleurs](https://m.example.org/mod/page/view.php?id=999)"),
        "{section}"
    );
    let page = text(&files, "01-Chouettes/01-Effraie.md");
    for expected in [
        "module: page\n",
        "## Titre",
        "**Gras** & *fin*",
        "![Hulotte](files/01-Effraie/d%C3%A9/i%20n.png)",
        "- un\n  - deux",
        "| a |\n| --- |\n| b |",
        "[haut](#p)",
        "<span id=\"p\">",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    assert!(files.iter().any(|(p, b)| p == "01-Chouettes/files/01-Effraie/dé/i n.png" && b == PNG));
    assert!(text(&files, "01-Chouettes/04-Lien.md").contains("url: \"https://example.org/?a=1&b=2\""));
}

#[test]
fn what_is_read_back_is_written_the_same_again() {
    let first = tree(&mut course(), &Options::default());
    let mut made = back(first.clone());
    let outline = outline::read(&mut made).unwrap();
    let section = outline.sections[1].clone();
    let modules: Vec<&str> = section.activities.iter().map(|a| a.module.as_str()).collect();
    assert_eq!(modules, ["page", "label", "book", "url", "resource", "folder", "page", "page", "page", "page"]);
    let Content::Book(chapters) = outline::content(&mut made, &section.activities[2]).unwrap() else { panic!() };
    assert_eq!(chapters.iter().map(|c| (c.title.as_str(), c.sub)).collect::<Vec<_>>(), [("Un", false), ("Un et demi", true)]);
    let second = tree(&mut made, &Options::default());
    let third = tree(&mut back(second.clone()), &Options::default());
    assert_eq!(second, third);
    // Numbers are new ones; what became a page says so.
    let same = |files: &[(String, Vec<u8>)]| {
        let plain = |b: &Vec<u8>| {
            String::from_utf8_lossy(b).lines().filter(|l| !l.starts_with("cm: ") && !l.starts_with("module: ")).collect::<Vec<_>>().join("\n")
        };
        files.iter().filter(|(p, _)| !p.contains("Devoir")).map(|(p, b)| (p.clone(), plain(b))).collect::<Vec<_>>()
    };
    assert_eq!(same(&first), same(&second));
}

#[test]
fn a_tree_that_somebody_wrote_by_hand_becomes_a_course() {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let files = vec![
        file("README.md", "# Owls\n\nAll *about* them: [start](1-Barn-owl/look.md), [section](2-Tawny/)"),
        file(
            "1-Barn-owl/look.md",
            "# Look & listen\n\n![a](../pics/a.png) [more](../2-Tawny/hear.md#x) [none](gone.md)\n\n<audio src=\"call.mp3\"></audio>",
        ),
        file("1-Barn-owl/call.mp3", "ID3"),
        file("2-Tawny/hear.md", "---\ntitle: Hear\nvisible: no\n---\nHoo"),
        file("2-Tawny/paper.pdf", "%PDF"),
        file("pics/a.png", "png"),
        file(".git/config", "x"),
        file("../up.md", "x"),
    ];
    let mut made = back(files);
    let course = outline::read(&mut made).unwrap();
    assert_eq!((course.fullname.as_str(), course.sections.len()), ("Owls", 4));
    let (barn, tawny) = (&course.sections[1], &course.sections[2]);
    assert_eq!((barn.name.as_str(), tawny.name.as_str()), ("Barn owl", "Tawny"));
    let (look, hear) = (&barn.activities[0], &tawny.activities[0]);
    assert_eq!(
        (look.name.as_str(), hear.name.as_str(), hear.visible, tawny.activities[1].module.as_str()),
        ("Look & listen", "Hear", false, "resource")
    );
    assert!(course.summary.text.contains(&format!("href=\"$@PAGEVIEWBYID*{}@$\"", look.cm)), "{}", course.summary.text);
    let Content::Page(text) = outline::content(&mut made, look).unwrap() else { panic!() };
    for expected in ["src=\"@@PLUGINFILE@@/a.png\"", "src=\"@@PLUGINFILE@@/call.mp3\"", &format!("$@PAGEVIEWBYID*{}@$", hear.cm), "href=\"gone.md\""]
    {
        assert!(text.text.contains(expected), "{expected} in {}", text.text);
    }
    assert_eq!(look.files.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["/a.png", "/call.mp3"]);
}
