//! Numbers of people in addresses of pages.

/// What an address has before the number of a person.
const BEFORE: &[&str] = &[
    "/user/view.php?id=",
    "/user/profile.php?id=",
    "/user/edit.php?id=",
    "/user/editadvanced.php?id=",
    "/user/pix.php/",
    "/message/index.php?id=",
    "/message/index.php?user2=",
    "/message/index.php?user1=",
    "userid=",
    "user_id=",
    "/report/log/user.php?id=",
];

/// The text with the numbers that `by` gives for those of people; nothing where it names nobody so.
pub fn replace(text: &str, mut by: impl FnMut(i64) -> Option<i64>) -> Option<String> {
    if !text.contains("user") && !text.contains("/message/") {
        return None;
    }
    let mut cuts: Vec<(usize, usize, i64)> = Vec::new();
    for before in BEFORE {
        for (at, _) in text.match_indices(before) {
            let start = at + before.len();
            let digits = text.get(start..).map_or(0, |r| r.bytes().take_while(u8::is_ascii_digit).count());
            let number = text.get(start..start + digits).and_then(|n| n.parse().ok()).and_then(&mut by);
            cuts.extend(number.map(|n| (start, start + digits, n)));
        }
    }
    if cuts.is_empty() {
        return None;
    }
    cuts.sort_unstable();
    cuts.dedup_by_key(|c| c.0);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end, number) in cuts {
        out.push_str(text.get(from..start).unwrap_or_default());
        out.push_str(&number.to_string());
        from = end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_people_get_their_new_numbers() {
        let by = |n: i64| (n < 10).then_some(n + 700);
        assert_eq!(
            replace("a https://m/user/view.php?id=5&course=2 b userid=6", by).as_deref(),
            Some("a https://m/user/view.php?id=705&course=2 b userid=706")
        );
        assert_eq!(replace("https://m/user/view.php?id=50 /mod/page/view.php?id=5", by), None);
    }
}
