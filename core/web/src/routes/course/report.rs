//! `/course/{course}/report`: what became of each item of the archive, on a page, as JSON and as a table for a spreadsheet.

pub(crate) mod words;

use super::managed;
use crate::fault::Fault;
use crate::lang::{Lang, say};
use crate::links;
use crate::page::{Frame, Page};
use crate::routes::{Asked, At};
use crate::send::{self, Content, Parcel};
use crate::shell::{Shell, Web};
use crate::visit::Person;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use parcours_actions::import;
use parcours_course::report::{Fate, Finding, Report};
use serde::{Deserialize, Serialize};

/// Lines of one page; an archive may have tens of thousands.
const PER_PAGE: usize = 300;

#[derive(Serialize)]
pub(crate) struct Told {
    course_url: String,
    json: String,
    csv: String,
    items_in: usize,
    filters: Vec<Filter>,
    lines: Vec<Line>,
    /// Lines under the filter.
    found: usize,
    from: usize,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct Filter {
    fate: &'static str,
    name: String,
    url: String,
    count: usize,
    current: bool,
}

#[derive(Serialize)]
struct Line {
    fate: &'static str,
    fate_name: String,
    item: String,
    name: String,
    reason: String,
    detail: String,
    place: String,
    /// Only remarks on something counted elsewhere.
    remark: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Search {
    fate: String,
    page: usize,
}

pub(crate) async fn page(State(web): State<Web>, person: Person, At(course): At<i64>, Asked(asked): Asked<Search>) -> Result<Response, Fault> {
    let lang = person.visit.lang;
    let found = managed(&web, &person, course).await?;
    let report = read(&web, &person, course).await?;
    let frame = Frame::of(&person, say(lang, "report.title", &[])).crumb(say(lang, "home.title", &[]), "/").crumb(found.name, links::course(course));
    Ok(web.page(StatusCode::OK, &frame, &told(course, &report, &asked, lang)))
}

/// The report as the command line writes it, with the counts first.
pub(crate) async fn json(State(web): State<Web>, person: Person, At(course): At<i64>) -> Result<Response, Fault> {
    let report = read(&web, &person, course).await?;
    let whole = serde_json::json!({ "course": course, "counts": report.counts(), "report": report });
    let bytes = serde_json::to_vec_pretty(&whole).map_err(Fault::incident)?;
    download(format!("report-{course}.json"), "application/json", bytes)
}

pub(crate) async fn csv(State(web): State<Web>, person: Person, At(course): At<i64>) -> Result<Response, Fault> {
    let report = read(&web, &person, course).await?;
    download(format!("report-{course}.csv"), "text/csv; charset=utf-8", table(&report, person.visit.lang).into_bytes())
}

async fn read(web: &Shell, person: &Person, course: i64) -> Result<Report, Fault> {
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    web.gate.run(move || import::report(&app, &viewer, course)).await
}

fn download(name: String, mime: &str, bytes: Vec<u8>) -> Result<Response, Fault> {
    let size = bytes.len() as u64;
    send::parcel(&HeaderMap::new(), Parcel { name, mime: mime.into(), inline: false, etag: String::new(), size, content: Content::Bytes(bytes) })
}

fn told(course: i64, report: &Report, asked: &Search, lang: Lang) -> Told {
    let counts = report.counts();
    let only = words::FATES.into_iter().find(|f| words::fate(*f) == asked.fate);
    let address = links::course_page(course, "report");
    let count = |fate| match fate {
        Fate::Imported => counts.imported,
        Fate::Approximated => counts.approximated,
        Fate::Kept => counts.kept,
        Fate::Refused => counts.refused,
    };
    let filters = words::FATES.into_iter().map(|f| Filter {
        fate: words::fate(f),
        name: words::fate_name(lang, f),
        url: format!("{address}?fate={}", words::fate(f)),
        count: count(f),
        current: only == Some(f),
    });
    let under: Vec<&Finding> = report.findings.iter().filter(|f| only.is_none_or(|o| o == f.fate)).collect();
    let page = asked.page.clamp(1, under.len().div_ceil(PER_PAGE).max(1));
    let to = |page: usize| format!("{address}?fate={}&page={page}", only.map_or("", words::fate));
    let all = Filter { fate: "all", name: say(lang, "report.all", &[]), url: address.clone(), count: counts.items_in, current: only.is_none() };
    Told {
        course_url: links::course(course),
        json: links::course_page(course, "report.json"),
        csv: links::course_page(course, "report.csv"),
        items_in: counts.items_in,
        filters: std::iter::once(all).chain(filters).collect(),
        found: under.len(),
        from: (page - 1) * PER_PAGE,
        previous: (page > 1).then(|| to(page - 1)),
        next: (page * PER_PAGE < under.len()).then(|| to(page + 1)),
        lines: under.into_iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).map(|f| line(f, lang)).collect(),
    }
}

fn line(f: &Finding, lang: Lang) -> Line {
    Line {
        fate: words::fate(f.fate),
        fate_name: words::fate_name(lang, f.fate),
        item: words::item(lang, &f.item),
        name: f.name.clone(),
        reason: words::reason(lang, f.reason),
        detail: f.detail.clone(),
        place: f.place.clone(),
        remark: !f.counts,
    }
}

/// With a byte order mark and semicolons, as spreadsheets of French offices read it.
fn table(report: &Report, lang: Lang) -> String {
    let mut out = String::from("\u{feff}");
    let heads = ["report.fate", "report.item", "report.name", "report.reason", "report.detail", "report.place", "report.counts"];
    row(&mut out, &heads.map(|k| say(lang, k, &[])));
    for f in &report.findings {
        let line = line(f, lang);
        let counts = if line.remark { "0" } else { "1" };
        row(&mut out, &[line.fate_name, line.item, line.name, line.reason, line.detail, line.place, counts.to_owned()]);
    }
    out
}

fn row(out: &mut String, cells: &[String]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(';');
        }
        out.push_str(&quoted(cell));
    }
    out.push_str("\r\n");
}

