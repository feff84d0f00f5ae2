//! The sandbox's side: the interface's imports as a [`Host`], and an [`Activity`] as its export.

use crate::{self as sdk, Activity, Cx, Filter, Query, Result, Row, Rows, Value};
use std::marker::PhantomData;

#[allow(unsafe_code, clippy::all, missing_docs)]
pub mod bindings {
    wit_bindgen::generate!({
        path: "../wit/0.1.0",
        world: "activity",
        pub_export_macro: true,
        export_macro_name: "export_module",
        default_bindings_module: "parcours_sdk::wasm::bindings",
        generate_all,
    });
}

use bindings::exports::parcours::activity::module as out;
use bindings::parcours::activity::{context, files, services, store, transfer, types};

/// The imports. It holds nothing: everything is on the other side.
pub struct Imports;

/// An activity as the component's export.
pub struct Guest<A>(PhantomData<A>);

impl From<types::Error> for sdk::Error {
    fn from(e: types::Error) -> sdk::Error {
        use types::ErrorCode as E;
        let code = match e.code {
            E::Denied => sdk::Code::Denied,
            E::NotFound => sdk::Code::NotFound,
            E::Invalid => sdk::Code::Invalid,
            E::Conflict => sdk::Code::Conflict,
            E::Quota => sdk::Code::Quota,
            E::TooLarge => sdk::Code::TooLarge,
            E::Unsupported => sdk::Code::Unsupported,
            E::Internal => sdk::Code::Internal,
        };
        sdk::Error { code, message: e.message, field: e.field }
    }
}

impl From<sdk::Error> for types::Error {
    fn from(e: sdk::Error) -> types::Error {
        use types::ErrorCode as E;
        let code = match e.code {
            sdk::Code::Denied => E::Denied,
            sdk::Code::NotFound => E::NotFound,
            sdk::Code::Invalid => E::Invalid,
            sdk::Code::Conflict => E::Conflict,
            sdk::Code::Quota => E::Quota,
            sdk::Code::TooLarge => E::TooLarge,
            sdk::Code::Unsupported => E::Unsupported,
            sdk::Code::Internal => E::Internal,
        };
        types::Error { code, message: e.message, field: e.field }
    }
}

fn value_out(v: &Value) -> types::Value {
    match v {
        Value::Null => types::Value::Null,
        Value::Bool(b) => types::Value::Boolean(*b),
        Value::Int(n) => types::Value::Int(*n),
        Value::Real(x) => types::Value::Real(*x),
        Value::Text(s) => types::Value::Text(s.clone()),
        Value::Bytes(b) => types::Value::Bytes(b.clone()),
    }
}

fn value_in(v: types::Value) -> Value {
    match v {
        types::Value::Null => Value::Null,
        types::Value::Boolean(b) => Value::Bool(b),
        types::Value::Int(n) => Value::Int(n),
        types::Value::Real(x) => Value::Real(x),
        types::Value::Text(s) => Value::Text(s),
        types::Value::Bytes(b) => Value::Bytes(b),
    }
}

fn row_in(row: Vec<types::Value>) -> Row {
    row.into_iter().map(value_in).collect()
}

fn rows_in(rows: Vec<Vec<types::Value>>) -> Vec<Row> {
    rows.into_iter().map(row_in).collect()
}

fn columns_out(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|c| (*c).to_owned()).collect()
}

fn fields_out(fields: &[(&str, Value)]) -> Vec<store::Field> {
    fields.iter().map(|(name, v)| store::Field { name: (*name).to_owned(), value: value_out(v) }).collect()
}

fn filter_out(f: &Filter) -> Vec<Vec<store::Cond>> {
    let cond = |c: &sdk::Cond| store::Cond { column: c.column.to_owned(), op: cmp_out(c.op), values: c.values.iter().map(value_out).collect() };
    f.iter().map(|all| all.iter().map(cond).collect()).collect()
}

