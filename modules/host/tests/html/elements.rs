//! The host's elements, written out.

use crate::{NASTY, written};

#[test]
fn a_person_is_a_name_and_a_link_where_one_is_wanted() {
    assert_eq!(written("<pc-user id=\"7\"></pc-user>"), "<span class=\"pc-user\">Ada</span>");
    assert_eq!(written("<pc-user id=\"7\" link=\"\" class=\"by\"></pc-user>"), "<a class=\"pc-user by\" href=\"/user/7\">Ada</a>");
    assert_eq!(written("<pc-user id=\"0\"></pc-user>"), "<span class=\"pc-user pc-nobody\">Unknown person</span>");
    assert_eq!(
        written("<p><a href=\"/x\"><pc-user id=\"7\" link=\"\"></pc-user></a></p>"),
        "<p><a href=\"/x\"><span class=\"pc-user\">Ada</span></a></p>"
    );
}

#[test]
fn a_group_is_its_name_in_text_and_in_choices() {
    assert_eq!(written("<pc-group id=\"7\"></pc-group>"), "<span class=\"pc-group\">Blue &amp; red</span>");
    assert_eq!(written("<p><pc-group id=\"0\" class=\"by\"></pc-group></p>"), "<p><span class=\"pc-group by\">Group 0</span></p>");
    let choice =
        field("kind=\"choice\" label=\"L\"", "<pc-option value=\"7\" group=\"7\"></pc-option><pc-option value=\"8\" group=\"-8\"> only</pc-option>");
    assert!(choice.contains("<option value=\"7\">Blue &amp; red</option><option value=\"8\">Group -8 only</option>"), "{choice}");
}

#[test]
fn a_date_is_for_people_and_machines() {
    assert_eq!(written("<pc-date ts=\"0\" style=\"short\"></pc-date>"), "<time class=\"pc-date\" datetime=\"1970-01-01T00:00:00Z\">short 0</time>");
    assert_eq!(
        written("<pc-date ts=\"60\" style=\"relative\"></pc-date>"),
        "<time class=\"pc-date\" datetime=\"1970-01-01T00:01:00Z\" title=\"long 60\">relative 60</time>"
    );
}

#[test]
fn rich_text_and_formulas_are_put_in() {
    assert_eq!(
        written("<pc-text table=\"posts\" id=\"1\" column=\"message\"></pc-text>"),
        "<section class=\"pc-text\"><li>loose</li><p>rich</p></section>"
    );
    assert_eq!(written("<pc-text table=\"posts\" id=\"0\" column=\"message\"></pc-text>"), "");
    assert_eq!(written("<pc-math tex=\"a &lt; b\" display=\"\"></pc-math>"), "<code class=\"pc-math\" data-pc-math=\"block\">a &lt; b</code>");
}

#[test]
fn a_form_carries_the_token_and_a_search_form_does_not() {
    assert_eq!(
        written("<pc-form action=\"/r?a=1&amp;b=2\" files=\"\" draft=\"\"><pc-submit name=\"go\" value=\"1\">Go</pc-submit></pc-form>"),
        "<form class=\"pc-form\" method=\"post\" action=\"/r?a=1&amp;b=2\" enctype=\"multipart/form-data\" data-pc-draft=\"\">\
         <input type=\"hidden\" name=\"_token\" value=\"t0k3n\"><button type=\"submit\" class=\"pc-submit pc-primary\" name=\"go\" value=\"1\">Go</button></form>"
    );
    assert_eq!(written("<pc-form action=\"/r\" method=\"get\"></pc-form>"), "<form class=\"pc-form\" method=\"get\" action=\"/r\"></form>");
}

fn field(attributes: &str, content: &str) -> String {
    let page = written(&format!("<pc-form action=\"/r\" method=\"get\"><pc-field name=\"n\" {attributes}>{content}</pc-field></pc-form>"));
    let inner = page.split_once("action=\"/r\">").unwrap().1.strip_suffix("</form>").unwrap().to_owned();
    // The number is the form's; what counts is that the parts agree.
    let Some((_, rest)) = inner.split_once("m-f") else { return inner };
    let id: String = rest.chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect();
    let field = id.splitn(3, '-').take(2).collect::<Vec<_>>().join("-");
    inner.replace(&format!("m-f{field}"), "ID")
}

#[test]
fn a_field_ties_label_help_error_and_input_together() {
    assert_eq!(
        field("kind=\"text\" label=\"Name\" required=\"\" maxlength=\"9\" help=\"Short.\" error=\"Too long.\" value=\"a &amp; b\"", ""),
        "<div class=\"pc-field pc-text pc-invalid\"><label for=\"ID\">Name <span class=\"pc-required\">(required)</span></label>\
         <p class=\"pc-help\" id=\"ID-help\">Short.</p><p class=\"pc-error\" id=\"ID-error\"><strong>Error:</strong> Too long.</p>\
         <input type=\"text\" id=\"ID\" name=\"n\" maxlength=\"9\" required=\"\" aria-describedby=\"ID-error ID-help\" aria-invalid=\"true\" value=\"a &amp; b\"></div>"
    );
}

