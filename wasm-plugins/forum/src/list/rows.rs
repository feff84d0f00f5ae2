//! Which discussions a page shows.

use super::Sort;
use crate::here::{Here, Kind};
use crate::records::{Discussion, Post};
use parcours_sdk::{Agg, Query, Request, Result, Url, Value, all};
use std::collections::HashMap;

/// Discussions of one page, and what is said beside them.
pub struct Rows {
    pub discussions: Vec<Discussion>,
    /// First posts by number, for authors, dates and texts.
    pub first: HashMap<i64, Post>,
    /// Posts that may be seen in each discussion, without the first.
    pub replies: HashMap<i64, i64>,
    pub unread: HashMap<i64, usize>,
    pub tracked: bool,
    pub previous: Option<Url>,
    pub next: Option<Url>,
    /// Whether the pages before can be counted back from here; a cursor only goes on.
    pub from_first: bool,
}

/// Sorting by replies counts them all, so it looks at this many discussions only: those most lately active.
const COUNTED: usize = 1000;
/// More pinned discussions than this are not all shown first.
const PINNED: usize = 200;
/// How many pages without anything to see are passed over at once.
const ROUNDS: usize = 5;

pub fn rows(here: &Here, req: &Request, sort: Sort, group: Option<i64>, to: &dyn Fn() -> Url) -> Result<Rows> {
    let per_page = if here.kind == Kind::Blog { 10 } else { 50 };
    let (mut discussions, previous, next, from_first) = match sort {
        Sort::Replies => by_replies(here, req, group, per_page, to)?,
        _ => by_column(here, req, sort, group, per_page, to)?,
    };
    discussions.retain(|d| here.sees_discussion(d));
    let known: Vec<&Discussion> = discussions.iter().collect();
    let unread = here.unread_counts(&known, &here.answers(&known)?)?;
    let ids: Vec<i64> = discussions.iter().map(|d| d.id).collect();
    let firsts: Vec<i64> = discussions.iter().map(|d| d.firstpost).filter(|p| *p > 0).collect();
    let first = here.find_many::<Post>(&firsts)?.into_iter().map(|p| (p.id, p)).collect();
    let replies = replies(here, &ids)?;
    Ok(Rows { first, replies, unread, tracked: here.tracks()?, discussions, previous, next, from_first })
}

/// Discussions, links to the pages before and after, and whether it is the first page or can count back to it.
type Slice = (Vec<Discussion>, Option<Url>, Option<Url>, bool);

/// The pinned ones stand on the first page, all of them, and the others follow page by page.
fn by_column(here: &Here, req: &Request, sort: Sort, group: Option<i64>, per_page: usize, to: &dyn Fn() -> Url) -> Result<Slice> {
    let (column, descending) = match sort {
        Sort::Created => ("firstpost", true),
        Sort::Subject => ("name", false),
        _ => ("timemodified", true),
    };
    let listed = |pinned: i64| Query::new("discussions", &[]).filter(here.in_groups(group).eq("pinned", pinned)).order(column, descending);
    let page = |after: &str| here.page_after::<Discussion>(listed(0).limit(per_page as u32), after);
    let (others, mut next, from_first) = page(req.query("after"))?;
    let mut discussions = if from_first { here.every(listed(1), PINNED)? } else { Vec::new() };
    discussions.extend(others);
    // A page whose discussions are all out of their time is passed over.
    for _ in 0..ROUNDS {
        match next.take() {
            Some(cursor) if !discussions.iter().any(|d| here.sees_discussion(d)) => {
                let (others, more, _) = page(&cursor)?;
                (discussions, next) = (others, more);
            }
            same => {
                next = same;
                break;
            }
        }
    }
    Ok((discussions, None, next.map(|cursor| to().q("after", cursor)), from_first))
}

fn by_replies(here: &Here, req: &Request, group: Option<i64>, per_page: usize, to: &dyn Fn() -> Url) -> Result<Slice> {
    let lately = Query::new("discussions", &[]).filter(here.in_groups(group)).order("timemodified", true);
    let mut all: Vec<Discussion> = here.every(lately, COUNTED)?;
    all.retain(|d| here.sees_discussion(d));
    let ids: Vec<i64> = all.iter().map(|d| d.id).collect();
    let counts = replies(here, &ids)?;
    all.sort_by_key(|d| (!d.pinned, std::cmp::Reverse(counts.get(&d.id).copied().unwrap_or(0))));
    let pages = all.len().div_ceil(per_page).max(1);
    let page = req.number("page").map_or(1, |n| usize::try_from(n).unwrap_or(1)).min(pages);
    let link = |n: usize| to().q("page", n);
    let (previous, next) = ((page > 1).then(|| link(page - 1)), (page < pages).then(|| link(page + 1)));
    Ok((all.into_iter().skip((page - 1) * per_page).take(per_page).collect(), previous, next, true))
}

/// How many answers each discussion has, as far as the current user may know.
pub fn replies(here: &Here, discussions: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut counts = HashMap::new();
    for slice in discussions.chunks(500) {
        let posts = here.without_private(&[all().any_of("discussion", slice.iter().copied())]);
        for row in here.summarise("posts", &posts, &["discussion"], &[(Agg::Count, "id")], 1000)? {
            if let [Value::Int(d), Value::Int(n)] = row[..] {
                counts.insert(d, (n - 1).max(0));
            }
        }
    }
    Ok(counts)
}

/// The one discussion of a `single` forum. An archive may hold more (the type was changed later); Moodle then takes the last.
pub fn newest_of_single(here: &Here) -> Result<Option<Discussion>> {
    let found: Option<Discussion> = here.first(Query::new("discussions", &[]).order("timemodified", true))?;
    Ok(found.filter(|d| here.sees_discussion(d)))
}
