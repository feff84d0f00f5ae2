//! Sizes of files, in words.

use super::Lang;

/// `1,2 Mo`, `1.2 MB`: decimal units, as disks and browsers count.
pub(crate) fn size(lang: Lang, bytes: u64) -> String {
    let (units, point) = match lang {
        Lang::Fr => (["o", "ko", "Mo", "Go", "To"], ','),
        Lang::En => (["B", "kB", "MB", "GB", "TB"], '.'),
    };
    let mut tenths = u128::from(bytes) * 10;
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < units.len() {
        tenths = (tenths + 500) / 1000;
        unit += 1;
    }
    let unit_name = units.get(unit).copied().unwrap_or("");
    let number = match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, _) if whole >= 100 => ((tenths + 5) / 10).to_string(),
        (whole, tenth) => format!("{whole}{point}{tenth}"),
    };
    // A no-break space: number and unit stay together.
    format!("{number}\u{a0}{unit_name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_naturally() {
        for (bytes, fr, en) in [
            (0, "0\u{a0}o", "0\u{a0}B"),
            (999, "999\u{a0}o", "999\u{a0}B"),
            (1_000, "1\u{a0}ko", "1\u{a0}kB"),
            (1_234_567, "1,2\u{a0}Mo", "1.2\u{a0}MB"),
            (153_400_000, "153\u{a0}Mo", "153\u{a0}MB"),
            (2 << 30, "2,1\u{a0}Go", "2.1\u{a0}GB"),
        ] {
            assert_eq!((size(Lang::Fr, bytes).as_str(), size(Lang::En, bytes).as_str()), (fr, en));
        }
        assert!(size(Lang::Fr, u64::MAX).ends_with("To"));
    }
}
