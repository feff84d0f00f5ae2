//! From records to a document.

use super::layout::{Branch, Layout, Node};
use super::shape::{self, Token};
use super::{Source, value};
use crate::error::Error;
use crate::xml::Writer;
use parcours_course::{Doc, Record, Unknown};
use std::io::{self, Write};

/// Writes the document whose records `source` gives.
///
/// Each record is written in its own shape. What has been added since (a column that has a value and no place in the shape, a child of a branch
/// that was not there) is written behind what is there of its kind.
///
/// # Errors
/// What `source` and `out` fail with.
pub fn write<W: Write>(out: W, layout: &Layout, doc: &Doc, source: &mut dyn Source) -> Result<W, Error> {
    let Some(root) = layout.nodes.first() else {
        return Err(io::Error::other("a tree without a root").into());
    };
    let mut writing = Writing { xml: Writer::new(out), layout, source };
    if root.table.is_some() {
        for record in writing.source.below(0, None, None)?.into_iter().take(1) {
            writing.record(root, &record, None)?;
        }
    } else {
        writing.frame(root, doc)?;
    }
    Ok(writing.xml.finish()?)
}

struct Writing<'a, W: Write> {
    xml: Writer<W>,
    layout: &'a Layout,
    source: &'a mut dyn Source,
}

/// A page of records that are being written.
struct Page {
    node: usize,
    parent: Option<i64>,
    after: Option<i64>,
    records: std::vec::IntoIter<Record>,
    done: bool,
}

impl<'a, W: Write> Writing<'a, W> {
    fn frame(&mut self, node: &'a Node, doc: &Doc) -> Result<(), Error> {
        self.xml.open(&node.element)?;
        self.body(node, &shape::parse(&doc.shape, node), doc.unknown.as_ref(), None)?;
        Ok(self.xml.close()?)
    }

    fn record(&mut self, node: &'a Node, record: &Record, parent: Option<i64>) -> Result<(), Error> {
        self.xml.open(&node.element)?;
        let mut tokens = shape::parse(&record.shape, node);
        complete(&mut tokens, node, record, parent);
        self.body(node, &tokens, record.unknown.as_ref(), Some(record))?;
        Ok(self.xml.close()?)
    }

    fn body(&mut self, node: &'a Node, tokens: &[Token], unknown: Option<&Unknown>, record: Option<&Record>) -> Result<(), Error> {
        let id = record.map(|r| r.id);
        let nothing = Unknown::default();
        let unknown = unknown.unwrap_or(&nothing);
        let mut texts = unknown.texts.iter();
        let mut pages: Vec<Option<Page>> = node.branches().iter().map(|_| None).collect();
        let text = |column: usize, attribute: bool| {
            let (column, value) = (node.column(column)?, record?.values.get(column)?);
            let name = &column.xml;
            let key = unknown.written.iter().find(|(k, _)| if attribute { k.strip_prefix('@') == Some(name) } else { k == name });
            let written = key.filter(|(_, text)| column.form.read(text).0 == *value);
            Some((name.as_str(), written.map_or_else(|| value::text(value), |(_, text)| text.clone())))
        };
        for token in tokens {
            match token {
                Token::Id => {
                    let id = id.unwrap_or_default();
                    let odd = unknown.written.iter().find(|(k, text)| k == "@id" && text.trim().parse() == Ok(id));
                    self.xml.attribute("id", &odd.map_or_else(|| id.to_string(), |(_, text)| text.clone()));
                }
                Token::Attribute(column) => {
                    if let Some((name, text)) = text(*column, true) {
                        self.xml.attribute(name, &text);
                    }
                }
                Token::Leaf(column) => {
                    if let Some((name, text)) = text(*column, false) {
                        self.xml.leaf(name, &text)?;
                    }
                }
                Token::UnknownAttribute(name) => {
                    if let Some(text) = texts.next() {
                        self.xml.attribute(name, text);
                    }
                }
                Token::UnknownLeaf(name) => {
                    if let Some(text) = texts.next() {
                        self.xml.leaf(name, text)?;
                    }
                }
                Token::Element(_) => {
                    if let Some(xml) = texts.next() {
                        self.xml.raw(xml)?;
                    }
                }
                Token::Containers(at, levels) => {
                    if let Some((branch, page)) = node.branch(*at).zip(pages.get_mut(*at)) {
                        let page = page.get_or_insert_with(|| Page::new(branch.node, id));
                        self.containers(branch, *levels, unknown, page)?;
                    }
                }
                Token::Run(at, count) => {
                    if let Some((branch, page)) = node.branch(*at).zip(pages.get_mut(*at)) {
                        let page = page.get_or_insert_with(|| Page::new(branch.node, id));
                        self.run(branch, page, count.unwrap_or(u64::MAX))?;
                    }
                }
            }
        }
        // Branches that have no place yet.
        for (branch, page) in node.branches().iter().zip(&mut pages) {
            let placed = page.is_some();
            let page = page.get_or_insert_with(|| Page::new(branch.node, id));
            if branch.containers.is_empty() {
                self.run(branch, page, u64::MAX)?;
            } else if !placed && page.fill(self.source)? {
                self.containers(branch, branch.containers.len(), unknown, page)?;
            }
        }
        Ok(())
    }

