use super::*;
use parcours_sdk::{Code, GroupMode};

fn ask(host: &Host, area: &str, item: &str) -> parcours_sdk::Result<Outcome> {
    host.view::<Forum>(&format!("file?area={area}&item={item}&path=/a%20b/c.png"))
}

/// Whether the files of a post are served; a refusal never says more than that nothing is there.
fn gets(host: &Host, user: i64, post: i64) -> bool {
    host.as_user(user);
    let both = ["post", "attachment"].map(|area| match ask(host, area, &post.to_string()) {
        Ok(Outcome::File { area: a, item, path }) => (a.as_str(), item, path.as_str()) == (area, post, "/a b/c.png"),
        Err(e) if e.code == Code::NotFound => false,
        other => panic!("{other:?}"),
    });
    assert_eq!(both[0], both[1], "both areas follow one rule");
    assert_eq!(both[0], host.view::<Forum>(&format!("discussion?post={post}")).is_ok(), "a post and its files are seen by the same people");
    both[0]
}

#[test]
fn who_sees_a_post_gets_its_files() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    for user in [ADA, BOB, TEACHER, GUEST] {
        assert!(gets(&host, user, 10));
    }
    assert!(!gets(&host, ADA, 11), "a post that is not there");
    host.right(ADA, "viewdiscussion", false);
    assert!(ask(host.as_user(ADA), "post", "10").is_err());
}

#[test]
fn only_areas_of_posts_and_numbers_of_posts_lead_to_files() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    for (area, item) in [("intro", "10"), ("", "10"), ("posts", "10"), ("post", ""), ("post", "0"), ("post", "-10"), ("post", "10x")] {
        assert_eq!(ask(&host, area, item).unwrap_err().code, Code::NotFound, "{area} {item}");
    }
}

#[test]
fn files_of_a_private_reply_are_for_two_and_for_teachers() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    post(&host, 11, 1, 10, TEACHER, NOW - 3600);
    host.put("posts", 11, &[("privatereplyto", ADA.into())]);
    assert_eq!([ADA, TEACHER, BOB, CLEO, GUEST].map(|user| gets(&host, user, 11)), [true, true, false, false, false]);
}

#[test]
fn files_of_answers_are_for_those_who_have_answered() {
    let host = forum("qanda");
    discussion(&host, 1, TEACHER, 10, NOW - DAY);
    post(&host, 11, 1, 10, BOB, NOW - 2 * 3600);
    assert_eq!([ADA, BOB, TEACHER, GUEST].map(|user| gets(&host, user, 10)), [true; 4], "the question is for everybody");
    assert_eq!([ADA, BOB, TEACHER, GUEST].map(|user| gets(&host, user, 11)), [false, true, true, false]);
    post(&host, 12, 1, 10, ADA, NOW);
    assert!(!gets(&host, ADA, 11) && gets(&host, ADA, 12), "not before one's own can be changed no more");
    host.at(NOW + 30 * MINUTE);
    assert!(gets(&host, ADA, 11));
}

#[test]
fn files_of_another_group_are_not_there() {
    let host = forum("general");
    host.group(100, &[ADA]).group(200, &[BOB]);
    for (d, group) in [(1, 100), (2, -1)] {
        discussion(&host, d, TEACHER, d * 10, NOW - DAY);
        host.put("discussions", d, &[("groupid", group.into())]);
    }
    for (mode, bob) in [(GroupMode::None, true), (GroupMode::Visible, true), (GroupMode::Separate, false)] {
        host.group_mode(mode);
        assert_eq!([ADA, BOB, TEACHER].map(|user| gets(&host, user, 10)), [true, bob, true], "{mode:?}");
        assert!(gets(&host, BOB, 20), "{mode:?}");
    }
}

#[test]
fn files_of_a_discussion_come_and_go_with_it() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    for (from, until) in [(NOW + 1, 0), (0, NOW), (NOW - 2, NOW - 1)] {
        host.put("discussions", 1, &[("timestart", from.into()), ("timeend", until.into())]);
        assert_eq!([ADA, BOB, TEACHER].map(|user| gets(&host, user, 10)), [false, true, true], "{from} to {until}");
    }
    host.put("discussions", 1, &[("timestart", NOW.into()), ("timeend", (NOW + 1).into())]);
    assert!(gets(&host, ADA, 10));
}
