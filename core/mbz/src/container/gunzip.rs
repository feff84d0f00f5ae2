//! Unpacks gzip on a thread of its own, so that reading and unpacking share two cores.

use super::Input;
use crate::error::{Error, Place};
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

const CHUNK: usize = 256 * 1024;
/// Chunks that may wait to be read: bounds memory to about 2 MiB.
const AHEAD: usize = 6;

/// A stretch of unpacked bytes.
struct Chunk {
    data: Vec<u8>,
    /// Packed bytes taken in up to the end of this chunk.
    packed: u64,
}

/// The unpacked bytes, in order. Dropped early, it ends its thread and waits for it: the file is closed, and nothing of a refused archive is unpacked any further.
pub(super) struct Gunzip {
    /// Nothing once it is being dropped.
    chunks: Option<Receiver<io::Result<Chunk>>>,
    worker: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
    /// Buffers go back to be filled again.
    used: Sender<Vec<u8>>,
    current: Chunk,
    at: usize,
    done: bool,
}

impl Gunzip {
    pub(super) fn new(file: Box<dyn Input>) -> io::Result<Self> {
        let (send, chunks) = sync_channel(AHEAD);
        let (used, free) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let input = Counted { inner: BufReader::with_capacity(CHUNK, file), taken: Arc::default(), stop: Arc::clone(&stop) };
        let worker = Builder::new().name("gunzip".into()).spawn(move || unpack(input, &send, &free))?;
        let current = Chunk { data: Vec::new(), packed: 0 };
        Ok(Gunzip { chunks: Some(chunks), worker: Some(worker), stop, used, current, at: 0, done: false })
    }

    /// Packed bytes taken in so far.
    pub(super) fn packed(&self) -> u64 {
        self.current.packed
    }

    /// What can be had without waiting longer than for one chunk; empty at the end.
    pub(super) fn fill(&mut self) -> Result<&[u8], Error> {
        while self.at == self.current.data.len() && !self.done {
            match self.chunks.as_ref().and_then(|c| c.recv().ok()) {
                Some(Ok(chunk)) => {
                    let old = std::mem::replace(&mut self.current, chunk);
                    // Nobody takes buffers back once the end is reached.
                    let _ = self.used.send(old.data);
                    self.at = 0;
                }
                Some(Err(e)) => {
                    self.done = true;
                    return Err(failure(e));
                }
                None => self.done = true,
            }
        }
        Ok(self.current.data.get(self.at..).unwrap_or_default())
    }

    pub(super) fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.current.data.len());
    }
}

impl Drop for Gunzip {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // A thread that waits to send finds nobody.
        self.chunks = None;
        // A panic over there has been seen as an end already.
        let _ = self.worker.take().map(JoinHandle::join);
    }
}

fn unpack<R: BufRead>(input: Counted<R>, send: &SyncSender<io::Result<Chunk>>, free: &Receiver<Vec<u8>>) {
    let packed = Arc::clone(&input.taken);
    let mut gz = MultiGzDecoder::new(input);
    loop {
        let mut data = free.try_recv().unwrap_or_default();
        data.clear();
        data.reserve_exact(CHUNK);
        let result = (&mut gz).take(CHUNK as u64).read_to_end(&mut data);
        let end = data.is_empty();
        // What was unpacked before the fault is passed on first: the fault may lie behind the end that the tar reader looks for.
        if !end && send.send(Ok(Chunk { data, packed: packed.load(Ordering::Relaxed) })).is_err() {
            return;
        }
        match result {
            Ok(_) if end => return,
            Ok(_) => {}
            Err(e) => {
                let _ = send.send(Err(e));
                return;
            }
        }
    }
}

fn failure(e: io::Error) -> Error {
    let place = Place::default();
    match e.kind() {
        io::ErrorKind::UnexpectedEof => Error::Truncated { place },
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Error::Damaged { place, what: e.to_string() },
        _ => e.into(),
    }
}

/// Counts what the decoder really used, not what was buffered for it.
struct Counted<R> {
    inner: R,
    taken: Arc<AtomicU64>,
    /// Whether nobody wants any more. Asked here, because there may be gigabytes of packed bytes without an unpacked one.
    stop: Arc<AtomicBool>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.taken.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.stop.load(Ordering::Relaxed) {
            true => Err(io::Error::other("nobody reads on")),
            false => self.inner.fill_buf(),
        }
    }

    fn consume(&mut self, n: usize) {
        self.taken.fetch_add(n as u64, Ordering::Relaxed);
        self.inner.consume(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek, SeekFrom};

    /// A file of empty gzip members without end, which says when it is closed.
    struct Endless {
        _open: Arc<()>,
    }

    const EMPTY: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0";

    impl Read for Endless {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let whole = buf.len() / EMPTY.len();
            EMPTY.repeat(whole).as_slice().read(buf)
        }
    }

    impl Seek for Endless {
        fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
            Ok(0)
        }
    }

    #[test]
    fn nothing_is_unpacked_any_more_once_nobody_reads() {
        let open = Arc::new(());
        let gunzip = Gunzip::new(Box::new(Endless { _open: Arc::clone(&open) })).unwrap();
        assert_eq!(Arc::strong_count(&open), 2);
        drop(gunzip);
        assert_eq!(Arc::strong_count(&open), 1);
    }
}
