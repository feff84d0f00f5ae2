//! What survives `convert`, and `import` and `export`, by the independent tool beside the corpus.

use super::{archives, said, shared, text};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;

pub fn run(program: &Path, folder: &Path, work: &Path) -> Result<()> {
    let tool = shared().join("tools/mbz_fidelity.py");
    anyhow::ensure!(tool.is_file(), "the tool {} is not there", tool.display());
    let (converted, data, exported) = (work.join("converted"), work.join("data"), work.join("exported.mbz"));
    println!("\n{:<62} {:>22} {:>22}", "fidelity (leaves kept, leaves lost, dangling, files lost)", "convert", "import, export");
    said(program, &["convert", &text(folder), &text(&converted)])?;
    let imported: Value =
        serde_json::from_str(&said(program, &["import", &text(folder), "--data", &text(&data), "--json"])?).context("the report of the imports")?;
    let (mut whole, mut all) = (0, 0);
    for (name, archive) in archives(folder)? {
        let judge = |other: &Path| -> Result<String> {
            if !other.exists() {
                return Ok("refused".to_owned());
            }
            let out = said(Path::new("python3"), &[&text(&tool), &text(&archive), &text(other), "--json"])?;
            Ok(line(&serde_json::from_str(&out).unwrap_or_default()))
        };
        let first = judge(&converted.join(&name))?;
        let course = imported.as_array().into_iter().flatten().find(|o| o["name"] == name.as_str()).and_then(|o| o["done"]["course"].as_i64());
        if exported.exists() {
            std::fs::remove_file(&exported)?;
        }
        if let Some(course) = course {
            said(program, &["export", &course.to_string(), &text(&exported), "--data", &text(&data)])?;
        }
        let second = judge(&exported)?;
        all += 1;
        whole += usize::from(first.starts_with("100.000 %") && second.starts_with("100.000 %"));
        println!("{name:<62} {first:>22} {second:>22}");
    }
    println!("{whole} of {all} archives come through both ways whole");
    Ok(())
}

/// `100.000 % 0 0 0` of the tool's answer.
fn line(v: &Value) -> String {
    let number = |name: &str| v[name].as_u64().map_or_else(|| "?".to_owned(), |n| n.to_string());
    let percent = v["fidelity"].as_f64().map_or_else(|| "?".to_owned(), |f| format!("{f:.3} %"));
    let dangling: u64 = v["dangling"].as_object().into_iter().flatten().filter_map(|(_, n)| n.as_u64()).sum();
    format!("{percent} {} {dangling} {}", number("lost"), number("files_lost"))
}
