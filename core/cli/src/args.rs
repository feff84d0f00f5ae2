//! What can be asked for: one variant a command, whose own arguments stand in its file.

use crate::command;
use clap::{Parser, Subcommand};
use parcours_actions::Options;
use std::path::PathBuf;

/// Take your Moodle courses with you.
#[derive(Debug, Parser)]
#[command(name = "parcours", version, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Serve(command::serve::Args),
    Import(command::import::Args),
    Export(command::export::Args),
    Convert(command::convert::Args),
    Anonymise(command::anonymise::Args),
    Clean(command::clean::Args),
    Diff(command::diff::Args),
    Inspect(command::inspect::Args),
    Validate(command::validate::Args),
    Course(command::course::Args),
    User(command::user::Args),
    Module(command::module::Args),
}

/// Which data a command works on.
#[derive(Debug, clap::Args)]
pub struct Data {
    /// The data directory; it is made when it is not there.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The domain inside it.
    #[arg(long, default_value = "main")]
    pub domain: String,
}

impl Data {
    /// Opens the domain with the modules that ship in this program.
    pub fn open(&self) -> anyhow::Result<parcours_actions::App> {
        let options = Options { domain: self.domain.clone(), ..Options::new(&self.data) };
        Ok(parcours_actions::App::open(&options, crate::embedded::MODULES)?)
    }
}
