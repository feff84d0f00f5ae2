//! Numbers and formulas: `numerical`, `calculated` and its kin.

use super::super::leaf::{answer_out, answers, combined, combined_out, flag, number_right, units, units_out};
use super::{Numbers, numbered};
use crate::xml::Element;
use parcours_course::question::{Calculated, Dataset, Formula, Numerical, Tolerance};

pub(super) fn read(p: &Element) -> Numerical {
    Numerical { answers: tolerances(p, "numerical_records", "numerical_record"), units: units(p) }
}

/// Answers with what the record that points at each says.
fn tolerances(p: &Element, container: &str, record: &str) -> Vec<Tolerance> {
    let of = |answer: parcours_course::question::Answer| {
        let record = p.records(container, record).find(|r| r.number("answer") == Some(answer.id));
        let number = |name: &str, default| record.and_then(|r| r.number(name)).unwrap_or(default);
        Tolerance {
            tolerance: record.map_or("0", |r| r.leaf("tolerance")).to_owned(),
            kind: number("tolerancetype", 1),
            length: number("correctanswerlength", 2),
            format: number("correctanswerformat", 1),
            answer,
        }
    };
    answers(p).into_iter().map(of).collect()
}

pub(super) fn write(n: &Numerical, numbers: &mut Numbers) -> Vec<Element> {
    let mut list = Vec::new();
    let mut records = Vec::new();
    for t in &n.answers {
        let answer = numbered(&t.answer, numbers);
        let leaves = [Element::new("answer", answer.id), Element::new("tolerance", &t.tolerance)];
        records.push(Element::record("numerical_record", numbers.next("numerical_record"), leaves));
        list.push(answer_out(&answer));
    }
    let [units, options] = units_out(&n.units, numbers);
    vec![Element::group("answers", list), units, options, Element::group("numerical_records", records)]
}

pub(super) fn read_calculated(name: &str, p: &Element) -> Calculated {
    let nothing = Element::default();
    let o = p.at(&["calculated_options", "calculated_option"]).unwrap_or(&nothing);
    let kind = match name {
        "calculatedsimple" => Formula::Simple,
        "calculatedmulti" => Formula::Multi,
        _ => Formula::Full,
    };
    Calculated {
        kind,
        answers: tolerances(p, "calculated_records", "calculated_record"),
        units: units(p),
        datasets: p.records("dataset_definitions", "dataset_definition").map(dataset).collect(),
        synchronize: o.number("synchronize").unwrap_or(0),
        single: flag(o, "single"),
        shuffle: flag(o, "shuffleanswers"),
        numbering: o.value("answernumbering").unwrap_or("abc").to_owned(),
        combined: combined(o),
    }
}

fn dataset(e: &Element) -> Dataset {
    Dataset {
        id: e.id().unwrap_or(0),
        name: e.leaf("name").to_owned(),
        category: e.number("category").unwrap_or(0),
        r#type: e.number("type").unwrap_or(1),
        options: e.leaf("options").to_owned(),
        items: e.records("dataset_items", "dataset_item").map(|i| (i.number("number").unwrap_or(0), i.leaf("value").to_owned())).collect(),
    }
}

pub(super) fn write_calculated(c: &Calculated, numbers: &mut Numbers) -> Vec<Element> {
    let mut list = Vec::new();
    let mut records = Vec::new();
    for t in &c.answers {
        let answer = numbered(&t.answer, numbers);
        let leaves = [
            Element::new("answer", answer.id),
            Element::new("tolerance", &t.tolerance),
            Element::new("tolerancetype", t.kind),
            Element::new("correctanswerlength", t.length),
            Element::new("correctanswerformat", t.format),
        ];
        records.push(Element::record("calculated_record", numbers.next("calculated_record"), leaves));
        list.push(answer_out(&answer));
    }
    let [units, unit_options] = units_out(&c.units, numbers);
    let datasets = Element::group("dataset_definitions", c.datasets.iter().map(|d| dataset_out(d, numbers)).collect::<Vec<_>>());
    let mut options = vec![
        Element::new("synchronize", c.synchronize),
        Element::new("single", i64::from(c.single)),
        Element::new("shuffleanswers", i64::from(c.shuffle)),
    ];
    options.extend(combined_out(&c.combined));
    options.extend([Element::new("answernumbering", &c.numbering), number_right(&c.combined)]);
    let option = Element::record("calculated_option", numbers.next("calculated_option"), options);
    vec![
        Element::group("answers", list),
        units,
        unit_options,
        datasets,
        Element::group("calculated_records", records),
        Element::group("calculated_options", [option]),
    ]
}

fn dataset_out(d: &Dataset, numbers: &mut Numbers) -> Element {
    let items = d.items.iter().map(|(number, value)| {
        Element::record("dataset_item", numbers.next("dataset_item"), [Element::new("number", number), Element::new("value", value)])
    });
    let items = Element::group("dataset_items", items.collect::<Vec<_>>());
    let leaves = [
        Element::new("category", d.category),
        Element::new("name", &d.name),
        Element::new("type", d.r#type),
        Element::new("options", &d.options),
        Element::new("itemcount", d.items.len()),
        items,
    ];
    Element::record("dataset_definition", numbers.or_next("dataset", d.id), leaves)
}
