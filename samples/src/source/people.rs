//! `people.txt` and `groups.txt`.

use super::sheet::{self, Block};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Everyone in the course; nobody where there is no `people.txt`.
#[derive(Debug, Default)]
pub struct People {
    pub persons: Vec<Person>,
    pub groups: Vec<Group>,
    pub groupings: Vec<Grouping>,
}

#[derive(Debug)]
pub struct Person {
    pub id: i64,
    pub username: String,
    pub role: String,
    pub sheet: Block,
}

#[derive(Debug)]
pub struct Group {
    pub id: i64,
    pub members: Vec<i64>,
    pub sheet: Block,
}

#[derive(Debug)]
pub struct Grouping {
    pub id: i64,
    pub groups: Vec<i64>,
    pub sheet: Block,
}

impl People {
    pub fn read(folder: &Path) -> Result<Self> {
        let mut people = People::default();
        if !folder.join("people.txt").exists() {
            return Ok(people);
        }
        for sheet in sheet::read(&folder.join("people.txt"))? {
            let (id, username, role) = (sheet.number("id")?, sheet.need("username")?.to_owned(), sheet.need("role")?.to_owned());
            people.persons.push(Person { id, username, role, sheet });
        }
        for sheet in sheet::read(&folder.join("groups.txt"))? {
            if sheet.get("group").is_some() {
                let members = sheet.list("members").map(|name| people.id(name)).collect::<Result<_>>()?;
                people.groups.push(Group { id: sheet.number("group")?, members, sheet });
            } else if sheet.get("grouping").is_some() {
                let groups = sheet.list("groups").map(|n| n.parse().context("a group is a number")).collect::<Result<_>>()?;
                people.groupings.push(Grouping { id: sheet.number("grouping")?, groups, sheet });
            } else {
                bail!("groups.txt: a block has `group` or `grouping`");
            }
        }
        Ok(people)
    }

    /// The number of the person with this username.
    pub fn id(&self, username: &str) -> Result<i64> {
        let person = self.persons.iter().find(|p| p.username == username);
        Ok(person.with_context(|| format!("nobody is called {username}"))?.id)
    }

    /// Whose name stands on what has no author of its own: the first person, or nobody.
    pub fn owner(&self) -> Option<i64> {
        self.persons.first().map(|p| p.id)
    }

    pub fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }
}