    fn containers(&mut self, branch: &'a Branch, levels: usize, unknown: &Unknown, page: &mut Page) -> Result<(), Error> {
        let all = branch.containers.len();
        // The innermost were absent, and stay so unless they are needed.
        let levels = if levels < all && page.fill(self.source)? { all } else { levels };
        for (at, name) in branch.containers.iter().take(levels).enumerate() {
            if at > 0 {
                self.strays(unknown, branch.upto(at), 0)?;
            }
            self.xml.open(name)?;
        }
        if levels == all {
            let mut count = 0;
            self.strays(unknown, &branch.path, count)?;
            while let Some(record) = page.next(self.source)? {
                self.child(branch, &record, page.parent)?;
                count += 1;
                self.strays(unknown, &branch.path, count)?;
            }
            // Records have gone since: what stood behind them stands at the end.
            let late = unknown.inside.iter().filter(|(path, n, _)| *path == branch.path && *n > count);
            late.map(|(_, _, xml)| xml).try_for_each(|xml| self.xml.raw(xml))?;
        } else {
            self.strays(unknown, branch.upto(levels), 0)?;
        }
        for at in (1..=levels).rev() {
            self.xml.close()?;
            if at > 1 {
                self.strays(unknown, branch.upto(at - 1), 1)?;
            }
        }
        Ok(())
    }

    fn run(&mut self, branch: &'a Branch, page: &mut Page, most: u64) -> Result<(), Error> {
        let mut left = most;
        while left > 0
            && let Some(record) = page.next(self.source)?
        {
            self.child(branch, &record, page.parent)?;
            left -= 1;
        }
        Ok(())
    }

    fn child(&mut self, branch: &Branch, record: &Record, parent: Option<i64>) -> Result<(), Error> {
        match self.layout.nodes.get(branch.node) {
            Some(node) => self.record(node, record, parent),
            None => Ok(()),
        }
    }

    fn strays(&mut self, unknown: &Unknown, path: &str, count: i64) -> Result<(), Error> {
        let here = unknown.inside.iter().filter(|(p, n, _)| p == path && *n == count);
        Ok(here.map(|(_, _, xml)| xml).try_for_each(|xml| self.xml.raw(xml))?)
    }
}

impl Page {
    fn new(node: usize, parent: Option<i64>) -> Page {
        Page { node, parent, after: None, records: Vec::new().into_iter(), done: false }
    }

    /// Whether there is a next record.
    fn fill(&mut self, source: &mut dyn Source) -> Result<bool, Error> {
        if self.records.as_slice().is_empty() && !self.done {
            let records = source.below(self.node, self.parent, self.after)?;
            self.done = records.is_empty();
            self.records = records.into_iter();
        }
        Ok(!self.records.as_slice().is_empty())
    }

    fn next(&mut self, source: &mut dyn Source) -> Result<Option<Record>, Error> {
        self.fill(source)?;
        let record = self.records.next();
        if let Some(record) = &record {
            self.after = Some(record.seq);
        }
        Ok(record)
    }
}

/// Gives columns a place that have none in the shape and are not what an absent leaf means.
fn complete(tokens: &mut Vec<Token>, node: &Node, record: &Record, parent: Option<i64>) {
    for (at, (column, value)) in node.columns().iter().zip(&record.values).enumerate() {
        let token = if column.attribute { Token::Attribute(at) } else { Token::Leaf(at) };
        let implied = node.parent == Some(at) && parent.is_some() && value.int() == parent;
        if !column.stored || implied || *value == column.form.absent || tokens.contains(&token) {
            continue;
        }
        let last = tokens.iter().rposition(|t| match t {
            Token::Id | Token::Attribute(_) | Token::UnknownAttribute(_) => true,
            Token::Leaf(_) | Token::UnknownLeaf(_) => !column.attribute,
            _ => false,
        });
        tokens.insert(last.map_or(0, |at| at + 1), token);
    }
}
