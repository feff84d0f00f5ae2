//! `cargo xtask demo`: everything built, the samples imported, a server on 127.0.0.1:8080.

use crate::{dirs, modules, run};
use anyhow::{Context, Result};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Who can log in to the demo: username, first name, last name, password, whether it runs the domain.
const LOGINS: &[(&str, &str, &str, &str, bool)] = &[
    ("admin", "Camille", "Roche", "parcours-admin", true),
    ("formatrice", "", "", "parcours-formatrice", false),
    ("stagiaire", "", "", "parcours-stagiaire", false),
];

pub fn run(args: &[String]) -> Result<()> {
    let program = build()?;
    let data = dirs::root().join("data/demo");
    if !data.join("ready").exists() {
        fill(&program, &data)?;
    }
    println!("\nParcours: http://127.0.0.1:8080   (Ctrl-C ends it; the data stay in {})\n", data.display());
    for (name, _, _, password, admin) in LOGINS {
        println!("  {name:<12} {password:<22} {}", if *admin { "runs the domain: import, export" } else { "" });
    }
    println!();
    std::io::stdout().flush()?;
    let status = Command::new(&program).arg("serve").arg("--data").arg(&data).args(args).status().context("starting parcours")?;
    anyhow::ensure!(status.success(), "the server ended with {status}");
    Ok(())
}

/// Modules first, because the program carries them inside.
pub fn build() -> Result<std::path::PathBuf> {
    modules::run(&[])?;
    // The whole workspace, as the tests build it: one set of features, so that nothing is compiled twice.
    run::cargo(&["build", "--workspace"])?;
    run::sibling("parcours")
}

fn fill(program: &Path, data: &Path) -> Result<()> {
    if data.exists() {
        // An earlier start that did not get through.
        std::fs::remove_dir_all(data).with_context(|| format!("clearing {}", data.display()))?;
    }
    std::fs::create_dir_all(data)?;
    let mut samples: Vec<_> = std::fs::read_dir(dirs::root().join("samples"))?.flatten().map(|e| e.path()).collect();
    samples.retain(|p| p.extension().is_some_and(|x| x == "mbz"));
    samples.sort();
    for sample in &samples {
        run::command(Command::new(program).arg("import").arg(sample).arg("--publish").arg("--data").arg(data))?;
    }
    for (name, first, last, password, admin) in LOGINS {
        let mut add = Command::new(program);
        add.args(["user", "add", name, "--first-name", first, "--last-name", last]).arg("--data").arg(data);
        if *admin {
            add.arg("--admin");
        }
        let mut child = add.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        if let Some(stdin) = child.stdin.as_mut() {
            writeln!(stdin, "{password}")?;
        }
        anyhow::ensure!(child.wait()?.success(), "adding the login {name} failed");
    }
    std::fs::write(data.join("ready"), "")?;
    Ok(())
}
