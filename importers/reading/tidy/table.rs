//! Tables: caption, head, body and foot in this order, rows in them, cells in rows.

use super::super::node::{Node, Tag, tag};
use super::{Tidy, push};

impl Tidy {
    pub(super) fn table(&mut self, new: Tag, nodes: Vec<Node>, out: &mut Vec<Node>) {
        let (mut caption, mut head, mut bodies, mut foot) = (None, None, Vec::new(), None);
        for node in nodes.into_iter().filter(|n| !n.is_blank()) {
            match node {
                Node::Tag(old) if old.name == "caption" => caption = Some(tag("caption").with(self.phrasing(old.children)).node()),
                Node::Tag(old) if matches!(old.name.as_str(), "colgroup" | "col") => {}
                Node::Tag(old) if matches!(old.name.as_str(), "thead" | "tbody" | "tfoot") => {
                    let group = tag(&old.name).with(self.rows(old.children));
                    match group.name.as_str() {
                        _ if group.children.is_empty() => {}
                        "thead" if head.is_none() => head = Some(group.node()),
                        "tfoot" if foot.is_none() => foot = Some(group.node()),
                        _ => bodies.push(Tag { name: "tbody".to_owned(), ..group }.node()),
                    }
                }
                other => bodies.push(tag("tbody").with(self.rows(vec![other])).node()),
            }
        }
        let all: Vec<Node> = caption.into_iter().chain(head).chain(bodies).chain(foot).collect();
        push(new.with(all), out);
    }

    fn rows(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::new();
        for node in nodes.into_iter().filter(|n| !n.is_blank()) {
            let cells = match node {
                Node::Tag(old) if old.name == "tr" => self.cells(old.children),
                other => self.cells(vec![other]),
            };
            if !cells.is_empty() {
                out.push(tag("tr").with(cells).node());
            }
        }
        out
    }

    fn cells(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::new();
        for node in nodes.into_iter().filter(|n| !n.is_blank()) {
            match node {
                Node::Tag(old) if matches!(old.name.as_str(), "td" | "th") => {
                    let new = self.shell(&old.name.clone(), &old);
                    // A heading in a cell is no heading of the page.
                    let inside = if old.name == "th" { self.phrasing(old.children) } else { self.flow(old.children) };
                    out.push(new.with(inside).node());
                }
                other => out.push(tag("td").with(self.flow(vec![other])).node()),
            }
        }
        out
    }
}
