//! Whether a request that changes something comes from one of our own pages.
//!
//! First line of two against forged requests; the second is the form token ([`crate::form`]). Browsers say where a request comes from in `Sec-Fetch-Site`;
//! those that do not (iOS before 16.4) say it in `Origin`. A request with neither is not from a browser we know and is refused.

use crate::fault::Fault;
use crate::shell::Web;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub(crate) async fn layer(State(web): State<Web>, request: Request, next: Next) -> Response {
    if safe(request.method()) || ours(request.headers(), web.options.public.as_deref()) {
        next.run(request).await
    } else {
        Fault::Forged.into_response()
    }
}

fn safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// `public` is the declared origin; without one the host the browser asked for counts.
fn ours(headers: &HeaderMap, public: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or(""));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return false };
    match public {
        Some(public) => origin == public,
        None => {
            let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
            !host.is_empty() && origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == Some(host)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(site: Option<&str>, origin: Option<&str>, public: Option<&str>) -> bool {
        let mut h = HeaderMap::new();
        h.insert(header::HOST, axum::http::HeaderValue::from_static("127.0.0.1:8080"));
        for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
            if let Some(v) = value.and_then(|v| v.parse().ok()) {
                h.insert(name, v);
            }
        }
        ours(&h, public)
    }

    /// SECURITY F05: every pair of the two headers has one exact verdict.
    #[test]
    fn the_table_of_twenty_holds() {
        let ok = "http://127.0.0.1:8080";
        let origins = [Some(ok), Some("null"), Some("https://evil.example"), None];
        for (site, expected) in [
            (Some("same-origin"), [true, true, true, true]),
            (Some("none"), [true, true, true, true]),
            (Some("same-site"), [false, false, false, false]),
            (Some("cross-site"), [false, false, false, false]),
            (None, [true, false, false, false]),
        ] {
            for (origin, expected) in origins.iter().zip(expected) {
                assert_eq!(verdict(site, *origin, None), expected, "Sec-Fetch-Site {site:?}, Origin {origin:?}");
            }
        }
    }

    #[test]
    fn an_unknown_word_is_no_permission() {
        for odd in ["", "Same-Origin", "same-origin ,none", "x"] {
            assert!(!verdict(Some(odd), Some("http://127.0.0.1:8080"), None), "{odd}");
        }
    }

    #[test]
    fn a_declared_origin_must_match_to_the_letter() {
        let public = Some("https://parcours.example.org");
        assert!(verdict(None, Some("https://parcours.example.org"), public));
        for bad in
            ["http://parcours.example.org", "https://parcours.example.org.evil.example", "https://parcours.example.org:444", "http://127.0.0.1:8080"]
        {
            assert!(!verdict(None, Some(bad), public), "{bad}");
        }
    }

    #[test]
    fn only_reading_is_free() {
        assert!(safe(&Method::GET) && safe(&Method::HEAD));
        assert!(![Method::POST, Method::PUT, Method::DELETE, Method::PATCH].iter().any(safe));
    }
}
