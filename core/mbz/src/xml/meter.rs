//! The bytes of a document on their way to the parser: bounded, and counted in lines.

use crate::error::Error;
use crate::limits::Limit;
use std::io::{self, BufRead, Read};

const BUFFER: usize = 64 * 1024;

/// The parser keeps one event at a time, of whatever length; this hands it no more bytes than one event may have.
pub(super) struct Meter<R> {
    input: R,
    buffer: Box<[u8]>,
    at: usize,
    end: usize,
    /// Bytes the parser may still take for the event it is reading.
    allowance: u64,
    most: u64,
    /// Up to where lines are counted, and what the count is there.
    counted: usize,
    line: u64,
    column: u64,
}

impl<R: Read> Meter<R> {
    pub(super) fn new(input: R, most: u64) -> Self {
        let buffer = vec![0; BUFFER].into_boxed_slice();
        Meter { input, buffer, at: 0, end: 0, allowance: most, most, counted: 0, line: 1, column: 1 }
    }

    /// A new event begins.
    pub(super) fn refill(&mut self) {
        self.allowance = self.most;
    }

    /// Line and column of the next byte. Costs a look at every byte since it was asked last, so it is asked for errors and places only.
    pub(super) fn position(&mut self) -> (u64, u64) {
        let seen = self.buffer.get(self.counted..self.at).unwrap_or_default();
        match seen.iter().rposition(|b| *b == b'\n') {
            Some(last) => {
                self.line += lines(seen);
                self.column = (seen.len() - last) as u64;
            }
            None => self.column += seen.len() as u64,
        }
        self.counted = self.at;
        (self.line, self.column)
    }
}

/// Line feeds. So few at a time that one byte counts them: every byte of every document passes here.
fn lines(bytes: &[u8]) -> u64 {
    bytes.chunks(255).map(|few| u64::from(few.iter().fold(0u8, |n, b| n.wrapping_add(u8::from(*b == b'\n'))))).sum()
}

impl<R: Read> BufRead for Meter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.allowance == 0 {
            return Err(Error::limit("", Limit::TextBytes, self.most).into_io());
        }
        if self.at == self.end {
            self.position();
            (self.at, self.end, self.counted) = (0, 0, 0);
            self.end = self.input.read(&mut self.buffer)?;
        }
        let most = usize::try_from(self.allowance).unwrap_or(usize::MAX).min(self.end - self.at);
        Ok(self.buffer.get(self.at..self.at + most).unwrap_or_default())
    }

    fn consume(&mut self, n: usize) {
        self.at += n;
        self.allowance = self.allowance.saturating_sub(n as u64);
    }
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buf)?;
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_are_counted() {
        assert_eq!(super::lines(&[b'\n'; 1000]), 1000);
        assert_eq!(super::lines(b"a\nb\n\nc"), 3);
        assert_eq!(super::lines(b""), 0);
    }
}
