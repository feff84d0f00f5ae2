//! Progress on a terminal, silence in a pipe.

use indicatif::{ProgressBar, ProgressStyle};
use parcours_actions::import::{Progress, Stage};

/// A bar that shows an import's stages. It is hidden by itself when standard error is not a terminal.
pub struct Bar {
    bar: ProgressBar,
    /// Whether the last stage shown knew its end.
    known: Option<bool>,
}

impl Bar {
    pub fn new() -> Bar {
        Bar { bar: ProgressBar::new(0), known: None }
    }

    pub fn show(&mut self, p: Progress) {
        let known = p.of > 0;
        if self.known != Some(known) {
            // What an archive holds is known only when it is through: until then bytes are counted.
            let template = if known { "{msg:12} {bar:40} {percent:>3} %" } else { "{msg:12} {bytes}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
            self.known = Some(known);
        }
        self.bar.set_message(match p.stage {
            Stage::Unpacking => "unpacking",
            Stage::People => "people",
            Stage::Activities => "activities",
            Stage::Publishing => "publishing",
        });
        self.bar.set_length(p.of);
        self.bar.set_position(p.done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
