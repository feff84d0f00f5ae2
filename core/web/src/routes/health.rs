//! `/healthz`: for whoever watches the machine. It waits for nothing, so it answers also when every worker is busy.

pub(crate) async fn answer() -> &'static str {
    "ok\n"
}
