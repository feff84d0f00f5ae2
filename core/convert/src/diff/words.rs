//! Two texts, word by word. A tag of HTML is one word.

use super::model::Piece;
use super::node::clip;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Words on both sides of what differs, between common beginning and end, up to which they are compared one by one; the cost grows with their product.
const WORDS: usize = 6000;
/// The same of paragraphs, for longer texts.
const BLOCKS: usize = 16_000;
/// Longest run that is kept, in characters.
const RUN: usize = 20_000;
/// Words that are shown around a difference.
const AROUND: usize = 8;

/// What differs between two texts, with a few words around.
pub(super) fn compare(a: &str, b: &str) -> Vec<Piece> {
    let (a, b) = (split(a), split(b));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take(a.len().min(b.len()) - head).take_while(|(x, y)| x == y).count();
    let inner = |words: &'_ [&str]| words.len() - tail;
    let (middle_a, middle_b) = (a.get(head..inner(&a)).unwrap_or_default(), b.get(head..inner(&b)).unwrap_or_default());
    let mut runs = Runs::default();
    runs.push(Kind::Same, a.get(..head).unwrap_or_default());
    if middle_a.len() + middle_b.len() <= WORDS {
        runs.diff(middle_a, middle_b);
    } else {
        runs.blocks(middle_a, middle_b);
    }
    runs.push(Kind::Same, a.get(a.len() - tail..).unwrap_or_default());
    runs.joined().aligned().pieces()
}

/// Tags, words, and the white space and signs between them.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '<' if rest.get(1..).unwrap_or_default().starts_with(|c: char| c.is_alphabetic() || c == '/' || c == '!') => {
                rest.find('>').map_or(rest.len(), |at| at + 1)
            }
            c if c.is_whitespace() => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            c if word(c) => rest.find(|c: char| !word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(end);
        words.push(token);
        rest = after;
    }
    words
}

fn word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '_' | '-')
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Same,
    Removed,
    Added,
}

#[derive(Default)]
struct Runs<'a> {
    runs: Vec<(Kind, Vec<&'a str>)>,
}

impl<'a> Runs<'a> {
    fn push(&mut self, kind: Kind, words: &[&'a str]) {
        if words.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some((last, run)) if *last == kind => run.extend(words),
            _ => self.runs.push((kind, words.to_vec())),
        }
    }

