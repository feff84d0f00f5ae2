//! M@gistère courses and plain Moodle ones: what only that platform knows becomes the nearest stock thing, and back.
