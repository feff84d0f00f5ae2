//! On an image: `ddimageortext`, `ddmarker`. The image itself is a file of the question's element.

use crate::moodle_xml::input::{In, QUESTION, flag, number, words};
use crate::moodle_xml::output::{Out, mark};
use parcours_course::question::{Drag, Drop, ImageDrop, Marker, Markers, Zone};
use parcours_mbz::xml::Element;

pub(super) fn write(out: &mut Out<'_>, d: &ImageDrop) -> Vec<Element> {
    let mut all: Vec<Element> = mark("shuffleanswers", d.shuffle).into_iter().collect();
    all.extend(d.visibility.map(|v| Element::new("dropzonevisibility", v)));
    all.extend(out.combined(&d.combined));
    all.extend(out.files("bgimage", out.question.id));
    for x in &d.drags {
        let mut children = vec![Element::new("no", x.no), Element::new("text", &x.label), Element::new("draggroup", x.group)];
        children.extend(mark("infinite", x.infinite));
        children.extend(out.files("dragimage", x.id));
        all.push(Element::group("drag", children));
    }
    all.extend(d.drops.iter().map(|x| {
        let numbers = [("no", x.no), ("choice", x.choice), ("xleft", x.x), ("ytop", x.y)].map(|(name, n)| Element::new(name, n));
        Element::group("drop", [Element::new("text", &x.label)].into_iter().chain(numbers))
    }));
    all
}

pub(super) fn read(e: &Element, input: &mut In<'_>) -> ImageDrop {
    let combined = input.combined(e);
    input.component = "qtype_ddimageortext".to_owned();
    input.files(e, "bgimage", QUESTION);
    let mut drags = Vec::new();
    for (x, id) in e.all("drag").zip(1..) {
        input.files(x, "dragimage", id);
        let label = words(x, "text").to_owned();
        drags.push(Drag { id, no: number(x, "no", id), group: number(x, "draggroup", 1), infinite: flag(x, "infinite", false), label });
    }
    let drop = |(x, no): (&Element, i64)| Drop {
        id: 0,
        no: number(x, "no", no),
        x: number(x, "xleft", 0),
        y: number(x, "ytop", 0),
        choice: number(x, "choice", 0),
        label: words(x, "text").to_owned(),
    };
    ImageDrop {
        shuffle: flag(e, "shuffleanswers", false),
        drags,
        drops: e.all("drop").zip(1..).map(drop).collect(),
        combined,
        visibility: words(e, "dropzonevisibility").parse().ok(),
    }
}

pub(super) fn write_markers(out: &mut Out<'_>, m: &Markers) -> Vec<Element> {
    let mut all: Vec<Element> = mark("shuffleanswers", m.shuffle).into_iter().collect();
    all.extend(out.combined(&m.combined));
    all.extend(mark("showmisplaced", m.show_misplaced));
    all.extend(out.files("bgimage", out.question.id));
    all.extend(m.markers.iter().map(|x| {
        let mut children = vec![Element::new("no", x.no), Element::new("text", &x.label)];
        children.extend(mark("infinite", x.infinite));
        children.push(Element::new("noofdrags", x.uses));
        Element::group("drag", children)
    }));
    all.extend(m.zones.iter().map(|x| {
        let leaves = [Element::new("no", x.no), Element::new("shape", &x.shape), Element::new("coords", &x.coords), Element::new("choice", x.choice)];
        Element::group("drop", leaves)
    }));
    all
}

pub(super) fn read_markers(e: &Element, input: &mut In<'_>) -> Markers {
    let combined = input.combined(e);
    input.component = "qtype_ddmarker".to_owned();
    input.files(e, "bgimage", QUESTION);
    let marker = |(x, no): (&Element, i64)| Marker {
        id: 0,
        no: number(x, "no", no),
        infinite: flag(x, "infinite", false),
        label: words(x, "text").to_owned(),
        uses: number(x, "noofdrags", 1),
    };
    let zone = |(x, no): (&Element, i64)| Zone {
        id: 0,
        no: number(x, "no", no),
        shape: words(x, "shape").to_owned(),
        coords: words(x, "coords").to_owned(),
        choice: number(x, "choice", 0),
    };
    Markers {
        shuffle: flag(e, "shuffleanswers", false),
        show_misplaced: flag(e, "showmisplaced", false),
        markers: e.all("drag").zip(1..).map(marker).collect(),
        zones: e.all("drop").zip(1..).map(zone).collect(),
        combined,
    }
}
