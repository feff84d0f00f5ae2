//! `parcours`: the program. Results go to standard output, everything else to standard error.
//!
//! Exit codes (`core/docs/cli.md`): 0 done · 1 the input was refused · 2 wrong use · 3 the machine or the data directory failed · 4 no such thing.
#![forbid(unsafe_code)]

mod args;
mod bar;
mod command;
mod embedded;
mod fail;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.command {
        Command::Serve(a) => command::serve::run(a),
        Command::Import(a) => command::import::run(a),
        Command::Export(a) => command::export::run(a),
        Command::Convert(a) => command::convert::run(a),
        Command::Anonymise(a) => command::anonymise::run(a),
        Command::Clean(a) => command::clean::run(a),
        Command::Diff(a) => return command::diff::run(a),
        Command::Inspect(a) => command::inspect::run(a),
        Command::Validate(a) => return command::validate::run(a),
        Command::Course(a) => command::course::run(a),
        Command::User(a) => command::user::run(a),
        Command::Module(a) => command::module::run(a),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => fail::say(&e),
    }
}
