use crate::args::Data;
use anyhow::Context;
use clap::Subcommand;
use parcours_actions::user::{self, NewUser};
use std::io::{BufRead, Write};

/// People of the domain.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add an account, or give an imported one its password. The password is read from standard input.
    Add {
        username: String,
        #[command(flatten)]
        data: Data,
        #[arg(long, default_value = "")]
        email: String,
        #[arg(long, default_value = "")]
        first_name: String,
        #[arg(long, default_value = "")]
        last_name: String,
        /// May import, export, withdraw and see every course of the domain.
        #[arg(long)]
        admin: bool,
    },
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let What::Add { username, data, email, first_name, last_name, admin } = args.what;
    let app = data.open()?;
    if std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        eprint!("password (it will be shown): ");
        std::io::stderr().flush()?;
    }
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).context("reading the password from standard input")?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let id = user::add(&app, &NewUser { username: username.clone(), email, first_name, last_name, password, admin })?;
    println!("{id}\t{username}");
    Ok(())
}
