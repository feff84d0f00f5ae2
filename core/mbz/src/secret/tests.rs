use super::*;
use crate::limits::Limits;
use crate::xml::Reader;
use std::io::Read;

fn emptied(path: &str, xml: &str) -> (Held, String) {
    let reader = || Reader::new(xml.as_bytes(), path, &Limits::default());
    let held = find(reader(), path).unwrap();
    let out = empty(reader(), path, &held, Vec::new()).unwrap();
    (held, String::from_utf8(out).unwrap().lines().skip(1).map(str::trim).collect())
}

fn kinds(held: &Held) -> Vec<(Kind, &str, u64)> {
    held.found.iter().map(|((kind, place), n)| (*kind, place.as_str(), *n)).collect()
}

#[test]
fn a_key_goes_and_its_door_is_closed_to_newcomers() {
    let xml = "<enrolments><enrols><enrol id=\"1\"><enrol>self</enrol><status>0</status><name>N</name><password>k1</password><customint6>1</customint6>\
        <user_enrolments><enrolment id=\"9\"><status>0</status></enrolment></user_enrolments></enrol>\
        <enrol id=\"2\"><enrol>guest</enrol><status>0</status><password>k2</password></enrol>\
        <enrol id=\"3\"><enrol>self</enrol><status>0</status><password>$@NULL@$</password><customint6>1</customint6></enrol>\
        <enrol id=\"4\"><enrol>lti</enrol><status>0</status><customchar1>k3</customchar1><tool id=\"5\"><secret>k4</secret></tool></enrol>\
        <enrol id=\"6\"><enrol>cohort</enrol><status>0</status><customchar1>x</customchar1></enrol></enrols></enrolments>";
    let (held, out) = emptied("course/enrolments.xml", xml);
    let enrol = "enrolments/enrols/enrol";
    assert_eq!(
        kinds(&held),
        [
            (Kind::Enrolment, format!("{enrol}/password").as_str(), 2),
            (Kind::Tool, format!("{enrol}/customchar1").as_str(), 1),
            (Kind::Tool, format!("{enrol}/tool/secret").as_str(), 1)
        ]
    );
    assert_eq!(held.guarded, [(1, "self".to_owned()), (2, "guest".to_owned()), (4, "lti".to_owned())]);
    assert_eq!(
        out,
        "<enrolments><enrols><enrol id=\"1\"><enrol>self</enrol><status>0</status><name>N</name><password>$@NULL@$</password><customint6>0</customint6>\
        <user_enrolments><enrolment id=\"9\"><status>0</status></enrolment></user_enrolments></enrol>\
        <enrol id=\"2\"><enrol>guest</enrol><status>1</status><password>$@NULL@$</password></enrol>\
        <enrol id=\"3\"><enrol>self</enrol><status>0</status><password>$@NULL@$</password><customint6>1</customint6></enrol>\
        <enrol id=\"4\"><enrol>lti</enrol><status>1</status><customchar1>$@NULL@$</customchar1><tool id=\"5\"><secret></secret></tool></enrol>\
        <enrol id=\"6\"><enrol>cohort</enrol><status>0</status><customchar1>x</customchar1></enrol></enrols></enrolments>"
    );
}

#[test]
fn what_is_encrypted_and_pairs_are_found_and_nothing_else() {
    let xml = "<activity id=\"1\"><lti id=\"2\"><name>password</name><resourcekey encrypted=\"true\">k1</resourcekey><password encrypted=\"true\"></password>\
        <ltitype id=\"3\"><name>N</name><ltitypesconfigs><ltitypesconfig id=\"4\"><name>coursevisible</name><value>1</value></ltitypesconfig>\
        <ltitypesconfig id=\"5\"><name>password</name><value>k2</value></ltitypesconfig></ltitypesconfigs></ltitype></lti></activity>";
    let (held, out) = emptied("activities/lti_9/lti.xml", xml);
    assert_eq!(held.found.values().sum::<u64>(), 2);
    assert!(!out.contains("k1") && !out.contains("k2") && !out.contains("encrypted"), "{out}");
    assert!(out.contains("<name>coursevisible</name><value>1</value>") && out.contains("<resourcekey></resourcekey>"), "{out}");
    // A question about passwords is none.
    let (held, _) = emptied("questions.xml", "<q><password>hunter2</password></q>");
    assert!(held.is_empty());
    let pairs = "<users><user id=\"1\"><password>h</password><preferences><preference id=\"1\"><name>newemailkey</name><value>k</value></preference>\
        <preference id=\"2\"><name>htmleditor</name><value>atto</value></preference></preferences></user></users>";
    let (held, out) = emptied("users.xml", pairs);
    assert_eq!(held.found.len(), 2);
    assert!(out.contains("<value>atto</value>") && !out.contains("<value>k</value>"), "{out}");
}

/// A document a byte at a time.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(&mut to[..1])
    }
}

#[test]
fn a_document_is_read_again_only_where_its_tags_say_so() {
    let may = |xml: &str| may_hold(Slow(xml.as_bytes())).unwrap();
    for yes in ["<a><password>x</password>", "<a><k encrypted=\"true\">", "<preference id=\"1\">", "<enrol id=\"1\"><x/>", "<moderatorpass/>"] {
        assert!(may(yes), "{yes}");
    }
    for no in ["<a><name>password encrypted</name>", "<usepassword>1</usepassword><value>x</value>", "<completionpassgrade>0", ""] {
        assert!(!may(no), "{no}");
    }
}

#[test]
fn what_a_conversion_kept_aside_has_the_rules_of_what_it_was() {
    assert_eq!(document("parcours/original/course/enrolments.xml.kept"), Some("course/enrolments.xml"));
    assert_eq!(document("parcours/original.txt"), None);
    assert_eq!(document("files/ab/abcd"), None);
    assert_eq!(document("groups.xml"), Some("groups.xml"));
}

#[test]
fn every_rule_has_a_leaf_of_its_own() {
    for (at, r) in RULES.iter().enumerate() {
        let document = if r.document == ACTIVITY { "activities/x_1/x.xml".to_owned() } else { format!("course/{}", r.document) };
        let record = if r.record.is_empty() { "x" } else { r.record };
        let named = r.named.first().copied().unwrap_or_default();
        assert_eq!(of(&document, record, named, r.leaf), Some(r.kind), "rule {at}");
    }
}
