//! On an image: `ddimageortext`, `ddmarker`.

use super::super::leaf::{combined, combined_out, flag, number_right};
use super::Numbers;
use crate::xml::Element;
use parcours_course::question::{Combined, Drag, Drop, ImageDrop, Marker, Markers, Zone};

fn options(shuffle: bool, c: &Combined) -> Vec<Element> {
    let mut leaves = vec![Element::new("shuffleanswers", i64::from(shuffle))];
    leaves.extend(combined_out(c));
    leaves.push(number_right(c));
    leaves
}

pub(super) fn read(p: &Element) -> ImageDrop {
    let nothing = Element::default();
    let o = p.child("ddimageortext").unwrap_or(&nothing);
    let number = |e: &Element, name: &str| e.number(name).unwrap_or(0);
    ImageDrop {
        shuffle: flag(o, "shuffleanswers"),
        drags: p
            .records("drags", "drag")
            .map(|d| Drag {
                id: d.id().unwrap_or(0),
                no: number(d, "no"),
                group: number(d, "draggroup"),
                infinite: flag(d, "infinite"),
                label: d.leaf("label").to_owned(),
            })
            .collect(),
        drops: p
            .records("drops", "drop")
            .map(|d| Drop {
                id: d.id().unwrap_or(0),
                no: number(d, "no"),
                x: number(d, "xleft"),
                y: number(d, "ytop"),
                choice: number(d, "choice"),
                label: d.leaf("label").to_owned(),
            })
            .collect(),
        combined: combined(o),
        visibility: o.number("dropzonevisibility"),
    }
}

pub(super) fn write(d: &ImageDrop, numbers: &mut Numbers) -> Vec<Element> {
    let mut leaves = options(d.shuffle, &d.combined);
    leaves.extend(d.visibility.map(|v| Element::new("dropzonevisibility", v)));
    let head = Element::record("ddimageortext", numbers.next("ddimageortext"), leaves);
    let drags = d.drags.iter().map(|x| {
        let leaves = [
            Element::new("no", x.no),
            Element::new("draggroup", x.group),
            Element::new("infinite", i64::from(x.infinite)),
            Element::new("label", &x.label),
        ];
        Element::record("drag", numbers.or_next("drag", x.id), leaves)
    });
    let drags = Element::group("drags", drags.collect::<Vec<_>>());
    let drops = d.drops.iter().map(|x| {
        let leaves = [
            Element::new("no", x.no),
            Element::new("xleft", x.x),
            Element::new("ytop", x.y),
            Element::new("choice", x.choice),
            Element::new("label", &x.label),
        ];
        Element::record("drop", numbers.or_next("drop", x.id), leaves)
    });
    vec![head, drags, Element::group("drops", drops.collect::<Vec<_>>())]
}

pub(super) fn read_markers(p: &Element) -> Markers {
    let nothing = Element::default();
    let o = p.child("ddmarker").unwrap_or(&nothing);
    let number = |e: &Element, name: &str| e.number(name).unwrap_or(0);
    Markers {
        shuffle: flag(o, "shuffleanswers"),
        show_misplaced: flag(o, "showmisplaced"),
        markers: p
            .records("drags", "drag")
            .map(|d| Marker {
                id: d.id().unwrap_or(0),
                no: number(d, "no"),
                infinite: flag(d, "infinite"),
                label: d.leaf("label").to_owned(),
                uses: d.number("noofdrags").unwrap_or(1),
            })
            .collect(),
        zones: p
            .records("drops", "drop")
            .map(|d| Zone {
                id: d.id().unwrap_or(0),
                no: number(d, "no"),
                shape: d.leaf("shape").to_owned(),
                coords: d.leaf("coords").to_owned(),
                choice: number(d, "choice"),
            })
            .collect(),
        combined: combined(o),
    }
}

pub(super) fn write_markers(m: &Markers, numbers: &mut Numbers) -> Vec<Element> {
    let mut leaves = options(m.shuffle, &m.combined);
    leaves.push(Element::new("showmisplaced", i64::from(m.show_misplaced)));
    let head = Element::record("ddmarker", numbers.next("ddmarker"), leaves);
    let drags = m.markers.iter().map(|x| {
        let leaves = [
            Element::new("no", x.no),
            Element::new("infinite", i64::from(x.infinite)),
            Element::new("label", &x.label),
            Element::new("noofdrags", x.uses),
        ];
        Element::record("drag", numbers.or_next("marker", x.id), leaves)
    });
    let drags = Element::group("drags", drags.collect::<Vec<_>>());
    let drops = m.zones.iter().map(|x| {
        let leaves = [Element::new("no", x.no), Element::new("shape", &x.shape), Element::new("coords", &x.coords), Element::new("choice", x.choice)];
        Element::record("drop", numbers.or_next("zone", x.id), leaves)
    });
    vec![head, drags, Element::group("drops", drops.collect::<Vec<_>>())]
}
