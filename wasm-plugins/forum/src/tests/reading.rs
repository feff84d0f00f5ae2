use super::*;

fn counted(host: &Host, n: usize) -> bool {
    let html = host.html::<Forum>("");
    if n == 0 { !html.contains("unread post") } else { html.contains(&format!(">{n}</a>")) && html.contains("unread post") }
}

#[test]
fn posts_are_unread_for_fourteen_days_until_marked() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - 15 * DAY);
    post(&host, 11, 1, 10, BOB, NOW - 13 * DAY);
    post(&host, 12, 1, 10, ADA, NOW - DAY);
    assert!(counted(&host, 1), "not the old one, not one's own");
    assert!(host.html::<Forum>("discussion?d=1").contains("Mark as read"));
    led(&host, "read?d=1", &[]);
    assert!(counted(&host, 0));
    assert_eq!([host.int("readposts", 1, "postid"), host.int("readposts", 1, "firstread"), host.int("readposts", 1, "lastread")], [11, NOW, NOW]);
    led(&host, "read", &[]);
    assert_eq!(host.ids("readposts").len(), 1, "what is read is not read again");
    assert!(host.as_user(GUEST).act::<Forum>("read", &[]).is_err());
}

#[test]
fn all_discussions_are_marked_at_once() {
    let host = forum("general");
    for d in 1..=5 {
        discussion(&host, d, BOB, d * 10, NOW - DAY);
    }
    assert_eq!(host.card::<Forum>().unwrap().badges, ["5 unread posts"]);
    led(&host, "read", &[]);
    assert!(counted(&host, 0) && host.card::<Forum>().unwrap().badges.is_empty());
}

#[test]
fn tracking_is_off_optional_or_forced() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    led(&host, "track", &[]);
    assert!(counted(&host, 0) && host.html::<Forum>("").contains("Track what I have read"));
    host.set(&[("trackingtype", 2.into())]);
    assert!(counted(&host, 1));
    assert!(host.act::<Forum>("track", &[]).is_err());
    host.set(&[("trackingtype", 0.into())]);
    assert!(counted(&host, 0));
    host.set(&[("trackingtype", 1.into())]);
    led(&host, "track", &[]);
    assert!(counted(&host, 1));
}

#[test]
fn links_lead_to_the_first_unread_and_the_last_post() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    for n in 0..120 {
        post(&host, 100 + n, 1, 10, BOB, NOW - 3600 + n);
    }
    for n in 0..60 {
        host.put("readposts", n + 1, &[("userid", ADA.into()), ("discussionid", 1.into()), ("postid", (99 + n).into())]);
    }
    host.put("readposts", 99, &[("userid", ADA.into()), ("discussionid", 1.into()), ("postid", 10.into())]);
    let html = host.html::<Forum>("discussion?d=1&post=unread");
    assert!(html.contains("Page 2 of 3") && html.contains(r#"id="m-p159" aria-labelledby="m-a159 m-t159"><header><h3><span id="m-unread">"#));
    assert!(host.html::<Forum>("discussion?d=1&post=last").contains(r#"<span id="m-last"></span>Subject 219"#));
}

#[test]
fn subscriptions_follow_moodles_four_modes() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    led(&host, "subscribe", &[("wanted", "1")]);
    led(&host, "subscribe", &[("wanted", "1")]);
    assert_eq!(host.ids("subscriptions").len(), 1);
    led(&host, "subscribe?d=1", &[("wanted", "0")]);
    assert_eq!(host.int("discussion_subs", 1, "preference"), -1);
    led(&host, "subscribe?d=1", &[("wanted", "1")]);
    assert!(host.ids("discussion_subs").is_empty(), "the forum says the same");
    led(&host, "subscribe", &[("wanted", "0")]);
    led(&host, "reply?post=10", &[HELLO, &[("subscribe", "1")]].concat());
    assert_eq!([host.ids("subscriptions").len() as i64, host.int("discussion_subs", 2, "preference")], [0, NOW]);
    for forced in [1, 3] {
        host.set(&[("forcesubscribe", forced.into())]);
        assert!(refused(&host, "subscribe", &[("wanted", "0")]).contains("not a choice"));
    }
    assert!(host.as_user(GUEST).act::<Forum>("subscribe", &[("wanted", "1")]).is_err());
}

#[test]
fn search_folds_case_and_accents_and_wants_all_words() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    host.put("posts", 10, &[("message", "<p>L'Été à la plage</p>".into())]);
    post(&host, 11, 1, 10, CLEO, NOW);
    assert!(shows(&host.html::<Forum>("search?q=ete+plage"), 10));
    assert!(host.html::<Forum>("search?q=ete+neige").contains("Nothing was found"));
    assert!(shows(&host.html::<Forum>("search?q=subject+11"), 11));
    let html = host.html::<Forum>("search?q=%22%3E%3Cscript%3E");
    assert!(html.contains("&quot;&gt;&lt;script&gt;") && !html.contains("<script"));
    assert!(!host.html::<Forum>("search?q=").contains("Nothing"));
}
