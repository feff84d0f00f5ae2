//! On an image: `ddimageortext` as things dropped on spots, `ddmarker` as things put on a stage.

use super::out::asked;
use super::pairs::equal_parts;
use super::processing::{Response, scale};
use super::read::{QUESTION, Read};
use super::{Item, RESPONSE, decimal, number, place};
use crate::bank::node::Node;
use crate::qti::Version;
use crate::qti::page::Page;
use parcours_course::question::{Drag, Drop, ImageDrop, Marker, Markers, Zone};

/// Pixels of a drop zone, whose size Moodle takes from what is dragged.
const SIZE: (i64, i64) = (80, 30);

fn object(page: &mut Page<'_>, area: &str, item: i64) -> Option<Node> {
    let data = page.file(area, item, |_| true)?;
    let mime = page.used.last().and_then(|f| f.mime.clone()).unwrap_or_else(|| "image/png".to_owned());
    Some(Node::new("object", &[("data", &data), ("type", &mime)], []))
}

/// A label where there is no image: words in an object, as 2.1 has no other place for them.
fn label(words: &str) -> Node {
    Node::leaf("object", &[("data", "data:text/plain,"), ("type", "text/plain")], words)
}

pub(super) fn write(page: &mut Page<'_>, d: &ImageDrop) -> Option<Item> {
    let text = asked(page);
    let mut inside = vec![object(page, "bgimage", page.question.id)?];
    let fits = |x: &Drag| {
        let mine = d.drops.iter().filter(|z| d.drags.iter().any(|y| y.no == z.choice && y.group == x.group));
        mine.map(|z| format!("Z{}", z.no)).collect::<Vec<_>>().join(" ")
    };
    for x in &d.drags {
        let (id, most, group) = (format!("D{}", x.no), if x.infinite { "0" } else { "1" }, fits(x));
        let mut attributes = vec![("identifier", id.as_str()), ("matchMax", most)];
        attributes.extend(Some(("matchGroup", group.as_str())).filter(|(_, g)| !g.is_empty()));
        let image = object(page, "dragimage", x.id);
        if image.is_none() && page.version == Version::V3 {
            inside.push(Node::leaf("gapText", &attributes, x.label.clone()));
            continue;
        }
        attributes.extend(Some(("objectLabel", x.label.as_str())).filter(|(_, l)| !l.is_empty()));
        inside.push(Node::new("gapImg", &attributes, [image.unwrap_or_else(|| label(&x.label))]));
    }
    for z in &d.drops {
        let coords = format!("{},{},{},{}", z.x, z.y, z.x.saturating_add(SIZE.0), z.y.saturating_add(SIZE.1));
        let id = format!("Z{}", z.no);
        let mut spot = Node::new("associableHotspot", &[("identifier", &id), ("shape", "rect"), ("coords", &coords), ("matchMax", "1")], []);
        if !z.label.is_empty() {
            spot = spot.with("hotspotLabel", &z.label);
        }
        inside.push(spot);
    }
    let mut item = Item::of(vec![text, Node::new("graphicGapMatchInteraction", &[("responseIdentifier", RESPONSE)], inside)]);
    let pairs = d.drops.iter().map(|z| format!("D{} Z{}", z.choice, z.no)).collect();
    item.responses.push(equal_parts("directedPair", pairs).node(scale(page.question.mark)));
    item.score.push(super::processing::mapped(RESPONSE));
    Some(item)
}

pub(super) fn read_drop(read: &mut Read<'_, '_>, interaction: &Node) -> ImageDrop {
    let pairs = read.declared(interaction.get("responseIdentifier").unwrap_or(RESPONSE)).pairs();
    read.sheet.component = "qtype_ddimageortext".to_owned();
    background(read, interaction);
    let (mut sets, mut drags): (Vec<String>, Vec<(String, Drag)>) = (Vec::new(), Vec::new());
    for x in interaction.children.iter().filter(|c| matches!(c.name.as_str(), "gapImg" | "gapText")) {
        let no = drags.len() as i64 + 1;
        let object = x.children.iter().find(|c| matches!(c.name.as_str(), "object" | "img"));
        let href = object.and_then(|o| o.get("data").or(o.get("src"))).filter(|h| !h.starts_with("data:"));
        let words = x.inner();
        let label = x.get("objectLabel").unwrap_or(words.trim()).to_owned();
        href.and_then(|h| read.sheet.take(h, "dragimage", no));
        let set = x.get("matchGroup").unwrap_or_default().to_owned();
        let group = sets.iter().position(|s| *s == set).unwrap_or_else(|| {
            sets.push(set);
            sets.len() - 1
        });
        let drag = Drag { id: no, no, group: group as i64 + 1, infinite: x.get("matchMax") != Some("1"), label };
        drags.push((x.get("identifier").unwrap_or_default().to_owned(), drag));
    }
    let mut drops = Vec::new();
    for (z, no) in interaction.all("associableHotspot").zip(1..) {
        let id = z.get("identifier").unwrap_or_default();
        let right = pairs.iter().find(|(_, zone)| zone == id).and_then(|(d, _)| drags.iter().find(|(i, _)| i == d)).map_or(0, |(_, d)| d.no);
        let at = coords(z.get("coords"));
        let (x, y) = (at.first().copied().unwrap_or(0), at.get(1).copied().unwrap_or(0));
        drops.push(Drop { id: 0, no, x, y, choice: right, label: z.get("hotspotLabel").unwrap_or_default().to_owned() });
    }
    read.sheet.component = "question".to_owned();
    ImageDrop { shuffle: false, drags: drags.into_iter().map(|(_, d)| d).collect(), drops, combined: read.combined(), visibility: None }
}

