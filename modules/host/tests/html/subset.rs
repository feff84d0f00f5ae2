//! Pages an author may write, and mistakes an author makes.

use crate::{limits, refused, written};
use parcours_host::{CallError, html::expand};

#[test]
fn a_page_in_the_subset_stays_as_it_is() {
    for page in [
        "plain text, &lt;b&gt; &amp; &quot;so&quot; &#39;on&#39;&nbsp;'\"é🙂",
        "<h2 id=\"m-top\" class=\"a b\" lang=\"fr\">Titre</h2><p>un <em>deux <strong>trois</strong></em><br>quatre</p>",
        "<ul>\n  <li>a<ul><li>b</li></ul></li>\n  <li><p>c</p></li>\n</ul><ol start=\"3\"><li value=\"4\">x</li></ol>",
        "<table><caption>c</caption><thead><tr><th scope=\"col\">h</th></tr></thead><tbody><tr><td colspan=\"2\"><p>d</p></td></tr></tbody></table>",
        "<dl><dt>t</dt><dd><p>d</p></dd></dl><hr><pre>a\n  b</pre>",
        "<details open=\"\"><summary>s</summary><div>x</div></details>",
        "<p><a href=\"https://example.org/?a=1&amp;b=2#c\" rel=\"nofollow\">x</a> <img src=\"/file/1/a.png\" alt=\"\"> <time datetime=\"2026-11-23\">y</time></p>",
        "<p aria-label=\"l\" data-m-sort=\"1\" data-pc-swap=\"m-posts\" role=\"status\">x</p>",
        "<p><progress value=\"1\" max=\"3\">1/3</progress><audio src=\"/file/1/a.ogg\" controls=\"\"></audio></p>",
    ] {
        assert_eq!(written(page), page);
    }
}

#[test]
fn line_ends_are_one_character_and_the_first_in_a_pre_is_kept() {
    assert_eq!(written("<p>a\r\nb\rc</p>"), "<p>a\nb\nc</p>");
    assert_eq!(written("<pre>\nfirst line empty</pre>"), "<pre>\n\nfirst line empty</pre>");
}

#[test]
fn an_author_is_told_what_is_wrong() {
    for (page, why) in [
        ("<p>a & b</p>", "written `&amp;`"),
        ("<p>a > b</p>", "written `&lt;`"),
        ("<p>1 < 2</p>", "written `&lt;`"),
        ("<p>&eacute;</p>", "no entities but"),
        ("<p class='x'>a</p>", "`=\"` is expected"),
        ("<p class=x>a</p>", "`=\"` is expected"),
        ("<p hidden>a</p>", "`=\"` is expected"),
        ("<P>a</P>", "lower-case"),
        ("<br/>", "`>` is expected"),
        ("<p  class=\"x\">a</p>", "lower-case"),
        ("<p class=\"x\" class=\"y\">a</p>", "twice"),
        ("<p>a", "not closed"),
        ("<p>a</div>", "where `p` is open"),
        ("</p>", "was not open"),
        ("<p></p >", "`>` is expected"),
        ("<h1>a</h1>", "no element `h1`"),
        ("<p><div>a</div></p>", "cannot stand directly in `p`"),
        ("<li>a</li>", "cannot stand directly in `page`"),
        ("<ul>text</ul>", "text directly in `ul`"),
        ("<table><tr><td>a</td></tr></table>", "cannot stand directly in `table`"),
        ("<table>x</table>", "text directly in `table`"),
        ("<details>x<summary>s</summary></details>", "comes first"),
        ("<p><a href=\"/x\"><b><a href=\"/y\">z</a></b></a></p>", "inside a link"),
        ("<p id=\"top\">a</p>", "no value for `id`"),
        ("<p style=\"color:red\">a</p>", "no attribute `style`"),
        ("<p onclick=\"x\">a</p>", "no attribute `onclick`"),
        ("<p><img src=\"/x\"></p>", "without `alt`"),
        ("<p><img src=\"https://spy.example/x\" alt=\"\"></p>", "no value for `src`"),
        ("<p><a href=\"//x.example\">a</a></p>", "no value for `href`"),
        ("<pc-submit>x</pc-submit>", "outside a form"),
        ("<pc-form action=\"/x\"><pc-form action=\"/y\"></pc-form></pc-form>", "form inside a form"),
        ("<pc-form></pc-form>", "`action` is missing"),
        ("<pc-date ts=\"soon\"></pc-date>", "no value for `ts`"),
        ("<pc-form action=\"/x\"><pc-field kind=\"text\" name=\"a\"></pc-field></pc-form>", "`label` is missing"),
        ("<pc-form action=\"/x\"><pc-field kind=\"color\" name=\"a\" label=\"b\"></pc-field></pc-form>", "no kind of field"),
        ("<pc-form action=\"/x\"><pc-field kind=\"hidden\" name=\"_token\"></pc-field></pc-form>", "are the host's"),
        ("<pc-group id=\"m-a\"></pc-group>", "no value for `id`"),
        ("<pc-group></pc-group>", "`id` is missing"),
        (
            "<pc-form action=\"/x\"><pc-field kind=\"choice\" name=\"a\" label=\"b\"><pc-option value=\"1\" group=\"x\"></pc-option></pc-field></pc-form>",
            "no value for `group`",
        ),
        ("<pc-user id=\"1\">x</pc-user>", "text directly in `pc-user`"),
    ] {
        let said = refused(page).unwrap_or_else(|| panic!("accepted: {page}"));
        assert!(said.contains(why), "{page}\n{said}");
    }
}

#[test]
fn the_place_of_a_mistake_is_told() {
    let Err(CallError::BadHtml { at, .. }) = expand("<p>good</p><script>", &mut crate::Outside, &limits()) else { panic!("accepted") };
    assert_eq!(at, 11);
}

#[test]
fn a_page_that_is_too_large_or_too_deep_is_refused() {
    let mut limits = limits();
    let deep = |n: usize| "<div>".repeat(n) + &"</div>".repeat(n);
    assert!(expand(&deep(64), &mut crate::Outside, &limits).is_ok());
    assert!(matches!(expand(&deep(65), &mut crate::Outside, &limits), Err(CallError::BadHtml { .. })));
    assert!(matches!(expand(&"x".repeat(limits.bytes + 1), &mut crate::Outside, &limits), Err(CallError::Bytes(_))));
    limits.expanded = 1000;
    assert!(matches!(
        expand(&"<pc-text table=\"t\" id=\"1\" column=\"c\"></pc-text>".repeat(40), &mut crate::Outside, &limits),
        Err(CallError::Bytes(_))
    ));
}
