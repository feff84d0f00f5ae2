//! What people send: fields, and files streamed to disk.
//!
//! Every form of somebody who has logged in carries that session's token in `_token`, before any file, so that nothing is stored of a forged one.

mod multipart;

use crate::fault::Fault;
use crate::options::Limits;
use crate::shell::Shell;
use crate::visit::Person;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use tempfile::NamedTempFile;

/// Name of the field with the form token, the same that the module host writes into forms of modules.
pub(crate) const TOKEN: &str = "_token";
/// What the parts of a form weigh besides their contents.
const ENVELOPE: u64 = 256 << 10;

/// A form as it came. Everything in it is hostile.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// In the order sent, without the token.
    pub fields: Vec<(String, String)>,
    pub files: Vec<Received>,
}

/// A file, whole and on disk; it goes away with this value.
#[derive(Debug)]
pub(crate) struct Received {
    pub field: String,
    /// As the browser named it, without folders.
    pub name: String,
    pub size: u64,
    pub file: NamedTempFile,
}

/// How much one form may bring.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub text: usize,
    pub files: u64,
    pub parts: usize,
}

impl Bounds {
    pub fn text_only(limits: &Limits) -> Bounds {
        Bounds { text: limits.form_bytes, files: 0, parts: limits.parts }
    }
    pub fn uploads(limits: &Limits) -> Bounds {
        Bounds { files: limits.upload_bytes, ..Bounds::text_only(limits) }
    }
    pub fn archive(limits: &Limits) -> Bounds {
        Bounds { text: 64 << 10, files: limits.archive_bytes, parts: 20 }
    }
}

impl Sent {
    /// The first field of that name; empty when there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.field(name).parse().ok()
    }

    pub fn ticked(&self, name: &str) -> bool {
        !matches!(self.field(name), "" | "0")
    }
}

/// A form of somebody who has logged in.
///
/// # Errors
/// [`Fault::Forged`] without this session's token, [`Fault::TooLarge`] beyond the bounds, [`Fault::Unreadable`] for what is no form.
pub(crate) async fn of(web: &Shell, person: &Person, request: Request, bounds: Bounds) -> Result<Sent, Fault> {
    read(web, Some(&person.csrf), request, bounds).await
}

/// The file in the field `archive` of a form; nothing where none was chosen. It may be as large as archives are, and takes a place among what takes long.
///
/// # Errors
/// As [`of`], and [`Fault::Busy`] while all places are taken.
pub(crate) async fn archive(web: &Shell, person: &Person, request: Request) -> Result<Option<Received>, Fault> {
    let place = web.gate.long_place()?;
    let sent = of(web, person, request, Bounds::archive(&web.options.limits)).await?;
    drop(place);
    Ok(sent.files.into_iter().find(|f| f.field == "archive" && f.size > 0))
}

/// A form of somebody who has no session yet, so no token either: login and the choice of language.
pub(crate) async fn open(web: &Shell, request: Request) -> Result<Sent, Fault> {
    read(web, None, request, Bounds::text_only(&web.options.limits)).await
}

async fn read(web: &Shell, token: Option<&str>, request: Request, bounds: Bounds) -> Result<Sent, Fault> {
    let most = bounds.files.saturating_add(bounds.text as u64);
    if length(request.headers()).is_some_and(|l| l > most.saturating_add(ENVELOPE)) {
        return Err(Fault::TooLarge(most));
    }
    let kind = kind(request.headers());
    match kind.as_str() {
        "multipart/form-data" => multipart::read(request, token, bounds, web.app.uploads()).await,
        "application/x-www-form-urlencoded" => urlencoded(request, token, bounds).await,
        _ => Err(Fault::Unreadable("error.unreadable.kind")),
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The media type without its parameters.
fn kind(headers: &HeaderMap) -> String {
    let whole = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    whole.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

async fn urlencoded(request: Request, token: Option<&str>, bounds: Bounds) -> Result<Sent, Fault> {
    let bytes = axum::body::to_bytes(request.into_body(), bounds.text).await.map_err(|_| Fault::TooLarge(bounds.text as u64))?;
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().take(bounds.parts + 1).collect();
    if fields.len() > bounds.parts {
        return Err(Fault::Unreadable("error.unreadable.parts"));
    }
    if token.is_some_and(|t| !fields.iter().any(|(n, v)| n == TOKEN && same(v, t))) {
        return Err(Fault::Forged);
    }
    fields.retain(|(n, _)| n != TOKEN);
    Ok(Sent { fields, files: Vec::new() })
}

/// Takes the same time wherever the first difference stands. An empty token is never right.
fn same(given: &str, token: &str) -> bool {
    let differing = given.bytes().zip(token.bytes()).fold(0u8, |d, (a, b)| d | (a ^ b));
    !token.is_empty() && given.len() == token.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    pub(super) const BOUNDS: Bounds = Bounds { text: 100, files: 1000, parts: 5 };

    fn sent(body: &str) -> Request {
        Request::new(Body::from(body.to_owned()))
    }

    #[tokio::test]
    async fn a_form_without_its_token_is_forged() {
        for body in ["a=1", "_token=&a=1", "_token=other&a=1", "_token=toke&a=1", "_token=tokenn&a=1", "_TOKEN=token&a=1"] {
            assert!(matches!(urlencoded(sent(body), Some("token"), BOUNDS).await, Err(Fault::Forged)), "{body}");
        }
        assert!(matches!(urlencoded(sent("_token="), Some(""), BOUNDS).await, Err(Fault::Forged)));
        let form = urlencoded(sent("a=l%27%C3%A9t%C3%A9+1&_token=token&b="), Some("token"), BOUNDS).await.expect("a form");
        assert_eq!(form.fields, [("a".to_owned(), "l'été 1".to_owned()), ("b".to_owned(), String::new())]);
    }

    #[tokio::test]
    async fn bounds_are_answers_not_cuts() {
        assert!(matches!(urlencoded(sent(&"a".repeat(101)), None, BOUNDS).await, Err(Fault::TooLarge(100))));
        assert!(matches!(urlencoded(sent("a&b&c&d&e&f"), None, BOUNDS).await, Err(Fault::Unreadable(_))));
        assert!(urlencoded(sent("a&b&c&d&e"), None, BOUNDS).await.is_ok());
    }
}
