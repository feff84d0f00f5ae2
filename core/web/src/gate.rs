//! The way into the synchronous part: a bounded number of actions at a time, a bounded queue before it, and a clear answer beyond.

use crate::fault::Fault;
use crate::options::Limits;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Seconds after which somebody who was turned away should try again.
const COME_BACK: u64 = 2;

pub(crate) struct Gate {
    inside: Arc<Semaphore>,
    working: Arc<Semaphore>,
    long: Arc<Semaphore>,
    patience: Duration,
}

impl Gate {
    pub fn new(limits: &Limits) -> Gate {
        Gate {
            inside: Arc::new(Semaphore::new(limits.in_flight)),
            working: Arc::new(Semaphore::new(limits.working)),
            long: Arc::new(Semaphore::new(limits.long)),
            patience: limits.patience,
        }
    }

    /// Runs an action that answers within a page's time.
    ///
    /// # Errors
    /// What the action answers; [`Fault::Busy`] when the queue is full or its turn did not come in time.
    pub async fn run<T, E>(&self, action: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Fault>
    where
        T: Send + 'static,
        E: Into<Fault> + Send + 'static,
    {
        let inside = self.inside.clone().try_acquire_owned().map_err(|_| Fault::Busy(COME_BACK))?;
        let working = tokio::time::timeout(self.patience, self.working.clone().acquire_owned()).await;
        let working = working.ok().and_then(Result::ok).ok_or(Fault::Busy(COME_BACK))?;
        blocking((inside, working), action).await
    }

    /// Runs something that may take minutes (reading an archive through, writing one) beside the pages, not before them.
    ///
    /// # Errors
    /// What the action answers; [`Fault::Busy`] when as many are running as may.
    pub async fn run_long<T, E>(&self, action: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Fault>
    where
        T: Send + 'static,
        E: Into<Fault> + Send + 'static,
    {
        let permit = self.long.clone().try_acquire_owned().map_err(|_| Fault::Busy(30))?;
        blocking(permit, action).await
    }

    /// A place among the long ones, held while an upload comes in.
    pub fn long_place(&self) -> Result<OwnedSemaphorePermit, Fault> {
        self.long.clone().try_acquire_owned().map_err(|_| Fault::Busy(30))
    }
}

/// The permits live as long as the thread works, also when the browser has gone away meanwhile.
async fn blocking<T, E, P>(permits: P, action: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Fault>
where
    T: Send + 'static,
    E: Into<Fault> + Send + 'static,
    P: Send + 'static,
{
    let done = tokio::task::spawn_blocking(move || {
        let answer = action();
        drop(permits);
        answer
    })
    .await;
    match done {
        Ok(answer) => answer.map_err(Into::into),
        Err(e) => Err(Fault::incident(format!("an action did not end: {e}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Arc<Gate> {
        let limits = Limits { working: 1, in_flight: 2, patience: Duration::from_millis(30), long: 1, ..Limits::default() };
        Arc::new(Gate::new(&limits))
    }

    async fn hold(gate: &Arc<Gate>) -> (std::sync::mpsc::Sender<()>, tokio::task::JoinHandle<Result<(), Fault>>) {
        let (release, wait) = std::sync::mpsc::channel();
        let (started, begun) = tokio::sync::oneshot::channel();
        let gate = gate.clone();
        let task = tokio::spawn(async move {
            gate.run(move || {
                let _ = started.send(());
                let _ = wait.recv();
                Ok::<_, Fault>(())
            })
            .await
        });
        begun.await.ok();
        (release, task)
    }

    #[tokio::test]
    async fn a_turn_that_does_not_come_is_answered_busy() {
        let gate = small();
        let (release, first) = hold(&gate).await;
        assert!(matches!(gate.run(|| Ok::<_, Fault>(())).await, Err(Fault::Busy(_))));
        drop(release);
        assert!(first.await.is_ok_and(|r| r.is_ok()));
        assert!(gate.run(|| Ok::<_, Fault>(())).await.is_ok());
    }

    #[tokio::test]
    async fn a_full_queue_turns_the_next_one_away_at_once() {
        let gate = small();
        let (release, _first) = hold(&gate).await;
        let waiting = gate.run(|| Ok::<_, Fault>(()));
        tokio::pin!(waiting);
        assert!(tokio::time::timeout(Duration::ZERO, &mut waiting).await.is_err());
        let started = std::time::Instant::now();
        assert!(matches!(gate.run(|| Ok::<_, Fault>(())).await, Err(Fault::Busy(_))));
        assert!(started.elapsed() < Duration::from_millis(25));
        drop(release);
    }

    #[tokio::test]
    async fn a_panic_costs_one_request() {
        let gate = small();
        let answer = gate.run(|| -> Result<(), Fault> { panic!("seen in the test's output") }).await;
        assert!(matches!(answer, Err(Fault::Incident { .. })));
        assert!(gate.run(|| Ok::<_, Fault>(())).await.is_ok());
    }
}
