//! What becomes of the people of an archive.

/// Nobody is touched unless asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum People {
    #[default]
    Keep,
    /// Everybody gets a made-up identity.
    Replace {
        /// Who becomes whom follows from it: keep it, and a later backup of the course gets the same identities.
        seed: Vec<u8>,
        /// Names that texts mention are replaced too, and not only listed.
        mentions: bool,
    },
    /// They go, with all they wrote.
    Remove,
}

impl People {
    /// A seed that nobody knows.
    ///
    /// # Errors
    /// `Io` when the machine has no randomness.
    pub fn seed() -> crate::Result<Vec<u8>> {
        let mut seed = vec![0; 32];
        crate::chance::dice(&mut seed)?;
        Ok(seed)
    }
}
