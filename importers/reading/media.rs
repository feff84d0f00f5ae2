//! What a file is, by its first bytes where they tell, else by its name: types in archives are those that somebody's browser once said.

use parcours_course::outline::File;
use parcours_mbz::{Error, Unpacked, outline};
use std::io::Read;

/// Bytes of a drawing that are looked through for what acts or loads.
const DRAWING: u64 = 4 << 20;
/// The type of what no page shows.
pub const OTHER: &str = "application/octet-stream";

/// The type of a picture, by its first bytes.
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// Gives a file the type it has.
pub fn settle(file: &mut File, from: &mut Unpacked) -> Result<(), Error> {
    let named = by_name(file.name());
    let mime = if named.starts_with("image/") {
        let content = from.content(&file.hash)?;
        let mut head = Vec::new();
        if let Some(content) = content {
            content.take(DRAWING).read_to_end(&mut head)?;
        }
        match sniff(&head) {
            Some(real) => real,
            None if named == "image/svg+xml" && is_still(&head) => named,
            None => OTHER,
        }
    } else {
        named
    };
    file.mime = Some(mime.to_owned());
    Ok(())
}

/// The type by the name, in the words of the web and not of Moodle.
pub fn by_name(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    match end.as_str() {
        "mp3" => "audio/mpeg",
        "m4a" | "aac" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "opus" => "audio/opus",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "avi" => "video/x-msvideo",
        "h5p" => "application/zip",
        "gz" => "application/gzip",
        "js" => "text/javascript",
        "avif" => "image/avif",
        _ => match outline::mime(name) {
            "document/unknown" => OTHER,
            known => known,
        },
    }
}

/// A drawing that only shows itself: no scripts, no handlers, nothing from elsewhere.
fn is_still(svg: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(svg) else { return false };
    if text.len() as u64 >= DRAWING || !text.contains("<svg") {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let handler = lower.match_indices(" on").any(|(at, _)| {
        let name = lower.get(at + 3..).unwrap_or_default();
        name.find(|c: char| !c.is_ascii_lowercase()).is_some_and(|end| end > 0 && name.get(end..).is_some_and(|r| r.trim_start().starts_with('=')))
    });
    let foreign = ["<script", "<foreignobject", "<!entity", "javascript:", "href=\"http", "href='http", "url(http", "@import", "<iframe"];
    !handler && !foreign.iter().any(|f| lower.contains(f))
}

/// A size for people.
pub fn size(bytes: u64, french: bool) -> String {
    let units = if french { ["octets", "ko", "Mo", "Go"] } else { ["bytes", "kB", "MB", "GB"] };
    let mut value = bytes;
    let mut tenths = 0;
    let mut unit = 0;
    while value >= 1000 && unit < 3 {
        tenths = (value % 1000) / 100;
        value /= 1000;
        unit += 1;
    }
    let name = units.get(unit).copied().unwrap_or_default();
    match (unit, french) {
        (0, _) => format!("{value}\u{a0}{name}"),
        (_, true) => format!("{value},{tenths}\u{a0}{name}"),
        (_, false) => format!("{value}.{tenths}\u{a0}{name}"),
    }
}

/// What a file is called in a list: the end of its name in capitals.
pub fn label(name: &str) -> String {
    let end = name.rsplit_once('.').map_or("", |(_, e)| e);
    if end.len() <= 5 && end.chars().all(|c| c.is_ascii_alphanumeric()) { end.to_ascii_uppercase() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_that_act_are_not_shown() {
        assert!(is_still(b"<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0\"/></svg>"));
        for bad in ["<svg onload = 'x'>", "<svg><script/></svg>", "<svg><image href=\"https://x\"/></svg>", "hello"] {
            assert!(!is_still(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn sizes_are_for_people() {
        assert_eq!((size(999, false), size(1_250_000, true)), ("999\u{a0}bytes".into(), "1,2\u{a0}Mo".into()));
        assert_eq!((label("a.pdf"), label("a"), by_name("x.mp3")), ("PDF".into(), String::new(), "audio/mpeg"));
    }
}
