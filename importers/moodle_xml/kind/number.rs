//! Numbers and formulas: `numerical`, `calculated` and its kin.

use crate::moodle_xml::input::{In, decimal, flag, number, words};
use crate::moodle_xml::output::{self, Out, worded};
use parcours_course::question::{Calculated, Dataset, Formula, Numerical, Tolerance, Unit, Units};
use parcours_mbz::xml::Element;

pub(super) fn write(out: &mut Out<'_>, n: &Numerical) -> Vec<Element> {
    let mut all = Vec::new();
    for t in &n.answers {
        all.push(out.answer(&t.answer, [Element::new("tolerance", &t.tolerance)]));
    }
    all.extend(units_out(&n.units));
    all
}

pub(super) fn read(e: &Element, input: &mut In<'_>) -> Numerical {
    Numerical { answers: tolerances(e, input), units: units(e) }
}

fn tolerances(e: &Element, input: &mut In<'_>) -> Vec<Tolerance> {
    let mut all = Vec::new();
    for (a, id) in e.all("answer").zip(1..) {
        let tolerance = words(a, "tolerance");
        all.push(Tolerance {
            answer: input.answer(a, id),
            tolerance: if tolerance.is_empty() { "0".to_owned() } else { tolerance.to_owned() },
            kind: number(a, "tolerancetype", 1),
            length: number(a, "correctanswerlength", 2),
            format: number(a, "correctanswerformat", 1),
        });
    }
    all
}

fn units_out(u: &Units) -> Vec<Element> {
    let mut all = Vec::new();
    if !u.units.is_empty() {
        let unit = |u: &Unit| Element::group("unit", [Element::new("multiplier", &u.multiplier), Element::new("unit_name", &u.name)]);
        all.push(Element::group("units", u.units.iter().map(unit)));
    }
    all.extend([
        Element::new("unitgradingtype", u.grading),
        Element::new("unitpenalty", format!("{:.7}", u.penalty)),
        Element::new("showunits", u.show),
        output::flag("unitsleft", u.left),
    ]);
    all
}

fn units(e: &Element) -> Units {
    let unit = |u: &Element| Unit { name: words(u, "unit_name").to_owned(), multiplier: words(u, "multiplier").to_owned() };
    Units {
        units: e.records("units", "unit").map(unit).collect(),
        show: number(e, "showunits", 3),
        left: flag(e, "unitsleft", false),
        grading: number(e, "unitgradingtype", 0),
        penalty: decimal(e, "unitpenalty", 0.1),
    }
}

pub(super) fn write_calculated(out: &mut Out<'_>, c: &Calculated) -> Vec<Element> {
    let mut all = vec![
        Element::new("synchronize", c.synchronize),
        output::flag("single", c.single),
        Element::new("answernumbering", &c.numbering),
        output::flag("shuffleanswers", c.shuffle),
    ];
    all.extend(out.combined(&c.combined));
    for t in &c.answers {
        let more = [
            Element::new("tolerance", &t.tolerance),
            Element::new("tolerancetype", t.kind),
            Element::new("correctanswerformat", t.format),
            Element::new("correctanswerlength", t.length),
        ];
        all.push(out.answer(&t.answer, more));
    }
    all.extend(units_out(&c.units));
    all.push(Element::group("dataset_definitions", c.datasets.iter().map(dataset_out)));
    all
}

pub(super) fn read_calculated(name: &str, e: &Element, input: &mut In<'_>) -> Calculated {
    let numbering = words(e, "answernumbering");
    Calculated {
        kind: match name {
            "calculatedsimple" => Formula::Simple,
            "calculatedmulti" => Formula::Multi,
            _ => Formula::Full,
        },
        answers: tolerances(e, input),
        units: units(e),
        datasets: e.records("dataset_definitions", "dataset_definition").map(dataset).collect(),
        synchronize: number(e, "synchronize", 0),
        single: flag(e, "single", false),
        shuffle: flag(e, "shuffleanswers", false),
        numbering: if numbering.is_empty() { "abc".to_owned() } else { numbering.to_owned() },
        combined: input.combined(e),
    }
}

/// `uniform:1:10:1` is four elements here.
fn dataset_out(d: &Dataset) -> Element {
    let mut options = d.options.splitn(4, ':');
    let mut next = || options.next().unwrap_or_default();
    let (distribution, minimum, maximum, decimals) = (next(), next(), next(), next());
    let items = d.items.iter().map(|(n, value)| Element::group("dataset_item", [Element::new("number", n), Element::new("value", value)]));
    Element::group(
        "dataset_definition",
        [
            worded("status", if d.category == 0 { "private" } else { "shared" }),
            worded("name", &d.name),
            Element::new("type", "calculated"),
            worded("distribution", distribution),
            worded("minimum", minimum),
            worded("maximum", maximum),
            worded("decimals", decimals),
            Element::new("itemcount", d.items.len()),
            Element::group("dataset_items", items),
            Element::new("number_of_items", d.items.len()),
        ],
    )
}

fn dataset(e: &Element) -> Dataset {
    let options = ["distribution", "minimum", "maximum", "decimals"].map(|name| words(e, name));
    Dataset {
        id: 0,
        name: words(e, "name").to_owned(),
        category: i64::from(words(e, "status") == "shared"),
        r#type: 1,
        options: options.join(":"),
        items: e.records("dataset_items", "dataset_item").map(|i| (number(i, "number", 0), words(i, "value").to_owned())).collect(),
    }
}
