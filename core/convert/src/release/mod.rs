//! The shape of another Moodle release.
