//! Rust for `activity.wit`, made by the runtime's macro. Every import may end the module.
#![allow(clippy::all)]

wasmtime::component::bindgen!({
    path: "../wit/0.1.0",
    world: "activity",
    imports: { default: trappable },
    require_store_data_send: true,
    trappable_error_type: { "parcours:activity/types.error" => crate::abilities::Refused },
    with: {
        "parcours:activity/store.savepoint": crate::abilities::records::Savepoint,
        "parcours:activity/transfer.writer": crate::abilities::Writer,
        "parcours:activity/transfer.reader": crate::abilities::Reader,
    },
    additional_derives: [PartialEq],
});
