use super::*;

#[test]
fn an_author_takes_back_what_nobody_has_answered_in_time() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    post(&host, 11, 1, 10, ADA, NOW);
    post(&host, 12, 1, 11, BOB, NOW);
    assert!(refused(&host, "delete?post=11", &[]).contains("has been answered"));
    host.as_user(BOB);
    assert!(refused(&host, "delete?post=11", &[]).contains("not your post"));
    led(&host, "delete?post=12", &[]);
    host.as_user(ADA).at(NOW + 30 * MINUTE);
    assert!(refused(&host, "delete?post=11", &[]).contains("30 minutes"));
    host.at(NOW + 29 * MINUTE);
    assert_eq!(led(&host, "delete?post=11", &[]), "/course/1/forum/70/discussion?d=1&post=10#m-p10");
    assert_eq!(host.ids("posts"), [10]);
    assert_eq!([host.int("discussions", 1, "timemodified"), host.int("discussions", 1, "usermodified")], [NOW - DAY, BOB]);
}

#[test]
fn a_teacher_deletes_a_subtree_with_all_that_belongs_to_it() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    for (id, parent) in [(11, 10), (12, 11), (13, 12), (14, 10)] {
        post(&host, id, 1, parent, ADA, NOW - 100 + id);
    }
    host.put("posts", 12, &[("attachment", "1".into()), ("message", "<img src=\"@@PLUGINFILE@@/x.png\">".into())]);
    host.file("attachment", 12, "/a.txt", "text/plain", b"a").file("post", 12, "/x.png", "image/png", b"a");
    host.put("ratings", 1, &[("post", 13.into()), ("value", 5.into())]).put("ratings", 2, &[("post", 14.into()), ("value", 5.into())]);
    host.put("readposts", 1, &[("userid", ADA.into()), ("discussionid", 1.into()), ("postid", 12.into())]);
    host.as_user(TEACHER);
    assert!(host.html::<Forum>("delete?post=11").contains("2 replies will be deleted"));
    assert_eq!(host.ids("posts").len(), 5, "asking deletes nothing");
    led(&host, "delete?post=11", &[]);
    assert_eq!((host.ids("posts"), host.ids("ratings")), (vec![10, 14], vec![2]));
    assert!(host.ids("readposts").is_empty());
    assert!(host.file_paths("attachment", 12).is_empty() && host.file_paths("post", 12).is_empty());
    assert_eq!(host.int("discussions", 1, "timemodified"), NOW - 100 + 14);
    assert_eq!(led(&host, "delete?post=10", &[]), "/course/1/forum/70/");
    assert!(host.ids("posts").is_empty() && host.ids("discussions").is_empty() && host.ids("ratings").is_empty());
}

#[test]
fn circles_of_parents_are_deleted_and_shown_without_looping() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    for (id, parent) in [(11, 13), (12, 11), (13, 12), (14, 14)] {
        post(&host, id, 1, parent, ADA, NOW);
    }
    host.as_user(TEACHER);
    let html = host.html::<Forum>("discussion?d=1");
    assert!([10, 11, 12, 13, 14].iter().all(|p| shows(&html, *p)));
    led(&host, "delete?post=12", &[]);
    assert_eq!(host.ids("posts"), [10, 14]);
    led(&host, "delete?post=14", &[]);
}

#[test]
fn the_first_post_of_a_single_forum_is_not_deleted_and_edited_by_managers_only() {
    let host = forum("single");
    discussion(&host, 1, ADA, 10, NOW);
    assert!(host.act::<Forum>("edit?post=10", HELLO).is_err());
    assert!(refused(host.as_user(TEACHER), "delete?post=10", &[]).contains("the forum itself"));
    assert!(host.view::<Forum>("edit?post=10").is_ok());
}

#[test]
fn pinning_and_locking_are_for_those_who_may() {
    let host = forum("general");
    discussion(&host, 1, ADA, 10, NOW - DAY);
    for route in ["pin?d=1", "lock?d=1"] {
        assert!(host.as_user(ADA).act::<Forum>(route, &[("wanted", "1")]).is_err());
        led(host.as_user(TEACHER), route, &[("wanted", "1")]);
    }
    assert_eq!([host.int("discussions", 1, "pinned"), host.int("discussions", 1, "timelocked")], [1, NOW]);
    host.as_user(ADA);
    let html = host.html::<Forum>("discussion?d=1");
    assert!(html.contains(">Pinned<") && html.contains("This discussion is locked.") && !html.contains("reply?post"));
    assert!(refused(&host, "reply?post=10", HELLO).contains("locked"));
    led(host.as_user(TEACHER), "reply?post=10", HELLO);
    led(&host, "lock?d=1", &[("wanted", "0")]);
    led(host.as_user(ADA), "reply?post=10", HELLO);
}

#[test]
fn a_silent_discussion_locks_itself() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - 8 * DAY);
    host.set(&[("lockdiscussionafter", (7 * DAY).into())]);
    assert!(refused(&host, "reply?post=10", HELLO).contains("locked"));
    host.put("discussions", 1, &[("timemodified", (NOW - 6 * DAY).into())]);
    led(&host, "reply?post=10", HELLO);
    let single = forum("single");
    discussion(&single, 1, BOB, 10, NOW - 8 * DAY);
    single.set(&[("lockdiscussionafter", (7 * DAY).into())]);
    led(&single, "reply?post=10", HELLO);
}

#[test]
fn looking_writes_nothing() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    host.as_user(TEACHER);
    for address in ["", "discussion?d=1", "search?q=text", "start", "reply?post=10", "edit?post=10", "delete?post=10"] {
        host.html::<Forum>(address);
    }
    assert!(host.ids("readposts").is_empty() && host.told().is_empty());
}

#[test]
fn a_right_that_is_taken_away_is_gone() {
    let host = forum("general");
    discussion(&host, 1, ADA, 10, NOW);
    host.right(ADA, "viewdiscussion", false);
    for address in ["", "discussion?d=1", "search?q=text"] {
        assert_eq!(host.view::<Forum>(address).unwrap_err().code, parcours_sdk::Code::Denied);
    }
    host.right(ADA, "viewdiscussion", true).right(ADA, "replypost", false).right(ADA, "startdiscussion", false).right(ADA, "createattachment", false);
    assert!(host.act::<Forum>("reply?post=10", HELLO).is_err() && host.act::<Forum>("start", HELLO).is_err());
    host.right(ADA, "deleteownpost", false);
    assert!(host.act::<Forum>("delete?post=10", &[]).is_err());
}
