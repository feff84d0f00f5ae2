//! The elements of the subset: what each may contain, and where it may stand.

/// What stands between an element's tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    Flow,
    Phrasing,
    /// Parts of the element, with white space between them.
    Parts,
    /// Text alone.
    Text,
    /// Nothing, and an end tag all the same.
    Empty,
    /// Nothing, and no end tag.
    Void,
}

/// Where an element may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Flow,
    Phrasing,
    /// Directly in one of these.
    In(&'static [&'static str]),
}

#[derive(Debug, Clone, Copy)]
pub struct Element {
    pub content: Content,
    pub place: Place,
    /// Attributes of its own, besides those every element may have.
    pub attributes: &'static [&'static str],
}

const ROWS: &[&str] = &["thead", "tbody", "tfoot"];

/// The element of this name, if the subset has it.
pub fn find(name: &str) -> Option<Element> {
    use Content::{Empty, Flow, Parts, Phrasing, Text, Void};
    use Place::In;
    let (content, place, attributes): (_, _, &[&str]) = match name {
        "article" | "aside" | "blockquote" | "div" | "figure" | "figcaption" | "footer" | "header" | "nav" | "section" => (Flow, Place::Flow, &[]),
        "details" => (Flow, Place::Flow, &["open"]),
        "summary" => (Phrasing, In(&["details"]), &[]),
        "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" => (Phrasing, Place::Flow, &[]),
        "hr" => (Void, Place::Flow, &[]),
        "ul" => (Parts, Place::Flow, &[]),
        "ol" => (Parts, Place::Flow, &["start", "reversed", "type"]),
        "li" => (Flow, In(&["ul", "ol"]), &["value"]),
        "dl" => (Parts, Place::Flow, &[]),
        "dt" => (Phrasing, In(&["dl"]), &[]),
        "dd" => (Flow, In(&["dl"]), &[]),
        "table" => (Parts, Place::Flow, &[]),
        "caption" => (Phrasing, In(&["table"]), &[]),
        "thead" | "tbody" | "tfoot" => (Parts, In(&["table"]), &[]),
        "tr" => (Parts, In(ROWS), &[]),
        "td" => (Flow, In(&["tr"]), &["colspan", "rowspan", "headers"]),
        "th" => (Flow, In(&["tr"]), &["colspan", "rowspan", "headers", "scope"]),

        "abbr" | "b" | "bdi" | "cite" | "code" | "del" | "em" | "i" | "ins" | "kbd" | "mark" | "q" | "s" | "samp" | "small" | "span" | "strong"
        | "sub" | "sup" | "u" | "var" => (Phrasing, Place::Phrasing, &[]),
        "a" => (Phrasing, Place::Phrasing, &["href", "rel", "download", "hreflang"]),
        "br" | "wbr" => (Void, Place::Phrasing, &[]),
        "img" => (Void, Place::Phrasing, &["src", "alt", "width", "height", "loading"]),
        "audio" | "video" => (Phrasing, Place::Phrasing, &["src", "controls", "preload", "width", "height"]),
        "time" => (Phrasing, Place::Phrasing, &["datetime"]),
        "progress" => (Phrasing, Place::Phrasing, &["value", "max"]),
        "meter" => (Phrasing, Place::Phrasing, &["value", "min", "max", "low", "high", "optimum"]),

        "pc-user" => (Empty, Place::Phrasing, &["link"]),
        "pc-group" => (Empty, Place::Phrasing, &[]),
        "pc-date" => (Empty, Place::Phrasing, &["ts", "style"]),
        "pc-math" => (Empty, Place::Phrasing, &["tex", "display"]),
        "pc-text" => (Empty, Place::Flow, &["table", "column"]),
        "pc-files" => (Empty, Place::Flow, &["area", "item", "empty"]),
        "pc-pager" => (Empty, Place::Flow, &["next", "previous", "label"]),
        "pc-menu" => (Flow, Place::Flow, &["label"]),
        "pc-form" => (Flow, Place::Flow, &["action", "method", "files", "label", "draft"]),
        "pc-field" => (Parts, Place::Flow, super::pc::FIELD),
        "pc-option" => (Text, In(&["pc-field"]), &["value", "group", "selected", "disabled"]),
        "pc-submit" => (Text, Place::Phrasing, &["name", "value", "kind"]),
        _ => return None,
    };
    Some(Element { content, place, attributes })
}
