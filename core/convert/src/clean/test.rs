//! What several tests of this folder share.

use super::known::{Area, Known};
use super::rules::Rule;
use super::scene::{Plan, Scene};
use super::wash::wash;
use super::{Media, Note};
use parcours_course::Language;

/// A text through some rules.
pub fn washed(text: &str, on: &[Rule], known: &Known, media: Option<&Media>) -> (String, Vec<Note>) {
    let area = Area { context: 20, component: "mod_page".into(), filearea: "content".into(), item: 0 };
    let plan = Plan::default();
    let mut scene = Scene {
        known,
        plan: &plan,
        area: Some(&area),
        tokens: true,
        embed: true,
        media,
        text_language: Language::English,
        notes: Vec::new(),
        wanted: Vec::new(),
        failed: None,
    };
    let after = wash(text, on, &mut scene).map_or_else(|| text.to_owned(), |(a, _)| a);
    (after, scene.notes)
}

/// Through all rules, with nothing known.
pub fn cleaned(text: &str) -> String {
    washed(text, &Rule::ALL, &Known::default(), None).0
}

pub fn noted(text: &str) -> Vec<Note> {
    washed(text, &Rule::ALL, &Known::default(), None).1
}

#[test]
fn what_no_rule_is_about_stays_byte_for_byte() {
    for text in [
        "<p>&nbsp;&eacute;é &amp; \\(a<b\\) $$x^2$$ {mlang fr}oui{mlang} [[Page]] ##edit## {#1}</P>",
        "<span class=\"multilang\" lang=\"fr\">oui</span><span lang=en class='multilang'>yes</span>",
        "<a id=x></a><IMG SRC='@@PLUGINFILE@@/a%20b.png?time=1' ALT=x ><a href=$@PAGEVIEWBYID*3@$>p</a>",
        "<p>broken <b>bold<p>next</b> <span>open",
        "<script>var a = '<span></span>';</script><pre>[fa-home]</pre>",
        "a < b > c <3",
    ] {
        assert_eq!(cleaned(text), text);
    }
}

#[test]
fn around_a_change_every_byte_stays() {
    let (a, b) = ("<P CLASS=x>&nbsp;\\(a&lt;b\\) <IMG SRC='@@PLUGINFILE@@/%C3%A9.png?x=1'>", "$@PAGEVIEWBYID*3@$ {mlang fr}x{mlang}\r\n&eacute;</P>");
    assert_eq!(cleaned(&format!("{a}<span>x</span>{b}")), format!("{a}x{b}"));
}

#[test]
fn spans_that_say_nothing_go() {
    for (before, after) in [
        ("<span>a</span>", "a"),
        ("<span><span><span style=\"\">a</span></span></span>", "a"),
        ("<span style=\"font-weight:bold\"><span style='font-weight:bold'>a</span></span>", "<span style=\"font-weight:bold\">a</span>"),
        (
            "<span style=\"font-size: small\"><span style=\"color: #333\"><span style='font-size: large'>a</span></span></span>",
            "<span style=\"color: #333;font-size: large;\">a</span>",
        ),
        (
            "<span style=\"font-size: 2em\"><span style=\"font-size: 2em; color: #333\">a</span></span>",
            "<span style=\"font-size: 2em\"><span style=\"font-size: 2em; color: #333\">a</span></span>",
        ),
        (
            "<span style=\"color: #333\"><span class=\"multilang\" lang=\"fr\">a</span></span>",
            "<span style=\"color: #333\"><span class=\"multilang\" lang=\"fr\">a</span></span>",
        ),
        ("a<span style=\"color: red\"></span>b", "ab"),
        ("<span id=\"x\"></span><span class=\"fa fa-home\"></span>", "<span id=\"x\"></span><span class=\"fa fa-home\"></span>"),
        ("<b><span>a</b></span>", "<b><span>a</b></span>"),
    ] {
        assert_eq!(cleaned(before), after);
    }
}

