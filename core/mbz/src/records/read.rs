//! From a document to records, in one pass.

use super::layout::{Layout, Node};
use super::shape::{self, Token};
use super::value::is_plain;
use super::{Sink, Unfit, Unread, Why};
use crate::xml::{Reader, Step, is_blank, push_attribute, push_text};
use parcours_course::{Doc, Record, Shape, Unknown, Value};
use std::io::Read;
use std::mem;

/// Reads a document through a layout and hands its records to `sink`, children before parents.
///
/// Memory holds the records that are open around the current element, within [`Limits::record_bytes`](crate::Limits::record_bytes).
///
/// # Errors
/// [`Unread::Unfit`] when the document is well formed and cannot be held as records; [`Unread::Failed`] for everything else. In either case `sink` may have had records that now do
/// not count.
pub fn read<R: Read>(xml: Reader<R>, layout: &Layout, sink: &mut dyn Sink) -> Result<Doc, Unread> {
    let limit = xml.limits().record_bytes;
    let last = layout.nodes.iter().map(|_| None).collect();
    let mut reading = Reading { xml, layout, sink, stack: Vec::new(), seq: 0, held: 0, limit, doc: Doc::default(), last, name: String::new() };
    reading.run()?;
    Ok(reading.doc)
}

struct Reading<'a, R: Read> {
    xml: Reader<R>,
    layout: &'a Layout,
    sink: &'a mut dyn Sink,
    stack: Vec<Frame>,
    seq: i64,
    /// Bytes of text in the open frames.
    held: u64,
    limit: u64,
    doc: Doc,
    /// How the last record of each node was written, which is mostly how the next one is.
    last: Vec<Option<(Vec<Token>, Shape)>>,
    /// The element that a look is taken into.
    name: String,
}

/// An element that is open.
enum Frame {
    Record(Open),
    Container(Container),
}

/// A record, or the root that frames them.
struct Open {
    node: usize,
    id: Option<i64>,
    seq: i64,
    values: Vec<Value>,
    tokens: Vec<Token>,
    unknown: Unknown,
    /// Which columns have had their leaf, and where the next is looked for first.
    had: Vec<bool>,
    guess: usize,
    /// Whether anything but blank text has been in it.
    children: bool,
    held: u64,
}

struct Container {
    /// The branch, as an index among those of the record around it, and where that record stands in the stack.
    branch: usize,
    owner: usize,
    /// How deep: 1 for the outermost.
    level: usize,
    /// Children of the expected name so far.
    count: i64,
    children: bool,
}

