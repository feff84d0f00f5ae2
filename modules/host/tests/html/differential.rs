//! What the checker lets through, a browser reads in exactly the way it is written.

use crate::generator::{Dice, page};
use crate::reader::{Event, browser, literal};
use crate::{limits, written};
use parcours_host::html::expand;

/// Neighbouring texts are one text to a browser.
fn joined(events: Vec<Event>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::new();
    for event in events {
        match (out.last_mut(), event) {
            (Some(Event::Text(before)), Event::Text(more)) => before.push_str(&more),
            // Void elements have no end in either reading.
            (_, event) => out.push(event),
        }
    }
    out
}

fn same(page: &str, out: &str) {
    assert_eq!(joined(browser(out)), joined(literal(out)), "from {page:?}\nwritten {out:?}");
}

#[test]
fn a_browser_reads_the_subset_as_it_is_written() {
    for page in [
        "<ul><li>a<ol><li><p>b</p><pre>\n\nc</pre></li></ol></li></ul>",
        "<b><b><b><b><b>x</b></b></b></b></b>",
        "<table><caption><b>c</b></caption><thead>\n<tr><th>a</th></tr></thead><tbody><tr><td><table><tbody><tr><td>x</td></tr></tbody></table></td></tr></tbody></table>",
        "<dl><dt><a href=\"/x\"><b>t</b></a></dt><dd><dl><dt>u</dt><dd><div><p>v</p></div></dd></dl></dd></dl>",
        "<ul><li>before<pc-text table=\"t\" id=\"1\" column=\"c\"></pc-text>after</li></ul>",
        "<dl><dd><pc-text table=\"t\" id=\"1\" column=\"c\"></pc-text></dd></dl>",
        "<details><summary><em>s</em></summary><pc-menu label=\"m\"><ul><li>x</li></ul></pc-menu></details>",
        "<pc-form action=\"/r\"><pc-field kind=\"textarea\" name=\"n\" label=\"l\" value=\"\n\n&lt;/textarea&gt;\"></pc-field><pc-submit>a &lt; b</pc-submit></pc-form>",
        "<pc-form action=\"/r\"><pc-field kind=\"choice\" name=\"n\" label=\"l\"><pc-option value=\"1\">a &lt;/select&gt;</pc-option></pc-field></pc-form>",
        "<table><tbody><tr><td><pc-form action=\"/r\"><p>x</p></pc-form></td></tr></tbody></table>",
        "<p><del><ins><q><a href=\"/x\"><pc-user id=\"1\" link=\"\"></pc-user></a></q></ins></del></p>",
    ] {
        same(page, &written(page));
    }
}

#[test]
fn thousands_of_pages_from_a_seed_are_read_as_they_are_written() {
    let rounds: u64 = std::env::var("PARCOURS_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let mut accepted = 0;
    for seed in 0..rounds {
        let mut dice = Dice(seed);
        let wild = [0, 3, 12, 40][dice.below(4)];
        let page = page(&mut dice, wild);
        if let Ok(out) = expand(&page, &mut crate::Outside, &limits()) {
            accepted += 1;
            same(&page, &out);
        }
    }
    println!("{accepted} of {rounds} pages accepted");
    assert!(accepted > rounds / 5, "the generator makes too few good pages: {accepted}");
}

#[test]
fn what_is_written_holds_when_pages_are_cut_and_mended_at_random() {
    let mut accepted = 0;
    for seed in 0..5_000 {
        let mut dice = Dice(seed ^ 0xffff_0000);
        let good = page(&mut dice, 2);
        let mut bytes = good.into_bytes();
        for _ in 0..1 + dice.below(3) {
            let at = dice.below(bytes.len());
            match dice.below(3) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, b"<>&\"'/ a="[dice.below(9)]),
                _ => bytes[at] = b"<>&\"'/ a="[dice.below(9)],
            }
            if bytes.is_empty() {
                break;
            }
        }
        let Ok(page) = String::from_utf8(bytes) else { continue };
        if let Ok(out) = expand(&page, &mut crate::Outside, &limits()) {
            accepted += 1;
            same(&page, &out);
        }
    }
    println!("{accepted} of 5000 damaged pages accepted");
}
