//! Page: an intro, when its author wants it shown, and a content.
#![deny(unsafe_code)]

use parcours_sdk::html::{Html, div, p, small};
use parcours_sdk::{Activity, Cx, Outcome, Page, Request, Result, pc, php};

parcours_sdk::record! {
    struct Settings in "instance" {
        name: String,
        displayoptions: String,
        timemodified: i64,
    }
}

pub struct PageModule;

impl Activity for PageModule {
    fn view(cx: &Cx, _: &Request) -> Result<Outcome> {
        let page: Settings = cx.instance()?;
        let mut html = Html::new();
        if php::is_on(&page.displayoptions, "printintro", false) {
            html.push(pc::intro(page.id));
        }
        html.push(div().class("content").child(pc::text("instance", page.id, "content")));
        // Before Moodle 3.x there was no such option, and the date was always shown.
        if page.timemodified > 0 && php::is_on(&page.displayoptions, "printlastmodified", true) {
            let said = small().text(&cx.tr("last_modified", &[])).text(" ").child(pc::date(page.timemodified));
            html.push(p().class("modified").child(said));
        }
        Ok(Page::new(page.name, html).into())
    }
}

parcours_sdk::export!(PageModule);

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_sdk::test_host;

    #[test]
    fn content_is_shown_and_intro_only_when_asked_for() {
        let host = test_host!();
        host.set(&[("displayoptions", r#"a:1:{s:10:"printintro";i:0;}"#.into()), ("timemodified", 5.into())]);
        let html = host.html::<PageModule>("");
        assert!(html.contains(r#"column="content""#) && !html.contains(r#"column="intro""#) && html.contains("pc-date"));
        host.set(&[("displayoptions", r#"a:2:{s:10:"printintro";s:1:"1";s:17:"printlastmodified";i:0;}"#.into())]);
        let html = host.html::<PageModule>("");
        assert!(html.contains(r#"column="intro""#) && !html.contains("pc-date"));
    }
}