#[test]
fn every_kind_of_field_has_its_input() {
    assert!(field("kind=\"datetime\" label=\"L\"", "").contains("type=\"datetime-local\""));
    assert!(field("kind=\"number\" label=\"L\" min=\"0\" step=\"0.5\"", "").contains("min=\"0\" step=\"0.5\""));
    assert!(field("kind=\"textarea\" label=\"L\" value=\"\na\"", "").contains("<textarea rows=\"5\" id=\"ID\" name=\"n\">\n\na</textarea>"));
    let editor = field("kind=\"editor\" label=\"L\" format=\"4\" value=\"&lt;p&gt;\"", "");
    assert!(editor.contains("data-pc-editor=\"\">&lt;p&gt;</textarea><input type=\"hidden\" name=\"n-format\" value=\"4\">"), "{editor}");
    assert!(
        field("kind=\"checkbox\" label=\"L\" checked=\"\"", "")
            .contains("<input type=\"checkbox\" id=\"ID\" name=\"n\" value=\"1\" checked=\"\"> <label for=\"ID\">L</label>")
    );
    let files = field("kind=\"files\" label=\"L\" multiple=\"\" area=\"a\" item=\"1\"", "");
    assert!(files.contains("<li><a href=\"/file/1/a.pdf\">a.pdf</a> <span class=\"pc-size\">(2 KB)</span></li>"), "{files}");
    assert!(files.contains("<input type=\"file\" id=\"ID\" name=\"n\" multiple=\"\">"), "{files}");
    assert_eq!(field("kind=\"hidden\" value=\"7\"", ""), "<input type=\"hidden\" name=\"n\" value=\"7\">");
    assert!(field("kind=\"text\" label=\"L\" label-hidden=\"\"", "").contains("<label for=\"ID\" class=\"pc-visually-hidden\">L</label>"));
}

#[test]
fn a_choice_is_a_list_radios_or_boxes() {
    let options = "<pc-option value=\"a\">A</pc-option>\n<pc-option value=\"b\" selected=\"\">B &amp; b</pc-option>";
    assert!(
        field("kind=\"choice\" label=\"L\"", options)
            .contains("<select id=\"ID\" name=\"n\"><option value=\"a\">A</option><option value=\"b\" selected=\"\">B &amp; b</option></select>")
    );
    assert_eq!(
        field("kind=\"choice\" as=\"radios\" label=\"L\"", options),
        "<fieldset class=\"pc-field pc-choice\" role=\"radiogroup\"><legend>L</legend>\
         <div class=\"pc-option\"><input type=\"radio\" id=\"ID-0\" name=\"n\" value=\"a\"> <label for=\"ID-0\">A</label></div>\
         <div class=\"pc-option\"><input type=\"radio\" id=\"ID-1\" name=\"n\" value=\"b\" checked=\"\"> <label for=\"ID-1\">B &amp; b</label></div></fieldset>"
    );
    assert!(field("kind=\"choice\" as=\"boxes\" label=\"L\"", options).contains("type=\"checkbox\" id=\"ID-1\""));
}

#[test]
fn two_fields_of_a_page_never_share_an_id() {
    let one = "<pc-form action=\"/r\"><pc-field kind=\"text\" name=\"a\" label=\"A\"></pc-field><pc-field kind=\"text\" name=\"a\" label=\"A\"></pc-field></pc-form>";
    let page = written(&(one.to_owned() + one));
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[test]
fn files_pager_and_menu_are_lists_and_links() {
    assert!(written("<pc-files area=\"a\" item=\"1\"></pc-files>").starts_with("<ul class=\"pc-files\"><li><a href=\"/file/1/a.pdf\">a.pdf</a>"));
    assert_eq!(written("<pc-files area=\"a\" item=\"0\" empty=\"None.\"></pc-files>"), "<p class=\"pc-files pc-none\">None.</p>");
    assert_eq!(
        written("<pc-pager next=\"?after=x\"></pc-pager>"),
        "<nav class=\"pc-pager\" aria-label=\"Pages\"><ul><li><a rel=\"next\" href=\"?after=x\">Next</a></li></ul></nav>"
    );
    assert_eq!(written("<pc-pager></pc-pager>"), "");
    assert_eq!(
        written("<pc-menu label=\"More\"><p>x</p></pc-menu>"),
        "<details class=\"pc-menu\"><summary>More</summary><div class=\"pc-menu-items\"><p>x</p></div></details>"
    );
}

#[test]
fn what_comes_from_outside_is_text() {
    let nasty = NASTY.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    for page in [
        "<pc-user id=\"666\" link=\"\"></pc-user>".to_owned(),
        "<pc-group id=\"666\"></pc-group>".to_owned(),
        "<pc-form action=\"/x\"><pc-field kind=\"choice\" name=\"n\" label=\"l\"><pc-option value=\"1\" group=\"666\"></pc-option></pc-field></pc-form>".to_owned(),
        "<pc-files area=\"a\" item=\"1\"></pc-files>".to_owned(),
        format!("<pc-menu label=\"{nasty}\"></pc-menu>"),
        format!("<pc-math tex=\"{nasty}\"></pc-math>"),
        format!("<pc-date ts=\"1\" style=\"{nasty}\"></pc-date>"),
        format!("<pc-form action=\"/x\" label=\"{nasty}\"><pc-submit>{nasty}</pc-submit></pc-form>"),
        format!(
            "<pc-form action=\"/x\"><pc-field kind=\"text\" name=\"{nasty}\" label=\"{nasty}\" value=\"{nasty}\" help=\"{nasty}\" error=\"{nasty}\"></pc-field></pc-form>"
        ),
        format!(
            "<pc-form action=\"/x\"><pc-field kind=\"choice\" name=\"n\" label=\"l\"><pc-option value=\"{nasty}\">{nasty}</pc-option></pc-field></pc-form>"
        ),
    ] {
        let written = written(&page);
        assert!(!written.contains("<script"), "{written}");
    }
}
