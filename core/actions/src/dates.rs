//! Times in words, in the reader's language and zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;

const MONTHS_FR: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// 23 novembre 2026 à 14:05
    Long,
    /// 23/11/2026 14:05
    Short,
    /// 23 novembre 2026
    Date,
    /// 14:05
    Time,
    /// il y a 5 minutes
    Relative,
}

impl Style {
    /// The style of that name; an unknown one is [`Style::Long`].
    pub fn named(name: &str) -> Style {
        match name {
            "short" => Style::Short,
            "date" => Style::Date,
            "time" => Style::Time,
            "relative" => Style::Relative,
            _ => Style::Long,
        }
    }
}

/// The zone of a name (`Europe/Paris`, `Pacific/Tahiti`); an unknown one, and Moodle's `99`, is the fallback's.
pub fn zone(name: &str, fallback: &str) -> TimeZone {
    TimeZone::get(name).or_else(|_| TimeZone::get(fallback)).unwrap_or(TimeZone::UTC)
}

/// A time in words. Times outside the calendar are written as their number: archives hold such (MBZ-FORMAT §15.20).
pub fn format(time: i64, style: Style, lang: &str, zone: &TimeZone, now: i64) -> String {
    let Ok(stamp) = Timestamp::from_second(time) else {
        return time.to_string();
    };
    let t = stamp.to_zoned_datetime(zone.clone());
    let french = lang.starts_with("fr");
    let month = usize::try_from(t.month() - 1).unwrap_or(0).min(11);
    let day = || match (french, t.day()) {
        (true, 1) => format!("1er {} {}", MONTHS_FR[month], t.year()),
        (true, d) => format!("{d} {} {}", MONTHS_FR[month], t.year()),
        (false, d) => format!("{d} {} {}", MONTHS_EN[month], t.year()),
    };
    let clock = format!("{:02}:{:02}", t.hour(), t.minute());
    match style {
        Style::Long if french => format!("{} à {clock}", day()),
        Style::Long => format!("{}, {clock}", day()),
        Style::Short => format!("{:02}/{:02}/{} {clock}", t.day(), t.month(), t.year()),
        Style::Date => day(),
        Style::Time => clock,
        Style::Relative => relative(now - time, french).unwrap_or_else(|| format(time, Style::Date, lang, zone, now)),
    }
}

/// Up to thirty days in either direction; farther away a date says more.
fn relative(ago: i64, french: bool) -> Option<String> {
    let (n, unit) = match ago.unsigned_abs() {
        0..60 => return Some(if french { "à l’instant" } else { "just now" }.to_owned()),
        s @ 60..3600 => (s / 60, "minute"),
        s @ 3600..86_400 => (s / 3600, if french { "heure" } else { "hour" }),
        s @ 86_400..2_592_000 => (s / 86_400, if french { "jour" } else { "day" }),
        _ => return None,
    };
    let s = if n > 1 { "s" } else { "" };
    Some(match (french, ago > 0) {
        (true, true) => format!("il y a {n} {unit}{s}"),
        (true, false) => format!("dans {n} {unit}{s}"),
        (false, true) => format!("{n} {unit}{s} ago"),
        (false, false) => format!("in {n} {unit}{s}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_style_in_both_languages() {
        let paris = zone("Europe/Paris", "UTC");
        let t = 1_795_439_100; // 2026-11-23T13:05:00Z
        let f = |style, lang| format(t, style, lang, &paris, t + 300);
        assert_eq!(f(Style::Long, "fr"), "23 novembre 2026 à 14:05");
        assert_eq!(f(Style::Long, "en"), "23 November 2026, 14:05");
        assert_eq!(f(Style::Short, "fr"), "23/11/2026 14:05");
        assert_eq!(f(Style::Relative, "fr"), "il y a 5 minutes");
        assert_eq!(f(Style::Relative, "en"), "5 minutes ago");
    }

    #[test]
    fn zones_of_the_overseas_territories_and_wild_times() {
        assert_eq!(format(1_795_439_100, Style::Time, "fr", &zone("Pacific/Tahiti", "UTC"), 0), "03:05");
        assert_eq!(format(i64::MAX, Style::Long, "fr", &TimeZone::UTC, 0), i64::MAX.to_string());
        assert_eq!(zone("99", "Europe/Paris"), zone("Europe/Paris", "UTC"));
    }
}
