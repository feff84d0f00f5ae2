//! What a call carries with it: the abilities, what was used of the limits, and why it was stopped.

use std::sync::Arc;

use wasmtime::component::ResourceTable;
use wasmtime::{Error, Result};

use crate::abilities::records::Savepoints;
use crate::abilities::services::LogLevel;
use crate::abilities::{Abilities, Fault, Refused};
use crate::budget::{Budget, Stop};
use crate::strings::Strings;
use crate::{CallLimits, ErrorCode};

pub(crate) struct State {
    pub abilities: Box<dyn Abilities>,
    pub budget: Budget,
    /// Whether this call may write.
    pub writable: bool,
    pub strings: Arc<Strings>,
    /// The reader's language, once a string was asked for.
    pub lang: Option<String>,
    pub resources: ResourceTable,
    pub savepoints: Savepoints,
}

impl State {
    pub fn new(abilities: Box<dyn Abilities>, limits: &CallLimits, writable: bool, strings: Arc<Strings>) -> State {
        let mut resources = ResourceTable::new();
        resources.set_max_capacity(1_000);
        State { abilities, budget: Budget::new(limits.clone()), writable, strings, lang: None, resources, savepoints: Savepoints::default() }
    }

    /// Begins a call of the host by the module.
    pub fn enter(&mut self) -> Result<()> {
        self.budget.count_call().map_err(|stop| self.budget.stop(stop))
    }

    /// [`State::enter`] for a function that can tell the module no.
    pub fn enter_told(&mut self) -> Result<(), Refused> {
        self.enter().map_err(|stopped| Fault::new(stopped.to_string()).into())
    }

    /// [`State::enter_told`] for a function that writes, which a `view` may not.
    pub fn enter_to_write(&mut self) -> Result<(), Refused> {
        self.enter_told()?;
        if self.writable {
            return Ok(());
        }
        Err(Refused::told(ErrorCode::Denied, "a view only reads; write in `act`"))
    }

    /// Accounts for bytes given to the module.
    pub fn hand_out(&mut self, bytes: usize) -> Result<()> {
        self.budget.count_bytes_out(bytes).map_err(|stop| self.budget.stop(stop))
    }

    pub fn hand_out_told(&mut self, bytes: usize) -> Result<(), Refused> {
        self.hand_out(bytes).map_err(|stopped| Fault::new(stopped.to_string()).into())
    }

    /// The most rows one answer has.
    pub fn rows(&self) -> u32 {
        self.budget.limits.rows
    }

    /// Asks an ability that cannot tell the module no.
    pub fn asked<T>(&mut self, ask: impl FnOnce(&mut dyn Abilities) -> Result<T, Fault>) -> Result<T> {
        ask(self.abilities.as_mut()).map_err(|fault| self.stop(fault))
    }

    /// Ends the call for a failure that is not the module's.
    pub fn stop(&mut self, fault: Fault) -> Error {
        self.budget.stop(Stop::Ability(fault))
    }

    pub fn write_log(&mut self, level: LogLevel, message: &str) {
        let room = self.budget.limits.log.saturating_sub(self.budget.log);
        let had_room = room > 0;
        self.budget.log = self.budget.log.saturating_add(message.len());
        if message.len() <= room {
            self.abilities.log(level, message);
        } else if had_room {
            self.budget.log = self.budget.limits.log;
            self.abilities.log(LogLevel::Warn, "this call logs more than it may; the rest is dropped");
        }
    }
}
