//! A block that a stock Moodle lacks becomes one that it has. Every block keeps its number, its context and its place.

use super::cx::{Cx, group, with};
use super::words::short;
use super::{BLOCKS, blocks::other};
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::php::Php;
use parcours_mbz::validate::Plugin;
use parcours_mbz::xml::{Element, NULL};

pub(super) struct BlockMapping {
    pub block: &'static str,
    pub make: fn(&mut Cx<'_>, &Block) -> Result<Made, Error>,
}

pub(super) struct Block {
    pub name: String,
    /// `course/blocks/summary_448`.
    pub folder: String,
    pub context: i64,
    pub document: Element,
    /// Nothing where it was never configured.
    pub config: Option<Php>,
}

impl Block {
    /// A text of its configuration.
    pub(super) fn text(&self, key: &str) -> &str {
        self.config.as_ref().and_then(|c| c.get(key)).and_then(Php::text).unwrap_or_default()
    }

    /// A document of its own beside `block.xml`.
    pub(super) fn beside(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }
}

/// What a block became.
pub(super) struct Made {
    pub block: &'static str,
    pub config: Option<Php>,
    /// To be seen by those who edit the course only.
    pub hidden: bool,
    /// Whether it only says what stood there.
    pub stands_in: bool,
    /// Another, hidden block beside it: title and text.
    pub beside: Option<(String, String)>,
    pub detail: String,
}

impl Made {
    /// A block with a text.
    pub(super) fn html(title: &str, text: &str, detail: impl Into<String>) -> Self {
        Made { block: "html", config: Some(html(title, text)), hidden: false, stands_in: false, beside: None, detail: detail.into() }
    }

