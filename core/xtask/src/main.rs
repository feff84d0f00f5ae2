//! `cargo xtask <command>`: everything this repository needs beyond `cargo build`.

#![forbid(unsafe_code)]

mod bench;
mod corpus;
mod demo;
mod dirs;
mod guests;
mod modules;
mod run;
mod test;

use std::process::ExitCode;

type Run = fn(&[String]) -> anyhow::Result<()>;

/// One line a command, one file a command.
const COMMANDS: &[(&str, &str, Run)] = &[
    ("demo", "build everything, import the samples, serve on 127.0.0.1:8080", demo::run),
    ("test", "everything CI runs; --quick leaves the browser out", test::run),
    ("bench", "speed and memory, as ratios in one run: archives, modules, pages", bench::run),
    ("corpus", "tables over a folder of archives: what survives, and what each release would say", corpus::run),
    ("modules", "build every module of wasm-plugins/ (or those named) into one .wasm file each", modules::run),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let wanted = args.first().map(String::as_str).unwrap_or("help");
    let done = match COMMANDS.iter().find(|(name, ..)| *name == wanted) {
        Some((_, _, run)) => run(&args[1..]),
        None => {
            help();
            if wanted == "help" { Ok(()) } else { Err(anyhow::anyhow!("there is no command \"{wanted}\"; the list above has all of them.")) }
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not `{error:?}`: a person wants to know what to do, not where in this program it happened.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn help() {
    println!("cargo xtask <command>\n");
    for (name, what, _) in COMMANDS {
        println!("  {name:<10} {what}");
    }
}