fn cmp_out(c: sdk::Cmp) -> store::Cmp {
    match c {
        sdk::Cmp::Eq => store::Cmp::Eq,
        sdk::Cmp::Ne => store::Cmp::Ne,
        sdk::Cmp::Lt => store::Cmp::Lt,
        sdk::Cmp::Le => store::Cmp::Le,
        sdk::Cmp::Gt => store::Cmp::Gt,
        sdk::Cmp::Ge => store::Cmp::Ge,
        sdk::Cmp::AnyOf => store::Cmp::AnyOf,
        sdk::Cmp::NoneOf => store::Cmp::NoneOf,
        sdk::Cmp::IsNull => store::Cmp::IsNull,
        sdk::Cmp::NotNull => store::Cmp::NotNull,
        sdk::Cmp::Prefix => store::Cmp::Prefix,
        sdk::Cmp::Contains => store::Cmp::Contains,
    }
}

fn agg_out((op, column): &(sdk::Agg, &str)) -> store::Aggregate {
    let op = match op {
        sdk::Agg::Count => store::Agg::Count,
        sdk::Agg::CountDistinct => store::Agg::CountDistinct,
        sdk::Agg::Sum => store::Agg::Sum,
        sdk::Agg::Min => store::Agg::Min,
        sdk::Agg::Max => store::Agg::Max,
        sdk::Agg::Avg => store::Agg::Avg,
    };
    store::Aggregate { op, column: (*column).to_owned() }
}

fn user_in(u: context::User) -> sdk::User {
    sdk::User { id: u.id, name: u.display_name, lang: u.lang, timezone: u.timezone, guest: u.guest }
}

fn info_in(f: files::Info) -> sdk::FileInfo {
    sdk::FileInfo { name: f.name, path: f.path, mime: f.mime, size: f.size, sha256: f.sha256, modified: f.modified }
}

fn pairs_out(pairs: &[(&str, &str)]) -> Vec<types::Pair> {
    pairs.iter().map(|(n, v)| types::Pair { name: (*n).to_owned(), value: (*v).to_owned() }).collect()
}

fn pairs_in(pairs: Vec<types::Pair>) -> Vec<(String, String)> {
    pairs.into_iter().map(|p| (p.name, p.value)).collect()
}

struct Scope(store::Savepoint);

impl sdk::Savepoint for Scope {
    fn release(self: Box<Self>) -> Result<()> {
        Ok(store::Savepoint::release(self.0)?)
    }
}

impl sdk::Host for Imports {
    fn user(&self) -> sdk::User {
        user_in(context::current_user())
    }
    fn place(&self) -> sdk::Place {
        let p = context::current_place();
        let group_mode = match p.group_mode {
            context::GroupMode::None => sdk::GroupMode::None,
            context::GroupMode::Separate => sdk::GroupMode::Separate,
            context::GroupMode::Visible => sdk::GroupMode::Visible,
        };
        sdk::Place { instance: p.instance, course_module: p.course_module, course: p.course, name: p.name, group_mode, groups: p.groups }
    }
    fn can(&self, capability: &str) -> bool {
        context::can(capability)
    }
    fn can_user(&self, user: i64, capability: &str) -> bool {
        context::can_user(user, capability)
    }
    fn users(&self, ids: &[i64]) -> Vec<sdk::User> {
        context::users(ids).into_iter().map(user_in).collect()
    }
    fn participants(&self, capability: &str, group: Option<i64>, after: i64, limit: u32) -> Vec<sdk::User> {
        context::participants(capability, group, after, limit).into_iter().map(user_in).collect()
    }
    fn now(&self) -> i64 {
        context::now()
    }
    fn random(&self, n: u32) -> Vec<u8> {
        context::random(n)
    }

