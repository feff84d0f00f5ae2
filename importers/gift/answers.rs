//! One answer: `=%50%text#feedback`.

use super::escape;
use super::read::feedback;
use parcours_course::question::Answer;
use parcours_course::{Format, Text};

/// An answer as it stands between two marks.
pub(super) struct Raw<'a> {
    /// Begun by `=`, and not by `~`.
    pub right: bool,
    /// A percentage, where one was said.
    pub weight: Option<f64>,
    /// Still escaped.
    pub text: &'a str,
    pub feedback: Option<&'a str>,
}

impl<'a> Raw<'a> {
    pub fn of(piece: &'a str) -> Self {
        let (right, rest) = match piece.trim_start().strip_prefix('=') {
            Some(rest) => (true, rest),
            None => (false, piece.trim_start().strip_prefix('~').unwrap_or(piece)),
        };
        let weighed = rest.trim_start().strip_prefix('%').and_then(|r| r.split_once('%'));
        let weighed = weighed.and_then(|(n, rest)| Some((n.trim().parse::<f64>().ok().filter(|n| n.is_finite())?, rest)));
        let (weight, rest) = weighed.map_or((None, rest), |(n, rest)| (Some(n), rest));
        let (text, feedback) = escape::split(rest, &['#']);
        Raw { right, weight, text, feedback }
    }

    /// Part of the mark.
    pub fn fraction(&self) -> f64 {
        let fraction = self.weight.map_or(if self.right { 1.0 } else { 0.0 }, |w| w / 100.0);
        fraction.clamp(-1.0, 1.0)
    }

    pub fn answer(&self, id: i64, text: Text, format: Format) -> Answer {
        Answer { id, text, fraction: self.fraction(), feedback: feedback(self.feedback, format) }
    }
}
