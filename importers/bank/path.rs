//! Categories as paths of names: `$course$/top/Chapter 1/Easy`. A slash in a name is written twice.

use parcours_course::question::{Category, Level};
use std::collections::{HashMap, HashSet};

/// Deeper is taken for a circle.
const DEPTH: usize = 64;
/// Characters of a name in Moodle's tables.
pub(super) const NAME: usize = 255;

/// The paths of an archive's categories.
pub(crate) struct Paths(HashMap<i64, String>);

impl Paths {
    pub fn of(categories: &[Category]) -> Self {
        let by: HashMap<i64, &Category> = categories.iter().map(|c| (c.id, c)).collect();
        Paths(categories.iter().map(|c| (c.id, path(c, &by))).collect())
    }

    pub fn get(&self, category: i64) -> &str {
        self.0.get(&category).map_or("$course$/top", String::as_str)
    }

    /// Paths that more than one category has.
    pub fn shared(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        let mut all: Vec<&str> = self.0.values().map(String::as_str).filter(|p| !seen.insert(*p)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn path(category: &Category, by: &HashMap<i64, &Category>) -> String {
    let mut names = Vec::new();
    let mut at = Some(category);
    while let Some(c) = at.filter(|_| names.len() < DEPTH) {
        names.push(c.name.as_str());
        at = by.get(&c.parent).copied().filter(|p| p.context == c.context);
    }
    if names.last() != Some(&"top") {
        names.push("top");
    }
    let root = match category.level {
        Level::System => "$system$",
        Level::Category => "$coursecat$",
        Level::Course => "$course$",
        Level::Module => "$module$",
    };
    names.iter().rev().fold(root.to_owned(), |path, name| path + "/" + &name.trim().replace('/', "//"))
}

/// The names of a path, without its context and `top`.
pub(crate) fn names(path: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut chars = path.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '/' && chars.next_if_eq(&'/').is_none() {
            names.push(String::new());
        } else if let Some(last) = names.last_mut() {
            last.push(c);
        }
    }
    let mut names: Vec<String> = names.into_iter().map(|n| n.trim().chars().take(NAME).collect::<String>()).filter(|n| !n.is_empty()).collect();
    if names.first().is_some_and(|n| n.len() > 2 && n.starts_with('$') && n.ends_with('$')) {
        names.remove(0);
    }
    if names.first().is_some_and(|n| n == "top") {
        names.remove(0);
    }
    names.truncate(DEPTH);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_path() {
        let c = |id, parent, name: &str| Category { id, parent, name: name.into(), ..Category::default() };
        let all = [c(1, 0, "top"), c(2, 1, "a/b"), c(3, 2, "c"), c(4, 5, "loop"), c(5, 4, "loop")];
        let paths = Paths::of(&all);
        assert_eq!(paths.get(3), "$course$/top/a//b/c");
        assert_eq!(names(paths.get(3)), ["a/b", "c"]);
        assert_eq!(names("$module$/top/ x /y"), ["x", "y"]);
        assert_eq!(names("x"), ["x"]);
        assert!(names(paths.get(4)).len() <= DEPTH);
    }
}
