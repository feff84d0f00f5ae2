//! How many calls of one module run at a time.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A counting gate, one a module: by default two calls a core, so that one module that is slow does not take every thread.
#[derive(Debug, Clone)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    free: Mutex<usize>,
    left: Condvar,
}

/// A place in the gate, free again when dropped.
#[derive(Debug)]
pub struct Permit(Arc<Inner>);

impl Gate {
    pub fn new(places: usize) -> Gate {
        Gate(Arc::new(Inner { free: Mutex::new(places), left: Condvar::new() }))
    }

    /// Two places a core.
    pub fn for_this_machine() -> Gate {
        Gate::new(2 * std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// Waits for a place, blocking the thread; `None` when none was free in time (the page says 503).
    pub fn enter(&self, wait: Duration) -> Option<Permit> {
        let until = Instant::now() + wait;
        let mut free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            let left = until.checked_duration_since(Instant::now())?;
            free = self.0.left.wait_timeout(free, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        *free -= 1;
        Some(Permit(self.0.clone()))
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_gate_opens_when_somebody_leaves() {
        let gate = Gate::new(1);
        let first = gate.enter(Duration::ZERO).unwrap();
        assert!(gate.enter(Duration::from_millis(5)).is_none());
        drop(first);
        assert!(gate.enter(Duration::ZERO).is_some());
    }
}