fn background(read: &mut Read<'_, '_>, inside: &Node) {
    let object = inside.children.iter().find(|c| matches!(c.name.as_str(), "object" | "img"));
    object.and_then(|o| o.get("data").or(o.get("src"))).and_then(|h| read.sheet.take(h, "bgimage", QUESTION));
}

fn coords(text: Option<&str>) -> Vec<i64> {
    text.unwrap_or_default().split([',', ' ']).filter_map(|n| number(Some(n))).map(|n| n as i64).collect()
}

/// One response for each marker: the points it was put on, against the zones it belongs into.
pub(super) fn write_markers(page: &mut Page<'_>, m: &Markers) -> Option<Item> {
    let text = asked(page);
    let mut stage = vec![object(page, "bgimage", page.question.id)?];
    let mut item = Item::default();
    let each = scale(page.question.mark) / m.zones.len().max(1) as f64;
    for x in &m.markers {
        let response = format!("M{}", x.no);
        let most = if x.infinite { "0".to_owned() } else { x.uses.max(1).to_string() };
        stage.push(Node::new("positionObjectInteraction", &[("responseIdentifier", &response), ("maxChoices", &most)], [label(&x.label)]));
        let declared = Response { identifier: &response, cardinality: "multiple", kind: "point", correct: Vec::new(), mapped: Vec::new() };
        let mut entries = Vec::new();
        for z in m.zones.iter().filter(|z| z.choice == x.no) {
            let (shape, coords) = area(z)?;
            entries.push(Node::new("areaMapEntry", &[("shape", shape), ("coords", &coords), ("mappedValue", &decimal(each))], []));
        }
        let mapping = Node::new("areaMapping", &[("defaultValue", "0"), ("lowerBound", "0")], entries);
        let mut declared = declared.node(each);
        if !mapping.children.is_empty() {
            declared = declared.with_child(mapping);
            item.score.push(Node::new("mapResponsePoint", &[("identifier", &response)], []));
        }
        item.responses.push(declared);
    }
    item.body = vec![text, Node::new("positionObjectStage", &[], stage)];
    Some(item)
}

/// `x,y;r` as `x,y,r`; a rectangle's size as its other corner.
fn area(z: &Zone) -> Option<(&'static str, String)> {
    let n: Vec<i64> = z.coords.split([',', ';']).map(|n| number(Some(n)).map(|n| n as i64)).collect::<Option<_>>()?;
    let joined = |all: &[i64]| all.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    match (z.shape.as_str(), n.as_slice()) {
        ("circle", [_, _, _]) => Some(("circle", joined(&n))),
        ("rectangle", [x, y, w, h]) => Some(("rect", joined(&[*x, *y, x.saturating_add(*w), y.saturating_add(*h)]))),
        ("polygon", [_, _, _, _, ..]) => Some(("poly", joined(&n))),
        _ => None,
    }
}

pub(super) fn read_markers(read: &mut Read<'_, '_>, stage: &Node) -> Markers {
    read.sheet.component = "qtype_ddmarker".to_owned();
    background(read, stage);
    read.sheet.component = "question".to_owned();
    let (mut markers, mut zones) = (Vec::new(), Vec::new());
    for (x, at) in stage.all("positionObjectInteraction").zip(1_i64..) {
        let response = x.get("responseIdentifier").unwrap_or_default();
        let no = place(response, 'M').map_or(at, |p| p as i64 + 1);
        let most: i64 = x.get("maxChoices").and_then(|m| m.parse().ok()).unwrap_or(1);
        let words = x.inner().trim().to_owned();
        markers.push(Marker { id: 0, no, infinite: most == 0, label: words, uses: most.max(1) });
        let declared = read.item.all("responseDeclaration").find(|d| d.get("identifier") == Some(response));
        for entry in declared.and_then(|d| d.child("areaMapping")).into_iter().flat_map(|m| m.all("areaMapEntry")) {
            let n = coords(entry.get("coords"));
            let pairs = |all: &[i64]| all.chunks(2).map(|c| c.iter().map(i64::to_string).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join(";");
            let (shape, coords) = match (entry.get("shape"), n.as_slice()) {
                (Some("circle"), [x, y, r]) => ("circle", format!("{x},{y};{r}")),
                (Some("rect"), [a, b, c, d]) => ("rectangle", format!("{a},{b};{},{}", c.saturating_sub(*a), d.saturating_sub(*b))),
                (_, all) => ("polygon", pairs(all)),
            };
            zones.push(Zone { id: 0, no: zones.len() as i64 + 1, shape: shape.to_owned(), coords, choice: no });
        }
    }
    Markers { shuffle: false, show_misplaced: false, markers, zones, combined: read.combined() }
}
