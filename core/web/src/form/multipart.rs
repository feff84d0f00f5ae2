//! Forms with files. A file goes to disk as it comes in; no more of it than one chunk is ever in memory.

use super::{Bounds, Received, Sent, TOKEN, same};
use crate::fault::Fault;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use std::path::Path;
use tokio::io::{AsyncWriteExt, BufWriter};

const BUFFER: usize = 256 << 10;
const UNREADABLE: Fault = Fault::Unreadable("error.unreadable.broken");

pub(super) async fn read(request: Request, token: Option<&str>, bounds: Bounds, scratch: &Path) -> Result<Sent, Fault> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| UNREADABLE)?;
    let mut sent = Sent::default();
    let mut proven = token.is_none();
    let (mut text, mut files) = (bounds.text, bounds.files);
    let mut count = 0;
    while let Some(mut part) = parts.next_field().await.map_err(|_| UNREADABLE)? {
        count += 1;
        if count > bounds.parts {
            return Err(Fault::Unreadable("error.unreadable.parts"));
        }
        let name = part.name().unwrap_or("").to_owned();
        match part.file_name().map(bare) {
            None => {
                let value = words(&mut part, &mut text, bounds.text).await?;
                if name == TOKEN {
                    proven |= token.is_some_and(|t| same(&value, t));
                } else {
                    sent.fields.push((name, value));
                }
            }
            Some(_) if !proven => return Err(Fault::Forged),
            Some(file_name) => {
                let received = file(&mut part, name, file_name, &mut files, bounds.files, scratch).await?;
                // An empty file input comes as a file without a name.
                if !received.name.is_empty() {
                    sent.files.push(received);
                }
            }
        }
    }
    if proven { Ok(sent) } else { Err(Fault::Forged) }
}

async fn words(part: &mut Field<'_>, left: &mut usize, limit: usize) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| UNREADABLE)? {
        *left = left.checked_sub(chunk.len()).ok_or(Fault::TooLarge(limit as u64))?;
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Fault::Unreadable("error.unreadable.utf8"))
}

async fn file(part: &mut Field<'_>, field: String, name: String, left: &mut u64, limit: u64, scratch: &Path) -> Result<Received, Fault> {
    let disk = |e: std::io::Error| Fault::incident(format!("storing an upload in {}: {e}", scratch.display()));
    let file = tempfile::Builder::new().prefix("parcours-upload-").tempfile_in(scratch).map_err(disk)?;
    let mut writer = BufWriter::with_capacity(BUFFER, tokio::fs::File::from_std(file.reopen().map_err(disk)?));
    let mut size = 0;
    while let Some(chunk) = part.chunk().await.map_err(|_| UNREADABLE)? {
        *left = left.checked_sub(chunk.len() as u64).ok_or(Fault::TooLarge(limit))?;
        size += chunk.len() as u64;
        writer.write_all(&chunk).await.map_err(disk)?;
    }
    writer.flush().await.map_err(disk)?;
    Ok(Received { field, name, size, file })
}

/// Some browsers once sent the whole path.
fn bare(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or("").chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::BOUNDS;
    use super::*;
    use axum::body::{Body, Bytes};

    fn part(disposition: &str, content: &str) -> String {
        format!("--X\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
    }

    async fn send(parts: &[String], scratch: &Path) -> Result<Sent, Fault> {
        let body = format!("{}--X--\r\n", parts.concat());
        // In small pieces, as a network brings it.
        let pieces: Vec<_> = body.as_bytes().chunks(7).map(|c| Ok::<_, std::io::Error>(Bytes::copy_from_slice(c))).collect();
        let request =
            Request::builder().header("content-type", "multipart/form-data; boundary=X").body(Body::from_stream(futures_util::stream::iter(pieces)));
        read(request.expect("a request"), Some("token"), BOUNDS, scratch).await
    }

    fn left_over(scratch: &Path) -> usize {
        std::fs::read_dir(scratch).expect("a folder").count()
    }

    #[tokio::test]
    async fn fields_and_files_arrive_whole() {
        let scratch = tempfile::tempdir().expect("a folder");
        let parts = [
            part("name=\"_token\"", "token"),
            part("name=\"subject\"", "Réponse"),
            part("name=\"f\"; filename=\"C:\\dir\\a.txt\"", "0123456789"),
            part("name=\"g\"; filename=\"\"", ""),
        ];
        let sent = send(&parts, scratch.path()).await.expect("a form");
        assert_eq!(sent.field("subject"), "Réponse");
        let [file] = sent.files.as_slice() else { panic!("{:?}", sent.files) };
        assert_eq!((file.name.as_str(), file.size), ("a.txt", 10));
        assert_eq!(std::fs::read(file.file.path()).expect("the file"), b"0123456789");
        drop(sent);
        assert_eq!(left_over(scratch.path()), 0);
    }

    #[tokio::test]
    async fn nothing_of_a_forged_form_is_stored() {
        let scratch = tempfile::tempdir().expect("a folder");
        let file = part("name=\"f\"; filename=\"a\"", "x");
        for parts in [
            vec![file.clone()],
            vec![part("name=\"_token\"", "wrong"), file.clone()],
            vec![file, part("name=\"_token\"", "token")],
            vec![part("name=\"a\"", "1")],
        ] {
            assert!(matches!(send(&parts, scratch.path()).await, Err(Fault::Forged)));
        }
        assert_eq!(left_over(scratch.path()), 0);
    }

    #[tokio::test]
    async fn a_limit_reached_leaves_nothing_behind() {
        let scratch = tempfile::tempdir().expect("a folder");
        let token = part("name=\"_token\"", "token");
        let file = |n: usize| part("name=\"f\"; filename=\"a\"", &"x".repeat(n));
        assert!(send(&[token.clone(), file(1000)], scratch.path()).await.is_ok());
        assert!(matches!(send(&[token.clone(), file(600), file(401)], scratch.path()).await, Err(Fault::TooLarge(1000))));
        assert!(matches!(send(&[token.clone(), part("name=\"t\"", &"x".repeat(100))], scratch.path()).await, Err(Fault::TooLarge(100))));
        let many: Vec<_> = std::iter::once(token).chain((0..5).map(|_| part("name=\"a\"", ""))).collect();
        assert!(matches!(send(&many, scratch.path()).await, Err(Fault::Unreadable(_))));
        assert_eq!(left_over(scratch.path()), 0);
    }

    #[tokio::test]
    async fn an_upload_that_breaks_off_is_no_form() {
        let scratch = tempfile::tempdir().expect("a folder");
        let body = format!("{}--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n0123", part("name=\"_token\"", "token"));
        let request = Request::builder().header("content-type", "multipart/form-data; boundary=X").body(Body::from(body)).expect("a request");
        assert!(matches!(read(request, Some("token"), BOUNDS, scratch.path()).await, Err(Fault::Unreadable(_))));
        assert_eq!(left_over(scratch.path()), 0);
    }
}
