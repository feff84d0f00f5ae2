use super::*;
use parcours_sdk::GroupMode;

/// Discussion 1 of Ada's group, 2 of Bob's, 3 for everybody.
fn grouped(mode: GroupMode) -> Host {
    let host = forum("general");
    host.group(100, &[ADA]).group(200, &[BOB]).group_mode(mode);
    for (d, group) in [(1, 100), (2, 200), (3, -1)] {
        discussion(&host, d, TEACHER, d * 10, NOW - DAY);
        host.put("discussions", d, &[("groupid", group.into())]);
    }
    host
}

fn listed(host: &Host, address: &str) -> [bool; 3] {
    let html = host.html::<Forum>(address);
    [1, 2, 3].map(|d| html.contains(&format!("discussion?d={d}\"")))
}

#[test]
fn separate_groups_see_their_own_and_what_is_for_everybody() {
    let host = grouped(GroupMode::Separate);
    assert_eq!(listed(&host, ""), [true, false, true]);
    assert_eq!(listed(host.as_user(BOB), ""), [false, true, true]);
    assert_eq!(listed(host.as_user(CLEO), ""), [false, false, true]);
    assert_eq!(listed(host.as_user(TEACHER), ""), [true, true, true]);
    host.as_user(ADA);
    assert_eq!(listed(&host, "?group=200"), [true, false, true], "another group cannot be asked for");
    for address in ["discussion?d=2", "discussion?post=20", "reply?post=20", "edit?post=20"] {
        assert!(host.view::<Forum>(address).is_err(), "{address}");
    }
    assert!(!host.html::<Forum>("search?q=text").contains("20\" column"));
    host.right(ADA, "moodle/site:accessallgroups", true);
    assert_eq!(listed(&host, ""), [true, true, true]);
}

#[test]
fn separate_groups_read_but_do_not_answer_what_is_for_everybody() {
    let host = grouped(GroupMode::Separate);
    led(&host, "reply?post=10", HELLO);
    assert!(refused(&host, "reply?post=30", HELLO).contains("members of the group"));
    assert!(!refused(&host, "reply?post=20", HELLO).contains("group"), "that it exists is not said");
    led(host.as_user(TEACHER), "reply?post=30", HELLO);
}

#[test]
fn visible_groups_see_everything_and_answer_in_their_own() {
    let host = grouped(GroupMode::Visible);
    assert_eq!(listed(&host, ""), [true, true, true]);
    assert_eq!(listed(&host, "?group=200"), [false, true, true]);
    led(&host, "reply?post=10", HELLO);
    led(&host, "reply?post=30", HELLO);
    assert!(refused(&host, "reply?post=20", HELLO).contains("members of the group"));
    assert!(host.html::<Forum>("discussion?d=2").contains("Only members of the group"));
}

#[test]
fn a_discussion_is_started_in_ones_own_group() {
    let host = grouped(GroupMode::Separate);
    led(&host, "start", &[HELLO, &[("group", "100")]].concat());
    assert_eq!(host.int("discussions", 4, "groupid"), 100);
    for other in ["200", "-1", "0", "x", ""] {
        let html = came_back(&host, "start", &[HELLO, &[("group", other)]].concat());
        assert!(html.contains("Only members of the group") && html.contains("value=\"Hello\""), "{other}");
    }
    assert!(refused(host.as_user(CLEO), "start", HELLO).contains("members of the group"), "who is in no group starts none");
    host.as_user(TEACHER);
    led(&host, "start", &[HELLO, &[("group", "-1")]].concat());
    led(&host, "start", &[HELLO, &[("group", "200")]].concat());
    assert_eq!(host.int("discussions", 6, "groupid"), 200);
}

#[test]
fn without_groups_a_group_in_the_form_means_nothing() {
    let host = forum("general");
    led(&host, "start", &[HELLO, &[("group", "200")]].concat());
    assert_eq!(host.int("discussions", 1, "groupid"), -1);
}

#[test]
fn groups_are_named_by_the_host() {
    let host = grouped(GroupMode::Visible);
    let list = host.html::<Forum>("?group=100");
    assert!(
        list.contains(r#"<strong aria-current="true"><pc-group id="100"></pc-group></strong>"#)
            && list.contains(r#"<td data-m-label="Group"><pc-group id="100"></pc-group></td>"#)
    );
    assert!(list.contains(r#"<td data-m-label="Group">All participants</td>"#));
    assert!(host.html::<Forum>("discussion?d=2").contains(r#"<p class="by"><pc-group id="200"></pc-group></p>"#));
    let form = host.as_user(TEACHER).html::<Forum>("start");
    assert!(
        form.contains(r#"<pc-option value="-1" selected="">All participants</pc-option><pc-option value="100" group="100"></pc-option>"#),
        "{form}"
    );
}
