//! Who is asking, in which language, from where.

use crate::fault::Fault;
use crate::lang::{self, Lang};
use crate::security::cookie;
use crate::shell::Web;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use parcours_actions::{Viewer, session};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Anybody's request.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub lang: Lang,
    /// Path and query as asked for.
    pub path: String,
    /// Of the browser, behind declared proxies.
    pub address: IpAddr,
}

/// A request of somebody who has logged in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub visit: Visit,
    pub viewer: Viewer,
    pub token: String,
    /// What each of this person's forms must carry.
    pub csrf: String,
}

/// A request that both may make.
pub(crate) struct Anyone(pub Visit, pub Option<Person>);

pub(crate) fn lang(headers: &HeaderMap) -> Lang {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    lang::choose(cookie::lang(headers), accepted)
}

impl FromRequestParts<Web> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Visit, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |c| c.0.ip());
        let forwarded: Vec<&str> = parts.headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect();
        Ok(Visit {
            lang: lang(&parts.headers),
            path: parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            address: behind(peer, &forwarded.join(","), &web.options.proxies),
        })
    }
}

/// The last address that a proxy we know has seen: from the right, because everything further left is the browser's own word.
fn behind(peer: IpAddr, forwarded: &str, proxies: &[IpAddr]) -> IpAddr {
    let mut seen = peer;
    let mut hops = forwarded.rsplit(',').map(|a| a.trim().parse::<IpAddr>());
    while proxies.contains(&seen) {
        match hops.next() {
            Some(Ok(before)) => seen = before,
            _ => break,
        }
    }
    seen
}

/// Whose session the request belongs to.
pub(crate) async fn person(web: &Web, headers: &HeaderMap, visit: &Visit) -> Result<Option<Person>, Fault> {
    let Some(token) = cookie::session(headers, web.options.tls()) else { return Ok(None) };
    let (app, asked) = (web.app.clone(), token.clone());
    let viewer = web.gate.run(move || session::viewer(&app, &asked)).await?;
    Ok(viewer.map(|viewer| Person { visit: visit.clone(), viewer, csrf: session::csrf(&token), token }))
}

impl FromRequestParts<Web> for Anyone {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Anyone, Fault> {
        let Ok(visit) = Visit::from_request_parts(parts, web).await;
        let person = person(web, &parts.headers, &visit).await?;
        Ok(Anyone(visit, person))
    }
}

impl FromRequestParts<Web> for Person {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Person, Fault> {
        Anyone::from_request_parts(parts, web).await?.1.ok_or(Fault::Login)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_declared_proxies_are_believed() {
        let ip = |s: &str| s.parse::<IpAddr>().expect("an address");
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        for (peer, forwarded, expected) in [
            ("203.0.113.9", "1.2.3.4", "203.0.113.9"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
            ("10.0.0.1", "x, 10.0.0.2", "10.0.0.2"),
            ("10.0.0.1", "garbage", "10.0.0.1"),
        ] {
            assert_eq!(behind(ip(peer), forwarded, &proxies), ip(expected), "{peer} {forwarded}");
        }
    }
}
