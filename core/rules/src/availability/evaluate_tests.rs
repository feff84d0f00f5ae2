use super::super::read;
use super::*;

fn tree(json: &str) -> Tree {
    read(json).unwrap()
}

/// One condition, as it stands and negated.
fn both_ways(condition: &str, facts: &Facts) -> (bool, bool) {
    let place = Place { previous: Some(10), grouping: Some(7) };
    let open = |op| evaluate(&tree(&format!(r#"{{"op":"{op}","c":[{condition}],"show":true}}"#)), facts, &place).open;
    (open("|"), open("!|"))
}

fn facts() -> Facts {
    Facts {
        now: 1000,
        completion: [(10, State::Complete), (11, State::Pass), (12, State::Fail), (13, State::Incomplete)].into(),
        grades: [(84, 50.0), (85, 0.0)].into(),
        groups: [1].into(),
        groupings: [7].into(),
        all_groups: false,
        profile: [
            (Field::Standard("email".into()), "zoe@ac-lyon.fr".to_owned()),
            (Field::Standard("city".into()), String::new()),
            (Field::Custom("corps".into()), "0".to_owned()),
        ]
        .into(),
    }
}

const MET: (bool, bool) = (true, false);
const NOT_MET: (bool, bool) = (false, true);
const NEVER: (bool, bool) = (false, false);
const ALWAYS: (bool, bool) = (true, true);

#[test]
fn a_condition_holds_or_not_and_its_negation_is_the_opposite() {
    for (condition, expected) in [
        (r#"{"type":"date","d":">=","t":1000}"#, MET),
        (r#"{"type":"date","d":">=","t":1001}"#, NOT_MET),
        (r#"{"type":"date","d":"<","t":1001}"#, MET),
        (r#"{"type":"date","d":"<","t":1000}"#, NOT_MET),
        (r#"{"type":"completion","cm":10,"e":1}"#, MET),
        (r#"{"type":"completion","cm":10,"e":0}"#, NOT_MET),
        (r#"{"type":"completion","cm":10,"e":2}"#, NOT_MET),
        (r#"{"type":"completion","cm":11,"e":1}"#, MET),
        (r#"{"type":"completion","cm":11,"e":2}"#, MET),
        (r#"{"type":"completion","cm":12,"e":1}"#, MET),
        (r#"{"type":"completion","cm":12,"e":3}"#, MET),
        (r#"{"type":"completion","cm":13,"e":0}"#, MET),
        (r#"{"type":"completion","cm":13,"e":1}"#, NOT_MET),
        (r#"{"type":"completion","cm":-1,"e":1}"#, MET),
        (r#"{"type":"grade","id":84}"#, MET),
        (r#"{"type":"grade","id":84,"min":50}"#, MET),
        (r#"{"type":"grade","id":84,"min":50.5}"#, NOT_MET),
        (r#"{"type":"grade","id":84,"max":50}"#, NOT_MET),
        (r#"{"type":"grade","id":84,"min":0,"max":51}"#, MET),
        (r#"{"type":"grade","id":85}"#, MET),
        (r#"{"type":"grade","id":99}"#, NOT_MET),
        (r#"{"type":"group"}"#, MET),
        (r#"{"type":"group","id":1}"#, MET),
        (r#"{"type":"group","id":2}"#, NOT_MET),
        (r#"{"type":"grouping","id":7}"#, MET),
        (r#"{"type":"grouping","id":8}"#, NOT_MET),
        (r#"{"type":"grouping","activity":true}"#, MET),
        (r#"{"type":"profile","sf":"email","op":"isequalto","v":"zoe@ac-lyon.fr"}"#, MET),
        (r#"{"type":"profile","sf":"email","op":"isequalto","v":"Zoe@ac-lyon.fr"}"#, NOT_MET),
        (r#"{"type":"profile","sf":"email","op":"contains","v":"@ac-"}"#, MET),
        (r#"{"type":"profile","sf":"email","op":"doesnotcontain","v":"@ac-"}"#, NOT_MET),
        (r#"{"type":"profile","sf":"email","op":"doesnotcontain","v":""}"#, MET),
        (r#"{"type":"profile","sf":"email","op":"startswith","v":"zoe"}"#, MET),
        (r#"{"type":"profile","sf":"email","op":"endswith","v":".fr"}"#, MET),
        (r#"{"type":"profile","sf":"email","op":"endswith","v":".de"}"#, NOT_MET),
        (r#"{"type":"profile","sf":"email","op":"isempty"}"#, NOT_MET),
        (r#"{"type":"profile","sf":"email","op":"isnotempty"}"#, MET),
        (r#"{"type":"profile","sf":"city","op":"isempty"}"#, MET),
        (r#"{"type":"profile","cf":"corps","op":"isempty"}"#, MET),
        (r#"{"type":"profile","cf":"email","op":"contains","v":"@"}"#, NOT_MET),
    ] {
        assert_eq!(both_ways(condition, &facts()), expected, "{condition}");
    }
}

#[test]
fn what_is_not_understood_is_met_by_nobody_negated_or_not() {
    for condition in [
        r#"{"type":"quizquestion","quizid":3}"#,
        r#"{"type":"date","d":"=","t":1}"#,
        r#"{"type":"completion","cm":99,"e":0}"#,
        r#"{"type":"completion","cm":0,"e":1}"#,
        r#"12"#,
    ] {
        assert_eq!(both_ways(condition, &facts()), NEVER, "{condition}");
    }
    assert_eq!(evaluate(&Tree::closed(), &facts(), &Place::default()), Verdict::HIDDEN);
}

#[test]
fn conditions_on_groups_do_not_bind_who_may_see_all_groups() {
    let facts = Facts { all_groups: true, ..facts() };
    for condition in [r#"{"type":"group"}"#, r#"{"type":"group","id":2}"#, r#"{"type":"grouping","id":8}"#] {
        assert_eq!(both_ways(condition, &facts), ALWAYS, "{condition}");
    }
}

#[test]
fn without_a_previous_activity_or_a_grouping_a_condition_on_it_is_not_met() {
    let open = |json| evaluate(&tree(json), &facts(), &Place::default()).open;
    assert!(!open(r#"{"op":"&","c":[{"type":"completion","cm":-1,"e":0}]}"#));
    assert!(!open(r#"{"op":"!&","c":[{"type":"completion","cm":-1,"e":0}]}"#));
    assert!(!open(r#"{"op":"&","c":[{"type":"grouping","activity":true}]}"#));
}

const YES: &str = r#"{"type":"group","id":1}"#;
const NO: &str = r#"{"type":"group","id":2}"#;

#[test]
fn operators_join_conditions_at_every_level() {
    for (op, all_yes, mixed, all_no) in [("&", true, false, false), ("|", true, true, false), ("!&", false, true, true), ("!|", false, false, true)] {
        for (a, b, expected) in [(YES, YES, all_yes), (YES, NO, mixed), (NO, YES, mixed), (NO, NO, all_no)] {
            let inner = format!(r#"{{"op":"{op}","c":[{a},{b}]}}"#);
            let open = |json: &str| evaluate(&tree(json), &facts(), &Place::default()).open;
            assert_eq!(open(&inner), expected, "{inner}");
            for (outer, flips) in [("&", false), ("|", false), ("!&", true), ("!|", true)] {
                let json = format!(r#"{{"op":"{outer}","c":[{inner}]}}"#);
                assert_eq!(open(&json), expected != flips, "{json}");
            }
        }
    }
}

#[test]
fn a_tree_without_conditions_is_open_even_inside_a_negation() {
    for json in [r#"{"op":"&","c":[]}"#, r#"{"op":"|","c":[],"show":false}"#, r#"{"op":"!|","c":[]}"#, r#"{"op":"!|","c":[{"op":"&","c":[]}]}"#] {
        assert_eq!(evaluate(&tree(json), &facts(), &Place::default()), Verdict::OPEN, "{json}");
    }
}

#[test]
fn one_failed_hidden_condition_hides_the_item() {
    for (json, shown) in [
        (format!(r#"{{"op":"&","c":[{NO},{NO}],"showc":[true,true]}}"#), true),
        (format!(r#"{{"op":"&","c":[{NO},{NO}],"showc":[true,false]}}"#), false),
        (format!(r#"{{"op":"&","c":[{NO},{YES}],"showc":[true,false]}}"#), true),
        (format!(r#"{{"op":"!|","c":[{YES},{NO}],"showc":[false,true]}}"#), false),
        (format!(r#"{{"op":"!|","c":[{YES},{NO}],"showc":[true,false]}}"#), true),
        (format!(r#"{{"op":"|","c":[{NO},{NO}],"show":true}}"#), true),
        (format!(r#"{{"op":"|","c":[{NO},{NO}],"show":false}}"#), false),
        (format!(r#"{{"op":"!&","c":[{YES}],"show":false}}"#), false),
        (format!(r#"{{"op":"&","c":[{{"op":"|","c":[{NO}]}}],"showc":[false]}}"#), false),
    ] {
        let verdict = evaluate(&tree(&json), &facts(), &Place::default());
        assert_eq!((verdict.open, verdict.shown, verdict.unmet.is_some()), (false, shown, shown), "{json}");
    }
}

#[test]
fn only_what_is_unmet_is_given_as_the_reason() {
    let json = format!(r#"{{"op":"&","c":[{YES},{{"op":"|","c":[{NO},{{"op":"!|","c":[{YES},{NO}]}}]}},{{"op":"|","c":[{NO},{YES}]}}]}}"#);
    let unmet = evaluate(&tree(&json), &facts(), &Place::default()).unmet.unwrap();
    let expected = format!(r#"{{"op":"&","c":[{{"op":"|","c":[{NO},{{"op":"!|","c":[{YES}]}}]}}]}}"#);
    assert_eq!(unmet, tree(&expected));
}
