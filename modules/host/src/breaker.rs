//! Keeps a module that breaks again and again from being called for a while.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Faults within [`WINDOW`] that open the breaker.
const FAULTS: usize = 5;
const WINDOW: Duration = Duration::from_secs(60);
const OPEN: Duration = Duration::from_secs(30);

/// One a module. The clock is the caller's.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    faults: VecDeque<Instant>,
    open_until: Option<Instant>,
}

impl Breaker {
    /// Whether the module may be called.
    ///
    /// # Errors
    /// How long to wait: the page says "unavailable, try again in …" with status 503.
    pub fn check(&self, now: Instant) -> Result<(), Duration> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match inner.open_until {
            Some(until) if until > now => Err(until - now),
            _ => Ok(()),
        }
    }

    /// Counts a call that ended with a [`crate::CallError::is_fault`]. True when this one opened the breaker, which is worth a log line.
    pub fn fault(&self, now: Instant) -> bool {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while inner.faults.front().is_some_and(|first| now.saturating_duration_since(*first) > WINDOW) {
            inner.faults.pop_front();
        }
        inner.faults.push_back(now);
        if inner.faults.len() < FAULTS {
            return false;
        }
        inner.faults.clear();
        inner.open_until = Some(now + OPEN);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_faults_in_a_minute_close_the_door_for_half_a_minute() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for second in 0..4 {
            assert!(!breaker.fault(start + Duration::from_secs(second)));
        }
        assert!(breaker.fault(start + Duration::from_secs(4)));
        assert_eq!(breaker.check(start + Duration::from_secs(24)), Err(Duration::from_secs(10)));
        assert_eq!(breaker.check(start + Duration::from_secs(34)), Ok(()));
    }

    #[test]
    fn rare_faults_are_forgiven() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        assert!((0..20).all(|n| !breaker.fault(start + Duration::from_secs(20 * n))));
    }
}
