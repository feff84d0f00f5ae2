//! GIFT, a question format people type, both ways.
