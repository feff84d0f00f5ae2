//! In which order the posts of a discussion stand, and on which page.

use crate::records::Light;
use std::collections::{HashMap, HashSet};

/// Posts of one page.
pub const PER_PAGE: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Each answer below what it answers.
    Nested,
    /// Oldest first.
    Flat,
    /// Newest first.
    Newest,
}

impl Mode {
    pub const ALL: [Mode; 3] = [Mode::Nested, Mode::Flat, Mode::Newest];

    pub fn read(s: &str) -> Mode {
        match s {
            "flat" => Mode::Flat,
            "newest" => Mode::Newest,
            _ => Mode::Nested,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Mode::Nested => "nested",
            Mode::Flat => "flat",
            Mode::Newest => "newest",
        }
    }
}

/// A post in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub id: i64,
    /// How many posts it stands below; 0 unless nested.
    pub depth: usize,
}

/// Orders the posts of a discussion, which come oldest first. Every post comes out exactly once, whatever the archive says about parents: one whose
/// parent is not there (or is itself, or its own descendant) stands below the first post.
pub fn arrange(posts: &[Light], first: i64, mode: Mode) -> Vec<Placed> {
    match mode {
        Mode::Flat => posts.iter().map(|p| Placed { id: p.id, depth: 0 }).collect(),
        Mode::Newest => posts.iter().rev().map(|p| Placed { id: p.id, depth: 0 }).collect(),
        Mode::Nested => nest(posts, first),
    }
}

fn nest(posts: &[Light], first: i64) -> Vec<Placed> {
    let there: HashSet<i64> = posts.iter().map(|p| p.id).collect();
    let mut below: HashMap<i64, Vec<i64>> = HashMap::new();
    for p in posts.iter().filter(|p| p.id != first) {
        let known = there.contains(&p.parent) && p.parent != p.id;
        below.entry(if known { p.parent } else { first }).or_default().push(p.id);
    }
    let mut placed = Vec::with_capacity(posts.len());
    let mut done = HashSet::with_capacity(posts.len());
    let start = Placed { id: first, depth: 0 };
    walk(start, there.contains(&first), &below, &mut done, &mut placed);
    // What the walk did not reach hangs on a circle; it is entered at its oldest post.
    for p in posts {
        if !done.contains(&p.id) {
            walk(Placed { id: p.id, depth: 1 }, true, &below, &mut done, &mut placed);
        }
    }
    placed
}

/// Depth first, without recursion: an archive may nest ten thousand deep.
fn walk(start: Placed, shown: bool, below: &HashMap<i64, Vec<i64>>, done: &mut HashSet<i64>, placed: &mut Vec<Placed>) {
    let mut open = vec![start];
    while let Some(here) = open.pop() {
        if !done.insert(here.id) {
            continue;
        }
        if shown || here.id != start.id {
            placed.push(here);
        }
        let children = below.get(&here.id).into_iter().flatten().rev();
        open.extend(children.map(|id| Placed { id: *id, depth: here.depth + 1 }));
    }
}

/// How many pages there are; an empty discussion has one.
pub fn pages(posts: usize) -> usize {
    posts.div_ceil(PER_PAGE).max(1)
}

/// The page (from 1) a post stands on.
pub fn page_of(placed: &[Placed], post: i64) -> Option<usize> {
    placed.iter().position(|p| p.id == post).map(|at| at / PER_PAGE + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(id: i64, parent: i64) -> Light {
        Light { id, discussion: 1, parent, userid: 2, created: id, modified: id, privatereplyto: 0 }
    }

    fn nested(posts: &[Light]) -> Vec<(i64, usize)> {
        arrange(posts, 1, Mode::Nested).iter().map(|p| (p.id, p.depth)).collect()
    }

    #[test]
    fn answers_stand_below_what_they_answer_oldest_first() {
        let posts = [post(1, 0), post(2, 1), post(3, 1), post(4, 2), post(5, 3)];
        assert_eq!(nested(&posts), [(1, 0), (2, 1), (4, 2), (3, 1), (5, 2)]);
    }

    #[test]
    fn orphans_and_second_roots_stand_below_the_first_post() {
        assert_eq!(nested(&[post(1, 0), post(2, 99), post(3, 0), post(4, 2)]), [(1, 0), (2, 1), (4, 2), (3, 1)]);
    }

    #[test]
    fn circles_of_parents_end_and_lose_nothing() {
        let circle = [post(1, 0), post(2, 4), post(3, 2), post(4, 3), post(5, 5), post(6, 2)];
        let mut ids: Vec<i64> = nested(&circle).iter().map(|p| p.0).collect();
        ids.sort_unstable();
        assert_eq!(ids, [1, 2, 3, 4, 5, 6]);
        assert_eq!(nested(&[post(1, 1)]), [(1, 0)]);
        assert_eq!(nested(&[post(1, 2), post(2, 1)]), [(1, 0), (2, 1)]);
    }

    #[test]
    fn a_discussion_without_its_first_post_is_still_shown() {
        assert_eq!(nested(&[post(2, 1), post(3, 2)]), [(2, 1), (3, 2)]);
    }

    #[test]
    fn a_chain_of_ten_thousand_is_ordered_and_paged() {
        let posts: Vec<Light> = (1..=10_000).map(|n| post(n, n - 1)).collect();
        let placed = arrange(&posts, 1, Mode::Nested);
        assert_eq!((placed.len(), placed[9999].depth), (10_000, 9999));
        assert_eq!((pages(placed.len()), page_of(&placed, 10_000), page_of(&placed, 51)), (200, Some(200), Some(2)));
    }
}