    fn diff(&mut self, a: &[&'a str], b: &[&'a str]) {
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            let (_, old, new) = op.as_tag_tuple();
            match op {
                DiffOp::Equal { .. } => self.push(Kind::Same, a.get(old).unwrap_or_default()),
                _ => {
                    self.push(Kind::Removed, a.get(old).unwrap_or_default());
                    self.push(Kind::Added, b.get(new).unwrap_or_default());
                }
            }
        }
    }

    /// Long texts by paragraphs first, and what is between equal ones by words if it is short enough; else it is replaced as a whole.
    fn blocks(&mut self, a: &[&'a str], b: &[&'a str]) {
        let (blocks_a, blocks_b) = (blocks(a), blocks(b));
        if blocks_a.len() + blocks_b.len() > BLOCKS {
            self.push(Kind::Removed, a);
            self.push(Kind::Added, b);
            return;
        }
        let flat = |blocks: &[&[&'a str]]| blocks.concat();
        for op in capture_diff_slices(Algorithm::Myers, &blocks_a, &blocks_b) {
            let (_, old, new) = op.as_tag_tuple();
            let (old, new) = (flat(blocks_a.get(old).unwrap_or_default()), flat(blocks_b.get(new).unwrap_or_default()));
            match op {
                DiffOp::Equal { .. } => self.push(Kind::Same, &old),
                _ if old.len() + new.len() <= WORDS => self.diff(&old, &new),
                _ => {
                    self.push(Kind::Removed, &old);
                    self.push(Kind::Added, &new);
                }
            }
        }
    }

    /// What is only white space or a sign between two changes belongs to them: `a b` for `c d` is one change.
    fn joined(self) -> Self {
        let mut joined = Runs::default();
        let (mut out, mut new): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        let mut runs = self.runs.into_iter().peekable();
        while let Some((kind, words)) = runs.next() {
            let within = runs.peek().is_some() && !(out.is_empty() && new.is_empty());
            match kind {
                Kind::Removed => out.extend(words),
                Kind::Added => new.extend(words),
                Kind::Same if within && words.len() <= 2 && !words.iter().any(|w| w.starts_with('<') || w.contains(word)) => {
                    out.extend(&words);
                    new.extend(&words);
                }
                Kind::Same => {
                    joined.push(Kind::Removed, &std::mem::take(&mut out));
                    joined.push(Kind::Added, &std::mem::take(&mut new));
                    joined.push(Kind::Same, &words);
                }
            }
        }
        joined.push(Kind::Removed, &out);
        joined.push(Kind::Added, &new);
        joined
    }

    /// A paragraph that was added between others begins with its own tag, not with the end of the one before.
    fn aligned(mut self) -> Self {
        for at in 1..self.runs.len() {
            let [.., (Kind::Same, before), (Kind::Removed | Kind::Added, change)] = self.runs.get_mut(..=at).unwrap_or_default() else { continue };
            let (mut before, mut change) = (std::mem::take(before), std::mem::take(change));
            let mut after = match self.runs.get_mut(at + 1) {
                Some((Kind::Same, words)) => std::mem::take(words),
                _ => Vec::new(),
            };
            let moves = change.iter().zip(&after).take_while(|(first, next)| first.starts_with("</") && first == next).count();
            before.extend(change.drain(..moves));
            change.extend(after.drain(..moves));
            let opens = |word: &&str| word.starts_with('<') && !word.starts_with("</");
            while !after.is_empty() && change.last().filter(|w| opens(w)).is_some_and(|w| before.last() == Some(w)) {
                after.splice(..0, change.pop());
                change.splice(..0, before.pop());
            }
            for (place, words) in [(at - 1, before), (at, change)] {
                self.runs.get_mut(place).into_iter().for_each(|(_, run)| *run = words.clone());
            }
            if let Some((Kind::Same, run)) = self.runs.get_mut(at + 1) {
                *run = after;
            }
        }
        self.runs.retain(|(_, words)| !words.is_empty());
        self
    }

    fn pieces(self) -> Vec<Piece> {
        let last = self.runs.len().saturating_sub(1);
        let mut pieces = Vec::new();
        for (at, (kind, words)) in self.runs.into_iter().enumerate() {
            match kind {
                Kind::Removed => pieces.push(Piece::Removed(clip(&words.concat(), RUN))),
                Kind::Added => pieces.push(Piece::Added(clip(&words.concat(), RUN))),
                Kind::Same => same(&words, if at == 0 { 0 } else { AROUND }, if at == last { 0 } else { AROUND }, &mut pieces),
            }
        }
        pieces
    }
}

/// The beginning and the end of a run that did not change.
fn same(words: &[&str], first: usize, last: usize, out: &mut Vec<Piece>) {
    if words.len() <= first + last + AROUND {
        out.push(Piece::Same(words.concat()));
        return;
    }
    let (head, rest) = words.split_at(first);
    let (gap, tail) = rest.split_at(rest.len() - last);
    let text = |words: &[&str]| (!words.is_empty()).then(|| Piece::Same(words.concat()));
    out.extend(text(head));
    out.push(Piece::Gap(gap.iter().filter(|w| !w.trim().is_empty()).count()));
    out.extend(text(tail));
}

/// Paragraphs: up to and with a closing tag or a line end.
fn blocks<'a, 'b>(words: &'b [&'a str]) -> Vec<&'b [&'a str]> {
    words.split_inclusive(|w| w.starts_with("</") || w.contains('\n')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(a: &str, b: &str) -> String {
        let each = |p: &Piece| match p {
            Piece::Same(t) => t.clone(),
            Piece::Removed(t) => format!("[-{t}]"),
            Piece::Added(t) => format!("[+{t}]"),
            Piece::Gap(n) => format!("(…{n})"),
        };
        compare(a, b).iter().map(each).collect()
    }

    #[test]
    fn a_word_is_replaced_and_the_tags_around_it_stay() {
        assert_eq!(said("<p>Le chat noir</p>", "<p>Le chien noir</p>"), "<p>Le [-chat][+chien] noir</p>");
        assert_eq!(said("<p>a</p>", "<b>a</b>"), "[-<p>][+<b>]a[-</p>][+</b>]");
        assert_eq!(said("a < b", "a <= b"), "a <[+=] b");
        assert_eq!(said("<p>a</p><p>c</p>", "<p>a</p><p>b</p><p>c</p>"), "<p>a</p>[+<p>b</p>]<p>c</p>");
        assert_eq!(said("<p>a</p>", "<p>a</p><p>b</p>"), "<p>a</p>[+<p>b</p>]");
        assert_eq!(said("un deux trois quatre", "un two three quatre"), "un [-deux trois][+two three] quatre");
    }

    #[test]
    fn what_did_not_change_is_left_out() {
        let long: String = (0..50).map(|n| format!("w{n} ")).collect();
        assert_eq!(said(&format!("{long}x"), &format!("{long}y")), "(…46)w46 w47 w48 w49 [-x][+y]");
    }

    #[test]
    fn a_long_text_is_compared_by_paragraphs_and_nothing_of_it_is_lost() {
        let text = |mark: &str| -> String { (0..3000).map(|n| format!("<p>{}{n} {n}</p>\n", if n % 2 == 0 { mark } else { "same" })).collect() };
        let (a, b) = (text("a"), text("b"));
        let all: String = compare(&a, &b).iter().filter_map(|p| if let Piece::Added(t) = p { Some(t.as_str()) } else { None }).collect();
        assert!(all.contains("b0") && all.contains("b2998"));
    }
}
