//! What two archives differ in, by meaning and not by number.
