//! Pages from a seed: half of them try to be good, all of them are near the rules.

/// A small generator of numbers (splitmix64); the same seed gives the same pages on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    pub fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const NAMES: &[&str] = &[
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "pre",
    "blockquote",
    "details",
    "summary",
    "h2",
    "h3",
    "a",
    "b",
    "i",
    "em",
    "code",
    "small",
    "span",
    "s",
    "u",
    "strong",
    "br",
    "hr",
    "img",
    "section",
    "figure",
    "del",
    "q",
    "time",
    "audio",
    "pc-form",
    "pc-field",
    "pc-option",
    "pc-submit",
    "pc-user",
    "pc-group",
    "pc-date",
    "pc-text",
    "pc-menu",
    "pc-files",
    "pc-math",
    "pc-pager",
    "svg",
    "math",
    "style",
    "form",
    "select",
    "option",
    "button",
    "nobr",
    "font",
    "template",
];

const ATTRIBUTES: &[&str] = &[
    "class=\"a b\"",
    "id=\"m-x\"",
    "id=\"7\"",
    "title=\"&lt;a href='x'&gt;\"",
    "href=\"/x?a=1&amp;b=2\"",
    "href=\"javascript:x\"",
    "src=\"/f\"",
    "alt=\"\"",
    "lang=\"fr\"",
    "aria-label=\"é&nbsp;\"",
    "colspan=\"2\"",
    "datetime=\"x\"",
    "open=\"\"",
    "hidden=\"\"",
    "action=\"/r\"",
    "kind=\"text\"",
    "kind=\"choice\"",
    "kind=\"editor\"",
    "as=\"radios\"",
    "name=\"n\"",
    "label=\"L &quot;\"",
    "value=\"\n v\"",
    "error=\"no\"",
    "ts=\"0\"",
    "tex=\"x^2\"",
    "table=\"t\"",
    "column=\"c\"",
    "area=\"a\"",
    "item=\"1\"",
    "next=\"?n\"",
    "onclick=\"x\"",
    "style=\"x\"",
    "class=x",
    "data-m-k=\"v\"",
];

const TEXTS: &[&str] = &[
    "text",
    " ",
    "\n",
    "&amp;",
    "&lt;b&gt;",
    "é",
    "\u{a0}",
    "&nbsp;",
    "&#39;",
    "\r\n",
    "a'\"b",
    "<",
    "&",
    "]]&gt;",
    "--",
    "\u{0}",
    "\u{feff}",
    "🙂",
];

/// What may well stand in an element, so that many pages are good.
fn children(name: &str) -> &'static [&'static str] {
    match name {
        "ul" | "ol" => &["li"],
        "dl" => &["dt", "dd"],
        "table" => &["thead", "tbody", "caption"],
        "thead" | "tbody" => &["tr"],
        "tr" => &["td", "th"],
        "details" => &["summary", "p"],
        "pc-field" => &["pc-option"],
        "pc-form" => &["pc-field", "pc-submit", "p", "div"],
        "p" | "a" | "b" | "i" | "em" | "span" | "code" | "small" | "s" | "u" | "strong" | "h2" | "h3" | "dt" | "summary" | "caption" | "pre"
        | "q" | "del" => &["b", "i", "em", "code", "a", "span", "br", "small", "pc-user", "pc-group", "pc-date", "pc-math", "img"],
        _ => &["div", "p", "ul", "ol", "dl", "table", "pre", "details", "pc-form", "pc-text", "pc-menu", "pc-files", "section", "h2", "a", "hr", "b"],
    }
}

/// What an element needs, so that many pages are good.
fn needs(name: &str) -> &'static str {
    match name {
        "img" => " src=\"/f\" alt=\"\"",
        "pc-user" => " id=\"7\" link=\"\"",
        "pc-group" => " id=\"7\"",
        "pc-date" => " ts=\"5\"",
        "pc-math" => " tex=\"x\"",
        "pc-text" => " table=\"t\" id=\"1\" column=\"c\"",
        "pc-files" => " area=\"a\" item=\"1\"",
        "pc-menu" => " label=\"m\"",
        "pc-form" => " action=\"/r\"",
        "pc-field" => " kind=\"choice\" name=\"n\" label=\"l\"",
        "pc-option" => " value=\"v\"",
        "a" => " href=\"/x\"",
        _ => "",
    }
}

/// A page. `wild` is how many of a hundred steps are not what belongs there.
pub fn page(dice: &mut Dice, wild: usize) -> String {
    let mut out = String::new();
    let parts = 1 + dice.below(4);
    for _ in 0..parts {
        element(dice, wild, "div", 5, &mut out);
    }
    out
}

fn element(dice: &mut Dice, wild: usize, parent: &str, depth: usize, out: &mut String) {
    let odd = dice.below(100) < wild;
    let name = if odd { dice.pick(NAMES) } else { dice.pick(children(parent)) };
    out.push('<');
    out.push_str(name);
    out.push_str(needs(name));
    if dice.below(100) < wild {
        out.push(' ');
        out.push_str(dice.pick(ATTRIBUTES));
    }
    out.push('>');
    if matches!(name, "br" | "hr" | "img") {
        return;
    }
    let parts = matches!(name, "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tr" | "pc-field");
    let empty = matches!(name, "pc-user" | "pc-group" | "pc-date" | "pc-math" | "pc-text" | "pc-files" | "pc-pager");
    let text_only = matches!(name, "pc-option" | "pc-submit");
    for _ in 0..dice.below(4) {
        let text = dice.below(2) == 0 || depth == 0 || text_only;
        if empty && dice.below(100) >= wild {
            break;
        }
        match (text, parts) {
            (true, true) => out.push('\n'),
            (true, false) if dice.below(100) < wild => out.push_str(dice.pick(TEXTS)),
            (true, false) => out.push_str(dice.pick(&["words ", "&amp;", "\n", "é"])),
            (false, _) if depth > 0 => element(dice, wild, name, depth - 1, out),
            _ => {}
        }
    }
    if dice.below(100) >= wild / 4 {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}
