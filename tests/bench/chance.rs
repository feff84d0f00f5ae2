//! Numbers that look random and come again with the same seed (SplitMix64).

pub struct Chance(u64);

impl Chance {
    /// Another sequence for every pair, so that a part can be made without those before it.
    pub fn new(seed: u64, part: u64) -> Self {
        Chance(seed.rotate_left(32) ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> Option<&'a T> {
        from.get(self.below(from.len() as u64) as usize).copied()
    }
}
