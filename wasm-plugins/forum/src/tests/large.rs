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
