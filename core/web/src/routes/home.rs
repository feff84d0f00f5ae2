//! `/`: my courses.

use super::Asked;
use crate::fault::Fault;
use crate::lang::{Lang, say};
use crate::links;
use crate::page::{Frame, Page};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use parcours_actions::course::{self, Card};
use serde::{Deserialize, Serialize};

/// Courses on one page.
const PER_PAGE: usize = 60;

#[derive(Serialize)]
pub(crate) struct Home {
    /// What was searched for.
    q: String,
    /// Courses this person has, before the search.
    all: usize,
    found: usize,
    courses: Vec<Tile>,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct Tile {
    url: String,
    name: String,
    short_name: String,
    roles: Vec<String>,
    hidden: bool,
    published: bool,
    activities: usize,
    done: usize,
    of: usize,
    /// One of six colours, the same each day.
    hue: i64,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Search {
    q: String,
    page: usize,
}

pub(crate) async fn page(State(web): State<Web>, person: Person, Asked(asked): Asked<Search>) -> Result<Response, Fault> {
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    let cards = web.gate.run(move || course::list(&app, &viewer)).await?;
    let frame = Frame::of(&person, say(person.visit.lang, "home.title", &[]));
    Ok(web.page(StatusCode::OK, &frame, &home(cards, &asked, person.visit.lang)))
}

fn home(cards: Vec<Card>, asked: &Search, lang: Lang) -> Home {
    let q = asked.q.trim().to_owned();
    let all = cards.len();
    let found: Vec<Card> = cards.into_iter().filter(|c| matches(c, &q)).collect();
    let page = asked.page.clamp(1, found.len().div_ceil(PER_PAGE).max(1));
    let to = |page: usize| format!("/?q={}&page={page}", links::segment(&q));
    Home {
        all,
        found: found.len(),
        previous: (page > 1).then(|| to(page - 1)),
        next: (page * PER_PAGE < found.len()).then(|| to(page + 1)),
        courses: found.into_iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).map(|c| tile(c, lang)).collect(),
        q,
    }
}

/// Every word of the search stands somewhere in the name; accents and capitals do not matter.
fn matches(card: &Card, q: &str) -> bool {
    let text = fold(&format!("{} {}", card.name, card.short_name));
    fold(q).split_whitespace().all(|word| text.contains(word))
}

fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'á' | 'â' | 'ä' | 'ã' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ÿ' | 'ý' => 'y',
        'ñ' => 'n',
        '’' => '\'',
        c => c,
    };
    text.to_lowercase().replace('œ', "oe").replace('æ', "ae").chars().map(plain).collect()
}

fn tile(card: Card, lang: Lang) -> Tile {
    Tile {
        url: links::course(card.course),
        hue: card.course.rem_euclid(6),
        name: card.name,
        short_name: card.short_name,
        roles: card.roles.iter().map(|r| role(lang, r)).collect(),
        hidden: card.hidden,
        published: card.published,
        activities: card.activities,
        done: card.done.0,
        of: card.done.1,
    }
}

/// A role by its archetype; one that is none of Moodle's is shown by its own name.
fn role(lang: Lang, archetype: &str) -> String {
    let key = match archetype {
        "manager" => "role.manager",
        "coursecreator" => "role.coursecreator",
        "editingteacher" => "role.editingteacher",
        "teacher" => "role.teacher",
        "student" => "role.student",
        "guest" => "role.guest",
        other => return other.to_owned(),
    };
    say(lang, key, &[])
}

impl Page for Home {
    const TEMPLATE: &'static str = "home.html";
    #[cfg(test)]
    fn samples() -> Vec<Home> {
        let asked = |q: &str| Search { q: q.into(), page: 0 };
        let many = (0..130).flat_map(|_| samples::cards()).collect();
        vec![
            home(samples::cards(), &asked(""), Lang::Fr),
            home(samples::cards(), &asked("introuvable"), Lang::Fr),
            home(Vec::new(), &asked(""), Lang::Fr),
            home(many, &Search { q: "é".into(), page: 2 }, Lang::En),
        ]
    }
}

#[cfg(test)]
mod samples {
    use super::*;

    pub(super) fn cards() -> Vec<Card> {
        let card = |course, name: &str, roles: &[&str], done| Card {
            course,
            name: name.into(),
            short_name: format!("P{course}"),
            roles: roles.iter().map(|r| (*r).to_owned()).collect(),
            published: course != 3,
            hidden: course == 3,
            activities: 12,
            done,
        };
        vec![
            card(1, "Enseigner l’oral au collège", &["student"], (3, 8)),
            card(2, "Évaluer <sans> décourager", &["editingteacher", "custom"], (0, 0)),
            card(3, "Brouillon", &[], (0, 5)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_knows_no_accents_and_no_capitals() {
        let names = |q: &str| {
            let home = home(samples::cards(), &Search { q: q.into(), page: 0 }, Lang::Fr);
            home.courses.iter().map(|c| c.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names("evaluer"), ["Évaluer <sans> décourager"]);
        assert_eq!(names("l'ORAL college"), ["Enseigner l’oral au collège"]);
        assert_eq!(names("p3"), ["Brouillon"]);
        assert!(names("x").is_empty());
        assert_eq!(names("  ").len(), 3);
    }

    #[test]
    fn pages_end_where_the_courses_end() {
        let many: Vec<Card> = (0..50).flat_map(|_| samples::cards()).collect();
        let page = |page| home(many.clone(), &Search { q: String::new(), page }, Lang::Fr);
        assert_eq!((page(0).courses.len(), page(3).courses.len(), page(99).courses.len()), (60, 30, 30));
        assert!(page(1).previous.is_none() && page(1).next.is_some() && page(3).next.is_none());
    }
}
