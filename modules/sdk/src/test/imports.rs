//! The functions of [`crate::Host`] on the test host.

use super::{CORE_RIGHTS, Data, File, Host, Told, data::compare};
use crate::{Agg, Code, Error, FileInfo, Filter, Level, Place, Query, Result, Row, Rows, Savepoint, User, Value};
use std::cell::RefCell;
use std::rc::Rc;

struct Scope {
    data: Rc<RefCell<Data>>,
    before: Option<Data>,
}

impl Savepoint for Scope {
    fn release(mut self: Box<Self>) -> Result<()> {
        self.before = None;
        Ok(())
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        if let Some(before) = self.before.take() {
            *self.data.borrow_mut() = before;
        }
    }
}

impl Host {
    fn called(&self) {
        self.calls.set(self.calls.get() + 1);
    }

    fn writes(&self) -> Result<()> {
        self.called();
        if self.writing.get() { Ok(()) } else { Err(Error::denied("a view reads, an act writes")) }
    }

    fn area(&self, area: &str, item: i64) -> Result<(String, i64)> {
        self.called();
        let a = self.declaration.areas.get(area).ok_or_else(|| Error::invalid(format!("no area `{area}` is declared")))?;
        let there = match &a.item {
            Some(table) => self.data.borrow().table(table)?.rows.contains_key(&item),
            None => item == 0,
        };
        if there { Ok((area.to_owned(), item)) } else { Err(Error::not_found(format!("no item {item} in area `{area}`"))) }
    }

    fn has(&self, user: i64, capability: &str) -> bool {
        if let Some(set) = self.overrides.borrow().get(&(user, capability.to_owned())) {
            return *set;
        }
        let people = self.people.borrow();
        let Some(person) = people.get(&user) else { return false };
        match self.declaration.capabilities.get(capability) {
            Some(c) => c.archetypes.contains(&person.role),
            None => {
                let granted = self.declaration.grants.iter().any(|g| g == capability);
                assert!(granted, "`{capability}` is neither declared nor in grants");
                CORE_RIGHTS.iter().any(|(c, roles)| *c == capability && roles.contains(&person.role.as_str()))
            }
        }
    }

    fn user_of(&self, id: i64) -> Option<User> {
        let people = self.people.borrow();
        let p = people.get(&id)?;
        Some(User { id, name: p.name.clone(), lang: p.lang.clone(), timezone: "Europe/Paris".into(), guest: p.role == "guest" })
    }
}

impl crate::Host for Host {
    fn user(&self) -> User {
        self.called();
        let nobody = User { id: 0, name: String::new(), lang: "en".into(), timezone: "UTC".into(), guest: true };
        self.user_of(self.user.get()).unwrap_or(nobody)
    }
    fn place(&self) -> Place {
        self.called();
        let user = self.user.get();
        let groups = self.groups.borrow().iter().filter(|(_, m)| m.contains(&user)).map(|(g, _)| *g).collect();
        let name = match self.value("instance", self.instance, "name") {
            Some(Value::Text(s)) => s,
            _ => String::new(),
        };
        Place { instance: self.instance, course_module: 70, course: 1, name, group_mode: self.group_mode.get(), groups }
    }
    fn can(&self, capability: &str) -> bool {
        self.called();
        self.has(self.user.get(), capability)
    }
    fn can_user(&self, user: i64, capability: &str) -> bool {
        self.called();
        self.has(user, capability)
    }
    fn users(&self, ids: &[i64]) -> Vec<User> {
        self.called();
        ids.iter().filter_map(|id| self.user_of(*id)).collect()
    }
    fn participants(&self, capability: &str, group: Option<i64>, after: i64, limit: u32) -> Vec<User> {
        self.called();
        let ids: Vec<i64> = self.people.borrow().keys().copied().filter(|id| *id > after).collect();
        let in_group = |id: &i64| group.is_none_or(|g| self.groups.borrow().get(&g).is_some_and(|m| m.contains(id)));
        ids.into_iter().filter(in_group).filter(|id| self.has(*id, capability)).take(limit as usize).filter_map(|id| self.user_of(id)).collect()
    }
    fn now(&self) -> i64 {
        self.called();
        self.now.get()
    }
    fn random(&self, n: u32) -> Vec<u8> {
        self.called();
        let next = || {
            let s = self.seed.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            self.seed.set(s);
            (s >> 33) as u8
        };
        (0..n).map(|_| next()).collect()
    }

