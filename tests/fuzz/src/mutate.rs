//! Bytes made wrong.

use crate::chance::Chance;

/// No input is longer, in bytes.
pub const LONGEST: usize = 16 * 1024;

/// Where numbers go over.
const EDGES: &[&str] = &[
    "0",
    "-1",
    "1",
    "+1",
    "00",
    "127",
    "128",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "1e9",
    "1e400",
    "0.1",
    "99999999999999999999999999",
    "\u{663}",
];

/// One seed, spoilt in one to six ways: bits, stretches of other seeds, words, cuts, repetitions, numbers at their edges.
pub fn mutate(seeds: &[Vec<u8>], words: &[&str], chance: &mut Chance) -> Vec<u8> {
    let mut input = chance.pick(seeds).cloned().unwrap_or_default();
    for _ in 0..=chance.below(6) {
        once(&mut input, seeds, words, chance);
        input.truncate(LONGEST);
    }
    input
}

fn once(input: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[&str], chance: &mut Chance) {
    let at = chance.below(input.len() + 1);
    match chance.below(10) {
        0 => input.iter_mut().skip(at).take(1).for_each(|b| *b ^= 1 << chance.below(8)),
        1 => input.iter_mut().skip(at).take(1).for_each(|b| *b = chance.next() as u8),
        2 => input.truncate(at),
        3 => drop(input.drain(chance.range(input.len()))),
        4 => {
            let part = input.get(chance.range(input.len())).unwrap_or_default();
            let times = [1, 2, 10, 100, 1000].get(chance.below(5)).copied().unwrap_or(1);
            let part = part.repeat(times.min(LONGEST / part.len().max(1)));
            input.splice(at..at, part);
        }
        5 => {
            let other = chance.pick(seeds).cloned().unwrap_or_default();
            let part = other.get(chance.range(other.len())).unwrap_or_default().to_vec();
            input.splice(at..at, part);
        }
        6 => {
            let other = chance.pick(seeds).cloned().unwrap_or_default();
            input.truncate(at);
            input.extend(other.get(chance.below(other.len() + 1)..).unwrap_or_default());
        }
        7 => number(input, at, chance),
        _ => {
            let word = chance.pick(words).copied().unwrap_or_default();
            let over = if chance.below(2) == 0 { 0 } else { chance.below(12) };
            input.splice(at..(at + over).min(input.len()), word.bytes());
        }
    }
}

/// Another number in the place of the first one behind a place.
fn number(input: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let Some(from) = input.iter().skip(at).position(u8::is_ascii_digit).map(|n| n + at) else { return };
    let length = input.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let edge = chance.pick(EDGES).copied().unwrap_or_default();
    input.splice(from..from + length, edge.bytes());
}
