//! What is wrong with a form.

/// Faults of a form, by field. A form with faults is shown again with everything typed still in it, and status 422.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Faults(Vec<(&'static str, String)>);

impl Faults {
    pub fn new() -> Faults {
        Faults::default()
    }
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push((field, message.into()));
    }
    /// The first fault of a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(f, _)| *f == field).map(|(_, m)| m.as_str())
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(f, m)| (*f, m.as_str()))
    }
}