    fn get(&self, table: &str, id: i64, columns: &[&str]) -> Result<Option<Row>> {
        Ok(store::get(table, id, &columns_out(columns))?.map(row_in))
    }
    fn get_many(&self, table: &str, ids: &[i64], columns: &[&str]) -> Result<Vec<Row>> {
        Ok(rows_in(store::get_many(table, ids, &columns_out(columns))?))
    }
    fn select(&self, q: &Query) -> Result<Rows> {
        let order = q.order.iter().map(|(c, d)| store::Order { column: (*c).to_owned(), descending: *d }).collect();
        let page = store::select(&store::Query {
            table: q.table.to_owned(),
            columns: columns_out(&q.columns),
            filter: filter_out(&q.filter),
            order,
            limit: q.limit,
            after: q.after.clone(),
        })?;
        Ok(Rows { rows: rows_in(page.rows), next: page.next })
    }
    fn summarise(&self, table: &str, filter: &Filter, group_by: &[&str], aggs: &[(sdk::Agg, &str)], limit: u32) -> Result<Vec<Row>> {
        let aggs: Vec<_> = aggs.iter().map(agg_out).collect();
        Ok(rows_in(store::summarise(table, &filter_out(filter), &columns_out(group_by), &aggs, limit)?))
    }
    fn insert(&self, table: &str, fields: &[(&str, Value)]) -> Result<i64> {
        Ok(store::insert(table, &fields_out(fields))?)
    }
    fn insert_many(&self, table: &str, columns: &[&str], rows: &[Row]) -> Result<Vec<i64>> {
        let rows: Vec<Vec<_>> = rows.iter().map(|r| r.iter().map(value_out).collect()).collect();
        Ok(store::insert_many(table, &columns_out(columns), &rows)?)
    }
    fn update(&self, table: &str, id: i64, fields: &[(&str, Value)], expect_version: Option<i64>) -> Result<bool> {
        Ok(store::update(table, id, &fields_out(fields), expect_version)?)
    }
    fn update_where(&self, table: &str, filter: &Filter, fields: &[(&str, Value)]) -> Result<u64> {
        Ok(store::update_where(table, &filter_out(filter), &fields_out(fields))?)
    }
    fn delete(&self, table: &str, id: i64) -> Result<bool> {
        Ok(store::delete(table, id)?)
    }
    fn delete_where(&self, table: &str, filter: &Filter) -> Result<u64> {
        Ok(store::delete_where(table, &filter_out(filter))?)
    }
    fn savepoint(&self) -> Box<dyn sdk::Savepoint> {
        Box::new(Scope(store::Savepoint::new()))
    }

    fn files(&self, area: &str, item: i64) -> Result<Vec<sdk::FileInfo>> {
        Ok(files::list(area, item)?.into_iter().map(info_in).collect())
    }
    fn read_file(&self, area: &str, item: i64, path: &str, offset: u64, len: u32) -> Result<Vec<u8>> {
        Ok(files::read(area, item, path, offset, len)?)
    }
    fn write_file(&self, area: &str, item: i64, path: &str, mime: &str, data: &[u8]) -> Result<sdk::FileInfo> {
        Ok(info_in(files::write(area, item, path, mime, data)?))
    }
    fn adopt_upload(&self, form_field: &str, area: &str, item: i64) -> Result<Vec<sdk::FileInfo>> {
        Ok(files::adopt_upload(form_field, area, item)?.into_iter().map(info_in).collect())
    }
    fn remove_file(&self, area: &str, item: i64, path: &str) -> Result<bool> {
        Ok(files::remove(area, item, path)?)
    }
    fn file_url(&self, area: &str, item: i64, path: &str) -> String {
        files::url(area, item, path)
    }

    fn log(&self, level: sdk::Level, message: &str) {
        let level = match level {
            sdk::Level::Debug => services::LogLevel::Debug,
            sdk::Level::Info => services::LogLevel::Info,
            sdk::Level::Warn => services::LogLevel::Warn,
            sdk::Level::Error => services::LogLevel::Error,
        };
        services::log(level, message);
    }
    fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        services::tr(key, &pairs_out(args))
    }
    fn format_time(&self, t: i64, style: &str) -> String {
        services::format_time(t, style)
    }
    fn format_text(&self, text: &str, format: &str) -> String {
        services::format_text(text, format)
    }
    fn emit(&self, event: &str, subject: Option<i64>, related_user: Option<i64>, data: &[(&str, &str)]) -> Result<()> {
        Ok(services::emit(event, subject, related_user, &pairs_out(data))?)
    }
    fn set_grade(&self, item: &str, user: i64, value: Option<f64>, feedback: Option<&str>) -> Result<()> {
        Ok(services::set_grade(item, user, value, feedback)?)
    }
    fn set_completion(&self, user: i64, rule: &str, done: bool) -> Result<()> {
        Ok(services::set_completion(user, rule, done)?)
    }
    fn notify(&self, message_type: &str, to: &[i64], subject: &str, html: &str, link: &str) -> Result<()> {
        Ok(services::notify(message_type, to, subject, html, link)?)
    }
    fn calendar(&self, event_type: &str, at: Option<i64>, name: &str) -> Result<()> {
        Ok(services::calendar(event_type, at, name)?)
    }
    fn index(&self, table: &str, id: i64, title: &str, text: &str) -> Result<()> {
        Ok(services::index(table, id, title, text)?)
    }
    fn url(&self, route: &str, query: &[(&str, &str)]) -> String {
        services::url(route, &pairs_out(query))
    }
    fn enqueue(&self, task: &str, payload: &str, not_before: Option<i64>) -> Result<()> {
        Ok(services::enqueue(task, payload, not_before)?)
    }
}

