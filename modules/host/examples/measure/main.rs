//! What a call of a module costs: `cargo run -p parcours-host --example measure -- <module.wasm> [route] [calls]`.
//!
//! The module's page is made over and over on this thread, with records invented from its declaration (20 a query, or those asked for by
//! number). Prints microseconds: to load it from the cache, for an instance and a `describe`, for a page.

mod plenty;

use std::sync::Arc;
use std::time::{Duration, Instant};

use parcours_host::{Host, Limits, Method, Module, Outcome, Request, Settings};
use plenty::Plenty;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.first().ok_or("measure <module.wasm> [route] [calls]")?;
    let route = args.get(1).cloned().unwrap_or_default();
    let calls: usize = args.get(2).map_or(Ok(2_000), |n| n.parse())?;
    let bytes = std::fs::read(path)?;

    let cache = std::env::temp_dir().join(format!("parcours-measure-{}", std::process::id()));
    let host = Host::new(Settings { cache: Some(cache.clone()), ..Settings::default() })?;
    let compiled = time(|| host.load(&bytes).map(drop))?;
    let loaded = time(|| host.load(&bytes).map(drop))?;
    let module = host.load(&bytes)?;
    std::fs::remove_dir_all(cache)?;
    println!("compile {:>9.1} ms\nload    {:>9.1} µs from the cache", compiled.as_secs_f64() * 1e3, micros(loaded));

    let declaration = Arc::new(module.declaration().clone());
    report("describe", calls, || describe(&module, Plenty::new(&declaration)))?;
    report("page", calls, || page(&module, Plenty::new(&declaration), &route))?;
    Ok(())
}

/// Middle, 99th of 100 and best of many calls, and what the last one used.
fn report(what: &str, calls: usize, call: impl Fn() -> Result<String, String>) -> Result<(), String> {
    for _ in 0..calls / 10 {
        call()?;
    }
    let mut times = Vec::with_capacity(calls);
    let mut used = String::new();
    for _ in 0..calls.max(1) {
        let start = Instant::now();
        used = call()?;
        times.push(start.elapsed());
    }
    times.sort();
    let at = |part: f64| times.get((times.len() as f64 * part) as usize).copied().unwrap_or_default();
    println!("{what:<9}{:>8.1} µs (p99 {:.1}, best {:.1}): {used}", micros(at(0.5)), micros(at(0.99)), micros(at(0.0)));
    Ok(())
}

fn describe(module: &Module, plenty: Plenty) -> Result<String, String> {
    let done = module.describe(Box::new(plenty), &Limits::default());
    done.result.map_err(|e| format!("describe: {e}"))?;
    Ok(format!("{} host calls", done.spent.host_calls))
}

fn page(module: &Module, plenty: Plenty, route: &str) -> Result<String, String> {
    let (path, query) = route.split_once('?').unwrap_or((route, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(name, value)| parcours_host::Pair { name: name.into(), value: value.into() }).collect();
    let request = Request { method: Method::Get, route: path.into(), query, form: vec![], body: None, fragment: false };
    let done = module.view(Box::new(plenty), &request, &Limits::default());
    let html = match done.result.map_err(|e| format!("view: {e}"))? {
        Outcome::Page(page) => page.html,
        Outcome::Fragment(html) => html,
        _ => String::new(),
    };
    let spent = done.spent;
    Ok(format!(
        "{:.1} µs in the module, {} host calls, {} KiB read, {} KiB of HTML, {} KiB of memory",
        micros(spent.wall),
        spent.host_calls,
        spent.bytes_out / 1024,
        html.len() / 1024,
        spent.memory / 1024
    ))
}

fn time<E>(work: impl FnOnce() -> Result<(), E>) -> Result<Duration, E> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
