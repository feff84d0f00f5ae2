//! Texts in today's markup: what they say does not change.
