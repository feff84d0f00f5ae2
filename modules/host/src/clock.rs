//! CPU time of the current thread.

use std::time::Duration;

/// How long this thread has run on a processor. An overloaded machine does not make it go faster, so that a call is never stopped for
/// what others do.
#[cfg(unix)]
pub fn thread_cpu() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.try_into().unwrap_or(0), now.tv_nsec.try_into().unwrap_or(0))
}

/// Without such a clock, time on the wall stands in for it.
#[cfg(not(unix))]
pub fn thread_cpu() -> Duration {
    use std::{sync::OnceLock, time::Instant};
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
