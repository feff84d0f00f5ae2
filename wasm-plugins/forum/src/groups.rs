//! Groups: -1 (0 in old archives) is everybody; in separate groups only one's own discussions and everybody's are seen.

use crate::here::Here;
use crate::records::Discussion;
use parcours_sdk::{Agg, All, GroupMode, Html, Result, Value, all, pc};

pub const EVERYBODY: i64 = -1;

impl Here<'_> {
    /// Groups whose discussions may be seen; `None`: all of them.
    fn groups_seen(&self) -> Option<Vec<i64>> {
        if self.place().group_mode != GroupMode::Separate || self.can("moodle/site:accessallgroups") {
            return None;
        }
        Some([EVERYBODY, 0].into_iter().chain(self.place().groups.iter().copied()).collect())
    }

    pub fn sees_group(&self, group: i64) -> bool {
        self.groups_seen().is_none_or(|seen| seen.contains(&group))
    }

    /// Whether somebody may take part in what is said in this group. In separate groups what is for everybody is read only.
    pub fn takes_part(&self, group: i64) -> bool {
        match self.place().group_mode {
            GroupMode::None => true,
            _ if self.can("moodle/site:accessallgroups") => true,
            GroupMode::Visible if group <= 0 => true,
            _ => self.place().groups.contains(&group),
        }
    }

    /// Groups somebody may start a discussion in; empty: in none.
    pub fn groups_to_start_in(&self) -> Result<Vec<i64>> {
        if !self.grouped() {
            return Ok(vec![EVERYBODY]);
        }
        if !self.can("moodle/site:accessallgroups") {
            return Ok(self.place().groups.clone());
        }
        let mut groups = vec![EVERYBODY];
        groups.extend(self.groups_known()?);
        Ok(groups)
    }

    /// The groups that can be named: one's own, and those with a discussion one may see.
    pub fn groups_known(&self) -> Result<Vec<i64>> {
        let mut groups = self.place().groups.clone();
        let used = self.summarise("discussions", &Vec::new(), &["groupid"], &[(Agg::Count, "id")], 1000)?;
        groups.extend(used.iter().filter_map(|row| match row.first() {
            Some(Value::Int(g)) if *g > 0 && self.sees_group(*g) => Some(*g),
            _ => None,
        }));
        groups.sort_unstable();
        groups.dedup();
        Ok(groups)
    }

    /// A group's name, which the host puts in: the module knows numbers only.
    pub fn group_name(&self, group: i64) -> Html {
        if group <= 0 { Html::text(&self.say("all_participants")) } else { pc::group(group).into() }
    }

    /// The discussions of the groups that may be seen, or of one of them. Whether each is shown at this time is asked of
    /// [`Here::sees_discussion`]: a filter with the clock in it would be another list on every page.
    pub fn in_groups(&self, group: Option<i64>) -> All {
        let mut groups = self.groups_seen();
        if let Some(g) = group {
            groups = Some([EVERYBODY, 0, g].into_iter().filter(|g| self.sees_group(*g)).collect());
        }
        match groups {
            Some(g) => all().any_of("groupid", g),
            None => all(),
        }
    }

    /// Whether a discussion may be seen: its group, and its time, unless it is one's own.
    pub fn sees_discussion(&self, d: &Discussion) -> bool {
        let open = d.timestart <= self.now && (d.timeend == 0 || d.timeend > self.now);
        let own = self.is_mine(d.userid);
        self.can("viewdiscussion") && self.sees_group(d.groupid) && (open || own || self.can("viewhiddentimedposts"))
    }
}
