//! Moments in forms. A module has no time zones: what a `datetime` field holds is read and written in UTC, and its label has to say so.

/// The value of a `datetime` field, `2026-11-23T14:05`, as unix seconds; `None` when it is not one.
pub fn read(value: &str) -> Option<i64> {
    let (date, clock) = value.split_once('T')?;
    let mut parts = date.splitn(3, '-').map(|p| p.parse::<i64>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    let mut parts = clock.splitn(3, ':').map(|p| p.parse::<i64>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let plausible =
        (1970..10_000).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d) && (0..24).contains(&hour) && (0..60).contains(&minute);
    plausible.then(|| days(y, m, d) * 86_400 + hour * 3600 + minute * 60)
}

/// Unix seconds as the value of a `datetime` field; 0 is empty.
pub fn write(ts: i64) -> String {
    if ts <= 0 {
        return String::new();
    }
    let (y, m, d) = civil(ts.div_euclid(86_400));
    let s = ts.rem_euclid(86_400);
    format!("{y:04}-{m:02}-{d:02}T{:02}:{:02}", s / 3600, s % 3600 / 60)
}

/// Days from 1970-01-01 in the Gregorian calendar, counting years from March so that the leap day is the last of its year.
fn days(y: i64, m: i64, d: i64) -> i64 {
    let y = if m <= 2 { y - 1 } else { y };
    let day_of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    365 * y + y / 4 - y / 100 + y / 400 + day_of_year - 719_468
}

fn civil(day: i64) -> (i64, i64, i64) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let in_era = z.rem_euclid(146_097);
    let year_in_era = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
    let day_of_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let m = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let y = year_in_era + era * 400 + i64::from(m <= 2);
    (y, m, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_go_there_and_back() {
        assert_eq!(read("2026-11-23T14:05"), Some(1_795_442_700));
        assert_eq!(write(1_795_442_700), "2026-11-23T14:05");
        for ts in (60..4_000_000_000).step_by(86_400 * 13 + 3660) {
            assert_eq!(read(&write(ts)), Some(ts / 60 * 60));
        }
        for bad in ["", "2026-11-23", "2026-13-01T00:00", "x", "2026-11-23T25:00", "0000-00-00T00:00"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
