//! A drawing in at most 16 colours: `size W H COLOUR`, then `rect X Y W H COLOUR` and `disc X Y R COLOUR`, painted in order.

use anyhow::{Context, Result, bail, ensure};

pub fn make(recipe: &str) -> Result<Vec<u8>> {
    let mut canvas: Option<Canvas> = None;
    for line in recipe.lines().filter(|l| !l.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let numbers: Vec<i64> = words.iter().filter_map(|w| w.parse().ok()).collect();
        let colour = words.last().and_then(|w| w.strip_prefix('#')).context("a line ends in a colour such as #1d4ed8")?;
        let colour = u32::from_str_radix(colour, 16).with_context(|| format!("no colour: {line}"))?;
        match (words.first().copied(), numbers.as_slice(), canvas.as_mut()) {
            (Some("size"), [w, h], _) => canvas = Some(Canvas::new(*w, *h, colour)?),
            (Some("rect"), [x, y, w, h], Some(c)) => c.fill(colour, |px, py| (*x..x + w).contains(&px) && (*y..y + h).contains(&py))?,
            (Some("disc"), [x, y, r], Some(c)) => c.fill(colour, |px, py| (px - x).pow(2) + (py - y).pow(2) <= r * r)?,
            _ => bail!("not a line of a drawing: {line}"),
        }
    }
    Ok(canvas.context("a drawing begins with its size")?.encode())
}

struct Canvas {
    width: i64,
    height: i64,
    palette: Vec<u32>,
    /// One palette index per pixel.
    pixels: Vec<u8>,
}

impl Canvas {
    fn new(width: i64, height: i64, colour: u32) -> Result<Self> {
        ensure!((1..=2000).contains(&width) && (1..=2000).contains(&height), "a drawing has 1 to 2000 pixels a side");
        Ok(Canvas { width, height, palette: vec![colour], pixels: vec![0; (width * height) as usize] })
    }

    fn fill(&mut self, colour: u32, inside: impl Fn(i64, i64) -> bool) -> Result<()> {
        let index = self.palette.iter().position(|c| *c == colour).unwrap_or_else(|| {
            self.palette.push(colour);
            self.palette.len() - 1
        });
        ensure!(index < 16, "a drawing has 16 colours at most");
        for (at, pixel) in self.pixels.iter_mut().enumerate() {
            let at = at as i64;
            if inside(at % self.width, at / self.width) {
                *pixel = index as u8;
            }
        }
        Ok(())
    }

    /// Four bits a pixel, in deflate blocks that are stored: no compressor decides on the bytes.
    fn encode(&self) -> Vec<u8> {
        let mut rows = Vec::new();
        for row in self.pixels.chunks(self.width as usize) {
            rows.push(0);
            rows.extend(row.chunks(2).map(|pair| pair.iter().fold(0, |byte, p| byte << 4 | p) << if pair.len() == 1 { 4 } else { 0 }));
        }
        let header = [&(self.width as u32).to_be_bytes()[..], &(self.height as u32).to_be_bytes(), &[4, 3, 0, 0, 0]].concat();
        let palette: Vec<u8> = self.palette.iter().flat_map(|c| c.to_be_bytes().into_iter().skip(1)).collect();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", stored(&rows)), (b"IEND", Vec::new())] {
            png.extend((data.len() as u32).to_be_bytes());
            let body = [&kind[..], &data].concat();
            png.extend(&body);
            png.extend(crc32(&body).to_be_bytes());
        }
        png
    }
}

/// A zlib stream without compression.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let blocks = data.chunks(0xffff);
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.enumerate() {
        let length = block.len() as u16;
        out.push(u8::from(number == last));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_checksum_is_the_known_one() {
        assert_eq!(super::crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_drawing_without_size_is_refused() {
        assert!(super::make("rect 0 0 1 1 #000000").is_err());
    }
}
