//! File: one file, shown where a browser can show it, and always there to be downloaded.
#![deny(unsafe_code)]

mod show;

use parcours_sdk::html::{Html, h2, p};
use parcours_sdk::{Activity, Cx, FileInfo, Outcome, Page, Request, Result, pc, php};

parcours_sdk::record! {
    struct Settings in "instance" {
        name: String,
        displayoptions: String,
    }
}

pub struct Resource;

/// The main file and the others. The host lists the main one (Moodle's `sortorder` 1) first; a single file is the main one anyway.
fn files(cx: &Cx) -> Result<(Option<FileInfo>, Vec<FileInfo>)> {
    let mut all = cx.files("content", 0)?;
    all.retain(|f| !matches!(f.name.as_str(), "" | "."));
    let mut rest = all.into_iter();
    Ok((rest.next(), rest.collect()))
}

impl Activity for Resource {
    fn view(cx: &Cx, _: &Request) -> Result<Outcome> {
        let resource: Settings = cx.instance()?;
        let mut html = Html::new();
        if php::is_on(&resource.displayoptions, "printintro", true) {
            html.push(pc::intro(resource.id));
        }
        let (main, others) = files(cx)?;
        match main {
            Some(file) => html.push(show::file(cx, &file)),
            None => html.push(p().text(&cx.tr("no_file", &[]))),
        }
        if !others.is_empty() {
            html.push(h2().text(&cx.tr("other_files", &[])));
            html.push(show::list(cx, &others));
        }
        Ok(Page::new(resource.name, html).into())
    }
}

parcours_sdk::export!(Resource);

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_sdk::test_host;

    #[test]
    fn the_main_file_is_shown_as_its_kind_allows() {
        for (mime, mark) in
            [("image/png", "<img "), ("audio/ogg", "<audio "), ("video/mp4", "<video "), ("application/pdf", "<a "), ("text/html", "<a ")]
        {
            let host = test_host!();
            host.file("content", 0, "/a \"b\".bin", mime, b"abc");
            let html = host.html::<Resource>("");
            assert!(html.contains(mark) && html.contains("download"), "{mime}: {html}");
        }
    }

    #[test]
    fn other_files_are_listed_below_and_none_at_all_is_said() {
        let host = test_host!();
        assert!(host.html::<Resource>("").contains("no file"));
        host.file("content", 0, "/main.pdf", "application/pdf", b"abc").file("content", 0, "/img/x.png", "image/png", b"abc");
        assert!(host.html::<Resource>("").contains("img/x.png"));
    }
}
