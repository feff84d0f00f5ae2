//! The `Range` header (RFC 9110 §14).

use std::ops::Range;

/// More parts than this are a way to make the server work, not to read a file; the whole is sent instead.
const MOST: usize = 10;

/// What of the content to send.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Everything: nothing was asked for, or nothing that can be understood.
    Whole,
    One(Range<u64>),
    /// In the order asked for.
    Many(Vec<Range<u64>>),
    /// What was asked for lies beyond the end.
    None,
}

pub(crate) fn wanted(header: &str, size: u64) -> Wanted {
    let Some(set) = header.trim().strip_prefix("bytes=") else { return Wanted::Whole };
    let mut parts = Vec::new();
    for (i, spec) in set.split(',').map(str::trim).enumerate() {
        if i >= MOST {
            return Wanted::Whole;
        }
        match part(spec, size) {
            Err(()) => return Wanted::Whole,
            Ok(Some(p)) => parts.push(p),
            Ok(None) => {}
        }
    }
    // Overlaps that ask for more than there is are refused as well.
    if parts.len() > 1 && parts.iter().map(|p| p.end - p.start).sum::<u64>() > size {
        return Wanted::Whole;
    }
    match parts.len() {
        0 => Wanted::None,
        1 => parts.pop().map_or(Wanted::None, Wanted::One),
        _ => Wanted::Many(parts),
    }
}

/// `Ok(None)`: understood, and beyond the end.
fn part(spec: &str, size: u64) -> Result<Option<Range<u64>>, ()> {
    let (first, last) = spec.split_once('-').ok_or(())?;
    if first.is_empty() {
        let length = number(last)?;
        return Ok((length > 0 && size > 0).then(|| size.saturating_sub(length)..size));
    }
    let first = number(first)?;
    let end = if last.is_empty() { size } else { number(last)?.saturating_add(1) };
    if end <= first && !last.is_empty() {
        return Err(());
    }
    Ok((first < size).then(|| first..end.min(size)))
}

/// Digits only: no sign, no space. Numbers beyond 64 bits lie beyond every file.
fn number(text: &str) -> Result<u64, ()> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(());
    }
    Ok(text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_meaning() {
        for (header, expected) in [
            ("bytes=0-", Wanted::One(0..100)),
            ("bytes=0-0", Wanted::One(0..1)),
            ("bytes=10-19", Wanted::One(10..20)),
            ("bytes=90-1000", Wanted::One(90..100)),
            ("bytes=-10", Wanted::One(90..100)),
            ("bytes=-1000", Wanted::One(0..100)),
            ("bytes=99999999999999999999999-", Wanted::None),
            ("bytes=0-99999999999999999999999", Wanted::One(0..100)),
            ("bytes=100-", Wanted::None),
            ("bytes=-0", Wanted::None),
            ("bytes=0-1, 5-6", Wanted::Many(vec![0..2, 5..7])),
            ("bytes=0-1,200-", Wanted::One(0..2)),
            ("bytes=200-,300-", Wanted::None),
            ("bytes=5-1", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=1", Wanted::Whole),
            ("bytes=", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=1--2", Wanted::Whole),
            ("lines=1-2", Wanted::Whole),
            ("", Wanted::Whole),
        ] {
            assert_eq!(wanted(header, 100), expected, "{header}");
        }
    }

    #[test]
    fn a_thousand_parts_and_piled_up_parts_get_the_whole() {
        let thousand = format!("bytes={}", (0..1000).map(|i| format!("{i}-{i}")).collect::<Vec<_>>().join(","));
        assert_eq!(wanted(&thousand, 10_000), Wanted::Whole);
        assert_eq!(wanted("bytes=0-,0-,0-", 100), Wanted::Whole);
    }

    #[test]
    fn an_empty_content_has_no_parts() {
        assert_eq!(wanted("bytes=0-", 0), Wanted::None);
        assert_eq!(wanted("bytes=-1", 0), Wanted::None);
    }
}
