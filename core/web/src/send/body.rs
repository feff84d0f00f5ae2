//! A response body made of pieces of one content, read as the browser takes them.

use axum::body::{Body, Bytes};
use futures_util::stream;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

/// Read at a time; what one slow reader holds in memory.
const CHUNK: u64 = 128 << 10;

pub(crate) enum Source {
    /// A handle of this response's own: its position is moved.
    File(File),
    Bytes(Bytes),
}

pub(crate) enum Piece {
    Text(String),
    Part(Range<u64>),
}

impl Piece {
    pub fn len(&self) -> u64 {
        match self {
            Piece::Text(t) => t.len() as u64,
            Piece::Part(p) => p.end.saturating_sub(p.start),
        }
    }
}

pub(crate) fn of(source: Source, pieces: Vec<Piece>) -> Body {
    let state = (source, VecDeque::from(pieces));
    Body::from_stream(stream::try_unfold(state, |(source, mut pieces)| async move {
        loop {
            match pieces.pop_front() {
                None => return Ok(None),
                Some(Piece::Text(t)) => return Ok(Some((Bytes::from(t), (source, pieces)))),
                Some(Piece::Part(p)) if p.is_empty() => {}
                Some(Piece::Part(p)) => {
                    let end = p.end.min(p.start + CHUNK);
                    let rest = end..p.end;
                    let (source, bytes) = read(source, p.start..end).await?;
                    pieces.push_front(Piece::Part(rest));
                    return Ok::<_, io::Error>(Some((bytes, (source, pieces))));
                }
            }
        }
    }))
}

async fn read(source: Source, part: Range<u64>) -> io::Result<(Source, Bytes)> {
    match source {
        Source::Bytes(all) => {
            let (from, to) = (index(part.start)?, index(part.end)?);
            let bytes = if to <= all.len() { all.slice(from..to) } else { return Err(io::ErrorKind::UnexpectedEof.into()) };
            Ok((Source::Bytes(all), bytes))
        }
        Source::File(mut file) => tokio::task::spawn_blocking(move || {
            let mut buffer = vec![0; index(part.end - part.start)?];
            file.seek(SeekFrom::Start(part.start))?;
            file.read_exact(&mut buffer)?;
            Ok((Source::File(file), Bytes::from(buffer)))
        })
        .await
        .map_err(io::Error::other)?,
    }
}

fn index(n: u64) -> io::Result<usize> {
    usize::try_from(n).map_err(|_| io::ErrorKind::InvalidInput.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use std::io::Write;

    #[tokio::test]
    async fn a_long_file_arrives_piece_by_piece_and_whole() {
        let mut file = tempfile::tempfile().expect("a file");
        let content: Vec<u8> = (0..500_000u32).map(|i| (i % 251) as u8).collect();
        file.write_all(&content).expect("written");
        let body = of(Source::File(file), vec![Piece::Part(10..400_000), Piece::Text("|".into()), Piece::Part(0..3)]);
        let got = body.collect().await.expect("read").to_bytes();
        assert_eq!(got.len(), 399_990 + 1 + 3);
        assert!(got[..399_990] == content[10..400_000] && got[399_991..] == content[..3]);
    }

    #[tokio::test]
    async fn a_file_that_became_shorter_breaks_the_answer_off() {
        let file = tempfile::tempfile().expect("a file");
        assert!(of(Source::File(file), vec![Piece::Part(0..10)]).collect().await.is_err());
    }
}
