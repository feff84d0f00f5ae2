//! Tables and what their columns mean.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// One table of a module or of the core.
///
/// The store adds hidden columns of its own (course, document, shape, unknown …), all beginning with `_`, and the record's number `id`; a
/// declaration names neither.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Table {
    /// In the order of the leaves in the archive, which is the order they are written in for a record that is new.
    pub columns: IndexMap<String, Column>,
    /// Column lists that queries may filter and sort by, in order. The store puts course and activity in front of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Vec<String>>,
    /// Whether a record is somebody's work: left out of everything that is made without people.
    #[serde(default, skip_serializing_if = "is_false")]
    pub people: bool,
}

/// One column. Its name is also the name of its leaf in the archive, unless [`Column::xml`] says otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    #[serde(flatten)]
    pub kind: Kind,
    /// Whether the null token `$@NULL@$` is a value of its own here.
    #[serde(default, skip_serializing_if = "is_false")]
    pub null: bool,
    /// Value of a record whose leaf is absent (an older release) and of a new record that does not set it, as the archive would write it.
    /// Without one: null where `null` holds, else `0` for numbers and the empty text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Most characters a person may type. Imported texts may be longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Whether `prefix` and `contains` may search it; the store keeps a case- and accent-folded copy beside it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub search: bool,
    /// Whether it says something about a person: part of their data export, blanked when they are erased.
    #[serde(default, skip_serializing_if = "is_false")]
    pub personal: bool,
    /// Name of the leaf or attribute in the archive, where it differs from the column's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml: Option<String>,
    /// Whether the archive writes it as an attribute of the record's element.
    ///
    /// The attribute `id` may be a column too (`"xml": "id", "attr": true`): where it is not the record's own number but one that several records
    /// share (a tag that many people have), or one that nothing refers to. The record then has a number only here.
    #[serde(default, skip_serializing_if = "is_false")]
    pub attr: bool,
    /// Whether it stands in the archive at all. A column that only points at the enclosing record ([`crate::Branch::parent`]) does not.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub stored: bool,
}

/// What a value means. From this come its SQL type, the identity it points at, and what happens to it in exports without people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Kind {
    /// `0` or `1`.
    Bool,
    Int,
    /// Unix seconds, UTC; 0 is unset.
    Time,
    /// A decimal number kept exactly as written (`12.50000`); a text to the module.
    Decimal,
    /// Plain text.
    Text,
    /// Text with markup, stored as it came. `format` names the column that says which (0 Moodle, 1 HTML, 2 plain, 4 Markdown); `area` the
    /// file area whose files `@@PLUGINFILE@@` in it means; `item` the column with the area's item number (default: the record's own).
    RichText {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        area: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
    },
    /// A person's number in this course; 0 and -1 are nobody.
    UserRef {
        #[serde(default)]
        on_erase: Erase,
    },
    /// A group's number; 0 none, -1 all participants.
    GroupRef,
    /// Another record of the same declaration, by number; 0 none.
    RecordRef {
        table: String,
    },
    /// A scale, written negative where a positive number means points (MBZ-FORMAT §5.3).
    ScaleRef,
    /// A number of the core: `cm`, `section`, `context`, `role`, `course`, `file`, `grouping`.
    CoreRef {
        of: String,
    },
}

/// What erasing a person does to a record that points at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Erase {
    /// The record stays, pointing at nobody.
    #[default]
    Anonymise,
    /// The record goes.
    Delete,
    /// The record stays as it is.
    Keep,
}

impl Kind {
    /// Whether the value is a whole number (everything but texts and decimals).
    pub fn is_number(&self) -> bool {
        !matches!(self, Kind::Decimal | Kind::Text | Kind::RichText { .. })
    }
}

impl Column {
    /// The leaf or attribute this column is in the archive; `None` when it does not stand there.
    pub fn leaf<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.stored.then(|| self.xml.as_deref().unwrap_or(name))
    }

    /// What an absent leaf means, in the archive's own writing; `None` is null.
    pub fn absent(&self) -> Option<&str> {
        match &self.default {
            Some(d) => Some(d),
            None if self.null => None,
            None if self.kind.is_number() => Some("0"),
            None => Some(""),
        }
    }
}

fn yes() -> bool {
    true
}
fn is_true(b: &bool) -> bool {
    *b
}
fn is_false(b: &bool) -> bool {
    !b
}
