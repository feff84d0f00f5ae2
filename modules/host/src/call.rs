//! One call: a fresh instance, its limits, and what became of it.

use wasmtime::{PoolConcurrencyLimitError, Store, Trap};

use crate::abilities::Abilities;
use crate::bindings::exports::parcours::activity::module::Guest;
use crate::budget::Spent;
use crate::engine::TICKS;
use crate::state::State;
use crate::{CallError, CallLimits, Module, ModuleError};

/// What became of a call, and the abilities it was given.
pub struct Done<T> {
    pub result: Result<T, CallError>,
    /// As they were handed in, with the transaction they own still open.
    pub abilities: Box<dyn Abilities>,
    pub spent: Spent,
}

impl<T> Done<T> {
    /// Goes on with the answer, if there is one.
    pub(crate) fn and_then<U>(self, next: impl FnOnce(T, &mut dyn Abilities) -> Result<U, CallError>) -> Done<U> {
        let Done { result, mut abilities, spent } = self;
        let result = result.and_then(|answer| next(answer, abilities.as_mut()));
        Done { result, abilities, spent }
    }
}

pub(crate) struct Call<'a> {
    pub module: &'a Module,
    pub limits: &'a CallLimits,
    pub writable: bool,
}

/// What a module's function gives: the runtime's word on whether it ended, and its own answer.
type Answer<T> = wasmtime::Result<Result<T, ModuleError>>;

impl Call<'_> {
    /// Makes the instance, runs `function` in it and drops it. The abilities come back whatever happens.
    pub fn run<T>(&self, abilities: Box<dyn Abilities>, function: impl FnOnce(&Guest, &mut Store<State>) -> Answer<T>) -> Done<T> {
        let mut store = self.store(abilities);
        // The clocks run from here, so that a start function is limited like any other.
        let answer = self.module.pre.instantiate(&mut store).and_then(|instance| function(instance.parcours_activity_module(), &mut store));
        let spent = store.data().budget.spent();
        let result = match answer {
            Ok(answer) => answer.map_err(CallError::Module),
            Err(error) => Err(self.reason(&mut store, &error)),
        };
        Done { result, abilities: store.into_data().abilities, spent }
    }

    fn store(&self, abilities: Box<dyn Abilities>) -> Store<State> {
        let state = State::new(abilities, self.limits, self.writable, self.module.strings.clone());
        let mut store = Store::new(self.module.pre.engine(), state);
        store.limiter(|state| &mut state.budget);
        store.set_hostcall_fuel(self.limits.bytes_in);
        store.set_epoch_deadline(TICKS);
        store.epoch_deadline_callback(|mut context| context.data_mut().budget.tick(TICKS));
        store
    }

    /// Why the instance ended early: the host's own reason first, for a stopped module shows as a trap like any other.
    fn reason(&self, store: &mut Store<State>, error: &wasmtime::Error) -> CallError {
        if let Some(reason) = store.data_mut().budget.reason() {
            return reason;
        }
        if error.is::<PoolConcurrencyLimitError>() {
            return CallError::Busy;
        }
        if error.downcast_ref::<Trap>() == Some(&Trap::StackOverflow) {
            return CallError::Stack;
        }
        let text = format!("{error:#}");
        // The runtime has no public type for this; a test holds the wording.
        if text.contains("fuel allocated for hostcalls") {
            return CallError::Bytes(format!("more than {} in one call of the host, or as the answer", self.limits.bytes_in));
        }
        CallError::Trap(text)
    }
}
