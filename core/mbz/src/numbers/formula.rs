//! Formulas of the gradebook (MBZ-FORMAT §8.2).

/// A formula with something else in the place of each `gi7` between its marks (`##gi7##`): what `by` gives for the grade item's number. Nothing when there is none in it.
pub fn formula(text: &str, mut by: impl FnMut(i64) -> String) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut any = false;
    while let Some((before, after)) = rest.split_once("##gi") {
        out.push_str(before);
        rest = after;
        match after.split_once("##").and_then(|(id, tail)| Some((id.parse().ok()?, tail))) {
            Some((id, tail)) => {
                out.push_str(&format!("##{}##", by(id)));
                (rest, any) = (tail, true);
            }
            None => out.push_str("##gi"),
        }
    }
    out.push_str(rest);
    any.then_some(out)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_whole_marks_count() {
        let new = |text: &str| super::formula(text, |id| format!("item {id}"));
        assert_eq!(new("=##gi7##+##gix##*2+##gi8").as_deref(), Some("=##item 7##+##gix##*2+##gi8"));
        assert_eq!(new("=2*##gi"), None);
    }
}
