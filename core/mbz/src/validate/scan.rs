//! The bytes of a document, looked at before a parser makes line feeds of them.

use std::io::{self, Read};

/// Passes bytes on, and notes whether there is a carriage return among them.
pub(super) struct Scan<'a, R> {
    input: R,
    returns: &'a mut bool,
}

impl<'a, R: Read> Scan<'a, R> {
    pub(super) fn new(input: R, returns: &'a mut bool) -> Self {
        Scan { input, returns }
    }
}

impl<R: Read> Read for Scan<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buf)?;
        *self.returns |= buf.get(..n).unwrap_or_default().contains(&b'\r');
        Ok(n)
    }
}
