//! The shell: what a browser sees of Parcours.
//!
//! Pages are made on the server and work without a script. A handler reads the request, calls one action of `parcours_actions` on a bounded pool of blocking
//! threads ([`gate`]) and answers with a page, a redirect or a file; what it may not do is decided below, never here.
//!
//! ```no_run
//! use std::sync::Arc;
//! # fn app() -> parcours_actions::App { unimplemented!() }
//! let app = Arc::new(app());
//! let server = parcours_web::Server::bind("127.0.0.1:8080".parse()?)?;
//! println!("http://{}", server.address());
//! server.run(app, parcours_web::Options::default())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | folder | holds |
//! |---|---|
//! | `routes/` | one file a page or endpoint, in folders as in the address |
//! | `security/` | headers, the session cookie, where a request comes from, where a login may lead |
//! | `form/` | what people send: fields, and files streamed to disk |
//! | `send/` | what they fetch: ranges, names, stored files |
//! | `lang/` | French and English: texts, numbers, dates |
//! | `templates/`, `static/`, `lang/*.json` beside `src/` | what is embedded |
#![forbid(unsafe_code)]

mod assets;
mod error;
mod fault;
mod form;
mod gate;
mod lang;
mod links;
mod options;
mod page;
mod routes;
mod scope;
mod security;
mod send;
mod serve;
mod shell;
mod visit;
mod words;

pub use error::{Error, Result};
pub use options::{Limits, Options};
pub use routes::router;
pub use serve::{Server, serve};