    fn get(&self, table: &str, id: i64, columns: &[&str]) -> Result<Option<Row>> {
        Ok(self.get_many(table, &[id], columns)?.pop())
    }
    fn get_many(&self, table: &str, ids: &[i64], columns: &[&str]) -> Result<Vec<Row>> {
        self.called();
        if ids.len() > 1000 {
            return Err(Error::new(Code::TooLarge, "at most 1000 records at once"));
        }
        let data = self.data.borrow();
        let t = data.table(table)?;
        let columns = t.columns(columns)?;
        let row = |id: &i64| t.rows.get(id).map(|r| columns.iter().map(|at| r.get(*id, *at)).collect());
        Ok(ids.iter().filter_map(row).collect())
    }
    fn select(&self, q: &Query) -> Result<Rows> {
        self.called();
        self.data.borrow().table(q.table)?.select(q)
    }
    fn summarise(&self, table: &str, filter: &Filter, group_by: &[&str], aggs: &[(Agg, &str)], limit: u32) -> Result<Vec<Row>> {
        self.called();
        let data = self.data.borrow();
        let t = data.table(table)?;
        let by = group_by.iter().map(|c| t.column(c)).collect::<Result<Vec<_>>>()?;
        let of = aggs.iter().map(|(a, c)| Ok((*a, t.column(c)?))).collect::<Result<Vec<_>>>()?;
        let mut groups: Vec<(Row, Vec<i64>)> = Vec::new();
        if by.is_empty() {
            groups.push((Vec::new(), t.matching(filter, &[])?));
        } else {
            for id in t.matching(filter, &[])? {
                let key: Row = by.iter().map(|at| t.rows[&id].get(id, *at)).collect();
                match groups.iter_mut().find(|(k, _)| *k == key) {
                    Some((_, ids)) => ids.push(id),
                    None => groups.push((key, vec![id])),
                }
            }
        }
        let total = |(mut key, ids): (Row, Vec<i64>)| {
            for (agg, at) in &of {
                let values = ids.iter().map(|id| t.rows[id].get(*id, *at)).filter(|v| *v != Value::Null).collect();
                key.push(aggregate(*agg, values));
            }
            key
        };
        Ok(groups.into_iter().take(limit.clamp(1, 1000) as usize).map(total).collect())
    }
    fn insert(&self, table: &str, fields: &[(&str, Value)]) -> Result<i64> {
        self.writes()?;
        self.data.borrow_mut().insert(table, fields)
    }
    fn insert_many(&self, table: &str, columns: &[&str], rows: &[Row]) -> Result<Vec<i64>> {
        self.writes()?;
        let mut data = self.data.borrow_mut();
        let fields = |row: &Row| columns.iter().copied().zip(row.iter().cloned()).collect::<Vec<_>>();
        rows.iter().map(|row| data.insert(table, &fields(row))).collect()
    }
    fn update(&self, table: &str, id: i64, fields: &[(&str, Value)], expect_version: Option<i64>) -> Result<bool> {
        self.writes()?;
        let mut data = self.data.borrow_mut();
        let t = data.table_mut(table)?;
        let version = t.column("_version")?;
        let Some(row) = t.rows.get(&id) else { return Ok(false) };
        if expect_version.is_some_and(|v| row.get(id, version) != Value::Int(v)) {
            return Err(Error::new(Code::Conflict, "somebody changed it meanwhile"));
        }
        t.write(id, fields)?;
        Ok(true)
    }
    fn update_where(&self, table: &str, filter: &Filter, fields: &[(&str, Value)]) -> Result<u64> {
        self.writes()?;
        let mut data = self.data.borrow_mut();
        let t = data.table_mut(table)?;
        let ids = t.matching(filter, &[])?;
        ids.iter().try_for_each(|id| t.write(*id, fields))?;
        Ok(ids.len() as u64)
    }
    fn delete(&self, table: &str, id: i64) -> Result<bool> {
        self.writes()?;
        Ok(self.data.borrow_mut().table_mut(table)?.rows.remove(&id).is_some())
    }
    fn delete_where(&self, table: &str, filter: &Filter) -> Result<u64> {
        self.writes()?;
        let mut data = self.data.borrow_mut();
        let t = data.table_mut(table)?;
        let ids = t.matching(filter, &[])?;
        ids.iter().for_each(|id| drop(t.rows.remove(id)));
        Ok(ids.len() as u64)
    }
    fn savepoint(&self) -> Box<dyn Savepoint> {
        Box::new(Scope { data: self.data.clone(), before: Some(self.data.borrow().clone()) })
    }

