use crate::args::Data;
use std::net::SocketAddr;
use std::sync::Arc;

/// Serve the domain's courses to browsers.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// People reach this server through a proxy that speaks https: cookies are marked so.
    #[arg(long)]
    secure: bool,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let app = Arc::new(args.data.open()?);
    parcours_web::serve(app, args.listen, parcours_web::Options { secure: args.secure, ..Default::default() })?;
    Ok(())
}
