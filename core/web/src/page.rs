//! From a typed context to a page.
//!
//! Each template has one type, with samples; one test renders every sample in every language. Strings are escaped on the way out. The few fields that hold
//! clean HTML (documented as such by the action that made it) are marked `|safe` in the template, and a test keeps their list.

use crate::assets::Assets;
use crate::fault::Fault;
use crate::lang::{self, Lang};
use crate::shell::Shell;
use crate::visit::{Person, Visit};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, context};
use serde::Serialize;

macro_rules! embed {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../templates/", $name)))),*] };
}

/// Every template there is.
pub(crate) const TEMPLATES: &[(&str, &str)] = embed! {
    "frame.html" "parts/activity.html" "parts/activities.html" "parts/icon.html"
    "login.html" "home.html" "course.html" "activity.html" "report.html" "withdraw.html" "export.html" "error.html"
    "import.html" "job-ready.html" "job-running.html" "job-ended.html"
    "check.html" "work.html" "work-running.html" "parts/formats.html" "parts/accepted.html"
    "parts/archive.html" "parts/stages.html" "parts/cause.html"
    "accessibility.html" "legal.html" "privacy.html"
};

/// The context of one template.
pub(crate) trait Page: Serialize {
    const TEMPLATE: &'static str;
    /// At least one of each shape the template distinguishes.
    #[cfg(test)]
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// What stands around a page.
#[derive(Debug, Clone, Serialize, Default)]
pub(crate) struct Frame {
    pub lang: &'static str,
    /// Of the browser's window; the site's name is added.
    pub title: String,
    /// Steps to this page: name and address. The page itself is not among them.
    pub crumbs: Vec<Crumb>,
    pub user: Option<User>,
    /// Where to come back to after choosing a language.
    pub path: String,
    /// A module whose style this page needs.
    pub module: Option<String>,
    /// Look again after so many seconds, where no script runs.
    pub refresh: Option<u32>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    pub name: String,
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct User {
    pub name: String,
    pub admin: bool,
    pub csrf: String,
}

impl Frame {
    /// For somebody who has not logged in.
    pub fn open(visit: &Visit, title: impl Into<String>) -> Frame {
        Frame { lang: visit.lang.code(), title: title.into(), path: visit.path.clone(), ..Frame::default() }
    }

    pub fn of(person: &Person, title: impl Into<String>) -> Frame {
        let user = User { name: person.viewer.name.clone(), admin: person.viewer.admin, csrf: person.csrf.clone() };
        Frame { user: Some(user), ..Frame::open(&person.visit, title) }
    }

    pub fn maybe(visit: &Visit, person: Option<&Person>, title: impl Into<String>) -> Frame {
        person.map_or_else(|| Frame::open(visit, ""), |p| Frame::of(p, "")).titled(title)
    }

    fn titled(mut self, title: impl Into<String>) -> Frame {
        self.title = title.into();
        self
    }

    pub fn crumb(mut self, name: impl Into<String>, url: impl Into<String>) -> Frame {
        self.crumbs.push(Crumb { name: name.into(), url: url.into() });
        self
    }
}

pub(crate) struct Templates(Environment<'static>);

impl Templates {
    pub fn new(assets: &Assets) -> Templates {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|_| AutoEscape::Html);
        env.set_formatter(write);
        env.add_function("t", t);
        env.add_filter("size", |state: &State, bytes: u64| lang::size(reader(state), bytes));
        for name in ["style.css", "app.js", "icons.svg", "favicon.svg"] {
            env.add_global(name.replace('.', "_"), assets.address(name));
        }
        for (name, text) in TEMPLATES {
            if let Err(e) = env.add_template(name, text) {
                // Tests render every template, so this cannot be met in a build that passed them.
                eprintln!("level=error template={name} cause={e:?}");
            }
        }
        Templates(env)
    }

    fn render<P: Page>(&self, frame: &Frame, page: &P) -> Result<String, Error> {
        let context = context! { frame => Value::from(Serde(frame)), page => Value::from(Serde(page)) };
        self.0.get_template(P::TEMPLATE)?.render(context)
    }
}

impl Shell {
    /// A page with its status.
    pub fn page<P: Page>(&self, status: StatusCode, frame: &Frame, page: &P) -> Response {
        match self.templates.render(frame, page) {
            Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
            Err(e) => Fault::incident(format!("{}: {e:#}", P::TEMPLATE)).into_response(),
        }
    }
}

/// `t("key", n=3, name=x)`.
fn t(state: &State, key: &str, args: Kwargs) -> Result<String, Error> {
    let mut filled = Vec::new();
    for name in args.args() {
        let value: Value = args.get(name)?;
        filled.push((name, value.to_string()));
    }
    args.assert_all_used()?;
    if cfg!(test) && lang::say(reader(state), key, &[]) == key {
        return Err(Error::new(ErrorKind::InvalidOperation, format!("no text `{key}`")));
    }
    Ok(lang::say(reader(state), key, &filled))
}

fn reader(state: &State) -> Lang {
    let code = state.lookup("frame").and_then(|f| f.get_attr("lang").ok());
    code.and_then(|c| c.as_str().and_then(Lang::of)).unwrap_or(Lang::Fr)
}

/// Escapes the five characters that matter, and leaves `/` readable.
fn write(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html) => escape(text, out),
        _ => minijinja::escape_formatter(out, state, value),
    }
}

