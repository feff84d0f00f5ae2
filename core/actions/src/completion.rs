//! Ticking an activity off, and noting that it was opened.

use crate::course::Completion;
use crate::look::Look;
use crate::{ActionError, App, Result, Viewer};
use parcours_rules::completion::{Progress, State, Tracking};
use parcours_store::activities::Activity;
use parcours_store::{Conn, completion};

/// Sets or takes away the viewer's own tick of an activity with manual completion.
///
/// # Errors
/// `NotFound` when the activity is not theirs to enter; `Denied` when it ticks itself, or the viewer's completion is not followed.
pub fn tick(app: &App, viewer: &Viewer, course: i64, cm: i64, done: bool) -> Result<()> {
    note(app, viewer, course, cm, move |look, a| {
        if look.completion(a).tracking() != Tracking::Manual {
            return Err(ActionError::Denied("this activity ticks itself".into()));
        }
        Ok((i64::from(done), false))
    })
}

/// Notes that the viewer opened an activity whose completion asks for it.
///
/// # Errors
/// As [`tick`].
pub fn seen(app: &App, viewer: &Viewer, course: i64, cm: i64) -> Result<()> {
    note(app, viewer, course, cm, |look, a| {
        let settings = look.completion(a);
        if !settings.watches_views() {
            return Err(ActionError::Denied("opening this activity completes nothing".into()));
        }
        let progress = Progress { viewed: true, ..Progress::default() };
        let state = settings.decide(&progress).unwrap_or(State::Incomplete);
        Ok((state.code(), true))
    })
}

/// What the tick beside an activity shows; nothing to somebody whose completion is not followed.
pub(crate) fn tick_of(look: &Look, a: &Activity) -> Completion {
    if !look.tracked() {
        return Completion::None;
    }
    let done = look.done(a);
    match look.completion(a).tracking() {
        Tracking::None => Completion::None,
        Tracking::Manual => Completion::Manual { done },
        Tracking::Automatic => Completion::Automatic { done },
    }
}

/// Whether the viewer's opening of an activity is worth noting and not noted yet.
pub(crate) fn to_note(look: &Look, conn: &Conn, a: &Activity) -> bool {
    let Some(number) = look.member.number.filter(|_| look.completion(a).watches_views() && look.tracked()) else {
        return false;
    };
    completion::get(conn, look.member.course, a.cm, number).is_ok_and(|c| c.is_none_or(|c| !c.viewed))
}

fn note(
    app: &App,
    viewer: &Viewer,
    course: i64,
    cm: i64,
    decide: impl FnOnce(&Look, &Activity) -> Result<(i64, bool)> + Send + 'static,
) -> Result<()> {
    let (viewer, now) = (viewer.clone(), app.now());
    app.domain.write(move |mut w| {
        let work = |w: &mut parcours_store::Write| -> Result<()> {
            let look = Look::at(w, &viewer, course, now)?;
            let activity = look.enter(cm)?;
            let tracked = look.member.number.filter(|_| look.tracked());
            let number =
                tracked.ok_or_else(|| ActionError::Denied("completion of those who learn here is followed, and you are not one of them".into()))?;
            let (state, viewed) = decide(&look, activity)?;
            Ok(completion::set(w, course, cm, number, state, viewed, now)?)
        };
        let done = work(&mut w);
        (w, done)
    })
}
