//! Headers of every answer.

use crate::shell::Web;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// For pages. Nothing inline, nothing from elsewhere, nothing in frames.
pub(crate) const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; \
connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// For stored files: even one that a browser takes for a page runs nothing and reaches nothing.
pub(crate) const FILE_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// For PDF: browsers do not open their viewer in a sandbox; it has an origin of its own anyway.
pub(crate) const PDF_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const PERSONAL: &str = "private, no-store";
const YEAR: &str = "max-age=31536000";

/// Puts in what the handler did not decide itself.
pub(crate) async fn layer(State(web): State<Web>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    fill(&mut response, web.options.tls());
    response
}

fn fill(response: &mut Response, tls: bool) {
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    put(header::CACHE_CONTROL, PERSONAL);
    if tls {
        put(header::STRICT_TRANSPORT_SECURITY, YEAR);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn no_policy_allows_anything_unsafe() {
        for policy in [PAGE_POLICY, FILE_POLICY, PDF_POLICY] {
            assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
            assert!(
                policy.contains("default-src 'none'") && policy.contains("base-uri 'none'") && policy.contains("frame-ancestors 'none'"),
                "{policy}"
            );
        }
    }

    #[test]
    fn what_the_handler_decided_stays() {
        let mut r = Response::new(Body::empty());
        r.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public"));
        fill(&mut r, false);
        assert_eq!(r.headers()[header::CACHE_CONTROL], "public");
        assert!(!r.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
        fill(&mut r, true);
        assert_eq!(r.headers()[header::STRICT_TRANSPORT_SECURITY], YEAR);
    }
}
