//! Fields of what is packed in a leaf: conditions, filters, settings of blocks, what a log line adds (MBZ-FORMAT §2.8, §7.4, §9, §10.5).

use super::{Archive, Document, Frame, Meaning, Table, beside};

/// Where a packed value stands.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Open elements, the record last.
    pub open: &'a [Frame],
    /// The leaf it is in.
    pub leaf: &'a str,
}

/// What a field of a packed value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A number, written as one or as a text, or a list of them. Behind a comma may follow something else.
    Of(Table),
    /// Two numbers with a comma between them.
    Pair(Table, Table),
    /// `quiz-12`: a module's name, and an activity of it by number; `group-5`.
    Named,
    /// What any text may hold.
    Content,
}

/// What a field is by its name, the objects it is in, outermost first (`path` are their fields' names), and what stands beside it.
pub fn field<'v>(document: &Document<'_>, around: Around<'_>, path: &[&str], beside: &dyn Fn(&str) -> Option<&'v str>) -> Field {
    let name = path.last().copied().unwrap_or_default();
    let above = path.iter().rev().nth(1).copied().unwrap_or_default();
    let table = match (around.leaf, beside("type").unwrap_or_default(), name) {
        ("availability" | "availabilityjson", kind, name) => return condition(kind, name),
        // A random question's filter, before and since 4.3.
        ("filtercondition", _, "cat") => return Field::Pair("question_category".into(), "context".into()),
        ("filtercondition", _, "questioncategoryid") => "question_category",
        ("filtercondition", _, "values") if above == "category" => "question_category",
        ("filtercondition", _, "values") if above == "qtagids" => "tag",
        ("filtercondition", _, "qtagids" | "tags") => "tag",
        ("participants", _, "selectionid") => match beside("selectiontype") {
            Some("user") => "user",
            Some("role") => "role",
            _ => return Field::Content,
        },
        // Lists of activities, of blocks that show some of them (MAGISTERE-XML §2).
        ("weight" | "notdisplay", ..) => "cm",
        ("configdata", ..) => return setting(document, around, path, beside),
        _ => return by_name(document, around, name),
    };
    Field::Of(table.into())
}

/// A condition of access: only what is known counts, the rest keeps its numbers.
fn condition(kind: &str, name: &str) -> Field {
    let table = match (kind, name) {
        ("completion", "cm") => "cm",
        ("grade", "id") => "grade_item",
        ("group", "id") => "group",
        ("grouping", "id") => "grouping",
        ("role", "id" | "roleid" | "typeid") => "role",
        ("badge", "id" | "badgeid") => "badge",
        ("quizquestion", "quiz" | "quizid") => "quiz",
        ("quizquestion", "question" | "questionid") => "question",
        _ => return Field::Content,
    };
    Field::Of(table.into())
}

/// A setting of a block (MBZ-FORMAT §9.1, MAGISTERE-XML §2).
fn setting<'v>(document: &Document<'_>, around: Around<'_>, path: &[&str], beside: &dyn Fn(&str) -> Option<&'v str>) -> Field {
    let name = path.last().copied().unwrap_or_default();
    let block = around.open.last().map_or("", |f| f.leaf("blockname"));
    let table = match (block, name) {
        ("glossary_random", "glossary") => "glossary",
        ("activity_results", "activityparentid") => match beside("activityparent") {
            Some(module) if !module.is_empty() => return Field::Of(module.to_owned().into()),
            _ => return Field::Content,
        },
        ("activity_results", "activitygradeitemid") => "grade_item",
        ("quiz_results", "quizid") => "quiz",
        ("rolespecifichtml", "textids") => "role",
        (_, "group") => return Field::Named,
        _ if path.contains(&"selectactivities") => return Field::Named,
        _ => return by_name(document, around, name),
    };
    Field::Of(table.into())
}

fn by_name(document: &Document<'_>, around: Around<'_>, name: &str) -> Field {
    match document.by_name(name, "") {
        Meaning::Of(table) => Field::Of(table),
        // What a line of an activity's log adds are numbers of its records.
        Meaning::Unclear if around.leaf == "other" && name != "itemid" => match (document.module, name.strip_suffix("id")) {
            (Some(module), Some(record)) => Field::Of(format!("{module}/{record}").into()),
            _ => Field::Content,
        },
        _ => Field::Content,
    }
}

/// `quiz-12` among the settings of a block: a module that the archive has activities of, and the number of one.
pub fn activity<'t>(archive: &Archive, around: Around<'_>, text: &'t str) -> Option<(&'t str, i64)> {
    let (module, id) = text.split_once('-').filter(|(module, _)| around.leaf == "configdata" && archive.modules.contains(*module))?;
    Some((module, id.parse().ok().filter(|n: &i64| n.to_string() == id)?))
}

/// What the number at the end of a field's name is of, and the name without it: `monitor_quiz12`, `text_10`, `module_11`.
pub fn key<'k>(archive: &Archive, around: Around<'_>, name: &'k str) -> Option<(&'k str, Table)> {
    let digits = name.len() - name.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (head, number) = name.split_at(digits);
    if number.is_empty() || number.starts_with('0') || head.is_empty() {
        return None;
    }
    let block = around.open.last().map_or("", |f| f.leaf("blockname"));
    match (around.leaf, block) {
        ("configdata", "rolespecifichtml") => matches!(head, "text_" | "format_" | "role_" | "enabled_").then(|| (head, "role".into())),
        ("configdata", _) => {
            let module = head.rsplit_once('_')?.1;
            archive.modules.contains(module).then(|| (head, module.to_owned().into()))
        }
        // The name of a badge's parameter is a leaf.
        ("name", _) => beside::rewarded(name).map(|table| (head, table)),
        _ => None,
    }
}
