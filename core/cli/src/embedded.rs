//! The modules that ship: built by `cargo xtask modules`, put into the program by `build.rs`.

include!(concat!(env!("OUT_DIR"), "/modules.rs"));
