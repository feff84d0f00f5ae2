//! Moodle keeps small settings as serialised PHP arrays (`displayoptions`). They are read as data, never built into anything.

/// The value of one key of a flat serialised array, as text: `option("a:1:{s:10:\"printintro\";i:1;}", "printintro")` is `Some("1")`.
/// Anything that is not such an array has no values.
pub fn option<'a>(serialised: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = serialised.strip_prefix("a:")?.split_once(":{")?.1;
    loop {
        let (name, after) = scalar(rest)?;
        let (value, after) = scalar(after)?;
        if name == key {
            return Some(value);
        }
        rest = after;
    }
}

/// Whether an option is switched on; `absent` when it does not stand there.
pub fn is_on(serialised: &str, key: &str, absent: bool) -> bool {
    option(serialised, key).map_or(absent, |v| !matches!(v, "0" | ""))
}

fn scalar(s: &str) -> Option<(&str, &str)> {
    match s.as_bytes().first()? {
        b's' => {
            let (length, rest) = s.strip_prefix("s:")?.split_once(":\"")?;
            let length = length.parse::<usize>().ok()?;
            Some((rest.get(..length)?, rest.get(length..)?.strip_prefix("\";")?))
        }
        b'i' | b'b' | b'd' => s.get(2..)?.split_once(';'),
        b'N' => Some(("", s.strip_prefix("N;")?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_nonsense_has_none() {
        let s = r#"a:2:{s:10:"printintro";i:0;s:17:"printlastmodified";s:1:"1";}"#;
        assert_eq!((option(s, "printintro"), option(s, "printlastmodified"), option(s, "popup")), (Some("0"), Some("1"), None));
        for bad in ["", "15", "a:1:{", "a:1:{s:999:\"x\";i:1;}", "O:1:\"X\":0:{}", "a:1:{s:1:\"é\";i:1;}"] {
            assert_eq!(option(bad, "printintro"), None, "{bad}");
        }
        assert!(is_on("", "printlastmodified", true));
    }
}
