//! What a call has used, and the reason it was stopped for.

use std::time::{Duration, Instant};

use wasmtime::{Error, ResourceLimiter, Result, UpdateDeadline};

use crate::abilities::Fault;
use crate::clock::thread_cpu;
use crate::{CallError, CallLimits};

/// How often the wall clock is looked at between calls of the host; while the module computes, the engine's ticks do it.
const CALLS_A_LOOK: u64 = 64;

/// Why the host stopped a module.
#[derive(Debug)]
pub(crate) enum Stop {
    Cpu,
    Wall,
    HostCalls,
    BytesOut,
    Ability(Fault),
}

/// What a call has used.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spent {
    /// CPU time of the module and of the host on its behalf.
    pub cpu: Duration,
    pub wall: Duration,
    pub host_calls: u64,
    /// Bytes of linear memory at the end.
    pub memory: usize,
    /// Bytes given to the module.
    pub bytes_out: usize,
}

pub(crate) struct Budget {
    pub limits: CallLimits,
    pub log: usize,
    cpu_start: Duration,
    start: Instant,
    host_calls: u64,
    bytes_out: usize,
    memory: usize,
    table_entries: usize,
    memory_refused: bool,
    stopped: Option<Stop>,
}

impl Budget {
    /// Starts now, on this thread; a call never changes its thread.
    pub fn new(limits: CallLimits) -> Budget {
        Budget {
            limits,
            log: 0,
            cpu_start: thread_cpu(),
            start: Instant::now(),
            host_calls: 0,
            bytes_out: 0,
            memory: 0,
            table_entries: 0,
            memory_refused: false,
            stopped: None,
        }
    }

    pub fn count_call(&mut self) -> Result<(), Stop> {
        self.host_calls += 1;
        if self.host_calls > self.limits.host_calls {
            return Err(Stop::HostCalls);
        }
        if self.host_calls.is_multiple_of(CALLS_A_LOOK) { self.look() } else { Ok(()) }
    }

    pub fn count_bytes_out(&mut self, bytes: usize) -> Result<(), Stop> {
        self.bytes_out = self.bytes_out.saturating_add(bytes);
        if self.bytes_out > self.limits.bytes_out { Err(Stop::BytesOut) } else { Ok(()) }
    }

    /// Compares both clocks with their limits.
    fn look(&self) -> Result<(), Stop> {
        if thread_cpu().saturating_sub(self.cpu_start) > self.limits.cpu {
            return Err(Stop::Cpu);
        }
        if self.start.elapsed() > self.limits.wall { Err(Stop::Wall) } else { Ok(()) }
    }

    /// The engine's question at a tick: go on?
    pub fn tick(&mut self, ticks: u64) -> Result<UpdateDeadline> {
        match self.look() {
            Ok(()) => Ok(UpdateDeadline::Continue(ticks)),
            Err(stop) => Err(self.stop(stop)),
        }
    }

    /// Notes the first reason, and makes the error that ends the module.
    pub fn stop(&mut self, stop: Stop) -> Error {
        self.stopped.get_or_insert(stop);
        Error::msg("stopped by the host")
    }

    pub fn spent(&self) -> Spent {
        Spent {
            cpu: thread_cpu().saturating_sub(self.cpu_start),
            wall: self.start.elapsed(),
            host_calls: self.host_calls,
            memory: self.memory,
            bytes_out: self.bytes_out,
        }
    }

    /// The reason the host had to end the call, if it had one.
    pub fn reason(&mut self) -> Option<CallError> {
        let limits = &self.limits;
        match self.stopped.take() {
            Some(Stop::Cpu) => Some(CallError::CpuTime(limits.cpu)),
            Some(Stop::Wall) => Some(CallError::WallTime(limits.wall)),
            Some(Stop::HostCalls) => Some(CallError::HostCalls(limits.host_calls)),
            Some(Stop::BytesOut) => Some(CallError::Bytes(format!("more than {} read from the host", limits.bytes_out))),
            Some(Stop::Ability(fault)) => Some(CallError::Ability(fault)),
            None if self.memory_refused => Some(CallError::Memory(limits.memory)),
            None => None,
        }
    }
}

impl ResourceLimiter for Budget {
    /// A refused growth is an ordinary answer to the module; where it breaks off after it, memory was the reason.
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> Result<bool> {
        let all = self.memory.saturating_add(desired.saturating_sub(current));
        let fits = all <= self.limits.memory && maximum.is_none_or(|most| desired <= most);
        if fits {
            self.memory = all;
        } else {
            self.memory_refused = true;
        }
        Ok(fits)
    }

    fn table_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> Result<bool> {
        let all = self.table_entries.saturating_add(desired.saturating_sub(current));
        let fits = all <= self.limits.table_entries;
        if fits {
            self.table_entries = all;
        }
        Ok(fits)
    }
}
