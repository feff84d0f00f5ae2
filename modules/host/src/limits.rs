//! What a call may use. Reaching a limit is an error of its own ([`crate::CallError`]); nothing is cut short in silence.

use std::time::Duration;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Limits of everything a module does, by kind of call (MODULES §3).
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// `view`, `describe`.
    pub view: CallLimits,
    /// `act`, `configure`, `reset`, `on-event`.
    pub act: CallLimits,
    /// `task`, `upgrade`.
    pub task: CallLimits,
    pub page: PageLimits,
}

/// Limits of one call.
#[derive(Debug, Clone, PartialEq)]
pub struct CallLimits {
    /// CPU time of the thread, the module's and the host's on its behalf. Judged every 10 ms while the module runs.
    pub cpu: Duration,
    /// Time on the wall, waiting included.
    pub wall: Duration,
    /// Bytes of linear memory, all memories of the instance together.
    pub memory: usize,
    /// Entries of all tables of the instance together.
    pub table_entries: usize,
    /// Calls of the host's functions.
    pub host_calls: u64,
    /// Bytes handed to the host in one call's arguments, or as the answer.
    pub bytes_in: usize,
    /// Bytes handed to the module, in all: rows, files, texts.
    pub bytes_out: usize,
    /// Rows of one answer of the store. A larger wish is answered with this many and a cursor.
    pub rows: u32,
    /// Bytes of log messages; what is more is dropped, with one message that says so.
    pub log: usize,
}

/// Limits of one answered page or fragment.
#[derive(Debug, Clone, PartialEq)]
pub struct PageLimits {
    /// Bytes as the module wrote them.
    pub bytes: usize,
    /// Open elements at one time.
    pub depth: usize,
    /// Bytes after the host's elements are written out.
    pub expanded: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        let view = CallLimits {
            cpu: Duration::from_millis(250),
            wall: Duration::from_secs(2),
            memory: 32 * MIB,
            table_entries: 10_000,
            host_calls: 5_000,
            bytes_in: 4 * MIB,
            bytes_out: 16 * MIB,
            rows: 1_000,
            log: 64 * KIB,
        };
        let act = CallLimits { cpu: Duration::from_millis(500), wall: Duration::from_secs(5), ..view.clone() };
        let task = CallLimits {
            cpu: Duration::from_secs(20),
            wall: Duration::from_secs(120),
            memory: 64 * MIB,
            host_calls: 400_000,
            bytes_out: 1024 * MIB,
            log: MIB,
            ..view.clone()
        };
        Limits { view, act, task, page: PageLimits { bytes: MIB, depth: 64, expanded: 8 * MIB } }
    }
}
