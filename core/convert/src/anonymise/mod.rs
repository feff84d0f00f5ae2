//! People of an archive, replaced consistently or taken out with all they wrote.