impl<R: Read> Reading<'_, R> {
    fn run(&mut self) -> Result<(), Unread> {
        loop {
            let step = self.xml.step()?;
            if step == Step::End {
                return Ok(());
            }
            let text = !is_blank(self.xml.text());
            match (step, self.stack.last_mut()) {
                (Step::Open, None) => self.root()?,
                (Step::Open, Some(Frame::Record(open))) => {
                    open.children = true;
                    if text {
                        return self.unfit(Why::MixedText);
                    }
                    self.child_of_record()?;
                }
                (Step::Open, Some(Frame::Container(container))) => {
                    container.children = true;
                    if text {
                        return self.unfit(Why::MixedText);
                    }
                    self.child_of_container()?;
                }
                (_, Some(Frame::Record(open))) => {
                    let (says, plain) = (if open.children { text } else { is_leaf(self.xml.text()) }, open.tokens.is_empty());
                    match (says, !open.children && plain && self.stack.len() > 1) {
                        (false, _) => self.close_record()?,
                        (true, true) => self.no_record()?,
                        (true, false) => return self.unfit(Why::MixedText),
                    }
                }
                (_, Some(Frame::Container(container))) => {
                    let bare = !container.children;
                    if text && !bare {
                        return self.unfit(Why::MixedText);
                    }
                    self.close_container(bare)?;
                }
                (_, None) => {}
            }
        }
    }

    fn node(&self, at: usize) -> Result<&Node, Unread> {
        match self.layout.nodes.get(at) {
            Some(node) => Ok(node),
            None => Err(std::io::Error::other("a tree without this node").into()),
        }
    }

    fn unfit<T>(&mut self, why: Why) -> Result<T, Unread> {
        Err(Unfit { place: self.xml.place(), why }.into())
    }

    /// The record the top of the stack is, or is in.
    fn owner(&mut self) -> Option<&mut Open> {
        owner(&mut self.stack)
    }

    fn root(&mut self) -> Result<(), Unread> {
        let expected = self.node(0)?.element.clone();
        if self.xml.name() != expected {
            let found = self.xml.name().to_owned();
            return self.unfit(Why::Root { found, expected });
        }
        self.open_record(0)
    }

    fn open_record(&mut self, at: usize) -> Result<(), Unread> {
        let layout = self.layout;
        let Some(node) = layout.nodes.get(at) else { return self.node(at).map(|_| ()) };
        let mut open = Open {
            node: at,
            id: None,
            seq: self.seq,
            values: node.columns().iter().map(|c| c.form.absent.clone()).collect(),
            tokens: Vec::with_capacity(node.columns().len() + 4),
            unknown: Unknown::default(),
            had: vec![false; node.columns().len()],
            guess: 0,
            children: false,
            held: 0,
        };
        let mut bad = None;
        for (name, value) in self.xml.attributes() {
            match node.attribute(name) {
                None if name == "id" && node.table.is_some() => {
                    let Ok(id) = value.trim().parse() else {
                        bad = Some(Why::Number { table: node.table.clone().unwrap_or_default(), text: value.to_owned() });
                        break;
                    };
                    open.id = Some(id);
                    if !is_plain(value) {
                        open.unknown.written.push(("@id".to_owned(), value.to_owned()));
                    }
                    open.tokens.push(Token::Id);
                }
                Some(column) => {
                    if let (Some(c), Some(slot)) = (node.column(column), open.values.get_mut(column)) {
                        let (read, plain) = c.form.read(value);
                        if !plain {
                            open.unknown.written.push((format!("@{name}"), value.to_owned()));
                        }
                        *slot = read;
                    }
                    if let Some(had) = open.had.get_mut(column) {
                        *had = true;
                    }
                    open.tokens.push(Token::Attribute(column));
                }
                None => {
                    open.tokens.push(Token::UnknownAttribute(name.to_owned()));
                    open.unknown.texts.push(value.to_owned());
                }
            }
        }
        if let Some(why) = bad {
            return self.unfit(why);
        }
        if let Some(table) = &node.table {
            self.seq += 1;
            if open.id.is_none() {
                open.id = Some(self.sink.number(table)?);
            }
        }
        self.stack.push(Frame::Record(open));
        Ok(())
    }

    fn child_of_record(&mut self) -> Result<(), Unread> {
        let layout = self.layout;
        let owner = self.stack.len() - 1;
        let Some(Frame::Record(open)) = self.stack.last_mut() else { return Ok(()) };
        let Some(node) = layout.nodes.get(open.node) else { return Ok(()) };
        let head = if node.is_leaf(self.xml.name(), open.guess) { None } else { node.head(self.xml.name()) };
        if let Some(branch) = head {
            let Some(b) = node.branch(branch) else { return Ok(()) };
            if b.containers.is_empty() {
                if run(&mut open.tokens, branch) {
                    self.hold(0)?;
                }
                return self.open_record(b.node);
            }
            if open.tokens.iter().any(|t| matches!(t, Token::Containers(other, _) if *other == branch)) {
                return self.unfit(Why::TwoContainers { path: b.path.clone() });
            }
            open.tokens.push(Token::Containers(branch, 1));
            return self.open_container(Container { branch, owner, level: 1, count: 0, children: false });
        }
        match self.leaf_or_element()? {
            Content::Leaf => self.leaf(),
            Content::Element(xml) => {
                self.hold(self.name.len() + xml.len())?;
                let name = self.name.clone();
                if let Some(open) = self.owner() {
                    open.tokens.push(Token::Element(name));
                    open.unknown.texts.push(xml);
                }
                Ok(())
            }
        }
    }

    fn open_container(&mut self, container: Container) -> Result<(), Unread> {
        if self.xml.attributes().len() > 0 {
            let path = self.xml.name().to_owned();
            return self.unfit(Why::ContainerAttributes { path });
        }
        self.stack.push(Frame::Container(container));
        Ok(())
    }

    fn child_of_container(&mut self) -> Result<(), Unread> {
        let layout = self.layout;
        let Some(Frame::Container(c)) = self.stack.last() else { return Ok(()) };
        let (branch_at, owner, level, count) = (c.branch, c.owner, c.level, c.count);
        let Some(Frame::Record(open)) = self.stack.get(owner) else { return Ok(()) };
        let Some(branch) = layout.nodes.get(open.node).and_then(|n| n.branch(branch_at)) else { return Ok(()) };
        let inner = branch.containers.get(level);
        let expected = match inner {
            Some(container) => container,
            None => &self.node(branch.node)?.element,
        };
        if self.xml.name() == expected {
            if inner.is_some() && count > 0 {
                return self.unfit(Why::TwoContainers { path: branch.path.clone() });
            }
            if let Some(Frame::Container(c)) = self.stack.last_mut() {
                c.count += 1;
            }
            if inner.is_none() {
                return self.open_record(branch.node);
            }
            if let Some(Frame::Record(open)) = self.stack.get_mut(owner)
                && let Some(Token::Containers(_, levels)) = open.tokens.last_mut()
            {
                *levels = level + 1;
            }
            return self.open_container(Container { branch: branch_at, owner, level: level + 1, count: 0, children: false });
        }
        let xml = match self.leaf_or_element()? {
            Content::Leaf => leaf_xml(self.xml.name(), self.xml.text()),
            Content::Element(xml) => xml,
        };
        self.stray(branch.upto(if inner.is_some() { level } else { usize::MAX }).to_owned(), count, xml)
    }

    /// An element that nobody declared, inside a declared container.
    fn stray(&mut self, path: String, count: i64, xml: String) -> Result<(), Unread> {
        self.hold(xml.len())?;
        if let Some(open) = self.owner() {
            open.unknown.inside.push((path, count, xml));
        }
        Ok(())
    }

    /// The leaf that has just closed.
    fn leaf(&mut self) -> Result<(), Unread> {
        self.hold(self.xml.name().len() + self.xml.text().len())?;
        let layout = self.layout;
        let (name, text) = (self.xml.name(), self.xml.text());
        let Some(open) = owner(&mut self.stack) else { return Ok(()) };
        let Some(node) = layout.nodes.get(open.node) else { return Ok(()) };
        // A second leaf of the same name is kept as one that nobody declared: a column has one value.
        let column = node.leaf(name, open.guess).filter(|c| open.had.get(*c) == Some(&false));
        let Some((at, column)) = column.and_then(|at| Some((at, node.column(at)?))) else {
            open.tokens.push(Token::UnknownLeaf(name.to_owned()));
            open.unknown.texts.push(text.to_owned());
            return Ok(());
        };
        let (value, plain) = column.form.read(text);
        if !plain {
            open.unknown.written.push((name.to_owned(), text.to_owned()));
        }
        if let (Some(slot), Some(had)) = (open.values.get_mut(at), open.had.get_mut(at)) {
            (*slot, *had) = (value, true);
        }
        open.tokens.push(Token::Leaf(at));
        open.guess = at + 1;
        Ok(())
    }

    fn close_record(&mut self) -> Result<(), Unread> {
        let Some(Frame::Record(mut open)) = self.stack.pop() else { return Ok(()) };
        self.held -= open.held;
        let layout = self.layout;
        let Some(node) = layout.nodes.get(open.node) else { return Ok(()) };
        let mut last = vec![false; node.branches().len()];
        for token in open.tokens.iter_mut().rev() {
            // The last run of a branch takes whatever records there will be.
            if let Token::Run(branch, count) = token
                && let Some(last) = last.get_mut(*branch)
                && !mem::replace(last, true)
            {
                *count = None;
            }
        }
        let parent = self.owner().and_then(|o| o.id);
        if let (Some(column), Some(parent)) = (node.parent, parent)
            && open.had.get(column) == Some(&false)
            && let Some(slot) = open.values.get_mut(column)
        {
            *slot = Value::Int(parent);
        }
        let shape = match self.last.get_mut(open.node) {
            Some(Some((tokens, shape))) if *tokens == open.tokens => shape.clone(),
            last => {
                let shape = shape::render(&open.tokens, node);
                if let Some(last) = last {
                    *last = Some((open.tokens, shape.clone()));
                }
                shape
            }
        };
        let unknown = Some(open.unknown).filter(|u| !u.is_empty());
        match (&node.table, open.id) {
            (Some(table), Some(id)) => {
                self.sink.record(Record { table: table.clone(), id, parent, seq: open.seq, values: open.values, shape, unknown })
            }
            _ => {
                self.doc = Doc { shape, unknown };
                Ok(())
            }
        }
    }

    /// The element declared as a record has text and nothing else: a leaf after all.
    fn no_record(&mut self) -> Result<(), Unread> {
        self.stack.pop();
        match self.stack.last_mut() {
            Some(Frame::Container(container)) => {
                container.count -= 1;
                let (branch, owner, count) = (container.branch, container.owner, container.count);
                let Some(Frame::Record(open)) = self.stack.get(owner) else { return Ok(()) };
                let path = self.node(open.node)?.branch(branch).map(|b| b.path.clone()).unwrap_or_default();
                self.stray(path, count, leaf_xml(self.xml.name(), self.xml.text()))
            }
            Some(Frame::Record(open)) => {
                unrun(&mut open.tokens);
                self.leaf()
            }
            None => Ok(()),
        }
    }

    fn close_container(&mut self, bare: bool) -> Result<(), Unread> {
        let Some(Frame::Container(container)) = self.stack.pop() else { return Ok(()) };
        let layout = self.layout;
        let (name, text) = (self.xml.name(), self.xml.text());
        let Some(Frame::Record(open)) = self.stack.get_mut(container.owner) else { return Ok(()) };
        let Some(node) = layout.nodes.get(open.node) else { return Ok(()) };
        if !bare {
            return Ok(());
        }
        if container.level == 1 {
            // Without anything in it, a container looks like a leaf. Moodle writes an empty container as two lines.
            if is_leaf(text) || (text.is_empty() && node.leaf(name, open.guess).is_some()) {
                open.tokens.pop();
                return self.leaf();
            }
        } else if is_leaf(text) {
            let Some(branch) = node.branch(container.branch) else { return Ok(()) };
            if let Some(Token::Containers(_, levels)) = open.tokens.last_mut() {
                *levels = container.level - 1;
            }
            let path = branch.upto(container.level - 1).to_owned();
            if let Some(Frame::Container(outer)) = self.stack.last_mut() {
                outer.count -= 1;
            }
            return self.stray(path, 0, leaf_xml(self.xml.name(), self.xml.text()));
        }
        Ok(())
    }

    /// The rest of an element that has just opened and that no declaration names; its name is then in [`Reading::name`].
    fn leaf_or_element(&mut self) -> Result<Content, Unread> {
        let plain = self.xml.attributes().len() == 0;
        self.name.clear();
        self.name.push_str(self.xml.name());
        let mut xml = String::new();
        if !plain {
            start_tag(&self.xml, &mut xml);
        }
        let mut step = self.xml.step()?;
        if step == Step::Close && plain {
            return Ok(Content::Leaf);
        }
        if plain {
            xml = format!("<{}>", self.name);
        }
        let outside = self.xml.depth() - u64::from(step == Step::Open) - u64::from(step != Step::Close);
        loop {
            push_text(&mut xml, self.xml.text());
            match step {
                Step::Open => start_tag(&self.xml, &mut xml),
                _ => {
                    for part in ["</", self.xml.name(), ">"] {
                        xml.push_str(part);
                    }
                    if self.xml.depth() <= outside {
                        return Ok(Content::Element(xml));
                    }
                }
            }
            if self.held + xml.len() as u64 > self.limit {
                return self.unfit(Why::TooLarge { limit: self.limit });
            }
            step = self.xml.step()?;
        }
    }

    /// So many bytes more are held for the innermost open record.
    fn hold(&mut self, bytes: usize) -> Result<(), Unread> {
        // What a value takes beside its text.
        let bytes = bytes as u64 + 64;
        self.held += bytes;
        if let Some(open) = owner(&mut self.stack) {
            open.held += bytes;
        }
        match self.held > self.limit {
            true => self.unfit(Why::TooLarge { limit: self.limit }),
            false => Ok(()),
        }
    }
}

