//! A page that stands by itself, as reports are: its style is in it, and it belongs to no frame of ours.

use super::body::{self, Piece, Source};
use crate::fault::Fault;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;

/// A page's head and style are shorter, in bytes.
const HEAD: u64 = 64 << 10;

/// Sends a page, with a link back put before what it says. Nothing in it runs or is fetched, and no style is applied but the one in its head.
///
/// # Errors
/// [`Fault::Incident`] when it cannot be read, or is no page of a report writer.
pub(crate) fn document(mut file: File, size: u64, (name, address): &(String, String)) -> Result<Response, Fault> {
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head).map_err(Fault::incident)?;
    // A character may be cut at the end; the head is before it.
    let head = String::from_utf8_lossy(&head);
    let (style, at) = parts(&head).ok_or_else(|| Fault::incident("a report without a head"))?;
    let hash = BASE64_STANDARD.encode(Sha256::digest(style.as_bytes()));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    let back = format!("<p><a href=\"{address}\">← {name}</a></p>\n");
    let at = at as u64;
    let pieces = vec![Piece::Part(0..at), Piece::Text(back), Piece::Part(at..size)];
    let mut response = (StatusCode::OK, body::of(Source::File(file), pieces)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy.parse().map_err(Fault::incident)?);
    Ok(response)
}

/// The style, and where in bytes the first heading stands. Before both, a page says nothing but its own words and an escaped title.
fn parts(head: &str) -> Option<(&str, usize)> {
    let (_, rest) = head.split_once("<style>")?;
    let (style, _) = rest.split_once("</style>")?;
    Some((style, head.find("<h1>")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use std::io::{Seek, Write};

    fn file(text: &str) -> (File, u64) {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(text.as_bytes()).expect("written");
        file.rewind().expect("rewound");
        (file, text.len() as u64)
    }

    #[tokio::test]
    async fn a_page_keeps_its_own_style_and_gets_a_way_back() {
        let text =
            "<html>\n<head>\n<title>é</title>\n<style>\nb{color:red}</style>\n</head>\n<body>\n<main>\n<h1>é</h1>\n</main>\n</body>\n</html>\n";
        let (file, size) = file(text);
        let response = document(file, size, &("Retour".into(), "/work/a1".into())).expect("a response");
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
        assert!(policy.contains("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
        let hash = BASE64_STANDARD.encode(Sha256::digest("\nb{color:red}"));
        assert!(policy.contains(&hash), "{policy}");
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        let body = String::from_utf8(body.to_vec()).expect("text");
        assert_eq!(body.replacen("<p><a href=\"/work/a1\">← Retour</a></p>\n", "", 1), text);
        assert!(body.contains("<main>\n<p><a "), "{body}");
    }

    #[test]
    fn what_is_no_page_is_not_sent() {
        let (file, size) = file("<b>no head</b>");
        assert!(document(file, size, &(String::new(), String::new())).is_err());
    }
}
