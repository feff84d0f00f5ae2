use super::*;

fn ten_thousand() -> Host {
    let host = forum("general");
    discussion(&host, 1, BOB, 1, NOW - DAY);
    for n in 2..=10_000 {
        // Every hundredth answers the one before, so that there are threads of all lengths.
        post(&host, n, 1, if n % 100 == 0 { n - 1 } else { 1 + (n - 2) / 3 }, BOB, NOW - DAY + n);
    }
    host
}

#[test]
fn a_page_of_ten_thousand_posts_fetches_fifty_texts() {
    let host = ten_thousand();
    let html = host.html::<Forum>("discussion?d=1");
    assert_eq!(html.matches("<article").count(), 50);
    assert!(html.contains("Page 1 of 200"));
    assert!(host.calls() < 120, "{} calls", host.calls());
    assert!(html.len() < 120_000, "{} bytes", html.len());
}

#[test]
fn a_permalink_lands_on_its_page_in_every_order() {
    let host = ten_thousand();
    for mode in ["nested", "flat", "newest"] {
        for post in [1, 4711, 9999] {
            let html = host.html::<Forum>(&format!("discussion?d=1&mode={mode}&post={post}"));
            assert!(shows(&html, post) && html.contains(&format!(r#"id="m-p{post}""#)), "{mode}, {post}");
        }
    }
    assert!(host.html::<Forum>("discussion?d=1&page=99999").contains("Page 200 of 200"));
    assert!(host.html::<Forum>("discussion?d=1&mode=newest").contains("Subject 10000"));
    assert!(host.html::<Forum>("discussion?d=1&mode=flat&post=9999999").contains("Page 1 of 200"));
}

#[test]
fn ten_thousand_posts_are_counted_marked_and_deleted_within_the_limits() {
    let host = ten_thousand();
    assert!(host.html::<Forum>("").contains(">10000</a>"));
    assert!(host.calls() < 120, "{} calls", host.calls());
    led(&host, "read?d=1", &[]);
    assert_eq!(host.ids("readposts").len(), 10_000);
    led(host.as_user(TEACHER), "delete?post=1", &[]);
    assert!(host.ids("posts").is_empty() && host.ids("readposts").is_empty());
}

/// Every kind of question the forum asks of its tables is asked here of large ones, which the store answers only where an index is declared.
#[test]
fn a_large_forum_asks_only_what_an_index_serves() {
    for kind in ["general", "qanda", "blog"] {
        let host = forum(kind);
        host.group(100, &[ADA, BOB]).group_mode(parcours_sdk::GroupMode::Separate);
        host.set(&[
            ("assessed", 1.into()),
            ("scale", 100.into()),
            ("blockperiod", DAY.into()),
            ("blockafter", 5000.into()),
            ("trackingtype", 1.into()),
        ]);
        for n in 1..=1100 {
            discussion(&host, n, BOB, n, NOW - n);
            host.put("discussions", n, &[("groupid", 100.into()), ("pinned", i64::from(n % 500 == 0).into())]);
            host.put("ratings", n, &[("post", n.into()), ("value", 5.into()), ("userid", TEACHER.into())]);
            host.put("readposts", n, &[("userid", BOB.into()), ("discussionid", n.into()), ("postid", n.into())]);
            host.put("subscriptions", n, &[("userid", (n + 1000).into())]).put("trackedprefs", n, &[("userid", (n + 1000).into())]);
            host.put("discussion_subs", n, &[("discussion", n.into()), ("userid", BOB.into())]);
        }
        for user in [ADA, TEACHER] {
            host.as_user(user);
            for address in
                ["", "?sort=created", "?sort=replies", "?sort=subject", "?group=100", "search?q=text", "discussion?d=7", "start", "reply?post=7"]
            {
                assert!(
                    host.view::<Forum>(address).is_ok() || (kind == "qanda" && address == "start"),
                    "{kind} {address} {:?}",
                    host.view::<Forum>(address)
                );
            }
            assert!(host.card::<Forum>().is_ok());
            for address in ["subscribe?d=7", "subscribe", "track", "track", "read?d=7", "read", "reply?post=8"] {
                led(&host, address, &[HELLO, &[("wanted", "1"), ("subscribe", "1")]].concat());
            }
        }
        led(&host, "delete?post=7", &[]);
    }
}