/// Quoted, and with an apostrophe before what a spreadsheet would run as a formula (ASVS 1.2.10).
fn quoted(cell: &str) -> String {
    let formula = cell.trim_start_matches(['"', ' ']).starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

impl Page for Told {
    const TEMPLATE: &'static str = "report.html";
    #[cfg(test)]
    fn samples() -> Vec<Told> {
        let asked = |fate: &str, page| Search { fate: fate.into(), page };
        vec![
            told(1, &samples::report(400), &asked("", 0), Lang::Fr),
            told(1, &samples::report(400), &asked("kept", 2), Lang::En),
            told(1, &Report::default(), &asked("refused", 0), Lang::Fr),
        ]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use parcours_course::report::Reason;

    pub(super) fn report(kept: usize) -> Report {
        let mut r = Report::default();
        r.item(Fate::Imported, Reason::AsItCame, "activity", "activities/forum_1", "Forum <script>");
        r.item(Fate::Approximated, Reason::UnknownCondition, "section", "sections/section_1", "=HYPERLINK(\"x\")");
        for i in 0..kept {
            r.item(Fate::Kept, Reason::NoModule, "activity", format!("activities/quiz_{i}"), "Quiz");
        }
        r.remark(Fate::Kept, Reason::MissingContent, "file", "files.xml", "abc");
        r
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_and_a_filter_shows_its_own() {
        let r = samples::report(400);
        let all = told(1, &r, &Search::default(), Lang::Fr);
        assert_eq!(all.items_in, all.filters.iter().skip(1).map(|f| f.count).sum::<usize>());
        assert_eq!((all.lines.len(), all.found), (300, 403));
        let refused = told(1, &r, &Search { fate: "refused".into(), page: 7 }, Lang::Fr);
        assert!(refused.lines.is_empty() && refused.next.is_none());
        let kept = told(1, &r, &Search { fate: "kept".into(), page: 2 }, Lang::Fr);
        assert_eq!((kept.lines.len(), kept.found, kept.from), (101, 401, 300));
    }

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\"=1", "＝1"] {
            assert!(quoted(bad).starts_with("\"'"), "{bad:?}");
        }
        assert_eq!(quoted("a\"b;c"), "\"a\"\"b;c\"");
        let csv = table(&samples::report(0), Lang::Fr);
        assert!(csv.starts_with('\u{feff}') && csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
        assert!(csv.lines().all(|l| l.matches("\";\"").count() == 6), "{csv}");
    }
}
