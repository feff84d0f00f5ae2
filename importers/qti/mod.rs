//! IMS QTI 2.1 and 3.0 assessment items, both ways.
