//! Pages: requests per second and CPU time of each, from a load on this machine (`wrk`).

use super::watch::{cpu, resident};
use crate::run;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Seconds of load on each page.
const SECONDS: u64 = 8;
const PASSWORD: &str = "parcours-bench";

pub fn run(program: &Path, work: &Path) -> Result<()> {
    if Command::new("wrk").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        println!("\npages: `wrk` is not installed; left out");
        return Ok(());
    }
    let data = work.join("pages");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let sample = crate::dirs::root().join("samples/formation.mbz");
    run::command(
        Command::new(program).arg("import").arg(sample).arg("--publish").arg("--data").arg(&data).stdout(Stdio::null()).stderr(Stdio::null()),
    )?;
    let mut add = Command::new(program);
    let mut add = add.args(["user", "add", "stagiaire", "--data"]).arg(&data).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    if let Some(stdin) = add.stdin.as_mut() {
        writeln!(stdin, "{PASSWORD}")?;
    }
    anyhow::ensure!(add.wait()?.success(), "the login could not be made");
    let mut server = Server::start(program, &data)?;
    println!("\npages, as a learner ({SECONDS} s each, 1 thread of load, 16 connections; idle server {:.0} MiB)", resident(server.child.id()));
    let cookie = server.login()?;
    for (name, path) in [
        ("my courses", "/"),
        ("course", "/course/1"),
        ("forum list", "/course/1/forum/403"),
        ("discussion", "/course/1/forum/403/discussion?d=603"),
        ("page", "/course/1/page/411"),
    ] {
        server.load(name, path, &cookie)?;
    }
    Ok(())
}

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(program: &Path, data: &Path) -> Result<Server> {
        let mut child = Command::new(program).args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).stderr(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(stderr) = child.stderr.take() {
            let mut reader = BufReader::new(stderr);
            reader.read_line(&mut line)?;
            std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
        }
        let address = line.trim().rsplit("http://").next().unwrap_or_default().to_owned();
        anyhow::ensure!(address.contains(':'), "the server did not say where it listens: {line}");
        Ok(Server { child, address })
    }

    /// The cookie of a fresh session.
    fn login(&mut self) -> Result<String> {
        let body = format!("username=stagiaire&password={PASSWORD}&next=%2F");
        let mut to = TcpStream::connect(&self.address)?;
        to.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            to,
            "POST /login HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        )?;
        let mut answer = String::new();
        to.read_to_string(&mut answer)?;
        let line = answer.lines().find_map(|l| l.to_ascii_lowercase().starts_with("set-cookie:").then(|| l.to_owned()));
        let line = line.with_context(|| format!("no cookie in the answer to the login: {}", answer.lines().next().unwrap_or_default()))?;
        Ok(line.split_once(':').map_or("", |(_, v)| v).split(';').next().unwrap_or_default().trim().to_owned())
    }

    fn load(&mut self, name: &str, path: &str, cookie: &str) -> Result<()> {
        let before = cpu(self.child.id());
        let url = format!("http://{}{path}", self.address);
        let out = Command::new("wrk")
            .args(["-t1", "-c16", &format!("-d{SECONDS}s"), "--latency", "-H", &format!("Cookie: {cookie}"), &url])
            .output()
            .context("running wrk")?;
        let text = String::from_utf8_lossy(&out.stdout);
        let after = |label: &str| text.lines().find_map(|l| l.trim().strip_prefix(label)).map(str::trim).unwrap_or("?").to_owned();
        let requests: f64 = text.lines().find_map(|l| l.trim().split_once(" requests in").and_then(|(n, _)| n.trim().parse().ok())).unwrap_or(0.0);
        let spent = (cpu(self.child.id()) - before) * 1e3 / requests.max(1.0);
        let bad = text.lines().find(|l| l.contains("Non-2xx")).map_or("", str::trim);
        println!("  {name:<12} {:>9}/s   {spent:>5.2} ms CPU   p50 {:>8}  p99 {:>8}  {bad}", after("Requests/sec:"), after("50%"), after("99%"));
        Ok(())
    }
}
