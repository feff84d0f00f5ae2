//! Who is asking, where.

use wasmtime::Result;

use super::Fault;
use crate::bindings::parcours::activity::{context, types};
use crate::state::State;

pub use context::{GroupMode, Place, User};

/// Most bytes of randomness a module may ask for at once.
const RANDOM: u32 = 64 * 1024;

/// Who is asking, where, and when. Fixed for the length of a call.
pub trait Context {
    fn current_user(&mut self) -> Result<User, Fault>;
    fn current_place(&mut self) -> Result<Place, Fault>;
    /// Whether the current user has a capability in this activity: a short name of the module's own declaration (`reply`), or a granted
    /// one of the core by its full name. An unknown or ungranted one is `false`.
    fn can(&mut self, capability: &str) -> Result<bool, Fault>;
    fn can_user(&mut self, user: i64, capability: &str) -> Result<bool, Fault>;
    /// Batch lookup; unknown users and those the current one may not see are left out.
    fn users(&mut self, ids: &[i64]) -> Result<Vec<User>, Fault>;
    /// Participants with a capability in order of number, those above `after`.
    fn participants(&mut self, capability: &str, group: Option<i64>, after: i64, limit: u32) -> Result<Vec<User>, Fault>;
    /// Unix seconds; the same during the whole call.
    fn now(&mut self) -> i64;
    /// `n` random bytes, from the generator the call was given.
    fn random(&mut self, n: usize) -> Result<Vec<u8>, Fault>;
}

impl types::Host for State {
    fn convert_error(&mut self, refused: super::Refused) -> Result<types::Error> {
        match refused {
            super::Refused::Told(error) => Ok(error),
            super::Refused::Fault(fault) => Err(self.stop(fault)),
        }
    }
}

impl context::Host for State {
    fn current_user(&mut self) -> Result<User> {
        self.enter()?;
        self.asked(|a| a.current_user())
    }

    fn current_place(&mut self) -> Result<Place> {
        self.enter()?;
        self.asked(|a| a.current_place())
    }

    fn can(&mut self, capability: String) -> Result<bool> {
        self.enter()?;
        self.asked(|a| a.can(&capability))
    }

    fn can_user(&mut self, user: i64, capability: String) -> Result<bool> {
        self.enter()?;
        self.asked(|a| a.can_user(user, &capability))
    }

    fn users(&mut self, ids: Vec<i64>) -> Result<Vec<User>> {
        self.enter()?;
        let users = self.asked(|a| a.users(&ids))?;
        self.hand_out(users.iter().map(size).sum())?;
        Ok(users)
    }

    fn participants(&mut self, capability: String, group: Option<i64>, after: i64, limit: u32) -> Result<Vec<User>> {
        self.enter()?;
        let limit = limit.min(self.rows());
        let users = self.asked(|a| a.participants(&capability, group, after, limit))?;
        self.hand_out(users.iter().map(size).sum())?;
        Ok(users)
    }

    fn now(&mut self) -> Result<i64> {
        self.enter()?;
        Ok(self.abilities.now())
    }

    fn random(&mut self, n: u32) -> Result<Vec<u8>> {
        self.enter()?;
        self.asked(|a| a.random(n.min(RANDOM) as usize))
    }
}

fn size(user: &User) -> usize {
    64 + user.display_name.len() + user.lang.len() + user.timezone.len()
}
