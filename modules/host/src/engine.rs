//! The engine: how modules are compiled, where their instances live, and the clock that interrupts them.

use std::time::Duration;

use wasmtime::{Config, Enabled, Engine, EngineWeak, InstanceAllocationStrategy, OptLevel, PoolingAllocationConfig, WasmBacktraceDetails};

use crate::LoadError;

/// Time between two ticks. A module is asked to justify itself every [`TICKS`] of them.
const TICK: Duration = Duration::from_millis(5);
pub(crate) const TICKS: u64 = 2;

/// Stack of a module's calls. The stack inside its memory is its own affair (128 KiB by the SDK's build).
const STACK: usize = 512 * 1024;
const KEEP_RESIDENT: usize = 512 * 1024;

/// How many instances live at a time, and how large they may be.
#[derive(Debug, Clone)]
pub struct Pool {
    /// Instances at one time, of all modules together.
    pub instances: u32,
    /// Bytes of linear memory one memory may have at most; address space is reserved for it.
    pub memory: usize,
}

impl Default for Pool {
    fn default() -> Pool {
        Pool { instances: 256, memory: 64 * 1024 * 1024 }
    }
}

/// One engine a process. Starts the ticker, which ends with the engine.
pub(crate) fn start(pool: &Pool) -> Result<Engine, LoadError> {
    // PAGEMAP_SCAN (Linux 6.7) resets only the pages a call has touched; without it, keeping pages resident costs more than it saves.
    let scan = Engine::new(&config(pool, Enabled::Yes));
    let engine = scan.or_else(|_| Engine::new(&config(pool, Enabled::No))).map_err(|e| LoadError::Engine(format!("{e:#}")))?;
    let weak = engine.weak();
    let ticker = std::thread::Builder::new().name("module-ticker".into()).spawn(move || tick(&weak));
    ticker.map_err(|e| LoadError::Engine(e.to_string()))?;
    Ok(engine)
}

fn tick(engine: &EngineWeak) {
    while let Some(engine) = engine.upgrade() {
        engine.increment_epoch();
        drop(engine);
        std::thread::sleep(TICK);
    }
}

/// Cranelift only; no proposal that a module of the three tried languages does not use.
fn config(pool: &Pool, scan: Enabled) -> Config {
    let mut config = Config::new();
    config.wasm_component_model(true).wasm_memory64(false).wasm_relaxed_simd(false).wasm_tail_call(false);
    config.cranelift_opt_level(OptLevel::Speed).memory_init_cow(true);
    config.epoch_interruption(true).max_wasm_stack(STACK).wasm_backtrace_details(WasmBacktraceDetails::Disable);
    let n = pool.instances;
    let mut slots = PoolingAllocationConfig::new();
    slots.total_component_instances(n).total_core_instances(4 * n).total_memories(2 * n).total_tables(3 * n);
    slots.max_memories_per_component(4).max_memory_size(pool.memory).table_elements(10_000);
    if scan == Enabled::Yes {
        slots.pagemap_scan(scan).linear_memory_keep_resident(KEEP_RESIDENT);
    }
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(slots));
    config
}