enum Content {
    /// Its name and text are the reader's.
    Leaf,
    Element(String),
}

fn owner(stack: &mut [Frame]) -> Option<&mut Open> {
    stack.iter_mut().rev().find_map(|f| match f {
        Frame::Record(open) => Some(open),
        Frame::Container(_) => None,
    })
}

/// Whether the text of an element without children makes it a leaf, and is not only the line break between its two tags.
fn is_leaf(text: &str) -> bool {
    !is_blank(text) || (!text.is_empty() && !text.contains('\n'))
}

/// One more record without a container. Whether a run begins with it.
fn run(tokens: &mut Vec<Token>, branch: usize) -> bool {
    match tokens.last_mut() {
        Some(Token::Run(b, Some(n))) if *b == branch => {
            *n += 1;
            false
        }
        _ => {
            tokens.push(Token::Run(branch, Some(1)));
            true
        }
    }
}

/// One less.
fn unrun(tokens: &mut Vec<Token>) {
    match tokens.last_mut() {
        Some(Token::Run(_, Some(n))) if *n > 1 => *n -= 1,
        _ => {
            tokens.pop();
        }
    }
}

fn start_tag<R: Read>(xml: &Reader<R>, out: &mut String) {
    out.push('<');
    out.push_str(xml.name());
    for (name, value) in xml.attributes() {
        for part in [" ", name, "=\""] {
            out.push_str(part);
        }
        push_attribute(out, value);
        out.push('"');
    }
    out.push('>');
}

fn leaf_xml(name: &str, text: &str) -> String {
    let mut xml = format!("<{name}>");
    push_text(&mut xml, text);
    xml.push_str("</");
    xml.push_str(name);
    xml.push('>');
    xml
}