fn request_in(r: out::Request) -> sdk::Request {
    let method = match r.method {
        out::Method::Get => sdk::Method::Get,
        out::Method::Post => sdk::Method::Post,
    };
    sdk::Request { method, route: r.route, query: pairs_in(r.query), form: pairs_in(r.form), body: r.body, fragment: r.fragment }
}

fn outcome_out(o: sdk::Outcome) -> out::Outcome {
    match o {
        sdk::Outcome::Redirect(to) => out::Outcome::Redirect(to),
        sdk::Outcome::Page(p) => out::Outcome::Page(out::Page {
            title: p.title,
            html: p.html.into_string(),
            crumbs: p.crumbs.into_iter().map(|(name, value)| types::Pair { name, value }).collect(),
            status: p.status,
            cache_seconds: p.cache_seconds,
        }),
        sdk::Outcome::Fragment(h) => out::Outcome::Fragment(h.into_string()),
        sdk::Outcome::Json(s) => out::Outcome::Json(s),
        sdk::Outcome::Download { name, mime, data } => out::Outcome::Download((name, mime, data)),
        sdk::Outcome::File { area, item, path } => out::Outcome::File((area, item, path)),
    }
}

type Answer<T> = std::result::Result<T, types::Error>;

fn unsupported<T>(what: &str) -> Answer<T> {
    Err(sdk::Error::unsupported(format!("{what} is done from the declaration")).into())
}

impl<A: Activity> out::Guest for Guest<A> {
    fn describe() -> Answer<out::Card> {
        let c = A::describe(&Cx::new(&Imports))?;
        Ok(out::Card { name: c.name, summary_html: c.summary.into_string(), badges: c.badges, hidden: c.hidden })
    }
    fn view(req: out::Request) -> Answer<out::Outcome> {
        Ok(outcome_out(A::view(&Cx::new(&Imports), &request_in(req))?))
    }
    fn act(req: out::Request) -> Answer<out::Outcome> {
        Ok(outcome_out(A::act(&Cx::new(&Imports), &request_in(req))?))
    }
    fn configure(created: bool, settings: Vec<types::Pair>) -> Answer<()> {
        Ok(A::configure(&Cx::new(&Imports), created, &pairs_in(settings))?)
    }
    fn reset(rules: Vec<String>) -> Answer<()> {
        Ok(A::reset(&Cx::new(&Imports), &rules)?)
    }
    fn task(name: String, payload: String) -> Answer<()> {
        Ok(A::task(&Cx::new(&Imports), &name, &payload)?)
    }
    fn on_event(event: String, subject: Option<i64>, user: Option<i64>, data: Vec<types::Pair>) -> Answer<()> {
        Ok(A::on_event(&Cx::new(&Imports), &event, subject, user, &pairs_in(data))?)
    }
    fn backup(_: &transfer::Writer, _: bool) -> Answer<()> {
        unsupported("backup")
    }
    fn restore(_: &transfer::Reader, _: bool) -> Answer<()> {
        unsupported("restore")
    }
    fn upgrade(from_version: u32) -> Answer<()> {
        Ok(A::upgrade(&Cx::new(&Imports), from_version)?)
    }
}
