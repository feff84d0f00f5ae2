//! What a browser makes of a text: the judge of every change.

use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// What a reader of a text gets, without its layout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Visible {
    /// All its characters without white space.
    pub words: String,
    /// Names of pictures, players, fields and the like, sorted.
    pub things: Vec<String>,
}

/// Elements that are something without any text.
const THINGS: &[&str] =
    &["img", "video", "audio", "iframe", "object", "embed", "input", "select", "textarea", "button", "svg", "math", "a", "script"];

/// Reads a text as a browser does. What [`super::Doc`] refuses must not come here.
pub fn visible(text: &str) -> Visible {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(RcDom::default(), Default::default(), context, Vec::new(), false).one(text);
    let mut out = Visible::default();
    let mut left: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = left.pop() {
        match &node.data {
            NodeData::Text { contents } => out.words.extend(contents.borrow().chars().filter(|c| !c.is_whitespace())),
            NodeData::Element { name, .. } => {
                let name: &LocalName = &name.local;
                if THINGS.contains(&&**name) {
                    out.things.push(name.to_string());
                }
                if matches!(&**name, "script" | "style" | "template") {
                    continue;
                }
            }
            _ => {}
        }
        left.extend(node.children.borrow().iter().rev().cloned());
    }
    out.things.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_is_not_seen_and_words_are() {
        let a = visible("<table><tr><td>a&nbsp;<td><img>b</table><style>x</style>");
        let b = visible("<div>a</div><div><img src=y>b</div>");
        assert_eq!(a, b);
        assert_ne!(a, visible("<div>a</div><div>b</div>"));
        assert_eq!(a.words, "ab");
    }
}