    pub(super) fn hidden(mut self, hidden: bool) -> Self {
        self.hidden |= hidden;
        self
    }
}

fn html(title: &str, text: &str) -> Php {
    Php::object([("title", title), ("format", "1"), ("text", text)].map(|(k, v)| (k, Php::Text(v.to_owned()))))
}

pub(super) fn convert_all(cx: &mut Cx<'_>) -> Result<(), Error> {
    let documents: Vec<String> = cx.course.documents().into_iter().filter(|p| p.contains("blocks/") && p.ends_with("/block.xml")).collect();
    for path in documents {
        let Some(document) = cx.course.document(&path)? else { continue };
        let folder = path.trim_end_matches("/block.xml").to_owned();
        let name = document.leaf("blockname").to_owned();
        let config = match Php::read_config(document.leaf("configdata")) {
            Ok(config) => config,
            Err(fault) => {
                cx.remark(Fate::Kept, Reason::Unreadable, "block", &folder, fault.to_string());
                None
            }
        };
        let context = document.attribute("contextid").and_then(|c| c.parse().ok()).unwrap_or(0);
        let block = Block { name, folder, context, document, config };
        match Plugin::Block.is_stock(&block.name) {
            true => stock(cx, block)?,
            false => convert(cx, block)?,
        }
    }
    Ok(())
}

/// A block that a stock Moodle has: it is itself, but it stands on every page.
fn stock(cx: &mut Cx<'_>, mut block: Block) -> Result<(), Error> {
    let (folder, name) = (block.folder.clone(), block.name.clone());
    let Some(section) = section(cx, &block) else {
        // In an activity whose module is another now.
        if pages(cx, &mut block.document, &folder) {
            cx.course.put(&block.beside("block.xml"), &block.document)?;
        }
        cx.item(Fate::Imported, "block", &folder, &name, "");
        return Ok(());
    };
    let detail = placed(cx, &mut block.document, section);
    block.document.remove("sectionid");
    if name == "html" {
        let config = block.config.get_or_insert_with(|| Php::object([]));
        entitle(config, &section_name(cx, section));
        block.document.set("configdata", config.to_config());
    }
    cx.course.put(&block.beside("block.xml"), &block.document)?;
    cx.item(Fate::Approximated, "block", &folder, &name, detail);
    Ok(())
}

fn convert(cx: &mut Cx<'_>, mut block: Block) -> Result<(), Error> {
    let made = match BLOCKS.iter().find(|m| m.block == block.name) {
        Some(mapping) => (mapping.make)(cx, &block)?,
        None => other::make(cx, &block)?,
    };
    let mut config = made.config;
    let mut detail = format!("{} → {}: {}", block.name, made.block, made.detail);
    if let Some(section) = section(cx, &block) {
        let place = placed(cx, &mut block.document, section);
        detail = cx.both(&detail, &place);
        if let Some(config) = config.as_mut().filter(|_| made.block == "html") {
            entitle(config, &section_name(cx, section));
        }
    }
    // No stock block has this leaf.
    block.document.remove("sectionid");
    pages(cx, &mut block.document, &block.folder);
    if made.hidden {
        hide(&mut block.document);
    }
    let mut id = block.document.id().unwrap_or(0);
    let folder = block.folder.rsplit_once('/').map_or("course/blocks", |(above, _)| above);
    let mut to = format!("{folder}/{}_{id}", made.block);
    // Two blocks of one number: the archive is broken, and neither may take the other's folder.
    if cx.course.has(&format!("{to}/block.xml")) {
        id = cx.id();
        block.document.set_attribute("id", id);
        to = format!("{folder}/{}_{id}", made.block);
    }
    let fate = if made.stands_in { Fate::Kept } else { Fate::Approximated };
    cx.item(fate, "block", &block.folder, &block.name, detail);
    block.document.set("blockname", made.block);
    block.document.set("configdata", config.map(|c| c.to_config()).unwrap_or_default());
    if cx.known.version.parse::<u64>().is_ok() {
        block.document.set_attribute("version", &cx.known.version);
    }
    if let Some((title, text)) = made.beside {
        beside(cx, &block.document, folder, &title, &text)?;
    }
    cx.course.remove(&block.beside("block.xml"));
    let inside = format!("{}/", block.folder);
    for path in cx.course.paths() {
        match path.strip_prefix(&inside) {
            Some(rest) if ["comments.xml", "inforef.xml", "roles.xml"].contains(&rest) => cx.course.rename(&path, &format!("{to}/{rest}"))?,
            // Documents of the block's own (MAGISTERE-XML §2) mean nothing to the new one, which has what they say in its text.
            Some(_) => {
                cx.course.remove(&path);
            }
            None => {}
        }
    }
    cx.course.put(&format!("{to}/block.xml"), &block.document)
}

/// Another block behind it, hidden.
fn beside(cx: &mut Cx<'_>, like: &Element, folder: &str, title: &str, text: &str) -> Result<(), Error> {
    let (id, context) = (cx.id(), cx.context());
    let mut document = like.clone();
    document.set_attribute("id", id);
    document.set_attribute("contextid", context);
    document.set("blockname", "html");
    document.set("configdata", html(title, text).to_config());
    document.remove("block_positions");
    document.push(Element::group("block_positions", []));
    hide(&mut document);
    let to = format!("{folder}/html_{id}");
    cx.course.put(&format!("{to}/block.xml"), &document)?;
    cx.course.put(&format!("{to}/inforef.xml"), &Element::group("inforef", []))?;
    cx.course.put(&format!("{to}/comments.xml"), &Element::group("comments", []))?;
    let lists = ["role_overrides", "role_assignments"].map(|n| Element::group(n, []));
    cx.course.put(&format!("{to}/roles.xml"), &Element::group("roles", lists))?;
    cx.remark(Fate::Approximated, Reason::Invented, "block", &to, title);
    Ok(())
}

/// The section a block is restricted to (MAGISTERE-XML §2).
fn section(cx: &Cx<'_>, block: &Block) -> Option<i64> {
    block.document.number("sectionid").filter(|id| cx.known.sections.contains_key(id))
}

fn section_name(cx: &Cx<'_>, section: i64) -> String {
    let Some(section) = cx.known.sections.get(&section) else { return String::new() };
    if section.name.is_empty() { format!("{} {}", cx.of("Section", "Section"), section.number) } else { section.name.clone() }
}

/// A block of one section stands on all pages; where not everybody sees that section, it is hidden.
fn placed(cx: &Cx<'_>, document: &mut Element, section: i64) -> String {
    let name = section_name(cx, section);
    let words = cx.of(
        "it was shown in one section only, and stands on every page now, with the section’s name",
        "il n’était montré que dans une section ; il est sur toutes les pages, avec le nom de la section",
    );
    if cx.known.sections.get(&section).is_some_and(|s| s.open) {
        return format!("{words} ({name})");
    }
    hide(document);
    let words = cx.of(
        "it was shown in a section that not everybody sees, and is hidden",
        "il n’était montré que dans une section que tous ne voient pas ; il est caché",
    );
    format!("{words} ({name})")
}

fn entitle(config: &mut Php, section: &str) {
    let title = config.get("title").and_then(Php::text).unwrap_or_default();
    let title = if title.is_empty() { section.to_owned() } else { format!("{section} › {title}") };
    config.set("title", Php::Text(short(&title, 255)));
}

/// Hidden on the course's page, and on no other page at all: only those who edit see it.
fn hide(document: &mut Element) {
    let context = document.leaf("parentcontextid").to_owned();
    let weight = document.leaf("defaultweight").to_owned();
    let region = document.leaf("defaultregion").to_owned();
    let mut page = document.leaf("pagetypepattern").to_owned();
    if page.contains("course") || page == "*" {
        "course-view-topics".clone_into(&mut page);
    } else {
        page = page.replace("-*", "-view");
    }
    document.set("pagetypepattern", &page);
    document.set("showinsubcontexts", 0);
    let Some(id) = document.id() else { return };
    document.remove("block_positions");
    let position = with(
        Element::record("block_position", id, []),
        group!(""; contextid: context, pagetype: page, subpage: "", visible: 0, region: region, weight: weight).children,
    );
    document.push(Element::group("block_positions", [position]));
}

/// The names of pages hold those of formats and modules. Answers whether anything changed.
fn pages(cx: &Cx<'_>, document: &mut Element, folder: &str) -> bool {
    let activity = cx.known.activities.iter().find(|a| a.module != a.now && folder.strip_prefix(&a.folder).is_some_and(|r| r.starts_with('/')));
    let mut changed = false;
    document.walk_mut(&mut |e| {
        if !["pagetypepattern", "pagetype"].contains(&e.name.as_str()) || e.text == NULL {
            return;
        }
        let format = e.text.strip_prefix("course-view-").filter(|f| !f.is_empty() && *f != "*" && !Plugin::Format.is_stock(f));
        let new = match (format, activity) {
            (Some(_), _) => "course-view-topics".to_owned(),
            (None, Some(a)) => match e.text.strip_prefix(&format!("mod-{}-", a.module)) {
                Some(rest) => format!("mod-{}-{rest}", a.now),
                None => return,
            },
            _ => return,
        };
        e.text = new;
        changed = true;
    });
    changed
}
