//! A file on the page.

use parcours_sdk::html::{Html, audio, div, figure, file_link, img, li, p, small, ul, video};
use parcours_sdk::{Cx, FileInfo};

fn path(f: &FileInfo) -> String {
    format!("{}{}", f.path, f.name)
}

/// The file itself where a browser can show it (the host sends only harmless kinds to be shown), and the link to keep it.
pub fn file(cx: &Cx, f: &FileInfo) -> Html {
    let url = cx.file_url("content", 0, &path(f));
    let kind = f.mime.split('/').next().unwrap_or_default();
    let shown: Html = match kind {
        _ if f.mime == "image/svg+xml" => Html::new(),
        "image" => figure().child(img(&url, &f.name)).into(),
        "audio" => figure().child(audio(&url).label(&f.name)).into(),
        "video" => figure().child(video(&url).label(&f.name)).into(),
        _ => Html::new(),
    };
    let opens = f.mime == "application/pdf" || f.mime == "text/plain";
    let open = opens.then(|| p().child(file_link(&url).text(&cx.tr("open", &[("name", &f.name)]))));
    let keep = file_link(&url).download().text(&cx.tr("download", &[("name", &f.name)]));
    div().class("file").child(shown).child(open).child(p().child(keep).text(" ").child(small().text(&cx.size(f.size)))).into()
}

pub fn list(cx: &Cx, files: &[FileInfo]) -> Html {
    let item = |f: &FileInfo| {
        let link = file_link(&cx.file_url("content", 0, &path(f))).text(path(f).trim_start_matches('/'));
        li().child(link).text(" ").child(small().text(&cx.size(f.size)))
    };
    ul().children(files.iter().take(1000).map(item)).into()
}
