//! Abilities that note what they are asked for.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use parcours_host::abilities::context::{GroupMode, Place, User};
use parcours_host::abilities::files::Info;
use parcours_host::abilities::records::{Aggregate, Field, Filter, Query, Row, Rows, Value};
use parcours_host::abilities::services::{LogLevel, Pair};
use parcours_host::abilities::{Abilities, Context, Fault, Files, Records, Refused, Services};
use parcours_host::html::{Attachment, Expander, Person};
use parcours_host::{ErrorCode, ModuleError};

/// What happened, seen from outside.
#[derive(Debug, Default)]
pub struct Journal {
    pub done: Vec<String>,
    pub logged: usize,
    pub logs: usize,
    pub closed: bool,
}

/// As a caller's would, it owns something for the length of the call; the journal notes when that ends.
pub struct Noting {
    pub journal: Arc<Mutex<Journal>>,
    /// How long `now` takes.
    pub slow: Duration,
    /// Bytes of a row's text.
    pub row: usize,
    /// The database is gone.
    pub lost: bool,
}

pub fn noting() -> (Arc<Mutex<Journal>>, Box<dyn Abilities>) {
    with(|_| {})
}

pub fn with(set: impl FnOnce(&mut Noting)) -> (Arc<Mutex<Journal>>, Box<dyn Abilities>) {
    let journal = Arc::new(Mutex::new(Journal::default()));
    let mut noting = Noting { journal: journal.clone(), slow: Duration::ZERO, row: 10, lost: false };
    set(&mut noting);
    (journal, Box::new(noting))
}

impl Noting {
    fn note(&self, what: impl Into<String>) {
        self.journal.lock().unwrap().done.push(what.into());
    }
}

impl Drop for Noting {
    fn drop(&mut self) {
        self.journal.lock().unwrap().closed = true;
    }
}

fn user() -> User {
    User { id: 3, display_name: "Ada".into(), lang: "fr_ca".into(), timezone: "Europe/Paris".into(), guest: false }
}

fn unsupported<T>() -> Result<T, Refused> {
    Err(Refused::told(ErrorCode::Unsupported, "not here"))
}

impl Context for Noting {
    fn current_user(&mut self) -> Result<User, Fault> {
        Ok(user())
    }
    fn current_place(&mut self) -> Result<Place, Fault> {
        Ok(Place { instance: 1, course_module: 2, course: 3, name: "Probe".into(), group_mode: GroupMode::None, groups: vec![] })
    }
    fn can(&mut self, _: &str) -> Result<bool, Fault> {
        Ok(true)
    }
    fn can_user(&mut self, _: i64, _: &str) -> Result<bool, Fault> {
        Ok(true)
    }
    fn users(&mut self, ids: &[i64]) -> Result<Vec<User>, Fault> {
        Ok(ids.iter().map(|_| user()).collect())
    }
    fn participants(&mut self, _: &str, _: Option<i64>, _: i64, _: u32) -> Result<Vec<User>, Fault> {
        Ok(vec![])
    }
    fn now(&mut self) -> i64 {
        std::thread::sleep(self.slow);
        0
    }
    fn random(&mut self, n: usize) -> Result<Vec<u8>, Fault> {
        Ok(vec![0; n])
    }
}

impl Records for Noting {
    fn get(&mut self, table: &str, id: i64, _: &[String]) -> Result<Option<Row>, Refused> {
        if self.lost {
            return Err(Fault::new("the database is gone").into());
        }
        if table != "instance" {
            return Err(ModuleError { code: ErrorCode::Invalid, message: format!("no table {table}"), field: None }.into());
        }
        Ok(Some(vec![Value::Int(id), Value::Text("x".repeat(self.row))]))
    }
    fn get_many(&mut self, _: &str, _: &[i64], _: &[String]) -> Result<Vec<Row>, Refused> {
        unsupported()
    }
    fn select(&mut self, query: &Query) -> Result<Rows, Refused> {
        Ok(Rows { rows: vec![vec![Value::Int(query.limit.into())]], next: None })
    }
    fn summarise(&mut self, _: &str, _: &Filter, _: &[String], _: &[Aggregate], _: u32) -> Result<Vec<Row>, Refused> {
        unsupported()
    }
    fn insert(&mut self, table: &str, _: Vec<Field>) -> Result<i64, Refused> {
        self.note(format!("insert {table}"));
        Ok(7)
    }
    fn insert_many(&mut self, _: &str, _: &[String], _: Vec<Row>) -> Result<Vec<i64>, Refused> {
        unsupported()
    }
    fn update(&mut self, _: &str, _: i64, _: Vec<Field>, _: Option<i64>) -> Result<bool, Refused> {
        unsupported()
    }
    fn update_where(&mut self, _: &str, _: &Filter, _: Vec<Field>) -> Result<u64, Refused> {
        unsupported()
    }
    fn delete(&mut self, _: &str, _: i64) -> Result<bool, Refused> {
        unsupported()
    }
    fn delete_where(&mut self, _: &str, _: &Filter) -> Result<u64, Refused> {
        unsupported()
    }
    fn savepoint(&mut self, number: u32) -> Result<(), Fault> {
        self.note(format!("savepoint {number}"));
        Ok(())
    }
    fn release(&mut self, number: u32) -> Result<(), Fault> {
        self.note(format!("release {number}"));
        Ok(())
    }
    fn rollback_to(&mut self, number: u32) -> Result<(), Fault> {
        self.note(format!("rollback {number}"));
        Ok(())
    }
}

