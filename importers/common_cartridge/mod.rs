//! IMS Common Cartridge 1.1 to 1.3 and Thin Common Cartridge, both ways.
