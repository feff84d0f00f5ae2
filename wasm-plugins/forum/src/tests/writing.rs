use super::*;

#[test]
fn a_new_discussion_has_moodles_columns() {
    let host = forum("general");
    let to = led(&host, "start", HELLO);
    assert_eq!(to, "/course/1/forum/70/discussion?d=1&post=1#m-p1");
    let d = |column: &str| host.int("discussions", 1, column);
    assert_eq!([d("firstpost"), d("userid"), d("usermodified"), d("groupid"), d("timemodified"), d("pinned")], [1, ADA, ADA, -1, NOW, 0]);
    let p = |column: &str| host.int("posts", 1, column);
    assert_eq!([p("discussion"), p("parent"), p("userid"), p("created"), p("modified"), p("mailed"), p("messagetrust")], [1, 0, ADA, NOW, NOW, 0, 0]);
    assert_eq!(host.value("posts", 1, "attachment"), Some("".into()));
    assert_eq!(host.value("posts", 1, "message"), Some("<p>World</p>".into()));
    assert_eq!(host.told()[0].name, "discussion_created");
}

#[test]
fn a_reply_moves_its_discussion_and_is_read_by_its_author() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    assert_eq!(led(&host, "reply?post=10", HELLO), "/course/1/forum/70/discussion?d=1&post=11#m-p11");
    assert_eq!([host.int("posts", 11, "parent"), host.int("posts", 11, "discussion"), host.int("posts", 11, "privatereplyto")], [10, 1, 0]);
    assert_eq!([host.int("discussions", 1, "timemodified"), host.int("discussions", 1, "usermodified")], [NOW, ADA]);
    assert_eq!(host.ids("readposts").len(), 2, "what is answered has been read");
}

#[test]
fn an_empty_form_comes_back_with_everything_typed() {
    let host = forum("general");
    let html = came_back(&host, "start", &[("subject", "  "), ("message", "<p>long \"work\"</p>"), ("message-format", "1")]);
    assert!(html.contains("Give it a subject.") && html.contains("&lt;p&gt;long &quot;work&quot;&lt;/p&gt;"));
    let html = came_back(&host, "start", &[("subject", "Kept"), ("message", "<p>&nbsp;</p>"), ("message-format", "1"), ("subscribe", "1")]);
    assert!(html.contains("Write a message.") && html.contains("value=\"Kept\"") && html.contains("checked=\"\""));
    let long = "é".repeat(256);
    assert!(came_back(&host, "start", &[("subject", &long), ("message", "x")]).contains("255 characters"));
    assert!(host.ids("discussions").is_empty() && host.ids("posts").is_empty());
}

