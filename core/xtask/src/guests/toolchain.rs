//! Finds a compiler for the modules.
//!
//! Either the `rustc` in the path has the standard library for wasm (rustup: `rustup target add wasm32-unknown-unknown`),
//! or Debian's `rustc-web` compiles the standard library from Debian's `rust-web-src`. The second needs no server but Debian's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

pub const TARGET: &str = "wasm32-unknown-unknown";

const PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

pub enum Toolchain {
    /// The everyday one, with the standard library for wasm installed.
    Ready { sysroot: PathBuf },
    /// Debian's, which builds the standard library itself. The first build takes some three minutes.
    Debian { sysroot: PathBuf, linker: PathBuf },
}

/// The first that works; `PARCOURS_GUEST_TOOLCHAIN=ready` or `=debian` asks for one.
///
/// # Errors
/// There is none, and the message says what to run.
pub fn find() -> Result<Toolchain> {
    let wish = std::env::var("PARCOURS_GUEST_TOOLCHAIN").unwrap_or_default();
    if wish != "debian" {
        if let Some(found) = ready().or_else(|| add_target().then(ready).flatten()) {
            return Ok(found);
        }
        if wish == "ready" {
            bail!("rustc has no standard library for {TARGET}; run: rustup target add {TARGET}");
        }
    }
    if let Some(found) = debian() {
        return Ok(found);
    }
    install_packages()?;
    debian().context("Debian's packages are installed, but a linker (rust-lld) was not found; install rustup's toolchain or the package lld")
}

impl Toolchain {
    pub fn name(&self) -> &'static str {
        match self {
            Toolchain::Ready { .. } => "ready",
            Toolchain::Debian { .. } => "debian",
        }
    }

    pub fn sysroot(&self) -> &Path {
        match self {
            Toolchain::Ready { sysroot } | Toolchain::Debian { sysroot, .. } => sysroot,
        }
    }

    /// cargo, free of what an outer cargo or the user's own builds left in the environment.
    pub fn cargo(&self) -> Command {
        let mut cargo = match self {
            Toolchain::Ready { .. } => Command::new("cargo"),
            Toolchain::Debian { linker, .. } => {
                let mut cargo = Command::new("/usr/bin/cargo");
                cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1").env_remove("RUSTUP_TOOLCHAIN");
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
                cargo
            }
        };
        for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "CARGO_BUILD_TARGET", "CARGO_TARGET_DIR"] {
            cargo.env_remove(name);
        }
        cargo
    }

    pub fn arguments(&self) -> &'static [&'static str] {
        match self {
            Toolchain::Ready { .. } => &[],
            Toolchain::Debian { .. } => &["-Z", "build-std=std,panic_abort"],
        }
    }
}

fn ready() -> Option<Toolchain> {
    let libraries = answer("rustc", &["--print", "target-libdir", "--target", TARGET])?;
    let has_core = std::fs::read_dir(libraries).ok()?.flatten().any(|f| f.file_name().to_string_lossy().starts_with("libcore-"));
    has_core.then_some(Toolchain::Ready { sysroot: sysroot("rustc")? })
}

/// Asks rustup once. Without its server this fails within seconds.
fn add_target() -> bool {
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    rustup.status().is_ok_and(|status| status.success())
}

fn debian() -> Option<Toolchain> {
    let sysroot = sysroot("/usr/bin/rustc")?;
    let has_sources = sysroot.join("lib/rustlib/src/rust/library/std").is_dir();
    (Path::new("/usr/bin/cargo").exists() && has_sources).then_some(Toolchain::Debian { linker: linker()?, sysroot })
}

/// `rust-lld` of rustup's own toolchain, which understands the newest object files, else the system's.
fn linker() -> Option<PathBuf> {
    let rustup = sysroot("rustc").map(|root| root.join("lib/rustlib"));
    let hosts = rustup.and_then(|dir| std::fs::read_dir(dir).ok()).into_iter().flatten().flatten();
    let own = hosts.map(|host| host.path().join("bin/rust-lld"));
    own.chain(["/usr/bin/rust-lld", "/usr/bin/wasm-ld"].map(PathBuf::from)).find(|file| file.exists())
}

fn install_packages() -> Result<()> {
    let by_hand = format!("rustup target add {TARGET}\nor, on Debian:\n  apt-get install {}", PACKAGES.join(" "));
    let root = answer("id", &["-u"]).is_some_and(|id| id == "0");
    if !root || !Path::new("/usr/bin/apt-get").exists() {
        bail!("no compiler for {TARGET} was found; run\n  {by_hand}");
    }
    eprintln!("installing {} …", PACKAGES.join(", "));
    let mut apt = Command::new("apt-get");
    apt.args(["install", "--yes", "--no-install-recommends"]).args(PACKAGES);
    apt.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).stdout(Stdio::null());
    if !apt.status().context("running apt-get")?.success() {
        bail!("apt-get could not install them; run\n  {by_hand}");
    }
    Ok(())
}

fn sysroot(rustc: &str) -> Option<PathBuf> {
    answer(rustc, &["--print", "sysroot"]).map(PathBuf::from)
}

fn answer(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