    fn files(&self, area: &str, item: i64) -> Result<Vec<FileInfo>> {
        let key = self.area(area, item)?;
        Ok(self.data.borrow().files.get(&key).into_iter().flatten().map(info).collect())
    }
    fn read_file(&self, area: &str, item: i64, path: &str, offset: u64, len: u32) -> Result<Vec<u8>> {
        let key = self.area(area, item)?;
        let data = self.data.borrow();
        let file = data.files.get(&key).into_iter().flatten().find(|f| f.path == path).ok_or_else(|| Error::not_found(path))?;
        Ok(file.data.iter().skip(offset as usize).take(len as usize).copied().collect())
    }
    fn write_file(&self, area: &str, item: i64, path: &str, mime: &str, bytes: &[u8]) -> Result<FileInfo> {
        self.writes()?;
        let key = self.area(area, item)?;
        let file = File { path: path.into(), mime: mime.into(), data: bytes.into() };
        let mut data = self.data.borrow_mut();
        let files = data.files.entry(key).or_default();
        files.retain(|f| f.path != path);
        files.push(file.clone());
        Ok(info(&file))
    }
    fn adopt_upload(&self, form_field: &str, area: &str, item: i64) -> Result<Vec<FileInfo>> {
        self.writes()?;
        let key = self.area(area, item)?;
        let uploaded = self.uploads.borrow_mut().remove(form_field).unwrap_or_default();
        let mut data = self.data.borrow_mut();
        let files = data.files.entry(key).or_default();
        for f in &uploaded {
            files.retain(|old| old.path != f.path);
            files.push(f.clone());
        }
        Ok(uploaded.iter().map(info).collect())
    }
    fn remove_file(&self, area: &str, item: i64, path: &str) -> Result<bool> {
        self.writes()?;
        let key = self.area(area, item)?;
        let mut data = self.data.borrow_mut();
        let files = data.files.entry(key).or_default();
        let before = files.len();
        files.retain(|f| f.path != path);
        Ok(files.len() < before)
    }
    fn file_url(&self, area: &str, item: i64, path: &str) -> String {
        self.called();
        format!("/file/1/700/mod_{}/{area}/{item}{}", self.declaration.name, path.replace(' ', "%20"))
    }

