//! Restrictions as Moodle up to 2.6 kept them, lifted to a tree (MBZ-FORMAT §7.2, §7.3).

use super::tree::{Child, Condition, Direction, Expected, Field, Grouping, Node, Op, ProfileOp, Tree};
use serde_json::json;

/// The columns of an activity or a section and the rows beside them. A missing column is 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Legacy {
    /// `availablefrom`, seconds since 1970; 0 is none.
    pub from: i64,
    /// `availableuntil`, likewise.
    pub until: i64,
    /// `showavailability`: who is kept out sees the item greyed out, with the reason.
    pub show: bool,
    /// `groupmembersonly` of an activity. For a section: whether it has a `groupingid`.
    pub groupmembersonly: bool,
    /// `groupingid`; 0 is none. Only looked at together with `groupmembersonly`.
    pub groupingid: i64,
    /// `availability` rows.
    pub rules: Vec<LegacyRule>,
    /// `availability_field` rows.
    pub fields: Vec<LegacyField>,
}

/// A row of `availability`: a completion to reach, or a grade, or both.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LegacyRule {
    pub sourcecmid: Option<i64>,
    pub requiredcompletion: Option<i64>,
    pub gradeitemid: Option<i64>,
    /// Percent, as [`Condition::Grade`].
    pub grademin: Option<f64>,
    pub grademax: Option<f64>,
}

/// A row of `availability_field`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LegacyField {
    /// A column of the account.
    pub userfield: Option<String>,
    /// Short name of a custom profile field.
    pub customfield: Option<String>,
    pub operator: String,
    pub value: String,
}

impl Legacy {
    /// The same restriction as a tree: all conditions must hold. None where there is no condition.
    ///
    /// As Moodle did on its own upgrade: members of other groups, and who comes too late, are shown nothing.
    pub fn lift(&self) -> Option<Tree> {
        let mut children = Vec::new();
        let mut push = |condition, shown| children.push(Child { node: Node::Condition(condition), shown });
        if self.groupmembersonly {
            let members = if self.groupingid != 0 { Condition::Grouping(Grouping::Id(self.groupingid)) } else { Condition::Group(None) };
            push(members, false);
        }
        if self.from != 0 {
            push(Condition::Date { direction: Direction::From, at: self.from }, self.show);
        }
        if self.until != 0 {
            push(Condition::Date { direction: Direction::Until, at: self.until }, false);
        }
        for condition in self.rules.iter().flat_map(LegacyRule::lift) {
            push(condition, self.show);
        }
        for field in &self.fields {
            push(field.lift(), self.show);
        }
        (!children.is_empty()).then_some(Tree { op: Op::All, children })
    }
}

impl LegacyRule {
    fn lift(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        // 0 was written for "none" as often as null.
        if let Some(cm) = self.sourcecmid.filter(|cm| *cm != 0) {
            let state = self.requiredcompletion.unwrap_or(Expected::Complete.code());
            conditions.push(match Expected::from_code(state) {
                Some(expected) => Condition::Completion { cm, expected },
                None => unknown("completion", json!({"type": "completion", "cm": cm, "e": state})),
            });
        }
        if let Some(item) = self.gradeitemid.filter(|item| *item != 0) {
            conditions.push(Condition::Grade { item, min: self.grademin, max: self.grademax });
        }
        if conditions.is_empty() {
            conditions.push(unknown("", json!(null)));
        }
        conditions
    }
}

impl LegacyField {
    fn lift(&self) -> Condition {
        let given = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
        let field = given(&self.customfield).map(Field::Custom).or_else(|| given(&self.userfield).map(Field::Standard));
        match (field, ProfileOp::from_code(&self.operator)) {
            (Some(field), Some(op)) => {
                let value = if op.takes_value() { self.value.clone() } else { String::new() };
                Condition::Profile { field, op, value }
            }
            _ => unknown("profile", json!({"type": "profile", "op": self.operator, "v": self.value})),
        }
    }
}

fn unknown(kind: &str, raw: serde_json::Value) -> Condition {
    Condition::Unknown { kind: kind.to_owned(), raw }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifted(legacy: Legacy) -> String {
        legacy.lift().map(|t| t.to_json()).unwrap_or_default()
    }

    #[test]
    fn columns_without_a_condition_are_no_restriction() {
        assert_eq!(Legacy { show: true, groupingid: 4, ..Legacy::default() }.lift(), None);
    }

    #[test]
    fn only_the_opening_date_is_shown_to_who_is_kept_out() {
        let dates = Legacy { from: 100, until: 200, show: true, ..Legacy::default() };
        let json = r#"{"op":"&","c":[{"type":"date","d":">=","t":100},{"type":"date","d":"<","t":200}],"showc":[true,false]}"#;
        assert_eq!(lifted(dates), json);
    }

    #[test]
    fn group_members_only_asks_for_the_grouping_or_any_group() {
        let members = Legacy { groupmembersonly: true, show: true, ..Legacy::default() };
        assert_eq!(lifted(members.clone()), r#"{"op":"&","c":[{"type":"group"}],"showc":[false]}"#);
        let grouping = Legacy { groupingid: 9, ..members };
        assert_eq!(lifted(grouping), r#"{"op":"&","c":[{"type":"grouping","id":9}],"showc":[false]}"#);
    }

    #[test]
    fn rows_become_completion_and_grade_conditions() {
        let rules = vec![
            LegacyRule { sourcecmid: Some(5), requiredcompletion: Some(2), gradeitemid: Some(0), ..LegacyRule::default() },
            LegacyRule { sourcecmid: Some(6), ..LegacyRule::default() },
            LegacyRule { gradeitemid: Some(7), grademin: Some(50.0), ..LegacyRule::default() },
        ];
        let json = concat!(
            r#"{"op":"&","c":[{"type":"completion","cm":5,"e":2},{"type":"completion","cm":6,"e":1},"#,
            r#"{"type":"grade","id":7,"min":50}],"showc":[true,true,true]}"#
        );
        assert_eq!(lifted(Legacy { rules, show: true, ..Legacy::default() }), json);
    }

    #[test]
    fn profile_rows_prefer_the_custom_field() {
        let field = LegacyField { userfield: Some("".into()), customfield: Some("corps".into()), operator: "isequalto".into(), value: "PE".into() };
        let json = r#"{"op":"&","c":[{"type":"profile","cf":"corps","op":"isequalto","v":"PE"}],"showc":[false]}"#;
        assert_eq!(lifted(Legacy { fields: vec![field], ..Legacy::default() }), json);
    }

    #[test]
    fn a_row_that_makes_no_sense_closes() {
        let odd = [
            Legacy { rules: vec![LegacyRule::default()], ..Legacy::default() },
            Legacy { rules: vec![LegacyRule { sourcecmid: Some(1), requiredcompletion: Some(8), ..LegacyRule::default() }], ..Legacy::default() },
            Legacy { fields: vec![LegacyField::default()], ..Legacy::default() },
        ];
        for legacy in odd {
            let tree = legacy.lift().unwrap();
            assert!(matches!(tree.conditions()[..], [Condition::Unknown { .. }]), "{legacy:?}");
        }
    }
}
