//! Progress on a terminal, silence in a pipe.

use indicatif::{ProgressBar, ProgressStyle};
use parcours_actions::import::{Progress, Stage};

/// A bar that shows an import's stages.
pub struct Bar(ProgressBar);

impl Bar {
    /// Hidden by itself when standard error is not a terminal.
    pub fn new() -> Bar {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {bar:40} {percent:>3} %") {
            bar.set_style(style);
        }
        Bar(bar)
    }

    pub fn show(&self, p: Progress) {
        self.0.set_message(match p.stage {
            Stage::Unpacking => "unpacking",
            Stage::People => "people",
            Stage::Activities => "activities",
            Stage::Publishing => "publishing",
        });
        self.0.set_length(p.of.max(1));
        self.0.set_position(p.done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
