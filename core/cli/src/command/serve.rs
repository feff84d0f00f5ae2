use crate::args::Data;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Serve the domain's courses to browsers.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address people type when a proxy stands in front, such as https://parcours.example.org.
    #[arg(long, value_name = "URL")]
    public: Option<String>,
    /// A proxy whose X-Forwarded-For is believed; may be given several times.
    #[arg(long, value_name = "IP")]
    proxy: Vec<IpAddr>,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let server = parcours_web::Server::bind(args.listen)?;
    let app = Arc::new(args.data.open()?);
    app.warm()?;
    eprintln!("listening on http://{}", server.address());
    server.run(app, parcours_web::Options { public: args.public, proxies: args.proxy, ..Default::default() })?;
    Ok(())
}
