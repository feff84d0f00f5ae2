//! Abilities with records invented from a declaration: as many as are asked for, 20 where it is not said.

use std::sync::Arc;

use parcours_declare::{Declaration, Kind};
use parcours_host::ErrorCode;
use parcours_host::abilities::context::{GroupMode, Place, User};
use parcours_host::abilities::files::Info;
use parcours_host::abilities::records::{Aggregate, Field, Filter, Query, Row, Rows, Value};
use parcours_host::abilities::services::{LogLevel, Pair};
use parcours_host::abilities::{Context, Fault, Files, Records, Refused, Services};
use parcours_host::html::{Attachment, Expander, Person};

const ROWS: u32 = 20;
const TEXT: &str = "Une phrase assez ordinaire, de la longueur que l'on tape en répondant à quelqu'un. ";

pub struct Plenty {
    declaration: Arc<Declaration>,
}

impl Plenty {
    pub fn new(declaration: &Arc<Declaration>) -> Plenty {
        Plenty { declaration: declaration.clone() }
    }

    fn row(&self, table: &str, columns: &[String], id: i64) -> Result<Row, Refused> {
        let Some(table) = self.declaration.tables.get(table) else {
            return Err(Refused::told(ErrorCode::Invalid, format!("no table {table}")));
        };
        let value = |name: &str| match table.columns.get(name).map(|column| &column.kind) {
            _ if name == "id" => Value::Int(id),
            Some(Kind::RichText { .. }) => Value::Text(TEXT.repeat(6)),
            Some(Kind::Text) => Value::Text(TEXT.into()),
            Some(Kind::Decimal) => Value::Text("10.00000".into()),
            Some(Kind::Time) => Value::Int(1_795_459_440),
            // All records hang on the first one, so that trees stay flat and nothing turns in circles.
            Some(Kind::RecordRef { .. }) => Value::Int(i64::from(id > 1)),
            _ => Value::Int(1),
        };
        if columns.is_empty() {
            return Ok(std::iter::once(Value::Int(id)).chain(table.columns.keys().map(|name| value(name))).collect());
        }
        Ok(columns.iter().map(|name| value(name)).collect())
    }
}

fn user(id: i64) -> User {
    User { id, display_name: "Ada Lovelace".into(), lang: "fr".into(), timezone: "Europe/Paris".into(), guest: false }
}

fn read_only<T>() -> Result<T, Refused> {
    Err(Refused::told(ErrorCode::Unsupported, "this host only reads"))
}

impl Context for Plenty {
    fn current_user(&mut self) -> Result<User, Fault> {
        Ok(user(2))
    }
    fn current_place(&mut self) -> Result<Place, Fault> {
        Ok(Place { instance: 1, course_module: 1, course: 1, name: "Measure".into(), group_mode: GroupMode::None, groups: vec![] })
    }
    fn can(&mut self, _: &str) -> Result<bool, Fault> {
        Ok(true)
    }
    fn can_user(&mut self, _: i64, _: &str) -> Result<bool, Fault> {
        Ok(true)
    }
    fn users(&mut self, ids: &[i64]) -> Result<Vec<User>, Fault> {
        Ok(ids.iter().copied().map(user).collect())
    }
    fn participants(&mut self, _: &str, _: Option<i64>, after: i64, limit: u32) -> Result<Vec<User>, Fault> {
        Ok(if after == 0 { (1..=i64::from(limit.min(ROWS))).map(user).collect() } else { vec![] })
    }
    fn now(&mut self) -> i64 {
        1_795_459_440
    }
    fn random(&mut self, n: usize) -> Result<Vec<u8>, Fault> {
        Ok(vec![4; n])
    }
}

