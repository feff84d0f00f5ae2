//! From an error to a message and an exit code, in one place.

use parcours_actions::ActionError;
use std::process::ExitCode;

/// Says what happened, why, and answers with the exit code.
pub fn say(error: &anyhow::Error) -> ExitCode {
    eprintln!("parcours: {error}");
    let mut last = error.to_string();
    for cause in error.chain().skip(1) {
        let text = cause.to_string();
        if !last.contains(&text) {
            eprintln!("  because: {text}");
        }
        last = text;
    }
    ExitCode::from(code(error))
}

fn code(error: &anyhow::Error) -> u8 {
    for cause in error.chain() {
        if let Some(e) = cause.downcast_ref::<ActionError>() {
            return match e {
                ActionError::Archive(_) | ActionError::Invalid { .. } | ActionError::Denied(_) | ActionError::Refused(_) => 1,
                ActionError::NotFound => 4,
                _ => 3,
            };
        }
        if cause.downcast_ref::<parcours_mbz::Error>().is_some() {
            return 1;
        }
    }
    3
}
