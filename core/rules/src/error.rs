//! What can be wrong with a rule.

/// A restriction that cannot be read. The caller keeps the text for the way out and decides with
/// [`Tree::closed`](crate::availability::Tree::closed): what is not understood stays shut.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the restriction is {bytes} bytes long, more than the {limit} allowed; split it, or raise the limit")]
    TooLong { bytes: usize, limit: usize },
    #[error("the restriction nests more than {limit} levels deep; flatten it, or raise the limit")]
    TooDeep { limit: usize },
    #[error("the restriction holds more than {limit} conditions; shorten it, or raise the limit")]
    TooManyConditions { limit: usize },
    #[error("the restriction is not JSON ({reason}); edit the activity's restrictions and save them anew")]
    NotJson { reason: String },
    #[error("the restriction has no usable {missing}; edit the activity's restrictions and save them anew")]
    NotATree { missing: &'static str },
}

pub type Result<T> = std::result::Result<T, Error>;
