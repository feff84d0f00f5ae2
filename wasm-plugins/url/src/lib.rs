//! URL: an address out of the course. It is never fetched, and however its author wanted it shown (embedded, framed, in a new window) it is a
//! link: a frame would need the site's headers to allow every other site.
//!
//! Moodle can add the reader's name or e-mail to the address (`parameters`); that is kept for the way out and not done here: who somebody is is
//! not told to other sites.
#![deny(unsafe_code)]

mod address;

use address::Address;
use parcours_sdk::html::{Html, code, div, external, p, strong};
use parcours_sdk::{Activity, Cx, Outcome, Page, Request, Result, pc, php};

parcours_sdk::record! {
    struct Settings in "instance" {
        name: String,
        externalurl: String,
        displayoptions: String,
    }
}

pub struct UrlModule;

fn link(cx: &Cx, typed: &str) -> Html {
    match address::read(typed) {
        Address::Empty => p().text(&cx.tr("no_address", &[])).into(),
        Address::Safe(to) => {
            let shown = typed.trim();
            external(&to).map(|a| p().class("link").child(a.text(shown))).into()
        }
        Address::Unsafe(typed) => {
            let warning = p().child(strong().text(&cx.tr("unsafe", &[])));
            div().class("unsafe").child(warning).child(p().child(code().text(&typed))).into()
        }
    }
}

impl Activity for UrlModule {
    fn view(cx: &Cx, _: &Request) -> Result<Outcome> {
        let url: Settings = cx.instance()?;
        let mut html = Html::new();
        if php::is_on(&url.displayoptions, "printintro", true) {
            html.push(pc::intro(url.id));
        }
        html.push(link(cx, &url.externalurl));
        Ok(Page::new(url.name, html).into())
    }
}

parcours_sdk::export!(UrlModule);

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_sdk::test_host;

    #[test]
    fn a_safe_address_is_a_link_and_a_script_is_text() {
        let host = test_host!();
        host.set(&[("externalurl", "https://example.org/?a=1&b=\"2".into())]);
        assert!(host.html::<UrlModule>("").contains(r#"<a href="https://example.org/?a=1&amp;b=&quot;2" rel="noopener noreferrer">"#));
        host.set(&[("externalurl", "javascript:alert('x')".into())]);
        let html = host.html::<UrlModule>("");
        assert!(!html.contains("<a ") && html.contains("javascript:alert(&#39;x&#39;)"));
    }
}