#[test]
fn fonts_go_and_what_they_meant_stays() {
    for (before, after) in [
        ("<font face=\"Arial\" size=\"2\">a</font>", "a"),
        ("<font size=\"+2\">a</font>", "<span style=\"font-size: x-large;\">a</span>"),
        ("<font color=\"800000\">a</font>", "<span style=\"color: #800000;\">a</span>"),
        ("<center class=\"x\">a</center>", "<div class=\"x\" style=\"text-align: center;\">a</div>"),
        ("<p class=\"MsoNormal intro\" style=\"mso-margin: 0; margin: 0\">a<o:p></o:p></p>", "<p class=\"intro\" style=\"margin: 0;\">a</p>"),
        ("<!--[if gte mso 9]><xml>x</xml><![endif]--><p style=\"font-family: Arial; font-size: 7pt\">a</p>", "<p>a</p>"),
        ("<p style=\"font-size: 14pt; font-family: 'Courier New'\">a</p>", "<p style=\"font-size: 14pt; font-family: 'Courier New'\">a</p>"),
        ("<p style=\"font-family: Wingdings\">J</p>", "<p style=\"font-family: Wingdings\">J</p>"),
    ] {
        assert_eq!(cleaned(before), after);
    }
    assert_eq!(noted("<p style=\"font-family: Wingdings\">J</p>"), [Note::SymbolFont("Wingdings".into())]);
}

#[test]
fn colours_go_where_they_cannot_be_read_and_nowhere_else() {
    for (before, after) in [
        ("<p style=\"color: #ffff00; margin: 0\">a</p>", "<p style=\"margin: 0;\">a</p>"),
        ("<p style=\"color: #800000\">a</p>", "<p style=\"color: #800000\">a</p>"),
        (
            "<div style=\"background-color: #003366\"><p style=\"color: white\">a</p></div>",
            "<div style=\"background-color: #003366\"><p style=\"color: white\">a</p></div>",
        ),
        ("<div style=\"background: #336\">a</div>", "<div>a</div>"),
        ("<div style=\"background: #ff0; color: #0f0\">a</div>", "<div style=\"background: #ff0;\">a</div>"),
        ("<p class=\"btn btn-primary\" style=\"color: #fff\">a</p>", "<p class=\"btn btn-primary\" style=\"color: #fff\">a</p>"),
        ("<p style=\"color: var(--x)\">a</p>", "<p style=\"color: var(--x)\">a</p>"),
        ("<p style=\"color: #eee\"></p>", "<p style=\"color: #eee\"></p>"),
        (
            "<div style=\"background: url(x.png)\"><p style=\"color: #eee\">a</p></div>",
            "<div style=\"background: url(x.png)\"><p style=\"color: #eee\">a</p></div>",
        ),
    ] {
        assert_eq!(cleaned(before), after);
    }
    assert_eq!(noted("<p>In <b style=\"color: #0f0\">green</b></p>"), [Note::NamedColour("green".into())]);
    let hidden = "<p style=\"color: #fff\">answer</p>";
    assert_eq!((cleaned(hidden).as_str(), noted(hidden)), (hidden, vec![Note::HiddenText("answer".into())]));
}

#[test]
fn icons_are_seen_beside_their_text_and_heard_where_they_are_alone() {
    assert_eq!(cleaned("<p>[fa-home] House</p>"), "<p><i class=\"fa fa-home\" aria-hidden=\"true\"></i> House</p>");
    assert_eq!(cleaned("<p>[fa-home<br /> fa-lg] House</p>"), "<p><i class=\"fa fa-home fa-lg\" aria-hidden=\"true\"></i> House</p>");
    assert_eq!(
        cleaned("<a href=\"x\">[fas fa-arrow-left]</a>"),
        "<a href=\"x\"><i class=\"fa fas fa-arrow-left\" role=\"img\" aria-label=\"arrow left\"></i></a>"
    );
}

#[test]
fn empty_paragraphs_are_drawn_together() {
    assert_eq!(cleaned("<p>a</p>\n<p>&nbsp;</p>\n<p><br></p>\n<p>b</p>"), "<p>a</p>\n<p>&nbsp;</p>\n\n<p>b</p>");
}

/// Each of these is a text on which a careless parser spends minutes.
#[test]
fn hostile_texts_are_done_with_soon() {
    let many = 400_000;
    for text in [
        "<!--".repeat(many),
        "<a ".repeat(many),
        "<a href='".repeat(many / 2),
        format!("<p>{}", "[".repeat(many * 4)),
        format!("<p>{}", "[fa-".repeat(many)),
        format!("<p>{}", "[[[cr_".repeat(many / 2)),
        format!("<a href=\"{}\">x</a>", "&".repeat(many * 4)),
        format!("<a style=\"color:red;{}\">x</a>", "a(;".repeat(many)),
        format!("<p {}>", "a ".repeat(many)),
        "<td>".repeat(many),
        "</p>".repeat(many / 2),
        "<p><b>".repeat(many / 4),
        "<span></span>".repeat(many / 40),
        format!("<table>{}</table>", "<tr><td>x</td></tr>".repeat(many / 80)),
    ] {
        let (after, _) = washed(&text, &Rule::ALL, &Known::default(), None);
        assert!(after.len() <= text.len() + 100);
    }
}