#[test]
fn attachments_are_taken_in_and_too_many_or_too_large_ones_undo_everything_but_the_text() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    host.upload("attachments", "a b.txt", "text/plain", b"abc");
    led(&host, "reply?post=10", HELLO);
    assert_eq!(host.file_paths("attachment", 11), ["/a b.txt"]);
    assert_eq!(host.value("posts", 11, "attachment"), Some("1".into()));
    assert!(host.html::<Forum>("discussion?d=1").contains(r#"<pc-files area="attachment" item="11">"#));
    for n in 0..3 {
        host.upload("attachments", &format!("{n}.txt"), "text/plain", b"abc");
    }
    assert!(came_back(&host, "reply?post=10", HELLO).contains("2 attachments in all"));
    host.set(&[("maxbytes", 2.into())]);
    host.upload("attachments", "big.txt", "text/plain", b"abc");
    let html = came_back(&host, "reply?post=10", HELLO);
    assert!(html.contains("larger than allowed (2 bytes)") && html.contains("&lt;p&gt;World&lt;/p&gt;"));
    assert_eq!(host.ids("posts"), [10, 11], "nothing half done is left");
    host.set(&[("maxbytes", 1.into())]);
    host.upload("attachments", "x.txt", "text/plain", b"");
    led(&host, "reply?post=10", HELLO);
    assert!(host.file_paths("attachment", 12).is_empty(), "1 means none at all");
}

#[test]
fn an_author_edits_for_thirty_minutes_and_a_teacher_always() {
    let host = forum("general");
    discussion(&host, 1, ADA, 10, NOW);
    let seen = NOW.to_string();
    let form = [("subject", "New"), ("message", "<p>New</p>"), ("message-format", "4"), ("seen", seen.as_str())];
    assert!(host.html::<Forum>("edit?post=10").contains("&lt;p&gt;Text 10&lt;/p&gt;"));
    host.at(NOW + 29 * MINUTE);
    led(&host, "edit?post=10", &form);
    assert_eq!(host.value("discussions", 1, "name"), Some("New".into()), "a first post names its discussion");
    assert_eq!([host.int("posts", 10, "modified"), host.int("posts", 10, "messageformat")], [NOW + 29 * MINUTE, 4]);
    assert_eq!(host.int("discussions", 1, "timemodified"), NOW, "an edit is not a new post");
    host.at(NOW + 30 * MINUTE);
    assert!(refused(&host, "edit?post=10", &form).contains("30 minutes"));
    assert!(refused(host.as_user(BOB), "edit?post=10", &form).contains("not your post"));
    host.as_user(TEACHER);
    assert!(came_back(&host, "edit?post=10", &form).contains("changed meanwhile"));
    let seen = (NOW + 29 * MINUTE).to_string();
    led(&host, "edit?post=10", &[("subject", "Again"), ("message", "x"), ("seen", &seen)]);
    assert_eq!(host.int("posts", 10, "userid"), ADA, "it stays the author's");
}

#[test]
fn attachments_are_removed_when_editing() {
    let host = forum("general");
    discussion(&host, 1, ADA, 10, NOW);
    host.put("posts", 10, &[("attachment", "1".into())]);
    host.file("attachment", 10, "/a.txt", "text/plain", b"a").file("attachment", 10, "/b.txt", "text/plain", b"b");
    assert!(host.html::<Forum>("edit?post=10").contains(r#"<pc-option value="/a.txt">a.txt</pc-option>"#));
    let seen = NOW.to_string();
    let base = [("subject", "S"), ("message", "m"), ("seen", seen.as_str())];
    led(&host, "edit?post=10", &[&base[..], &[("remove", "/a.txt")]].concat());
    assert_eq!((host.file_paths("attachment", 10), host.value("posts", 10, "attachment")), (vec!["/b.txt".to_owned()], Some("1".into())));
    led(&host, "edit?post=10", &[&base[..], &[("remove", "/b.txt"), ("remove", "/../../etc")]].concat());
    assert_eq!(host.value("posts", 10, "attachment"), Some("".into()));
}

#[test]
fn who_may_start_depends_on_the_type() {
    for (kind, student, teacher) in [
        ("general", true, true),
        ("blog", true, true),
        ("social", true, true),
        ("eachuser", true, true),
        ("news", false, true),
        ("qanda", false, true),
        ("single", false, false),
    ] {
        let host = forum(kind);
        for (user, may) in [(ADA, student), (TEACHER, teacher), (GUEST, false)] {
            host.as_user(user);
            assert_eq!(host.view::<Forum>("start").is_ok(), may, "{kind}, person {user}");
            assert_eq!(host.act::<Forum>("start", HELLO).is_ok(), may, "{kind}, person {user}");
            let listed = host.html::<Forum>("").contains("/start\"");
            // In a forum of one discussion each, the one has just been started.
            assert_eq!(listed, may && kind != "eachuser", "{kind}, person {user}");
        }
    }
}

#[test]
fn who_may_answer_depends_on_the_type_too() {
    for (kind, student) in [("general", true), ("news", false), ("single", true), ("blog", true), ("eachuser", true), ("qanda", true)] {
        let host = forum(kind);
        discussion(&host, 1, TEACHER, 10, NOW - DAY);
        for (user, may) in [(ADA, student), (TEACHER, true), (GUEST, false)] {
            host.as_user(user);
            assert_eq!(host.view::<Forum>("reply?post=10").is_ok(), may, "{kind}, person {user}");
            assert_eq!(host.html::<Forum>("discussion?d=1").contains("reply?post=10\""), may, "{kind}, person {user}");
            assert_eq!(host.act::<Forum>("reply?post=10", HELLO).is_ok(), may, "{kind}, person {user}");
        }
    }
}

#[test]
fn everyone_starts_one_discussion_in_a_forum_of_one_each() {
    let host = forum("eachuser");
    led(&host, "start", HELLO);
    assert!(refused(&host, "start", HELLO).contains("one each"));
    led(host.as_user(BOB), "start", HELLO);
}

#[test]
fn a_quote_and_the_subject_of_an_answer_are_written_for_you() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    host.put("posts", 10, &[("subject", "Re: Old".into())]);
    let html = host.html::<Forum>("reply?post=10&quote=1");
    assert!(html.contains("value=\"Re: Old\"") && html.contains("&lt;blockquote&gt;&lt;p&gt;Bob wrote:&lt;/p&gt;"));
    assert!(!host.html::<Forum>("reply?post=10").contains("blockquote"));
}

#[test]
fn too_many_posts_are_warned_of_and_then_blocked() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    host.set(&[("blockperiod", DAY.into()), ("warnafter", 1.into()), ("blockafter", 2.into())]);
    led(&host, "reply?post=10", HELLO);
    assert!(host.html::<Forum>("reply?post=10").contains("You have written 1 posts; 2 are allowed within 1 days"));
    led(&host, "reply?post=10", HELLO);
    assert!(refused(&host, "reply?post=10", HELLO).contains("as many posts as are allowed"));
    assert!(refused(&host, "start", HELLO).contains("as many posts as are allowed"));
    led(host.as_user(TEACHER), "reply?post=10", HELLO);
    led(host.as_user(ADA).at(NOW + DAY + 1), "reply?post=10", HELLO);
}

#[test]
fn after_the_cutoff_only_teachers_write() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    host.set(&[("cutoffdate", (NOW - 1).into())]);
    assert!(refused(&host, "reply?post=10", HELLO).contains("closed to new posts"));
    assert!(refused(&host, "start", HELLO).contains("closed to new posts"));
    assert!(host.html::<Forum>("").contains("The forum is closed to new posts."));
    led(host.as_user(TEACHER), "reply?post=10", HELLO);
}

