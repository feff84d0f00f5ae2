//! Compiled bytes to code: the one place of this repository where the compiler's promises are not enough.
#![allow(unsafe_code)]

use wasmtime::Engine;
use wasmtime::component::Component;

/// Bytes that [`Engine::precompile_component`] of an engine with the same settings made, and nobody has changed since.
pub(crate) struct Trusted<'a>(&'a [u8]);

impl<'a> Trusted<'a> {
    /// Only [`crate::cache::Cache::get`], which checks the hash, and the compiler itself may be the source.
    pub fn new(bytes: &'a [u8]) -> Trusted<'a> {
        Trusted(bytes)
    }
}

pub(crate) fn component(engine: &Engine, code: Trusted<'_>) -> wasmtime::Result<Component> {
    // SAFETY: `deserialize` maps machine code and runs it as it stands, so the bytes must come from `precompile_component`. They do: this
    // process made them a moment ago, or they lay in the cache, a folder (0700, files 0600) that only this program writes, under the hash of
    // the engine's settings, and their own hash was compared after they were read into the memory that is used here. wasmtime itself refuses
    // code of another version or other settings.
    unsafe { Component::deserialize(engine, code.0) }
}
