//! Writing HTML: the one place where text becomes markup.

/// A page on its way out.
#[derive(Default)]
pub struct Out(pub String);

impl Out {
    /// Markup, as it stands.
    pub fn raw(&mut self, markup: &str) -> &mut Out {
        self.0.push_str(markup);
        self
    }

    /// Text, escaped. Good between tags and between double quotes.
    pub fn text(&mut self, text: &str) -> &mut Out {
        let mut from = 0;
        for (i, byte) in text.bytes().enumerate() {
            let entity = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\r' | 0..=8 | 11 | 12 | 14..=31 | 127 => "",
                _ => continue,
            };
            self.0.push_str(text.get(from..i).unwrap_or_default());
            self.0.push_str(entity);
            from = i + 1;
        }
        self.0.push_str(text.get(from..).unwrap_or_default());
        self
    }

    /// Markup of a page that was checked; carriage returns are left out.
    pub fn checked(&mut self, markup: &str) -> &mut Out {
        if markup.bytes().any(|b| b == b'\r') { self.raw(&super::scan::line_ends(markup)) } else { self.raw(markup) }
    }

    pub fn attr(&mut self, name: &str, value: &str) -> &mut Out {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// An attribute that is there or not, with an empty value.
    pub fn on(&mut self, name: &str, yes: bool) -> &mut Out {
        if yes { self.attr(name, "") } else { self }
    }
}

/// `2026-11-23T18:44:00Z` of unix seconds, for machines. The calendar is the Gregorian one in both directions.
pub fn iso(time: i64) -> String {
    let (days, second) = (time.div_euclid(86_400), time.rem_euclid(86_400));
    // Days are counted from 1 March of the year 0, in eras of 400 years, so that a leap day is the last of its year.
    let from_march = days.saturating_add(719_468);
    let (era, day_of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_for_machines() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(iso(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(iso(1_795_459_440), "2026-11-23T18:44:00Z");
        assert_eq!(iso(-1), "1969-12-31T23:59:59Z");
        iso(i64::MAX);
        iso(i64::MIN);
    }
}
