//! Compresses on a thread of its own, so that making the tar and packing it share two cores.

use crate::error::Error;
use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

const CHUNK: usize = 256 * 1024;
/// Chunks that may wait to be packed: bounds memory to about 2 MiB.
const AHEAD: usize = 6;

pub(super) struct Gzip<W> {
    chunk: Vec<u8>,
    send: Option<SyncSender<Vec<u8>>>,
    /// Buffers that have been packed, to be filled again.
    free: Receiver<Vec<u8>>,
    worker: Option<JoinHandle<io::Result<W>>>,
}

impl<W: Write + Send + 'static> Gzip<W> {
    /// Level 6, no time in the header, and the system that Moodle's header names (Unix): the same input gives the same bytes (MBZ-FORMAT §1.2).
    pub(super) fn new(out: W) -> io::Result<Self> {
        let (send, chunks) = sync_channel(AHEAD);
        let (used, free) = channel();
        let gz = GzBuilder::new().mtime(0).operating_system(3).write(out, Compression::new(6));
        let worker = thread::Builder::new().name("gzip".into()).spawn(move || pack(gz, &chunks, &used))?;
        Ok(Gzip { chunk: Vec::with_capacity(CHUNK), send: Some(send), free, worker: Some(worker) })
    }

    /// Waits for the last byte, and hands back the output.
    pub(super) fn finish(mut self) -> Result<W, Error> {
        let last = std::mem::take(&mut self.chunk);
        self.hand_over(last)?;
        Ok(self.join()?)
    }

    /// If the worker is gone, the error is the one it went with.
    fn hand_over(&mut self, chunk: Vec<u8>) -> io::Result<()> {
        match self.send.as_ref().map(|s| s.send(chunk)) {
            Some(Ok(())) => Ok(()),
            _ => self.join().and(Err(gone())),
        }
    }

    fn join(&mut self) -> io::Result<W> {
        self.send = None;
        match self.worker.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            _ => Err(gone()),
        }
    }
}

fn gone() -> io::Error {
    io::Error::other("the compressing thread has ended")
}

fn pack<W: Write>(mut gz: GzEncoder<W>, chunks: &Receiver<Vec<u8>>, used: &Sender<Vec<u8>>) -> io::Result<W> {
    for chunk in chunks {
        gz.write_all(&chunk)?;
        let _ = used.send(chunk);
    }
    let mut out = gz.finish()?;
    out.flush()?;
    Ok(out)
}

impl<W: Write + Send + 'static> Write for Gzip<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(bytes.get(..n).unwrap_or_default());
        if self.chunk.len() == CHUNK {
            let mut empty = self.free.try_recv().unwrap_or_default();
            empty.clear();
            empty.reserve_exact(CHUNK);
            let full = std::mem::replace(&mut self.chunk, empty);
            self.hand_over(full)?;
        }
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
