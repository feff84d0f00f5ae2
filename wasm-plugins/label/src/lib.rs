//! Label: its intro is its content, shown on the course page itself.
#![deny(unsafe_code)]

use parcours_sdk::{Activity, Card, Cx, Outcome, Page, Request, Result, html::div, pc};

pub struct Label;

fn intro(cx: &Cx) -> parcours_sdk::Html {
    div().class("label").child(pc::text("instance", cx.place().instance, "intro")).into()
}

impl Activity for Label {
    fn describe(cx: &Cx) -> Result<Card> {
        Ok(Card { summary: intro(cx), ..Card::default() })
    }

    /// Nobody is led here (`no-view`), but a link from elsewhere may: the text is the answer.
    fn view(cx: &Cx, _: &Request) -> Result<Outcome> {
        Ok(Page::new(cx.place().name.clone(), intro(cx)).into())
    }
}

parcours_sdk::export!(Label);

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_sdk::test::Host;

    #[test]
    fn the_text_stands_on_the_course_page() {
        let host = Host::new(include_str!("../module.json"));
        host.person(2, "Ada", "student");
        let card = host.card::<Label>().unwrap();
        assert_eq!(card.summary.as_str(), r#"<div class="label"><pc-text table="instance" id="7" column="intro"></pc-text></div>"#);
        assert!(host.html::<Label>("").contains("pc-text"));
    }
}
