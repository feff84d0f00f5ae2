//! What a random slot draws from, in the forms of 4.0 and of 4.3 (MBZ-FORMAT §10.5).

use super::super::questions::{Banks, Random};
use super::super::target::Release;
use serde_json::Value;

/// A condition and what it lost on the way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub text: String,
    /// Whether it asked for more than the form can say.
    pub less: bool,
    /// Tags without a name.
    pub nameless: usize,
}

/// The condition of a slot that drew by a random question. Tags as `number,name`.
pub(super) fn lifted(random: Random, tags: &[String], release: Release) -> String {
    if release.filters() && tags.is_empty() {
        return today(random);
    }
    flat(random, tags)
}

/// The same condition in the form of a release; nothing where it has that form already.
///
/// A condition with tags keeps the form of 4.0 in which their names stand: Moodle makes today's of it on restore, and finds the tags by name. In today's form they are
/// numbers of the first site, which mean nothing on another.
pub(super) fn converted(text: &str, banks: &Banks, release: Release) -> Option<Filter> {
    let value: Value = serde_json::from_str(text).ok()?;
    match value.get("filter") {
        Some(filter) if !release.filters() => Some(older(filter, banks)),
        Some(_) => merged(value, banks),
        None => newer(&value, banks, release).filter(|f| f.text != text),
    }
}

/// Today's form with categories that were made one with another.
fn merged(mut value: Value, banks: &Banks) -> Option<Filter> {
    let values = value.pointer_mut("/filter/category/values")?.as_array_mut()?;
    let mut changed = false;
    for category in values.iter_mut() {
        let Some(id) = number(category) else { continue };
        let now = banks.category(id);
        if now != id {
            *category = now.into();
            changed = true;
        }
    }
    changed.then(|| Filter { text: value.to_string(), ..Filter::default() })
}

fn older(filter: &Value, banks: &Banks) -> Filter {
    let categories = filter.pointer("/category/values").and_then(Value::as_array).cloned().unwrap_or_default();
    let category = categories.first().and_then(number).map_or(0, |id| banks.category(id));
    let subcategories = filter.pointer("/category/filteroptions/includesubcategories").is_some_and(truthy);
    let ids: Vec<i64> = filter.pointer("/qtagids/values").and_then(Value::as_array).into_iter().flatten().filter_map(number).collect();
    let tags: Vec<String> = ids.iter().filter_map(|id| Some(format!("{id},{}", banks.survey.tags.get(id)?))).collect();
    let others = filter.as_object().is_some_and(|f| f.keys().any(|k| k != "category" && k != "qtagids"));
    // The form of 4.0 asks for all of its tags.
    let any = ids.len() > 1 && filter.pointer("/qtagids/jointype").and_then(number) != Some(2);
    Filter { nameless: ids.len() - tags.len(), text: flat(Random { category, subcategories }, &tags), less: categories.len() > 1 || others || any }
}

fn newer(value: &Value, banks: &Banks, release: Release) -> Option<Filter> {
    let before = value.get("questioncategoryid").and_then(number)?;
    let category = banks.category(before);
    let subcategories = value.get("includingsubcategories").is_some_and(truthy);
    let tags = value.get("tags").and_then(Value::as_array).is_some_and(|t| !t.is_empty());
    let random = Random { category, subcategories };
    if release.filters() && !tags {
        return Some(Filter { text: today(random), ..Filter::default() });
    }
    if category == before {
        return None;
    }
    let tags: Vec<String> = value.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(|t| t.as_str().map(str::to_owned)).collect();
    Some(Filter { text: flat(random, &tags), ..Filter::default() })
}

fn today(random: Random) -> String {
    let Random { category, subcategories } = random;
    format!(r#"{{"filter":{{"category":{{"jointype":1,"values":[{category}],"filteroptions":{{"includesubcategories":{subcategories}}}}}}}}}"#)
}

fn flat(random: Random, tags: &[String]) -> String {
    let tags = match tags {
        [] => String::new(),
        tags => format!(r#","tags":{}"#, Value::from(tags)),
    };
    format!(r#"{{"questioncategoryid":{},"includingsubcategories":{}{tags}}}"#, random.category, u8::from(random.subcategories))
}

/// A category that a condition draws from.
pub(super) fn category(text: &str) -> Option<i64> {
    let value: Value = serde_json::from_str(text).ok()?;
    value.pointer("/filter/category/values/0").or(value.get("questioncategoryid")).and_then(number)
}

/// Values may be texts.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn truthy(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| number(value).is_some_and(|n| n != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = r#"{"filter":{"category":{"jointype":1,"values":[185],"filteroptions":{"includesubcategories":false}}}}"#;
    const BEFORE: &str = r#"{"questioncategoryid":185,"includingsubcategories":0}"#;

    fn text(from: &str, release: Release) -> Option<String> {
        let mut banks = Banks::default();
        banks.survey.tags.insert(4, "rouge, vif".to_owned());
        converted(from, &banks, release).map(|f| f.text)
    }

    #[test]
    fn a_condition_goes_up_and_down_and_is_the_same() {
        assert_eq!(text(BEFORE, Release::M51).as_deref(), Some(TODAY));
        assert_eq!(text(TODAY, Release::M41).as_deref(), Some(BEFORE));
        assert_eq!((text(TODAY, Release::M51), text(BEFORE, Release::M41)), (None, None));
        assert_eq!(text(r#"{"questioncategoryid":"185","includingsubcategories":"1"}"#, Release::M45).as_deref().and_then(category), Some(185));
    }

    #[test]
    fn tags_keep_their_names() {
        let named = r#"{"questioncategoryid":9,"includingsubcategories":0,"tags":["4,rouge, vif"]}"#;
        assert_eq!(text(named, Release::M51), None);
        let numbers = r#"{"filter":{"category":{"values":["9"]},"qtagids":{"jointype":2,"values":[4,"5"]}}}"#;
        let mut banks = Banks::default();
        banks.survey.tags.insert(4, "rouge, vif".to_owned());
        let filter = converted(numbers, &banks, Release::M41).unwrap();
        assert_eq!((filter.text.as_str(), filter.nameless, filter.less), (named, 1, false));
    }

    #[test]
    fn what_the_older_form_cannot_say_is_said() {
        let more = r#"{"filter":{"category":{"values":[9,10]},"hidden":{"values":[0]}}}"#;
        assert!(converted(more, &Banks::default(), Release::M41).unwrap().less);
    }
}
