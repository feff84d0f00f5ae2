use super::report::{self, Said};
use anyhow::Context;
use clap::ValueEnum;
use parcours_actions::convert::{self, Format, Wishes};
use std::path::PathBuf;

/// Give everybody in a backup a made-up identity, or take them out with all they wrote.
#[derive(Debug, clap::Args)]
pub struct Args {
    input: PathBuf,
    output: PathBuf,
    /// Take people out, with all they wrote.
    #[arg(long)]
    remove: bool,
    /// Replace full names, usernames and addresses that texts mention too, and not only list them.
    #[arg(long, conflicts_with = "remove")]
    mentions: bool,
    /// A file of at least 16 bytes that only you have: the same one gives the same people the same made-up identities in every backup of the course. Without it nobody can do that.
    #[arg(long, value_name = "FILE", conflicts_with = "remove")]
    seed: Option<PathBuf>,
    /// Write a zip instead of a tar.gz.
    #[arg(long)]
    zip: bool,
    #[command(flatten)]
    said: Said,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let wish = if args.remove { Wish::Remove } else { Wish::Replace };
    let people = People { people: wish, mentions: args.mentions, seed: args.seed };
    let seed = people.seed()?;
    let wishes =
        Wishes { to: Some(Format::Mbz), zip: args.zip, people: people.wish(&seed), language: args.said.lang, now: super::now(), ..Wishes::default() };
    let steps = convert::run(&args.input, &args.output, &wishes)?;
    println!("{}", args.output.display());
    report::steps(&steps, &args.input, &args.said)
}

/// What becomes of the people of a backup, among the wishes of a conversion.
#[derive(Debug, clap::Args)]
pub struct People {
    /// What becomes of people.
    #[arg(long, value_enum, default_value_t = Wish::Keep)]
    people: Wish,
    /// With --people replace: names that texts mention are replaced too.
    #[arg(long)]
    mentions: bool,
    /// With --people replace: the file that identities follow from.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wish {
    Keep,
    Replace,
    Remove,
}

/// Fewer bytes can be guessed.
const SHORTEST: usize = 16;

impl People {
    /// The seed's bytes: of the file, or of chance.
    ///
    /// # Errors
    /// When the file cannot be read or is too short.
    pub fn seed(&self) -> anyhow::Result<Vec<u8>> {
        match &self.seed {
            Some(file) => {
                let seed = std::fs::read(file).with_context(|| format!("reading the seed {}", file.display()))?;
                anyhow::ensure!(
                    seed.len() >= SHORTEST,
                    "the seed {} has less than {SHORTEST} bytes: who guesses it can undo the replacement",
                    file.display()
                );
                Ok(seed)
            }
            None => Ok(convert::People::seed()?),
        }
    }

    pub fn wish(&self, seed: &[u8]) -> convert::People {
        match self.people {
            Wish::Keep => convert::People::Keep,
            Wish::Replace => convert::People::Replace { seed: seed.to_vec(), mentions: self.mentions },
            Wish::Remove => convert::People::Remove,
        }
    }
}
