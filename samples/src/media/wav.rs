//! Tones, one `HERTZ MILLISECONDS` a line; 0 is silence. 8 kHz, 8 bits, one channel.

use anyhow::{Context, Result};

const RATE: u32 = 8000;

pub fn make(recipe: &str) -> Result<Vec<u8>> {
    let mut samples = Vec::new();
    for line in recipe.lines().filter(|l| !l.is_empty()) {
        let (hertz, ms) = line.split_once(' ').context("a line is `HERTZ MILLISECONDS`")?;
        let (hertz, ms): (u32, u32) = (hertz.parse()?, ms.parse()?);
        let count = RATE * ms / 1000;
        for n in 0..count {
            // A triangle that fades out: whole numbers only, so that every machine makes the same bytes.
            let wave = match n * hertz % RATE * 4 {
                p if p < RATE => p as i32,
                p if p < 3 * RATE => (2 * RATE) as i32 - p as i32,
                p => p as i32 - (4 * RATE) as i32,
            };
            let fade = (count - n) as i32;
            let level = if hertz == 0 { 0 } else { wave * 100 / RATE as i32 * fade / count as i32 };
            samples.push((128 + level.clamp(-127, 127)) as u8);
        }
    }
    let length = samples.len() as u32;
    let header: [&[u8]; 13] = [
        b"RIFF",
        &(36 + length).to_le_bytes(),
        b"WAVEfmt ",
        &16u32.to_le_bytes(),
        &1u16.to_le_bytes(),
        &1u16.to_le_bytes(),
        &RATE.to_le_bytes(),
        &RATE.to_le_bytes(),
        &1u16.to_le_bytes(),
        &8u16.to_le_bytes(),
        b"data",
        &length.to_le_bytes(),
        &samples,
    ];
    Ok(header.concat())
}