impl Files for Noting {
    fn list(&mut self, _: &str, _: i64) -> Result<Vec<Info>, Refused> {
        unsupported()
    }
    fn read(&mut self, _: &str, _: i64, _: &str, _: u64, _: u32) -> Result<Vec<u8>, Refused> {
        unsupported()
    }
    fn write(&mut self, _: &str, _: i64, _: &str, _: &str, _: Vec<u8>) -> Result<Info, Refused> {
        unsupported()
    }
    fn adopt_upload(&mut self, _: &str, _: &str, _: i64) -> Result<Vec<Info>, Refused> {
        unsupported()
    }
    fn remove(&mut self, _: &str, _: i64, _: &str) -> Result<bool, Refused> {
        unsupported()
    }
    fn file_url(&mut self, _: &str, _: i64, path: &str) -> Result<String, Fault> {
        Ok(format!("/file/{path}"))
    }
}

impl Services for Noting {
    fn log(&mut self, _: LogLevel, message: &str) {
        let mut journal = self.journal.lock().unwrap();
        journal.logs += 1;
        journal.logged += message.len();
    }
    fn format_time(&mut self, time: i64, _: &str) -> Result<String, Fault> {
        Ok(time.to_string())
    }
    fn format_text(&mut self, text: &str, _: &str) -> Result<String, Fault> {
        Ok(text.to_owned())
    }
    fn url(&mut self, route: &str, _: &[Pair]) -> Result<String, Fault> {
        Ok(format!("/{route}"))
    }
    fn emit(&mut self, event: &str, _: Option<i64>, _: Option<i64>, _: &[Pair]) -> Result<(), Refused> {
        self.note(format!("emit {event}"));
        Ok(())
    }
    fn set_grade(&mut self, _: &str, _: i64, _: Option<f64>, _: Option<&str>) -> Result<(), Refused> {
        unsupported()
    }
    fn set_completion(&mut self, _: i64, _: &str, _: bool) -> Result<(), Refused> {
        unsupported()
    }
    fn notify(&mut self, _: &str, _: &[i64], _: &str, _: &str, _: &str) -> Result<(), Refused> {
        unsupported()
    }
    fn calendar(&mut self, _: &str, _: Option<i64>, _: &str) -> Result<(), Refused> {
        unsupported()
    }
    fn index(&mut self, _: &str, _: i64, _: &str, _: &str) -> Result<(), Refused> {
        unsupported()
    }
    fn enqueue(&mut self, _: &str, _: &str, _: Option<i64>) -> Result<(), Refused> {
        unsupported()
    }
}

impl Expander for Noting {
    fn person(&mut self, _: i64) -> Result<Option<Person>, Fault> {
        Ok(Some(Person { name: "Ada".into(), url: None }))
    }
    fn date(&mut self, time: i64, _: &str) -> Result<String, Fault> {
        Ok(time.to_string())
    }
    fn rich_text(&mut self, _: &str, _: i64, _: &str) -> Result<Option<String>, Fault> {
        Ok(None)
    }
    fn attachments(&mut self, _: &str, _: i64) -> Result<Vec<Attachment>, Fault> {
        Ok(vec![])
    }
    fn form_token(&mut self) -> Result<String, Fault> {
        Ok("t0k3n".into())
    }
    fn file_size(&mut self, bytes: u64) -> String {
        bytes.to_string()
    }
}
