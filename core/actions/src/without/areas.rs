//! Whose files are whose, by the area they stand in.

use crate::modules::Modules;
use parcours_mbz::people::areas;

/// Whether the files of an area are somebody's work: by the module's own declaration, else as [`areas::is_work`] tells.
pub fn is_work(modules: &Modules, component: &str, area: &str, item: i64) -> bool {
    let declared = component.strip_prefix("mod_").and_then(|m| modules.declaration(m)).and_then(|d| d.areas.get(area));
    declared.map_or_else(|| areas::is_work(component, area, item), |area| area.people)
}
