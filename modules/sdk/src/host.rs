//! What a module may ask of the host, as one trait with two implementations: the sandbox's imports, and the native test host.

use crate::{Agg, Filter, Query, Result, Row, Rows, Value};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The person's number in this course.
    pub id: i64,
    pub name: String,
    /// Language tag: `fr`, `en`.
    pub lang: String,
    pub timezone: String,
    pub guest: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupMode {
    #[default]
    None,
    Separate,
    Visible,
}

/// The activity that is being looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Number of the activity's own record, the one row of the table `instance`.
    pub instance: i64,
    pub course_module: i64,
    pub course: i64,
    pub name: String,
    pub group_mode: GroupMode,
    /// The current user's groups that count here.
    pub groups: Vec<i64>,
}

/// A file of an area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileInfo {
    pub name: String,
    /// Folder, with a slash at both ends.
    pub path: String,
    pub mime: String,
    pub size: u64,
    pub sha256: String,
    pub modified: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

/// A scope inside `act`: dropped without [`Savepoint::release`], everything written since is undone.
pub trait Savepoint {
    /// # Errors
    /// When the transaction is already over.
    fn release(self: Box<Self>) -> Result<()>;
}

/// Everything outside the module. The functions and their rules are those of `activity.wit`, where they are documented; budgets and deadlines
/// are not errors here, a module that meets one is stopped.
pub trait Host {
    fn user(&self) -> User;
    fn place(&self) -> Place;
    fn can(&self, capability: &str) -> bool;
    fn can_user(&self, user: i64, capability: &str) -> bool;
    fn users(&self, ids: &[i64]) -> Vec<User>;
    fn participants(&self, capability: &str, group: Option<i64>, after: i64, limit: u32) -> Vec<User>;
    fn now(&self) -> i64;
    fn random(&self, n: u32) -> Vec<u8>;

    fn get(&self, table: &str, id: i64, columns: &[&str]) -> Result<Option<Row>>;
    fn get_many(&self, table: &str, ids: &[i64], columns: &[&str]) -> Result<Vec<Row>>;
    fn select(&self, q: &Query) -> Result<Rows>;
    fn summarise(&self, table: &str, filter: &Filter, group_by: &[&str], aggs: &[(Agg, &str)], limit: u32) -> Result<Vec<Row>>;
    fn insert(&self, table: &str, fields: &[(&str, Value)]) -> Result<i64>;
    fn insert_many(&self, table: &str, columns: &[&str], rows: &[Row]) -> Result<Vec<i64>>;
    fn update(&self, table: &str, id: i64, fields: &[(&str, Value)], expect_version: Option<i64>) -> Result<bool>;
    fn update_where(&self, table: &str, filter: &Filter, fields: &[(&str, Value)]) -> Result<u64>;
    fn delete(&self, table: &str, id: i64) -> Result<bool>;
    fn delete_where(&self, table: &str, filter: &Filter) -> Result<u64>;
    fn savepoint(&self) -> Box<dyn Savepoint>;

    fn files(&self, area: &str, item: i64) -> Result<Vec<FileInfo>>;
    fn read_file(&self, area: &str, item: i64, path: &str, offset: u64, len: u32) -> Result<Vec<u8>>;
    fn write_file(&self, area: &str, item: i64, path: &str, mime: &str, data: &[u8]) -> Result<FileInfo>;
    fn adopt_upload(&self, form_field: &str, area: &str, item: i64) -> Result<Vec<FileInfo>>;
    fn remove_file(&self, area: &str, item: i64, path: &str) -> Result<bool>;
    fn file_url(&self, area: &str, item: i64, path: &str) -> String;

    fn log(&self, level: Level, message: &str);
    fn tr(&self, key: &str, args: &[(&str, &str)]) -> String;
    fn format_time(&self, t: i64, style: &str) -> String;
    fn format_text(&self, text: &str, format: &str) -> String;
    fn emit(&self, event: &str, subject: Option<i64>, related_user: Option<i64>, data: &[(&str, &str)]) -> Result<()>;
    fn set_grade(&self, item: &str, user: i64, value: Option<f64>, feedback: Option<&str>) -> Result<()>;
    fn set_completion(&self, user: i64, rule: &str, done: bool) -> Result<()>;
    fn notify(&self, message_type: &str, to: &[i64], subject: &str, html: &str, link: &str) -> Result<()>;
    fn calendar(&self, event_type: &str, at: Option<i64>, name: &str) -> Result<()>;
    fn index(&self, table: &str, id: i64, title: &str, text: &str) -> Result<()>;
    fn url(&self, route: &str, query: &[(&str, &str)]) -> String;
    fn enqueue(&self, task: &str, payload: &str, not_before: Option<i64>) -> Result<()>;
}
