//! Compiled modules, kept by content and engine, so that a module is compiled once.

use std::hash::{Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use wasmtime::Engine;

use crate::LoadError;

/// A folder of compiled modules: `<hash of the module>/<hash of the engine>.cwasm`, and beside each the blake3 of its bytes.
///
/// Compiled code runs as it stands, so the folder must belong to this program alone; files are written for their owner only. The hash
/// beside a file finds damage. It is no defence against somebody who may write here, who could as well replace the program.
#[derive(Debug)]
pub(crate) struct Cache {
    dir: PathBuf,
    engine: String,
}

impl Cache {
    pub fn new(dir: PathBuf, engine: &Engine) -> Cache {
        let mut hasher = Blake(blake3::Hasher::new());
        engine.precompile_compatibility_hash().hash(&mut hasher);
        let engine = hasher.0.finalize().to_hex().get(..32).unwrap_or_default().to_owned();
        Cache { dir, engine }
    }

    /// The compiled bytes, if they are there and whole.
    pub fn get(&self, module: &str) -> Option<Vec<u8>> {
        let (code, hash) = self.files(module);
        let code = std::fs::read(code).ok()?;
        let hash = std::fs::read_to_string(hash).ok()?;
        (blake3::hash(&code).to_hex().as_str() == hash).then_some(code)
    }

    /// Keeps compiled bytes. A module that is put twice at a time ends up there once.
    pub fn put(&self, module: &str, code: &[u8]) -> Result<(), LoadError> {
        let (code_file, hash_file) = self.files(module);
        let written = make_dir(&self.dir.join(module))
            .and_then(|()| replace(&code_file, code))
            .and_then(|()| replace(&hash_file, blake3::hash(code).to_hex().as_bytes()));
        written.map_err(|source| LoadError::Cache { path: code_file, source })
    }

    fn files(&self, module: &str) -> (PathBuf, PathBuf) {
        let dir = self.dir.join(module);
        (dir.join(format!("{}.cwasm", self.engine)), dir.join(format!("{}.blake3", self.engine)))
    }
}

fn make_dir(dir: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Writes beside and renames, so that nobody ever reads half a file.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = file.with_extension(format!("part-{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&part)?;
    out.write_all(bytes)?;
    drop(out);
    std::fs::rename(&part, file)
}

/// blake3 as a [`Hasher`]: the standard one promises nothing about the next release.
struct Blake(blake3::Hasher);

impl Hasher for Blake {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}
