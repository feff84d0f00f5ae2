//! What keeps strangers' pages, strangers' content and curious proxies out.

pub(crate) mod cookie;
pub(crate) mod headers;
pub(crate) mod next;
pub(crate) mod source;
