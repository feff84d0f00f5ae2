//! What people fetch: bytes with a name, whole or in part.

mod body;
mod disposition;
mod document;
mod range;

use crate::fault::Fault;
use crate::security::headers::{FILE_POLICY, PDF_POLICY};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use body::{Piece, Source};
pub(crate) use document::document;
use range::Wanted;
use std::ops::Range;

/// Something to send.
pub(crate) struct Parcel {
    pub name: String,
    pub mime: String,
    /// Whether a browser may show it in place. Only the kinds of [`showable`] ever are.
    pub inline: bool,
    /// Strong validator without quotes; empty for what is made anew each time.
    pub etag: String,
    pub size: u64,
    pub content: Content,
}

pub(crate) enum Content {
    File(std::fs::File),
    Bytes(Vec<u8>),
}

/// Answers a GET or HEAD for it (RFC 9110 §13, §14): 200, 206, 304 or 416.
pub(crate) fn parcel(request: &HeaderMap, parcel: Parcel) -> Result<Response, Fault> {
    let etag = format!("\"{}\"", parcel.etag);
    let mut response = if !parcel.etag.is_empty() && unchanged(request, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let wanted = match request.get(header::RANGE).and_then(|v| v.to_str().ok()) {
            Some(r) if still_valid(request, &parcel.etag, &etag) => range::wanted(r, parcel.size),
            _ => Wanted::Whole,
        };
        answer(wanted, &parcel.mime, parcel.size, parcel.content)
    };
    let headers = response.headers_mut();
    if !parcel.etag.is_empty() {
        put(headers, header::ETAG, etag)?;
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    if response.status() == StatusCode::NOT_MODIFIED || response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        return Ok(response);
    }
    let headers = response.headers_mut();
    let inline = parcel.inline && showable(&parcel.mime);
    put(headers, header::CONTENT_DISPOSITION, disposition::header(inline, &parcel.name))?;
    let policy = if inline && parcel.mime == "application/pdf" { PDF_POLICY } else { FILE_POLICY };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    // Kept by the browser, but asked for again each time: rights may have gone since (SECURITY E07).
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

fn answer(wanted: Wanted, mime: &str, size: u64, content: Content) -> Response {
    let typed = typed(mime);
    match wanted {
        Wanted::Whole => respond(StatusCode::OK, typed, None, vec![Piece::Part(0..size)], content),
        Wanted::None => {
            let mut r = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            if let Ok(v) = format!("bytes */{size}").parse() {
                r.headers_mut().insert(header::CONTENT_RANGE, v);
            }
            r
        }
        Wanted::One(part) => {
            let range = content_range(&part, size);
            respond(StatusCode::PARTIAL_CONTENT, typed, Some(range), vec![Piece::Part(part)], content)
        }
        Wanted::Many(parts) => {
            let boundary = boundary(&parts, size);
            let mut pieces = Vec::with_capacity(2 * parts.len() + 1);
            for part in parts {
                let head = format!("\r\n--{boundary}\r\nContent-Type: {typed}\r\nContent-Range: {}\r\n\r\n", content_range(&part, size));
                pieces.push(Piece::Text(head));
                pieces.push(Piece::Part(part));
            }
            pieces.push(Piece::Text(format!("\r\n--{boundary}--\r\n")));
            respond(StatusCode::PARTIAL_CONTENT, format!("multipart/byteranges; boundary={boundary}"), None, pieces, content)
        }
    }
}

fn respond(status: StatusCode, mime: String, range: Option<String>, pieces: Vec<Piece>, content: Content) -> Response {
    let length: u64 = pieces.iter().map(Piece::len).sum();
    let source = match content {
        Content::File(f) => Source::File(f),
        Content::Bytes(b) => Source::Bytes(b.into()),
    };
    let mut response = (status, body::of(source, pieces)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, mime.parse().unwrap_or(HeaderValue::from_static("application/octet-stream")));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Some(v) = range.and_then(|r| r.parse().ok()) {
        headers.insert(header::CONTENT_RANGE, v);
    }
    response
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: String) -> Result<(), Fault> {
    let value = HeaderValue::from_str(&value).map_err(|e| Fault::incident(format!("header {name}: {e}")))?;
    headers.insert(name, value);
    Ok(())
}

fn content_range(part: &Range<u64>, size: u64) -> String {
    format!("bytes {}-{}/{size}", part.start, part.end.saturating_sub(1))
}

/// A line that does not occur in the content by chance; equal for equal requests.
fn boundary(parts: &[Range<u64>], size: u64) -> String {
    blake3::hash(format!("{parts:?}{size}").as_bytes()).to_hex().chars().take(32).collect()
}

fn typed(mime: &str) -> String {
    if mime == "text/plain" { "text/plain; charset=utf-8".to_owned() } else { mime.to_owned() }
}

/// Raster images, sound, film, PDF and plain text; everything else is a download whatever anybody says (SECURITY E02).
fn showable(mime: &str) -> bool {
    matches!(mime, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif" | "image/bmp" | "application/pdf" | "text/plain")
        || mime.starts_with("audio/")
        || mime.starts_with("video/")
}

/// `If-None-Match`: weak comparison, `*` for anything.
fn unchanged(request: &HeaderMap, etag: &str) -> bool {
    let known = request.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or("");
    known.split(',').map(str::trim).any(|k| k == "*" || k.strip_prefix("W/").unwrap_or(k) == etag)
}

/// `If-Range`: strong comparison; a date never matches, because no date is ever sent.
fn still_valid(request: &HeaderMap, bare: &str, etag: &str) -> bool {
    match request.get(header::IF_RANGE) {
        None => true,
        Some(v) => !bare.is_empty() && v.as_bytes() == etag.as_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    fn sample(mime: &str, inline: bool) -> Parcel {
        Parcel { name: "notes.txt".into(), mime: mime.into(), inline, etag: "abc".into(), size: 10, content: Content::Bytes(b"0123456789".to_vec()) }
    }

    async fn get(headers: &[(&str, &str)]) -> (u16, HeaderMap, String) {
        let mut h = HeaderMap::new();
        for (n, v) in headers {
            h.insert(n.parse::<header::HeaderName>().expect("a name"), v.parse().expect("a value"));
        }
        let r = parcel(&h, sample("text/plain", true)).expect("an answer");
        let (parts, body) = r.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        (parts.status.as_u16(), parts.headers, String::from_utf8(bytes.to_vec()).expect("text"))
    }

    #[tokio::test]
    async fn whole_part_suffix_and_beyond() {
        assert_eq!(get(&[]).await.2, "0123456789");
        let (status, h, body) = get(&[("range", "bytes=2-4")]).await;
        assert_eq!((status, body.as_str(), h["content-range"].to_str().ok()), (206, "234", Some("bytes 2-4/10")));
        assert_eq!(get(&[("range", "bytes=-3")]).await.2, "789");
        assert_eq!(get(&[("range", "bytes=8-")]).await.2, "89");
        let (status, h, body) = get(&[("range", "bytes=10-")]).await;
        assert_eq!((status, body.as_str(), h["content-range"].to_str().ok()), (416, "", Some("bytes */10")));
    }

    #[tokio::test]
    async fn several_ranges_come_as_one_message_of_the_length_it_says() {
        let (status, h, body) = get(&[("range", "bytes=0-1,5-5,-1")]).await;
        assert_eq!(status, 206);
        assert!(h["content-type"].to_str().is_ok_and(|t| t.starts_with("multipart/byteranges; boundary=")));
        assert_eq!(h["content-length"].to_str().ok().and_then(|l| l.parse().ok()), Some(body.len()));
        for part in ["bytes 0-1/10\r\n\r\n01\r\n", "bytes 5-5/10\r\n\r\n5\r\n", "bytes 9-9/10\r\n\r\n9\r\n"] {
            assert!(body.contains(part), "{body}");
        }
    }

    #[tokio::test]
    async fn if_range_with_a_stale_tag_gives_the_whole() {
        assert_eq!(get(&[("range", "bytes=0-0"), ("if-range", "\"old\"")]).await.0, 200);
        assert_eq!(get(&[("range", "bytes=0-0"), ("if-range", "W/\"abc\"")]).await.0, 200);
        assert_eq!(get(&[("range", "bytes=0-0"), ("if-range", "Wed, 21 Oct 2015 07:28:00 GMT")]).await.0, 200);
        assert_eq!(get(&[("range", "bytes=0-0"), ("if-range", "\"abc\"")]).await.0, 206);
    }

    #[tokio::test]
    async fn what_the_browser_has_is_not_sent_again() {
        for tag in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            let (status, h, body) = get(&[("if-none-match", tag)]).await;
            assert_eq!((status, body.as_str(), h["etag"].to_str().ok()), (304, "", Some("\"abc\"")), "{tag}");
        }
        assert_eq!(get(&[("if-none-match", "\"x\"")]).await.0, 200);
    }

    #[test]
    fn only_harmless_kinds_are_shown_in_place() {
        let shown = |mime: &str| {
            let r = parcel(&HeaderMap::new(), sample(mime, true)).expect("an answer");
            r.headers()[header::CONTENT_DISPOSITION].to_str().is_ok_and(|d| d.starts_with("inline"))
        };
        for ok in ["image/png", "audio/mpeg", "video/mp4", "application/pdf", "text/plain"] {
            assert!(shown(ok), "{ok}");
        }
        for bad in
            ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/javascript", "application/wasm", "multipart/related"]
        {
            assert!(!shown(bad), "{bad}");
        }
        let asked = parcel(&HeaderMap::new(), sample("image/png", false)).expect("an answer");
        assert!(asked.headers()[header::CONTENT_DISPOSITION].to_str().is_ok_and(|d| d.starts_with("attachment")));
    }
}
