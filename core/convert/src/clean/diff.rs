//! What two texts differ in, tag by tag and word by word.

/// A stretch of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    Same(&'a str),
    Gone(&'a str),
    Come(&'a str),
}

impl<'a> Part<'a> {
    pub fn text(&self) -> &'a str {
        match self {
            Part::Same(text) | Part::Gone(text) | Part::Come(text) => text,
        }
    }
}

/// Pairs of pieces that are compared at most; beyond, what is between the common ends is one change.
const WORK: usize = 1_000_000;

/// The parts of both texts in order; all but [`Part::Come`] are the first, all but [`Part::Gone`] the second.
pub fn diff<'a>(before: &'a str, after: &'a str) -> Vec<Part<'a>> {
    let (a, b) = (pieces(before), pieces(after));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count().min(a.len().min(b.len()) - head);
    let (old, new) = (a.get(head..a.len() - tail).unwrap_or_default(), b.get(head..b.len() - tail).unwrap_or_default());
    let mut out: Vec<Part<'a>> = a.iter().take(head).map(|p| Part::Same(p)).collect();
    if old.len().saturating_mul(new.len()) <= WORK {
        middle(old, new, &mut out);
    } else {
        out.extend(old.iter().map(|p| Part::Gone(p)));
        out.extend(new.iter().map(|p| Part::Come(p)));
    }
    out.extend(a.iter().skip(a.len() - tail).map(|p| Part::Same(p)));
    out
}

/// By the longest common sequence.
fn middle<'a>(old: &[&'a str], new: &[&'a str], out: &mut Vec<Part<'a>>) {
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    for (i, x) in old.iter().enumerate().rev() {
        for (j, y) in new.iter().enumerate().rev() {
            let get = |n: usize| longest.get(n).copied().unwrap_or(0);
            let value = if x == y { get(at(i + 1, j + 1)) + 1 } else { get(at(i + 1, j)).max(get(at(i, j + 1))) };
            if let Some(cell) = longest.get_mut(at(i, j)) {
                *cell = value;
            }
        }
    }
    let get = |n: usize| longest.get(n).copied().unwrap_or(0);
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(x), Some(y)) if x == y => {
                out.push(Part::Same(x));
                (i, j) = (i + 1, j + 1);
            }
            (Some(x), y) if y.is_none() || get(at(i + 1, j)) >= get(at(i, j + 1)) => {
                out.push(Part::Gone(x));
                i += 1;
            }
            (_, Some(y)) => {
                out.push(Part::Come(y));
                j += 1;
            }
            _ => return,
        }
    }
}

/// Tags, words, and what is between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '<' => rest.find('>').map_or(rest.len(), |n| n + 1),
            c if c.is_whitespace() => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            _ => rest.find(|c: char| c == '<' || c.is_whitespace()).unwrap_or(rest.len()),
        };
        let (piece, behind) = rest.split_at(len);
        out.push(piece);
        rest = behind;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_are_in_their_difference() {
        for (a, b) in [("", ""), ("<p>a b</p>", "<p>a c d</p>"), ("a", ""), ("", "a"), ("<td>é</td> x", "<div>é</div> x x")] {
            let parts = diff(a, b);
            let of = |skip: fn(&Part) -> bool| {
                parts
                    .iter()
                    .filter(|p| !skip(p))
                    .map(|p| match p {
                        Part::Same(t) | Part::Gone(t) | Part::Come(t) => *t,
                    })
                    .collect::<String>()
            };
            assert_eq!((of(|p| matches!(p, Part::Come(_))), of(|p| matches!(p, Part::Gone(_)))), (a.to_owned(), b.to_owned()));
        }
        assert_eq!(diff("<p>a</p>", "<p>b</p>"), [Part::Same("<p>"), Part::Gone("a"), Part::Come("b"), Part::Same("</p>")]);
    }
}
