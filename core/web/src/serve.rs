//! Listening, and stopping without dropping what is under way.

use crate::{Error, Options, Result, router};
use parcours_actions::App;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

/// How long requests under way may take once the server was told to stop (SECURITY I06).
const DRAIN: Duration = Duration::from_secs(10);

/// How often files that nobody fetched are looked through.
const SWEEP: Duration = Duration::from_secs(300);

/// A server that has its address and does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes the address; port 0 takes any that is free.
    ///
    /// # Errors
    /// [`Error::Listen`] when the address is taken or not ours.
    pub fn bind(address: SocketAddr) -> Result<Server> {
        let listen = |source| Error::Listen { address, source };
        let listener = TcpListener::bind(address).map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        Ok(Server { listener, address })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the program is told to stop (interrupt or SIGTERM), then lets requests under way end, for at most ten seconds.
    ///
    /// # Errors
    /// [`Error::PublicAddress`] for a public address that could never match, [`Error::Threads`] and [`Error::Stopped`] when the machine refuses.
    pub fn run(self, app: Arc<App>, options: Options) -> Result<()> {
        options.check()?;
        // Beside the actions, threads read the files that are being sent.
        let threads = options.limits.working + options.limits.long + 64;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(threads).build().map_err(Error::Threads)?;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(Error::Threads)?;
            let swept = app.clone();
            let routes = router(app, options).into_make_service_with_connect_info::<SocketAddr>();
            let (told, mut stop) = tokio::sync::watch::channel(false);
            let serving = axum::serve(listener, routes).with_graceful_shutdown(async move {
                asked_to_stop().await;
                told.send_replace(true);
            });
            tokio::spawn(sweep(swept));
            tokio::select! {
                ended = async { serving.await } => ended.map_err(Error::Stopped),
                () = async { let _ = stop.wait_for(|s| *s).await; tokio::time::sleep(DRAIN).await } => Ok(()),
            }
        })
    }
}

/// [`Server::bind`] and [`Server::run`] in one.
///
/// # Errors
/// Those of both.
pub fn serve(app: Arc<App>, address: SocketAddr, options: Options) -> Result<()> {
    Server::bind(address)?.run(app, options)
}

/// What works left is thrown away in time, also when nobody asks for anything.
async fn sweep(app: Arc<App>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let app = app.clone();
        let _ = tokio::task::spawn_blocking(move || parcours_actions::work::sweep(&app)).await;
    }
}

async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut s) => drop(s.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
