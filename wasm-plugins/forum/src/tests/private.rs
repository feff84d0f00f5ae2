use super::*;

/// Bob's discussion (10), Ada's answer (11), the teacher's private reply to her (12).
fn private() -> Host {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    post(&host, 11, 1, 10, ADA, NOW - 3600);
    post(&host, 12, 1, 11, TEACHER, NOW - 1800);
    host.put("posts", 12, &[("privatereplyto", ADA.into()), ("subject", "Secret".into()), ("message", "<p>secret words</p>".into())]);
    host
}

#[test]
fn a_private_reply_is_for_two_and_for_teachers() {
    let host = private();
    for (user, sees) in [(ADA, true), (TEACHER, true), (BOB, false), (CLEO, false), (GUEST, false)] {
        host.as_user(user);
        for mode in ["nested", "flat", "newest"] {
            let html = host.html::<Forum>(&format!("discussion?d=1&mode={mode}"));
            assert_eq!((shows(&html, 12), html.contains("Secret")), (sees, sees), "person {user}, {mode}");
        }
    }
    host.as_user(TEACHER).right(TEACHER, "readprivatereplies", false);
    assert!(shows(&host.html::<Forum>("discussion?d=1"), 12), "its author sees it anyway");
}

#[test]
fn a_private_reply_leaks_into_no_count_search_or_link() {
    let host = private();
    let replies = |html: String| html.contains(r#"<td data-m-label="Replies" class="number">2</td>"#);
    assert!(replies(host.html::<Forum>("")));
    for user in [BOB, CLEO, GUEST] {
        host.as_user(user);
        assert!(!replies(host.html::<Forum>("")), "person {user}");
        let found = host.html::<Forum>("search?q=secret");
        assert!(found.contains("Nothing was found") && !found.contains("Secret"), "person {user}");
        for address in ["discussion?post=12", "reply?post=12", "edit?post=12", "delete?post=12"] {
            assert!(host.view::<Forum>(address).is_err(), "{address}, person {user}");
        }
        assert!(!host.html::<Forum>("discussion?d=1&post=12").contains("Secret"));
    }
    assert!(host.as_user(CLEO).html::<Forum>("").contains(">2</a>"), "two unread, not three");
    assert!(shows(&host.as_user(ADA).html::<Forum>("search?q=SECRET+words"), 12));
}

#[test]
fn a_private_reply_is_not_answered_and_moves_nothing() {
    let host = private();
    assert!(refused(&host, "reply?post=12", HELLO).contains("cannot be answered"));
    host.as_user(TEACHER);
    led(&host, "reply?post=10", &[HELLO, &[("private", "1")]].concat());
    assert_eq!(host.int("posts", 13, "privatereplyto"), BOB);
    assert_eq!(host.int("discussions", 1, "usermodified"), BOB, "who is not to see it does not see that it happened");
    assert!(refused(&host, "reply?post=12", HELLO).contains("cannot be answered"));
}

#[test]
fn a_learner_cannot_make_a_reply_private() {
    let host = private();
    led(host.as_user(CLEO), "reply?post=10", &[HELLO, &[("private", "1")]].concat());
    assert_eq!(host.int("posts", 13, "privatereplyto"), 0);
}

#[test]
fn who_runs_the_site_writes_before_having_a_number_here_and_owns_nothing_of_nobody() {
    let host = forum("general");
    discussion(&host, 1, 0, 10, NOW);
    post(&host, 11, 1, 10, 0, NOW);
    host.set(&[("trackingtype", 1.into()), ("assessed", 1.into())]);
    host.person(0, "Nina", "manager").as_user(0);
    let html = host.html::<Forum>("discussion?d=1");
    assert!(html.contains("reply?post=10") && html.contains("subscribe?d=1"), "{html}");
    let list = host.html::<Forum>("");
    assert!(list.contains("start\"") && !list.contains("track\""), "{list}");
}

#[test]
fn posts_of_nobody_are_not_a_guests_own() {
    let host = forum("general");
    discussion(&host, 1, 0, 10, NOW);
    post(&host, 11, 1, 10, 0, NOW);
    host.put("posts", 11, &[("privatereplyto", BOB.into())]);
    host.as_user(GUEST);
    let html = host.html::<Forum>("discussion?d=1");
    assert!(shows(&html, 10) && !shows(&html, 11) && !html.contains("edit?post") && html.contains("Former participant"));
    assert!(host.act::<Forum>("edit?post=10", HELLO).is_err() && host.act::<Forum>("delete?post=10", &[]).is_err());
}
