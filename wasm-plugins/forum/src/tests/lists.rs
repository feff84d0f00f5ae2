use super::*;

#[test]
fn pinned_discussions_come_first_and_each_order_is_kept() {
    let host = forum("general");
    for (id, name, at) in [(1, "b", 100), (2, "a", 300), (3, "c", 200)] {
        discussion(&host, id, BOB, id * 10, NOW - at);
        host.put("discussions", id, &[("name", name.into()), ("pinned", i64::from(id == 3).into())]);
    }
    for n in 0..3 {
        post(&host, 100 + n, 2, 20, CLEO, NOW - 90);
    }
    let order = |sort: &str| {
        let html = host.html::<Forum>(&format!("?sort={sort}"));
        let mut found: Vec<_> = [1, 2, 3].iter().map(|d| (html.find(&format!("d={d}\"")).unwrap(), *d)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, d)| d).collect::<Vec<_>>()
    };
    assert_eq!(order("lastpost"), [3, 1, 2]);
    assert_eq!(order("created"), [3, 2, 1]);
    assert_eq!(order("subject"), [3, 2, 1]);
    assert_eq!(order("replies"), [3, 2, 1]);
    assert_eq!(order("nonsense"), [3, 1, 2]);
}

#[test]
fn pages_of_discussions_follow_each_other_without_gap_or_repetition() {
    let host = forum("general");
    for n in 1..=120 {
        discussion(&host, n, BOB, 1000 + n, NOW - n / 3);
    }
    let mut seen = Vec::new();
    let mut address = String::new();
    for second in 1.. {
        let html = host.at(NOW + second).html::<Forum>(&address);
        seen.extend((1..=120).filter(|d| html.contains(&format!("discussion?d={d}\""))));
        let Some((_, next)) = html.split_once("next=\"/course/1/forum/70/") else { break };
        address = next.split_once('"').unwrap().0.replace("&amp;", "&");
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=120).collect::<Vec<i64>>());
    let html = host.html::<Forum>("?sort=replies&page=3");
    assert!(html.contains("previous=") && !html.contains("next="));
    assert!(host.html::<Forum>("?after=stolen").contains("discussion?d=1\""), "a cursor that does not fit leads to the first page");
}

#[test]
fn counts_and_names_stand_in_the_list_escaped() {
    let host = forum("general");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    host.put("discussions", 1, &[("name", "<script>alert(1)</script>".into())]);
    post(&host, 11, 1, 10, CLEO, NOW - 50);
    post(&host, 12, 1, 10, BOB, NOW - 40);
    let html = host.html::<Forum>("");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"));
    assert!(html.contains(r#"<td data-m-label="Replies" class="number">2</td>"#), "two replies");
    assert!(html.contains(r#"aria-label="3 unread posts">3<"#));
    host.lang(ADA, "fr");
    assert!(host.html::<Forum>("").contains("3 messages non lus"));
}

#[test]
fn a_blog_shows_first_posts_in_full_and_a_single_forum_its_discussion() {
    let host = forum("blog");
    discussion(&host, 1, BOB, 10, NOW - DAY);
    assert!(shows(&host.html::<Forum>(""), 10));
    host.set(&[("type", "single".into())]);
    post(&host, 11, 1, 10, CLEO, NOW - 50);
    let html = host.html::<Forum>("");
    assert!(shows(&html, 10) && shows(&html, 11) && !html.contains("Start a discussion"));
}

#[test]
fn a_single_forum_without_people_is_opened_from_its_intro() {
    let host = forum("single");
    host.set(&[("intro", "<p>Intro</p>".into()), ("introformat", 1.into())]);
    assert!(host.html::<Forum>("").contains("not open yet"));
    assert!(!refused(&host, "open", &[]).is_empty());
    host.as_user(TEACHER);
    led(&host, "open", &[]);
    led(&host, "open", &[]);
    assert_eq!(host.ids("discussions").len(), 1);
    assert_eq!(host.value("posts", 1, "message"), Some("<p>Intro</p>".into()));
    assert_eq!(host.int("discussions", 1, "firstpost"), 1);
    assert!(shows(&host.html::<Forum>(""), 1));
}

#[test]
fn discussions_are_shown_in_their_time_to_learners_and_always_to_their_author() {
    let host = forum("general");
    for id in [1, 2, 3] {
        discussion(&host, id, BOB, id * 10, NOW - DAY);
    }
    host.put("discussions", 1, &[("timestart", (NOW + 10).into())]);
    host.put("discussions", 2, &[("timeend", (NOW - 10).into())]);
    let listed = |html: String| [1, 2, 3].map(|d| html.contains(&format!("discussion?d={d}\"")));
    assert_eq!(listed(host.html::<Forum>("")), [false, false, true]);
    assert!(host.view::<Forum>("discussion?d=1").is_err() && host.view::<Forum>("discussion?d=2").is_err());
    assert_eq!(listed(host.as_user(BOB).html::<Forum>("")), [true, true, true]);
    assert_eq!(listed(host.as_user(TEACHER).html::<Forum>("")), [true, true, true]);
    host.at(NOW + 10);
    assert_eq!(listed(host.as_user(CLEO).html::<Forum>("")), [true, false, true]);
}

#[test]
fn ratings_are_summed_up_as_the_forum_says() {
    let host = forum("general");
    discussion(&host, 1, ADA, 10, NOW - DAY);
    for (id, value) in [(1, 80), (2, 71)] {
        host.put("ratings", id, &[("post", 10.into()), ("value", value.into()), ("scaleid", 100.into()), ("userid", TEACHER.into())]);
    }
    let said = |assessed: i64, scale: i64| {
        host.set(&[("assessed", assessed.into()), ("scale", scale.into())]);
        host.html::<Forum>("discussion?d=1")
    };
    assert!(said(1, 100).contains("Average rating: 75.5 / 100 (2 ratings)"));
    assert!(said(3, 100).contains("Highest rating: 80 / 100"));
    assert!(said(4, 100).contains("Lowest rating: 71 / 100"));
    assert!(said(5, 100).contains("Sum of ratings: 151"));
    assert!(said(2, 100).contains(r#"<p class="rated">2 ratings</p>"#));
    assert!(said(1, -4).contains(r#"<p class="rated">2 ratings</p>"#), "a scale has words, not points");
    assert!(!said(0, 100).contains("rated"));
    host.right(ADA, "viewrating", false);
    assert!(!said(1, 100).contains("rated"));
}

#[test]
fn a_page_of_discussions_that_are_all_out_of_time_is_passed_over() {
    let host = forum("general");
    for n in 1..=160 {
        discussion(&host, n, BOB, 1000 + n, NOW - n);
        host.put("discussions", n, &[("timeend", if n <= 120 { NOW - 1 } else { 0 }.into())]);
    }
    let html = host.html::<Forum>("");
    assert!(html.contains("discussion?d=121\"") && !html.contains("discussion?d=120\""));
    assert!(host.html::<Forum>("search?q=text").contains("goes on with the older ones"));
}
