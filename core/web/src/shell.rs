//! What every request needs, put together once.

use crate::Options;
use crate::assets::Assets;
use crate::gate::Gate;
use crate::page::Templates;
use parcours_actions::App;
use std::sync::Arc;

pub(crate) struct Shell {
    pub app: Arc<App>,
    pub options: Options,
    pub gate: Gate,
    pub assets: Assets,
    pub templates: Templates,
}

pub(crate) type Web = Arc<Shell>;

impl Shell {
    pub fn new(app: Arc<App>, options: Options) -> Web {
        let assets = Assets::new();
        let templates = Templates::new(&assets);
        Arc::new(Shell { gate: Gate::new(&options.limits), app, options, assets, templates })
    }
}
