use std::net::SocketAddr;
use thiserror::Error;

pub type Result<T> = std::result::Result<T, Error>;

/// Why the server did not start or stopped. What goes wrong in a request becomes a page and never ends here.
#[derive(Debug, Error)]
pub enum Error {
    #[error("cannot listen on {address}: {source}; choose another address with --listen, or stop the program that uses this one")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("cannot start the threads of the server: {0}")]
    Threads(std::io::Error),
    #[error("the server stopped: {0}")]
    Stopped(std::io::Error),
    #[error("the public address `{0}` must be a scheme and a host without a path, as in https://parcours.example.org")]
    PublicAddress(String),
}