    fn log(&self, _: Level, _: &str) {
        self.called();
    }
    fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.called();
        let lang = self.user_of(self.user.get()).map_or("en".into(), |u| u.lang);
        let text = self.strings.get(&lang).and_then(|s| s.get(key)).unwrap_or_else(|| panic!("no string `{key}` in lang/{lang}.json"));
        args.iter().fold(text.clone(), |s, (n, v)| s.replace(&format!("{{{n}}}"), v))
    }
    fn format_time(&self, t: i64, style: &str) -> String {
        self.called();
        format!("{style}:{t}")
    }
    fn format_text(&self, text: &str, _: &str) -> String {
        self.called();
        crate::Html::text(text).into_string()
    }
    fn emit(&self, event: &str, subject: Option<i64>, user: Option<i64>, _: &[(&str, &str)]) -> Result<()> {
        self.writes()?;
        assert!(self.declaration.events.contains_key(event), "event `{event}` is not declared");
        self.told.borrow_mut().push(Told { what: "event", name: event.into(), subject, user });
        Ok(())
    }
    fn set_grade(&self, item: &str, user: i64, _: Option<f64>, _: Option<&str>) -> Result<()> {
        self.writes()?;
        self.told.borrow_mut().push(Told { what: "grade", name: item.into(), subject: None, user: Some(user) });
        Ok(())
    }
    fn set_completion(&self, user: i64, rule: &str, _: bool) -> Result<()> {
        self.writes()?;
        self.told.borrow_mut().push(Told { what: "completion", name: rule.into(), subject: None, user: Some(user) });
        Ok(())
    }
    fn notify(&self, message_type: &str, to: &[i64], _: &str, _: &str, _: &str) -> Result<()> {
        self.writes()?;
        let told = to.iter().map(|u| Told { what: "notify", name: message_type.into(), subject: None, user: Some(*u) });
        self.told.borrow_mut().extend(told);
        Ok(())
    }
    fn calendar(&self, event_type: &str, _: Option<i64>, _: &str) -> Result<()> {
        self.writes()?;
        self.told.borrow_mut().push(Told { what: "calendar", name: event_type.into(), subject: None, user: None });
        Ok(())
    }
    fn index(&self, table: &str, id: i64, _: &str, _: &str) -> Result<()> {
        self.writes()?;
        self.told.borrow_mut().push(Told { what: "index", name: table.into(), subject: Some(id), user: None });
        Ok(())
    }
    fn url(&self, route: &str, query: &[(&str, &str)]) -> String {
        self.called();
        let base = format!("/course/1/{}/70/{route}", self.declaration.name);
        query.iter().fold(crate::Url::new(base), |u, (n, v)| u.q(n, v)).to_string()
    }
    fn enqueue(&self, task: &str, _: &str, _: Option<i64>) -> Result<()> {
        self.writes()?;
        self.told.borrow_mut().push(Told { what: "task", name: task.into(), subject: None, user: None });
        Ok(())
    }
}

fn info(f: &File) -> FileInfo {
    let (folder, name) = f.path.rsplit_once('/').unwrap_or(("", &f.path));
    FileInfo { name: name.into(), path: format!("{folder}/"), mime: f.mime.clone(), size: f.data.len() as u64, sha256: String::new(), modified: 0 }
}

fn aggregate(agg: Agg, mut values: Vec<Value>) -> Value {
    let number = |v: &Value| match v {
        Value::Int(n) => *n as f64,
        Value::Real(x) => *x,
        Value::Text(s) => s.parse().unwrap_or(0.0),
        _ => 0.0,
    };
    let whole = values.iter().all(|v| matches!(v, Value::Int(_)));
    let sum: f64 = values.iter().map(number).sum();
    match agg {
        Agg::Count => Value::Int(values.len() as i64),
        Agg::CountDistinct => {
            values.sort_by(compare);
            values.dedup();
            Value::Int(values.len() as i64)
        }
        Agg::Min => values.into_iter().min_by(compare).unwrap_or_default(),
        Agg::Max => values.into_iter().max_by(compare).unwrap_or_default(),
        _ if values.is_empty() => Value::Null,
        Agg::Sum if whole => Value::Int(sum as i64),
        Agg::Sum => Value::Real(sum),
        Agg::Avg => Value::Real(sum / values.len() as f64),
    }
}
