//! Links of a text, led to pages and files that are there, or to the site the course came from. What would be loaded from elsewhere becomes a link.

use super::address::{absolute, way, whole};
use super::desk::{Desk, Scope};
use super::node::{Node, Tag, tag, text};
use super::plan::relative;
use base64::Engine;
use parcours_course::outline::File;
use parcours_mbz::Error;
use parcours_mbz::links::{self, PLUGINFILE, encode};

/// Where an address leads to.
enum To {
    /// Beside the page.
    File(usize),
    Here(String),
    Elsewhere(String),
    Nowhere,
}

impl Desk<'_> {
    pub(super) fn links(&mut self, nodes: Vec<Node>, scope: Scope<'_>) -> Result<Vec<Node>, Error> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Text(t) => out.push(Node::Text(self.plain(t, scope))),
                Node::Tag(t) => self.tag(t, scope, &mut out)?,
            }
        }
        Ok(out)
    }

    fn tag(&mut self, mut t: Tag, scope: Scope<'_>, out: &mut Vec<Node>) -> Result<(), Error> {
        match t.name.as_str() {
            "a" => {
                t.children = self.links(t.children, scope)?;
                let href = t.get("href").map(|h| self.to(h, scope));
                t.attributes.retain(|(n, _)| n != "href");
                match href {
                    Some(To::File(at)) => t = t.set("href", self.file(scope, at, true)),
                    Some(To::Here(href) | To::Elsewhere(href)) => t = t.set("href", href),
                    Some(To::Nowhere) | None => {}
                }
                out.push(t.node());
            }
            "img" => self.picture(t, scope, out)?,
            "audio" | "video" => self.media(t, scope, out),
            "iframe" | "embed" | "object" => {
                let address = t.get("src").or(t.get("data")).unwrap_or_default().to_owned();
                self.instead(&address, t.get("title").unwrap_or_default(), scope, out);
                out.extend(self.links(t.children, scope)?);
            }
            _ => {
                t.children = self.links(t.children, scope)?;
                out.push(t.node());
            }
        }
        Ok(())
    }

    fn picture(&mut self, t: Tag, scope: Scope<'_>, out: &mut Vec<Node>) -> Result<(), Error> {
        let alt = t.get("alt").unwrap_or_default().trim().to_owned();
        let src = t.get("src").unwrap_or_default().to_owned();
        if alt.is_empty() {
            self.loss.silent += 1;
        }
        if let Some(number) = src.strip_prefix(INSIDE).and_then(|n| n.parse::<usize>().ok()) {
            let path = self.inside.get(number).cloned().unwrap_or_default();
            out.push(t.set("src", encode(&relative(self.page, &path))).node());
            return Ok(());
        }
        match self.to(&src, scope) {
            To::File(at) if self.shows(scope, at, "image/") => out.push(t.set("src", self.file(scope, at, false)).node()),
            To::Nowhere | To::Here(_) => out.extend((!alt.is_empty()).then(|| text(format!("[{alt}]")))),
            _ => self.instead(&src, &alt, scope, out),
        }
        Ok(())
    }

    fn media(&mut self, t: Tag, scope: Scope<'_>, out: &mut Vec<Node>) {
        let kind = format!("{}/", t.name);
        let mut new = tag(&t.name);
        for name in ["width", "height", "title"] {
            if let Some(value) = t.get(name) {
                new = new.set(name, value);
            }
        }
        if let Some(To::File(at)) =
            t.get("poster").map(|p| self.to(p, scope)).filter(|to| matches!(to, To::File(at) if self.shows(scope, *at, "image/")))
        {
            new = new.set("poster", self.file(scope, at, false));
        }
        let sources =
            t.get("src").into_iter().chain(t.children.iter().filter_map(Node::tag).filter(|c| c.name == "source").filter_map(|c| c.get("src")));
        let mut others = Vec::new();
        for src in sources.map(str::to_owned) {
            match self.to(&src, scope) {
                // An .mp4 in an audio player is common, and plays.
                To::File(at) if self.shows(scope, at, &kind) || self.shows(scope, at, "video/") || self.shows(scope, at, "audio/") => {
                    let mime = scope.files.get(at).and_then(|f| f.mime.clone()).unwrap_or_default();
                    new.children.push(tag("source").set("src", self.file(scope, at, false)).set("type", mime).node());
                }
                To::Nowhere => {}
                _ => others.push(src),
            }
        }
        if new.children.is_empty() {
            others.iter().for_each(|src| self.instead(src, "", scope, out));
            return;
        }
        for track in t.children.iter().filter_map(Node::tag).filter(|c| c.name == "track") {
            if let Some(To::File(at)) = track.get("src").map(|s| self.to(s, scope)) {
                new.children.push(track.clone().set("src", self.file(scope, at, false)).node());
            }
        }
        out.push(new.node());
    }

    /// A link in the place of what would be loaded.
    fn instead(&mut self, address: &str, label: &str, scope: Scope<'_>, out: &mut Vec<Node>) {
        let (href, label) = match self.to(address, scope) {
            To::File(at) => (
                self.file(scope, at, true),
                scope.files.get(at).map(|f| f.name().to_owned()).filter(|_| label.is_empty()).unwrap_or(label.to_owned()),
            ),
            To::Here(href) => (href, label.to_owned()),
            To::Elsewhere(href) => {
                self.loss.online += 1;
                let host = href.split("//").nth(1).and_then(|r| r.split(['/', '?', '#']).next()).unwrap_or_default();
                let online = self.plan.options.language.of("online", "en ligne");
                let label = if label.is_empty() { format!("{host} ({online})") } else { format!("{label} ({host}, {online})") };
                (href, label)
            }
            To::Nowhere => return,
        };
        let label = if label.is_empty() { href.clone() } else { label };
        out.push(tag("a").set("href", href).says(label).node());
    }

    /// Tokens people can see.
    fn plain(&mut self, t: String, scope: Scope<'_>) -> String {
        if !t.contains("$@") && !t.contains(PLUGINFILE) {
            return t;
        }
        let site = &self.plan.outline.site;
        let t = links::replace(&t, |token| token.address(site)).into_owned();
        let mut out = String::new();
        let mut from = 0;
        for link in links::files(&t) {
            out.push_str(t.get(from..link.range.start).unwrap_or_default());
            out.push_str(link.path.trim_start_matches('/'));
            from = link.range.end;
        }
        let _ = scope;
        out.push_str(t.get(from..).unwrap_or_default());
        out
    }

    /// A link that shows its own address; an address that leads nowhere is only shown.
    pub(super) fn lead(&mut self, address: &str) -> Node {
        let address = address.trim();
        match self.to(address, Scope { files: &[], area: "", item: 0 }) {
            To::Here(href) => tag("a").set("href", href.as_str()).says(href).node(),
            To::Elsewhere(href) => tag("a").set("href", href).says(address).node(),
            To::File(_) | To::Nowhere => text(address),
        }
    }

    fn to(&mut self, address: &str, scope: Scope<'_>) -> To {
        let address = address.trim();
        if address.starts_with('#') {
            return To::Here(address.to_owned());
        }
        if address.starts_with(PLUGINFILE) {
            let path = links::files(address).next().map(|l| l.path).unwrap_or_default();
            let found = scope.files.iter().position(|f| f.area == scope.area && f.item == scope.item && f.path == path);
            if found.is_none() {
                self.loss.missing += 1;
            }
            return found.map_or(To::Nowhere, To::File);
        }
        let found = links::tokens(address).next().filter(|t| t.range.start == 0).map(|token| {
            let rest = address.get(token.range.end..).unwrap_or_default().to_owned();
            let site = &self.plan.outline.site;
            match self.plan.target(&token) {
                Some(path) => To::Here(way(self.page, path)),
                None if site.is_empty() => To::Nowhere,
                None => token.address(site).map_or(To::Nowhere, |a| To::Elsewhere(whole(&(a + &rest)).unwrap_or_default())),
            }
        });
        let to = found.unwrap_or_else(|| match absolute(address, &self.plan.outline.site).and_then(|a| whole(&a)) {
            Some(href) => To::Elsewhere(href),
            None => To::Nowhere,
        });
        if matches!(to, To::Nowhere) && !address.is_empty() {
            self.loss.dead += 1;
        }
        to
    }

    fn file(&mut self, scope: Scope<'_>, at: usize, linked: bool) -> String {
        scope.files.get(at).map(|f| self.place(f, linked)).unwrap_or_default()
    }

    /// The way to a file, which goes along from now on.
    pub(super) fn place(&mut self, file: &File, linked: bool) -> String {
        let path = self.files.place(file, self.page, linked);
        encode(&relative(self.page, &path))
    }

    fn shows(&self, scope: Scope<'_>, at: usize, kind: &str) -> bool {
        scope.files.get(at).and_then(|f| f.mime.as_deref()).is_some_and(|m| m.starts_with(kind) && self.plan.layout.shows.contains(&m))
    }

    /// Takes pictures that stand in the text itself (`data:`) out of it, into files.
    pub(super) fn take_inside(&mut self, html: &str) -> Result<String, Error> {
        let mut out = String::with_capacity(html.len().min(1 << 16));
        let mut rest = html;
        while let Some(at) = rest.find("data:image/") {
            let (before, from) = rest.split_at(at);
            let end = from.find(['"', '\'', ')', '>', ' ']).unwrap_or(from.len());
            let (url, after) = from.split_at(end);
            out.push_str(before);
            rest = after;
            let Some((mime, coded)) = url.strip_prefix("data:").and_then(|u| u.split_once(";base64,")) else { continue };
            let bytes = base64::engine::general_purpose::STANDARD.decode(links::decode(coded)).unwrap_or_default();
            match super::media::sniff(&bytes) {
                Some(real) if self.plan.layout.shows.contains(&real) && mime != "image/svg+xml" => {
                    let path = self.files.keep(&bytes, real, self.page)?;
                    out.push_str(INSIDE);
                    out.push_str(&self.inside.len().to_string());
                    self.inside.push(path);
                }
                _ => self.loss.missing += 1,
            }
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// Stands for a picture of the text itself while it is cleaned.
const INSIDE: &str = "inside-picture-";
