//! A folder instead of one archive: how many at a time, and what is said of it.

use parcours_actions::batch::{End, Outcome};
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Archives at a time, when a folder is given.
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub jobs: usize,
}

/// Says each archive as it ends, on standard error.
#[derive(Default)]
pub struct Teller {
    told: AtomicUsize,
}

impl Teller {
    pub fn tell<T>(&self, outcome: &Outcome<T>) {
        let n = self.told.fetch_add(1, Ordering::Relaxed) + 1;
        match &outcome.end {
            End::Done(_) if outcome.before => eprintln!("{n:>5}  {}  (done before)", outcome.name),
            End::Done(_) => eprintln!("{n:>5}  {}", outcome.name),
            End::Failed(why) => eprintln!("{n:>5}  {}  failed: {why}", outcome.name),
        }
    }
}

/// Prints a table of what was done, one line an archive, and how many there were. Fails when any archive did.
///
/// # Errors
/// `Invalid`, with the number of archives that failed.
pub fn table<T>(head: &[&str], all: &[Outcome<T>], cells: impl Fn(&T) -> Vec<String>) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|o| {
            let rest = match &o.end {
                End::Done(done) => cells(done),
                End::Failed(why) => vec![format!("failed: {why}")],
            };
            [vec![o.name.clone()], rest].concat()
        })
        .collect();
    let width = |at: usize| {
        let cells = rows.iter().filter(|r| r.len() == head.len()).filter_map(|r| r.get(at)).map(|c| c.chars().count());
        cells.chain(head.get(at).map(|h| h.chars().count())).max().unwrap_or(0)
    };
    let names = rows.iter().filter_map(|r| r.first()).map(|c| c.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(|at| if at == 0 { names.max(width(0)) } else { width(at) }).collect();
    let print = |cells: &[String]| {
        let line: Vec<String> = cells
            .iter()
            .enumerate()
            .map(|(at, c)| {
                let pad = " ".repeat(widths.get(at).copied().unwrap_or(0).saturating_sub(c.chars().count()));
                let number = at > 0 && !c.is_empty() && c.chars().all(|c| c.is_ascii_digit());
                if number { format!("{pad}{c}") } else { format!("{c}{pad}") }
            })
            .collect();
        println!("{}", line.join("  ").trim_end());
    };
    print(&head.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
    rows.iter().for_each(|r| print(r));
    let failed = all.iter().filter(|o| matches!(o.end, End::Failed(_))).count();
    let before = all.iter().filter(|o| o.before).count();
    println!("{} archives: {} done, {before} of them before, {failed} failed", all.len(), all.len() - failed);
    match failed {
        0 => Ok(()),
        n => Err(parcours_actions::ActionError::invalid(format!("{n} of {} archives failed; run it again when they are mended", all.len())).into()),
    }
}
