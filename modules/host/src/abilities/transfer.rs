//! Backup streams. Not used in 0.1: the host backs a module up and restores it from its declaration, and calls neither `backup` nor
//! `restore`. So no module ever gets a writer or a reader, and one that asks for something through them is stopped.

use wasmtime::component::Resource;
use wasmtime::{Error, Result};

use super::Refused;
use crate::abilities::Fault;
use crate::bindings::parcours::activity::transfer::{self, Event};
use crate::bindings::parcours::activity::types::Value;
use crate::state::State;

const NOT_USED: &str = "`transfer` is not used in 0.1: backups follow the declaration";

/// Never made in 0.1.
pub enum Writer {}
/// Never made in 0.1.
pub enum Reader {}

impl transfer::Host for State {}

impl transfer::HostWriter for State {
    fn open(&mut self, _: Resource<Writer>, _: String, _: Option<i64>) -> Result<()> {
        Err(Error::msg(NOT_USED))
    }

    fn leaf(&mut self, _: Resource<Writer>, _: String, _: Value) -> Result<()> {
        Err(Error::msg(NOT_USED))
    }

    fn close(&mut self, _: Resource<Writer>) -> Result<()> {
        Err(Error::msg(NOT_USED))
    }

    fn unknown(&mut self, _: Resource<Writer>, _: String, _: i64) -> Result<()> {
        Err(Error::msg(NOT_USED))
    }

    fn file_area(&mut self, _: Resource<Writer>, _: String, _: i64) -> Result<()> {
        Err(Error::msg(NOT_USED))
    }

    fn drop(&mut self, _: Resource<Writer>) -> Result<()> {
        Ok(())
    }
}

impl transfer::HostReader for State {
    fn next(&mut self, _: Resource<Reader>) -> Result<Event, Refused> {
        Err(Fault::new(NOT_USED).into())
    }

    fn keep_unknown(&mut self, _: Resource<Reader>, _: String, _: i64) -> Result<(), Refused> {
        Err(Fault::new(NOT_USED).into())
    }

    fn mapped(&mut self, _: Resource<Reader>, _: String, _: i64) -> Result<Option<i64>> {
        Err(Error::msg(NOT_USED))
    }

    fn set_mapped(&mut self, _: Resource<Reader>, _: String, _: i64, _: i64) -> Result<()> {
        Err(Error::msg(NOT_USED))
    }

    fn defer(&mut self, _: Resource<Reader>, _: String, _: i64, _: String, _: String, _: i64) -> Result<()> {
        Err(Error::msg(NOT_USED))
    }

    fn adopt_files(&mut self, _: Resource<Reader>, _: String, _: i64, _: i64) -> Result<u32, Refused> {
        Err(Fault::new(NOT_USED).into())
    }

    fn source(&mut self, _: Resource<Reader>) -> Result<String> {
        Err(Error::msg(NOT_USED))
    }

    fn drop(&mut self, _: Resource<Reader>) -> Result<()> {
        Ok(())
    }
}
