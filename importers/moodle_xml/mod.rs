//! Moodle's own question format in XML, both ways.
