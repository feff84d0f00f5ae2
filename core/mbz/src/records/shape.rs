//! The tokens of a shape.

use super::layout::Node;
use parcours_course::Shape;

/// One token (the table in [`Shape`] lists them).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// `@id`
    Id,
    /// `@name`, `name`: a declared column, by its index.
    Attribute(usize),
    Leaf(usize),
    /// `?@name`, `?name`, `!name`
    UnknownAttribute(String),
    UnknownLeaf(String),
    Element(String),
    /// `+a/b`: containers of a branch (by index among the branches), and how many of them there are: all of them, unless the innermost are absent.
    Containers(usize, usize),
    /// `+b` or `+b*3`: a run of records without a container. Without a number, the run takes all that are left.
    Run(usize, Option<u64>),
}

pub(super) fn render(tokens: &[Token], node: &Node) -> Shape {
    let mut text = String::with_capacity(tokens.len() * 14);
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        let (mark, name): (&str, &str) = match token {
            Token::Id => ("@", "id"),
            Token::Attribute(c) => ("@", node.column(*c).map_or("", |c| &c.xml)),
            Token::Leaf(c) => ("", node.column(*c).map_or("", |c| &c.xml)),
            Token::UnknownAttribute(name) => ("?@", name),
            Token::UnknownLeaf(name) => ("?", name),
            Token::Element(name) => ("!", name),
            Token::Containers(b, levels) => ("+", node.branch(*b).map_or("", |b| b.upto(*levels))),
            Token::Run(b, _) => ("+", node.branch(*b).map_or("", |b| &b.path)),
        };
        text.push_str(mark);
        text.push_str(name);
        if let Token::Run(_, Some(n)) = token {
            text.push('*');
            text.push_str(&n.to_string());
        }
    }
    Shape(text)
}

/// Tokens of a stored shape. One that fits no declaration any more (the module is newer) is passed over.
pub(super) fn parse(shape: &Shape, node: &Node) -> Vec<Token> {
    let mut tokens = Vec::new();
    for word in shape.0.split(' ').filter(|w| !w.is_empty()) {
        let token = if let Some(name) = word.strip_prefix("?@") {
            Some(Token::UnknownAttribute(name.to_owned()))
        } else if let Some(name) = word.strip_prefix('?') {
            Some(Token::UnknownLeaf(name.to_owned()))
        } else if let Some(name) = word.strip_prefix('!') {
            Some(Token::Element(name.to_owned()))
        } else if word == "@id" && node.attribute("id").is_none() {
            Some(Token::Id)
        } else if let Some(name) = word.strip_prefix('@') {
            node.attribute(name).map(Token::Attribute)
        } else if let Some(path) = word.strip_prefix('+') {
            let (path, run) = match path.split_once('*') {
                Some((path, n)) => (path, n.parse().ok()),
                None => (path, None),
            };
            node.branch_at(path).map(|(b, levels)| if levels == 0 { Token::Run(b, run) } else { Token::Containers(b, levels) })
        } else {
            node.leaf(word, 0).map(Token::Leaf)
        };
        tokens.extend(token);
    }
    tokens
}
