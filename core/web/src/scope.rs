//! Styles of modules, checked and kept to the module's own pages.
//!
//! A module's author is a stranger. Of the style that comes with a module only known properties pass, nothing that fetches (`url()`), nothing that leaves its
//! place (`position: fixed`) and no rule of the page's frame: what is left is wrapped in `@scope (.mod-name)` and in the layer `modules`, which the theme's
//! layer `finish` follows. A style that breaks a rule is refused whole, with the reason, so that its author finds out.

use std::fmt::Write;

/// Longest style, in bytes.
const LONGEST: usize = 64 << 10;

/// Properties by their first word (`margin` stands for `margin-block-start` too).
const FAMILIES: &[&str] = &[
    "align",
    "aspect",
    "background",
    "block",
    "border",
    "box",
    "break",
    "caption",
    "clear",
    "color",
    "column",
    "columns",
    "cursor",
    "direction",
    "display",
    "empty",
    "fill",
    "flex",
    "float",
    "font",
    "gap",
    "grid",
    "height",
    "hyphens",
    "inline",
    "justify",
    "letter",
    "line",
    "list",
    "margin",
    "max",
    "min",
    "object",
    "opacity",
    "order",
    "outline",
    "overflow",
    "padding",
    "place",
    "quotes",
    "row",
    "scroll",
    "stroke",
    "tab",
    "table",
    "text",
    "unicode",
    "vertical",
    "visibility",
    "white",
    "width",
    "word",
    "writing",
];

/// The style as it is served.
///
/// # Errors
/// The first broken rule, in words for the module's author.
pub(crate) fn style(module: &str, css: &str) -> Result<String, String> {
    if css.len() > LONGEST {
        return Err(format!("longer than {LONGEST} bytes"));
    }
    if module.is_empty() || !module.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        return Err("a module name that is no class".to_owned());
    }
    let css = without_comments(css)?;
    if let Some(odd) = css.chars().find(|c| matches!(c, '\\' | '<') || (c.is_control() && !c.is_whitespace())) {
        return Err(format!("the character {odd:?} may not stand in it"));
    }
    let mut out = format!("@layer modules {{ @scope (.mod-{module}) {{\n");
    let rest = rules(&css, &mut out, true)?;
    if !rest.trim().is_empty() {
        return Err("a `}` without its `{`".to_owned());
    }
    out.push_str("} }\n");
    Ok(out)
}

fn without_comments(css: &str) -> Result<String, String> {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once("*/").ok_or("a comment without an end")?.1;
    }
    out.push_str(rest);
    Ok(out)
}

/// Rules up to the end or to a `}` of an enclosing block, which stays in what is given back.
fn rules<'a>(css: &'a str, out: &mut String, outermost: bool) -> Result<&'a str, String> {
    let mut rest = css.trim_start();
    while !rest.is_empty() && !rest.starts_with('}') {
        let (head, body) = rest.split_once('{').ok_or_else(|| format!("no block after `{}`", short(rest)))?;
        let head = head.trim();
        if let Some(at) = head.strip_prefix('@') {
            let media = at.strip_prefix("media").filter(|_| outermost).ok_or_else(|| format!("`@{}`: only `@media` may stand here", short(at)))?;
            plain(media, "a media query")?;
            let _ = writeln!(out, "@media {} {{", media.trim());
            rest = rules(body, out, false)?.strip_prefix('}').ok_or("a `@media` without its end")?.trim_start();
            out.push_str("}\n");
            continue;
        }
        selector(head)?;
        let (inside, after) = body.split_once('}').ok_or_else(|| format!("no end of the block of `{}`", short(head)))?;
        let _ = writeln!(out, "{head} {{{}}}", declarations(inside)?);
        rest = after.trim_start();
    }
    Ok(rest)
}

fn selector(head: &str) -> Result<(), String> {
    let odd = head.is_empty() || head.contains(['}', ';', '@', '&']) || head.to_ascii_lowercase().contains(":root");
    if odd { Err(format!("the selector `{}`", short(head))) } else { balanced(head) }
}

fn declarations(inside: &str) -> Result<String, String> {
    if inside.contains('{') {
        return Err("rules inside rules".to_owned());
    }
    let mut out = String::new();
    for one in inside.split(';').map(str::trim).filter(|d| !d.is_empty()) {
        let (name, value) = one.split_once(':').ok_or_else(|| format!("`{}` has no value", short(one)))?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        property(&name, value)?;
        plain(value, &name)?;
        let _ = write!(out, " {name}: {value};");
    }
    out.push(' ');
    Ok(out)
}

