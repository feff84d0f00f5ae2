//! EPUB 3: a course to read offline.
