//! A browser of sorts: one cookie jar, one language, requests straight into the router.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use parcours_actions::user::{self, NewUser};
use parcours_actions::{App, Options};
use parcours_web::Limits;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

pub struct Site {
    pub router: Router,
    /// Held so that it goes away with the site.
    _folder: TempDir,
    pub app: Arc<App>,
}

pub const ADMIN: (&str, &str) = ("admin", "un mot de passe assez long");
pub const OTHER_ADMIN: (&str, &str) = ("autre", "un autre mot de passe long");
pub const LEARNER: (&str, &str) = ("alex", "encore un mot de passe long");

impl Site {
    pub fn new() -> Site {
        Site::with(parcours_web::Options::default())
    }

    pub fn limited(limits: Limits) -> Site {
        Site::with(parcours_web::Options { limits, ..parcours_web::Options::default() })
    }

    pub fn with(options: parcours_web::Options) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let app = Arc::new(App::open(&Options::new(folder.path()), &[]).unwrap());
        for ((name, password), admin) in [(ADMIN, true), (OTHER_ADMIN, true), (LEARNER, false)] {
            let new = NewUser {
                username: name.into(),
                email: format!("{name}@example.org"),
                first_name: "Camille".into(),
                last_name: "Durand".into(),
                password: password.into(),
                admin,
            };
            user::add(&app, &new).unwrap();
        }
        Site { router: parcours_web::router(app.clone(), options), _folder: folder, app }
    }

    pub fn nobody(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Vec::new(), token: String::new() }
    }

    pub async fn log_in(&self, who: (&str, &str)) -> Browser {
        let mut browser = self.nobody();
        let answer = browser.post("/login", &[("username", who.0), ("password", who.1)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let home = browser.get("/").await;
        browser.token = home.body.split("name=\"_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        browser
    }
}

pub struct Browser {
    router: Router,
    pub cookies: Vec<(String, String)>,
    /// The form token of the session.
    pub token: String,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    /// The bytes of a file.
    pub async fn fetch(&mut self, path: &str) -> Vec<u8> {
        self.ask(Method::GET, path, &[], Body::empty()).await.2
    }

    /// A form of the site's own page, with the session's token.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("_token", &token).extend_pairs(fields);
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        self.send(Method::POST, path, &headers, Body::from(form.finish())).await
    }

    /// A form with one file.
    pub async fn upload(&mut self, path: &str, field: &str, name: &str, content: &[u8]) -> Answer {
        let mut body = format!("--X\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{}\r\n", self.token).into_bytes();
        body.extend(format!("--X\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n").bytes());
        body.extend(content);
        body.extend(b"\r\n--X--\r\n");
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=X")];
        self.send(Method::POST, path, &headers, Body::from(body)).await
    }

    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let (status, headers, body) = self.ask(method, path, headers, body).await;
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    async fn ask(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> (u16, HeaderMap, Vec<u8>) {
        let mut request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:8080").header("accept-language", "fr");
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for set in parts.headers.get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(n, _)| n != name);
            if !value.is_empty() {
                self.cookies.push((name.into(), value.into()));
            }
        }
        let body = body.collect().await.unwrap().to_bytes();
        (parts.status.as_u16(), parts.headers, body.to_vec())
    }
}
