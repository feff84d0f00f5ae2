//! Folder: files in folders, as their author laid them out, on a page of their own or (`display` 1) on the course page.
#![deny(unsafe_code)]

mod tree;

use parcours_sdk::html::{Html, a, details, div, file_link, li, p, small, span, strong, summary, ul};
use parcours_sdk::{Activity, Card, Cx, FileInfo, Outcome, Page, Request, Result, pc};
use tree::Folder;

parcours_sdk::record! {
    struct Settings in "instance" {
        name: String,
        display: i64,
        showexpanded: bool,
        forcedownload: bool,
    }
}

/// Files of one page; the whole page of a huge folder would not fit.
const PER_PAGE: usize = 1000;
/// Files shown on the course page before it only links to the folder.
const PER_CARD: usize = 50;

pub struct FolderModule;

fn sorted(cx: &Cx) -> Result<Vec<FileInfo>> {
    let mut files = cx.files("content", 0)?;
    files.sort_by(|a, b| (&a.path, &a.name).cmp(&(&b.path, &b.name)));
    Ok(files)
}

fn show(cx: &Cx, settings: &Settings, folder: &Folder) -> Html {
    let folders = folder.folders.iter().map(|(name, inner)| {
        let d = details().child(summary().child(span().class("folder").text(name))).child(show(cx, settings, inner));
        Html::from(li().child(if settings.showexpanded { d.open() } else { d }))
    });
    let files = folder.files.iter().map(|f| {
        let link = file_link(&cx.file_url("content", 0, &format!("{}{}", f.path, f.name))).text(&f.name);
        let link = if settings.forcedownload { link.download() } else { link };
        Html::from(li().class("file").child(link).text(" ").child(small().text(&cx.size(f.size))))
    });
    let items: Vec<Html> = folders.chain(files).collect();
    if items.is_empty() { p().text(&cx.tr("empty", &[])).into() } else { ul().class("files").children(items).into() }
}

impl Activity for FolderModule {
    fn describe(cx: &Cx) -> Result<Card> {
        let settings: Settings = cx.instance()?;
        if settings.display != 1 {
            return Ok(Card::default());
        }
        let mut files = sorted(cx)?;
        let more = files.len() > PER_CARD;
        files.truncate(PER_CARD);
        let mut html = div().class("folder").child(show(cx, &settings, &tree::grow(files)));
        if more {
            html = html.child(p().child(a(&cx.url("")).child(strong().text(&cx.tr("all_files", &[])))));
        }
        Ok(Card { summary: html.into(), ..Card::default() })
    }

    fn view(cx: &Cx, req: &Request) -> Result<Outcome> {
        let settings: Settings = cx.instance()?;
        let files = sorted(cx)?;
        let pages = files.len().div_ceil(PER_PAGE).max(1);
        let page = req.number("page").map_or(1, |n| usize::try_from(n).unwrap_or(1)).min(pages);
        let here = files.into_iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).collect();
        let to = |n: usize| cx.url("").q("page", n);
        let (previous, next) = ((page > 1).then(|| to(page - 1)), (page < pages).then(|| to(page + 1)));
        let html = Html::new()
            .with(pc::intro(settings.id))
            .with(div().class("folder").child(show(cx, &settings, &tree::grow(here))))
            .with(pc::pager(previous.as_ref(), next.as_ref(), &cx.tr("pages", &[])));
        Ok(Page::new(settings.name, html).into())
    }
}

parcours_sdk::export!(FolderModule);

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_sdk::test_host;

    #[test]
    fn folders_are_shown_as_a_tree_with_sizes() {
        let host = test_host!();
        host.file("content", 0, "/z.txt", "text/plain", b"abc").file("content", 0, "/a b/<i>.txt", "text/plain", &[0; 2500]);
        let html = host.html::<FolderModule>("");
        assert!(html.contains("<summary><span class=\"folder\">a b</span></summary>"));
        assert!(html.contains("&lt;i&gt;.txt") && html.contains("3 KB") && html.contains("3 bytes"));
        assert!(html.find("a b").unwrap() < html.find("z.txt").unwrap());
    }

    #[test]
    fn ten_thousand_files_come_in_pages() {
        let host = test_host!();
        for n in 0..10_000 {
            host.file("content", 0, &format!("/f{n:05}.txt"), "text/plain", b"");
        }
        let html = host.html::<FolderModule>("?page=10");
        assert!(html.contains("f09999.txt") && !html.contains("f08999.txt") && html.contains("previous="));
        assert!(host.html::<FolderModule>("?page=99999999999").contains("f09999.txt"));
    }

    #[test]
    fn the_course_page_shows_the_tree_only_when_asked_to() {
        let host = test_host!();
        host.file("content", 0, "/z.txt", "text/plain", b"abc");
        assert!(host.card::<FolderModule>().unwrap().summary.is_empty());
        host.set(&[("display", 1.into())]);
        assert!(host.card::<FolderModule>().unwrap().summary.as_str().contains("z.txt"));
    }
}