impl Records for Plenty {
    fn get(&mut self, table: &str, id: i64, columns: &[String]) -> Result<Option<Row>, Refused> {
        self.row(table, columns, id).map(Some)
    }
    fn get_many(&mut self, table: &str, ids: &[i64], columns: &[String]) -> Result<Vec<Row>, Refused> {
        ids.iter().map(|id| self.row(table, columns, *id)).collect()
    }
    fn select(&mut self, query: &Query) -> Result<Rows, Refused> {
        let rows = (1..=i64::from(query.limit.min(ROWS))).map(|id| self.row(&query.table, &query.columns, id));
        Ok(Rows { rows: rows.collect::<Result<_, _>>()?, next: None })
    }
    fn summarise(&mut self, _: &str, _: &Filter, group_by: &[String], aggregates: &[Aggregate], limit: u32) -> Result<Vec<Row>, Refused> {
        let row = vec![Value::Int(1); group_by.len() + aggregates.len()];
        Ok(vec![row; if group_by.is_empty() { 1 } else { limit.min(ROWS) as usize }])
    }
    fn insert(&mut self, _: &str, _: Vec<Field>) -> Result<i64, Refused> {
        read_only()
    }
    fn insert_many(&mut self, _: &str, _: &[String], _: Vec<Row>) -> Result<Vec<i64>, Refused> {
        read_only()
    }
    fn update(&mut self, _: &str, _: i64, _: Vec<Field>, _: Option<i64>) -> Result<bool, Refused> {
        read_only()
    }
    fn update_where(&mut self, _: &str, _: &Filter, _: Vec<Field>) -> Result<u64, Refused> {
        read_only()
    }
    fn delete(&mut self, _: &str, _: i64) -> Result<bool, Refused> {
        read_only()
    }
    fn delete_where(&mut self, _: &str, _: &Filter) -> Result<u64, Refused> {
        read_only()
    }
    fn savepoint(&mut self, _: u32) -> Result<(), Fault> {
        Ok(())
    }
    fn release(&mut self, _: u32) -> Result<(), Fault> {
        Ok(())
    }
    fn rollback_to(&mut self, _: u32) -> Result<(), Fault> {
        Ok(())
    }
}

impl Files for Plenty {
    fn list(&mut self, _: &str, _: i64) -> Result<Vec<Info>, Refused> {
        Ok(vec![])
    }
    fn read(&mut self, _: &str, _: i64, _: &str, _: u64, _: u32) -> Result<Vec<u8>, Refused> {
        Ok(vec![])
    }
    fn write(&mut self, _: &str, _: i64, _: &str, _: &str, _: Vec<u8>) -> Result<Info, Refused> {
        read_only()
    }
    fn adopt_upload(&mut self, _: &str, _: &str, _: i64) -> Result<Vec<Info>, Refused> {
        read_only()
    }
    fn remove(&mut self, _: &str, _: i64, _: &str) -> Result<bool, Refused> {
        read_only()
    }
    fn file_url(&mut self, area: &str, item: i64, path: &str) -> Result<String, Fault> {
        Ok(format!("/file/1/1/mod/{area}/{item}/{path}"))
    }
}

impl Services for Plenty {
    fn log(&mut self, _: LogLevel, _: &str) {}
    fn format_time(&mut self, _: i64, _: &str) -> Result<String, Fault> {
        Ok("lundi 23 novembre 2026, 19:44".into())
    }
    fn format_text(&mut self, text: &str, _: &str) -> Result<String, Fault> {
        Ok(text.to_owned())
    }
    fn url(&mut self, route: &str, _: &[Pair]) -> Result<String, Fault> {
        Ok(format!("/course/1/measure/1/{route}"))
    }
    fn emit(&mut self, _: &str, _: Option<i64>, _: Option<i64>, _: &[Pair]) -> Result<(), Refused> {
        read_only()
    }
    fn set_grade(&mut self, _: &str, _: i64, _: Option<f64>, _: Option<&str>) -> Result<(), Refused> {
        read_only()
    }
    fn set_completion(&mut self, _: i64, _: &str, _: bool) -> Result<(), Refused> {
        read_only()
    }
    fn notify(&mut self, _: &str, _: &[i64], _: &str, _: &str, _: &str) -> Result<(), Refused> {
        read_only()
    }
    fn calendar(&mut self, _: &str, _: Option<i64>, _: &str) -> Result<(), Refused> {
        read_only()
    }
    fn index(&mut self, _: &str, _: i64, _: &str, _: &str) -> Result<(), Refused> {
        read_only()
    }
    fn enqueue(&mut self, _: &str, _: &str, _: Option<i64>) -> Result<(), Refused> {
        read_only()
    }
}

impl Expander for Plenty {
    fn person(&mut self, number: i64) -> Result<Option<Person>, Fault> {
        Ok(Some(Person { name: "Ada Lovelace".into(), url: Some(format!("/user/{number}")) }))
    }
    fn date(&mut self, _: i64, _: &str) -> Result<String, Fault> {
        Ok("lundi 23 novembre 2026, 19:44".into())
    }
    fn rich_text(&mut self, _: &str, _: i64, _: &str) -> Result<Option<String>, Fault> {
        Ok(Some(format!("<p>{}</p>", TEXT.repeat(6))))
    }
    fn attachments(&mut self, _: &str, _: i64) -> Result<Vec<Attachment>, Fault> {
        Ok(vec![])
    }
    fn form_token(&mut self) -> Result<String, Fault> {
        Ok("token".into())
    }
    fn file_size(&mut self, bytes: u64) -> String {
        bytes.to_string()
    }
}