#[test]
fn a_teacher_times_and_pins_a_discussion_and_a_learner_does_not() {
    let host = forum("general");
    let extra = [("pinned", "1"), ("timestart", "2023-12-01T10:00"), ("timeend", "2023-12-02T10:00")];
    led(&host, "start", &[HELLO, &extra].concat());
    assert_eq!([host.int("discussions", 1, "pinned"), host.int("discussions", 1, "timestart")], [0, 0]);
    host.as_user(TEACHER);
    led(&host, "start", &[HELLO, &extra].concat());
    assert_eq!([host.int("discussions", 2, "pinned"), host.int("discussions", 2, "timestart")], [1, 1_701_424_800]);
    let html = came_back(&host, "start", &[HELLO, &[("timestart", "tomorrow"), ("timeend", "2023-12-02T10:00")]].concat());
    assert!(html.contains("not a date and time") && html.contains("value=\"tomorrow\""));
    assert!(
        came_back(&host, "start", &[HELLO, &[("timestart", "2023-12-02T10:00"), ("timeend", "2023-12-01T10:00")]].concat())
            .contains("after the beginning")
    );
}

#[test]
fn an_edit_keeps_the_seconds_of_moments_nobody_touched() {
    let host = forum("general");
    discussion(&host, 1, TEACHER, 10, NOW);
    host.put("discussions", 1, &[("timestart", 1_600_000_007.into()), ("timeend", 1_800_000_009.into())]).as_user(TEACHER);
    let seen = NOW.to_string();
    let form = [("subject", "S"), ("message", "m"), ("seen", seen.as_str()), ("timestart", "2020-09-13T12:26"), ("timeend", "")];
    led(&host, "edit?post=10", &form);
    assert_eq!([host.int("discussions", 1, "timestart"), host.int("discussions", 1, "timeend")], [1_600_000_007, 0]);
}

#[test]
fn numbers_that_are_not_of_this_forum_lead_nowhere() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    for id in ["", "0", "-1", "99", "9223372036854775808", "abc", "10'", "1%00"] {
        for route in ["reply?post", "edit?post", "delete?post", "discussion?d"] {
            assert!(host.view::<Forum>(&format!("{route}={id}")).is_err(), "{route}={id}");
        }
        for route in ["reply?post", "edit?post", "delete?post", "pin?d", "lock?d"] {
            assert!(host.as_user(TEACHER).act::<Forum>(&format!("{route}={id}"), HELLO).is_err(), "{route}={id}");
        }
        host.as_user(ADA);
    }
    assert!(host.view::<Forum>("nowhere").is_err() && host.act::<Forum>("nowhere", &[]).is_err());
}