fn property(name: &str, value: &str) -> Result<(), String> {
    let word = name.split('-').next().unwrap_or("");
    let own = name.strip_prefix("--m-").is_some_and(|n| n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let known = FAMILIES.contains(&word) && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    match name {
        "position" if matches!(value, "static" | "relative") => Ok(()),
        "content" if value == "none" || (value.starts_with('"') && value.ends_with('"') && value.len() > 1) => Ok(()),
        _ if own || known => Ok(()),
        _ => Err(format!("`{}: {}`", short(name), short(value))),
    }
}

/// No address and no function but those that compute.
fn plain(value: &str, of: &str) -> Result<(), String> {
    if value.contains(['@', '{', '}', ';']) {
        return Err(format!("the value of `{of}`"));
    }
    let lower = value.to_ascii_lowercase();
    for (before, _) in lower.match_indices('(').map(|(at, _)| lower.split_at(at)) {
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
        let known =
            ["", "calc", "clamp", "min", "max", "var", "rgb", "hsl", "oklch", "color-mix", "minmax", "repeat", "fit-content", "and", "not", "or"];
        if !known.contains(&name) {
            return Err(format!("`{name}()` in `{of}`"));
        }
    }
    balanced(value)
}

/// Quotes and brackets are closed where they are opened: nothing runs on into what follows.
fn balanced(text: &str) -> Result<(), String> {
    let mut open = Vec::new();
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), '\n') => return Err(format!("a line end in the quotes of `{}`", short(text))),
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, ')' | ']') if open.pop() != Some(c) => return Err(format!("brackets in `{}`", short(text))),
            _ => {}
        }
    }
    if open.is_empty() && quote.is_none() { Ok(()) } else { Err(format!("something is left open in `{}`", short(text))) }
}

fn short(text: &str) -> String {
    text.trim().chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_stays_on_its_modules_pages() {
        let css = ".post > p, .post[hidden] { margin-inline-start: clamp(0.5rem, 2vw, 2rem); COLOR: var(--soft) } /* } */\n@media (min-width: 40rem) and (hover) { .a { display: grid; } }\n.b {}";
        let got = style("forum", css).expect("a good style");
        assert_eq!(
            got,
            "@layer modules { @scope (.mod-forum) {\n.post > p, .post[hidden] { margin-inline-start: clamp(0.5rem, 2vw, 2rem); color: var(--soft); }\n@media (min-width: 40rem) and (hover) {\n.a { display: grid; }\n}\n.b { }\n} }\n"
        );
        assert_eq!(style("page", "").expect("nothing is fine"), "@layer modules { @scope (.mod-page) {\n} }\n");
    }

    #[test]
    fn what_fetches_escapes_or_covers_is_refused() {
        for bad in [
            "p { background: url(https://evil.example/x) }",
            "p { background: URL('x') }",
            "p { background: u\\72l(x) }",
            "p { background-image: image-set('x' 1x) }",
            "@import 'x'; p {}",
            "@font-face { font-family: x; src: url(x) }",
            "@media print { @media screen { p {} } }",
            "@layer finish { p { color: red } }",
            "@scope (body) { p {} }",
            "p { position: fixed }",
            "p { position: sticky; }",
            "p { z-index: 9 }",
            "p { transform: scale(9) }",
            "p { animation: x 1s }",
            "p { behavior: x }",
            "p { -moz-binding: x }",
            "p { --line: red }",
            "p { content: attr(data-x) }",
            "p { width: expression(alert(1)) }",
            "p { color: red } } body { display: none",
            "} body { display: none } p {",
            "p { color: red",
            "p { color: red } }",
            "p { a { color: red } }",
            "& { color: red }",
            ":root { color: red }",
            "p { color: \"red }",
            "p[a=\"} body { color: red }",
            "p { content: \"\n\" }",
            "p { margin: (1px }",
            "p { color: </style><script>x</script> }",
            "/* p {}",
            "p",
            "p { color }",
            "{ color: red }",
        ] {
            assert!(style("forum", bad).is_err(), "{bad} became {:?}", style("forum", bad));
        }
        assert!(style("a) , (body", "p {}").is_err());
        assert!(style("forum", &" ".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn the_styles_that_ship_pass() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wasm-plugins");
        for module in std::fs::read_dir(folder).expect("the modules").flatten() {
            let file = module.path().join("style.css");
            if let Ok(css) = std::fs::read_to_string(&file) {
                let name = module.file_name().to_string_lossy().into_owned();
                assert_eq!(style(&name, &css).err(), None, "{}", file.display());
            }
        }
    }
}
