use super::*;

/// A question of the teacher's (10), answered by Bob (11), who was answered by Cleo (12).
fn question() -> Host {
    let host = forum("qanda");
    discussion(&host, 1, TEACHER, 10, NOW - DAY);
    post(&host, 11, 1, 10, BOB, NOW - 2 * 3600);
    post(&host, 12, 1, 11, CLEO, NOW - 3600);
    host
}

fn seen(host: &Host) -> [bool; 3] {
    let html = host.html::<Forum>("discussion?d=1");
    [10, 11, 12].map(|p| shows(&html, p))
}

#[test]
fn answers_of_others_are_hidden_until_one_has_answered_and_the_window_is_over() {
    let host = question();
    assert_eq!(seen(&host), [true, false, false]);
    assert!(host.html::<Forum>("discussion?d=1").contains("once you have written your own"));
    led(&host, "reply?post=10", HELLO);
    assert_eq!(seen(&host), [true, false, false]);
    assert!(shows(&host.html::<Forum>("discussion?d=1"), 13), "one's own is seen");
    assert!(host.html::<Forum>("discussion?d=1").contains("30 minutes after your own"));
    host.at(NOW + 30 * MINUTE);
    assert_eq!(seen(&host), [true, true, true]);
    assert_eq!(seen(host.as_user(BOB)), [true, true, true]);
}

#[test]
fn teachers_and_who_asked_see_all_answers_and_guests_none() {
    let host = question();
    assert_eq!(seen(host.as_user(TEACHER)), [true, true, true]);
    assert_eq!(seen(host.as_user(GUEST)), [true, false, false]);
    host.put("discussions", 1, &[("userid", ADA.into())]);
    assert_eq!(seen(host.as_user(ADA)), [true, true, true]);
}

#[test]
fn hidden_answers_leak_nowhere() {
    let host = question();
    assert!(host.html::<Forum>("search?q=text").contains("10\" column"));
    let found = host.html::<Forum>("search?q=text");
    assert!(!shows(&found, 11) && !shows(&found, 12) && !found.contains("Subject 11"));
    for address in ["reply?post=11", "reply?post=11&quote=1", "discussion?post=11", "edit?post=11", "delete?post=12"] {
        assert!(host.view::<Forum>(address).is_err(), "{address}");
    }
    assert!(host.act::<Forum>("reply?post=11", HELLO).is_err());
    let html = host.html::<Forum>("discussion?d=1&post=12");
    assert!(!html.contains("Subject 11") && !html.contains("Text 11"));
    assert!(host.html::<Forum>("").contains(r#"aria-label="1 unread post">1<"#), "only what can be read is unread");
    assert_eq!(host.card::<Forum>().unwrap().badges, ["1 unread post"]);
}