fn escape(text: &str, out: &mut Output) -> Result<(), Error> {
    let mut from = 0;
    for (i, b) in text.bytes().enumerate() {
        let entity = match b {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_str(text.get(from..i).unwrap_or(""))?;
        out.write_str(entity)?;
        from = i + 1;
    }
    Ok(out.write_str(text.get(from..).unwrap_or(""))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::samples;

    fn frames() -> Vec<Frame> {
        let user = |admin| Some(User { name: "Ada <Lovelace>".into(), admin, csrf: "tok".into() });
        let full = Frame {
            title: "T & T".into(),
            user: user(true),
            path: "/a?b=\"c".into(),
            module: Some("forum".into()),
            refresh: Some(2),
            ..Frame::default()
        };
        let frames = [Frame::default().crumb("Mes <parcours>", "/"), Frame { user: user(false), ..Frame::default() }, full];
        Lang::ALL.into_iter().flat_map(|l| frames.clone().map(|f| Frame { lang: l.code(), ..f })).collect()
    }

    struct Render {
        templates: Templates,
        pages: Vec<(&'static str, String)>,
    }

    impl samples::Visitor for Render {
        fn page<P: Page>(&mut self) {
            for page in P::samples() {
                for frame in frames() {
                    let html = self.templates.render(&frame, &page).unwrap_or_else(|e| panic!("{}: {e:#}", P::TEMPLATE));
                    self.pages.push((P::TEMPLATE, html));
                }
            }
        }
    }

    fn pages() -> Vec<(&'static str, String)> {
        let mut all = Render { templates: Templates::new(&Assets::new()), pages: Vec::new() };
        samples::each(&mut all);
        all.pages
    }

    #[test]
    fn every_template_renders_in_every_language() {
        let pages = pages();
        for (name, _) in TEMPLATES {
            let part = name.starts_with("parts/") || *name == "frame.html";
            assert!(part || pages.iter().any(|(n, _)| n == name), "no page of {name}");
        }
    }

    #[test]
    fn every_page_has_its_landmarks() {
        for (name, html) in pages() {
            for (what, times) in
                [("<h1", 1), ("<main", 1), ("</main>", 1), ("class=\"skip\"", 1), ("<title>", 1), ("<!doctype html>", 1), ("<footer", 1)]
            {
                assert_eq!(html.matches(what).count(), times, "{what} in {name}");
            }
            assert!(html.len() < 60_000 || name == "report.html", "{name} has {} bytes", html.len());
        }
    }

    #[test]
    fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
        for (name, html) in pages() {
            for bad in [" style=", "<style", " onclick", " onload", " onsubmit", "javascript:", "src=\"http", "href=\"//"] {
                assert!(!html.contains(bad), "{bad} in {name}");
            }
            assert_eq!(html.matches("<script").count(), html.matches("<script src=\"/static/").count(), "{name}");
        }
    }

    #[test]
    fn what_people_wrote_is_escaped() {
        for (name, html) in pages() {
            assert!(!html.contains("<Lovelace>") && !html.contains("<sans>") && !html.contains("Forum <") && !html.contains("<parcours>"), "{name}");
        }
    }

    #[test]
    fn each_form_that_changes_something_carries_the_token_first() {
        for (name, text) in TEMPLATES {
            for form in text.split("<form").skip(1) {
                let open = ["/lang", "/login"].iter().any(|a| form.contains(&format!("action=\"{a}\"")));
                if form.split('>').next().is_some_and(|tag| tag.contains("method=\"post\"")) && !open {
                    let first = form.split("<input").nth(1).unwrap_or("");
                    assert!(first.contains("name=\"_token\""), "{name}: {form}");
                }
            }
        }
    }

    /// Fields that the actions document as clean HTML. Adding one here means having read where it comes from.
    #[test]
    fn only_clean_html_is_put_on_a_page_as_it_stands() {
        let mut safe: Vec<_> = TEMPLATES
            .iter()
            .flat_map(|(name, text)| {
                text.match_indices("|safe").map(move |(at, _)| {
                    let field = text[..at].rsplit(' ').next().unwrap_or("");
                    format!("{name} {field}")
                })
            })
            .collect();
        safe.sort();
        assert_eq!(
            safe,
            ["activity.html page.html", "course.html page.summary", "parts/activities.html section.summary", "parts/activity.html a.html"]
        );
    }

    #[test]
    fn every_picture_exists() {
        let sprite = include_str!("../static/icons.svg");
        for (name, html) in pages() {
            for at in html.split("icons.").skip(1).filter_map(|p| p.split_once('#')) {
                let id = at.1.split('"').next().unwrap_or("");
                assert!(sprite.contains(&format!("id=\"{id}\"")), "{name}: no picture `{id}`");
            }
        }
    }

    #[test]
    fn ids_on_a_page_are_its_own() {
        for (name, html) in pages() {
            let mut ids: Vec<_> = html.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()).collect();
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{name}");
        }
    }
}
