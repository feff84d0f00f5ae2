//! What a conversion has at hand: the course, what is known of it, the report, and numbers to give.

use super::Options;
use super::files::Files;
use super::known::{Known, survey};
use parcours_course::report::Finding;
use parcours_course::{Fate, Language, Reason, Report};
use parcours_mbz::xml::{Element, NULL, Step};
use parcours_mbz::{Error, Unpacked};

/// Numbers above are nobody's: a site that counts so far does not exist, and adding to them would end.
const HIGHEST: i64 = 1 << 53;

pub(super) struct Cx<'a> {
    pub course: &'a mut Unpacked,
    pub say: Language,
    pub report: Report,
    pub known: Known,
    pub files: Files,
    next: i64,
    next_context: i64,
}

impl<'a> Cx<'a> {
    pub(super) fn new(course: &'a mut Unpacked, options: &Options) -> Result<Self, Error> {
        let mut cx = Cx {
            course,
            say: options.language,
            report: Report::default(),
            known: Known::default(),
            files: Files::default(),
            next: 1,
            next_context: 1,
        };
        cx.count()?;
        cx.known = survey(cx.course)?;
        cx.files.read(cx.course, &cx.known)?;
        Ok(cx)
    }

    /// A number that no record of the archive has, in whatever table.
    pub(super) fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// So many such numbers: those behind the one that is given.
    pub(super) fn range(&mut self, count: usize) -> i64 {
        let before = self.next;
        self.next += i64::try_from(count).unwrap_or(0);
        before
    }

    pub(super) fn context(&mut self) -> i64 {
        self.next_context += 1;
        self.next_context
    }

    /// One of the two, in the language asked for.
    pub(super) fn of(&self, english: &'static str, french: &'static str) -> &'static str {
        self.say.of(english, french)
    }

    /// Two things to say of one item.
    pub(super) fn both(&self, one: &str, other: &str) -> String {
        format!("{one}{}{other}", self.of("; ", " ; "))
    }

    pub(super) fn remark(&mut self, fate: Fate, reason: Reason, item: &str, place: &str, detail: impl Into<String>) {
        self.report.remark(fate, reason, item, place, detail);
    }

    /// Counts an item, with what is to be said of it.
    pub(super) fn item(&mut self, fate: Fate, item: &str, place: &str, name: &str, detail: impl Into<String>) {
        let reason = match fate {
            Fate::Imported => Reason::AsItCame,
            Fate::Approximated => Reason::Converted,
            _ if item == "block" => Reason::OtherFormat,
            _ => Reason::NoModule,
        };
        self.report.findings.push(Finding {
            fate,
            reason,
            item: item.to_owned(),
            place: place.to_owned(),
            name: name.to_owned(),
            detail: detail.into(),
            counts: true,
        });
    }

    /// The highest numbers of the archive. Logs and histories are not gone through: nothing made here shares a table with them.
    fn count(&mut self) -> Result<(), Error> {
        for path in self.course.documents() {
            if ["logs.xml", "logstores.xml", "grade_history.xml"].iter().any(|n| path.ends_with(n)) {
                continue;
            }
            let Some(mut xml) = self.course.reader(&path)? else { continue };
            loop {
                match xml.step()? {
                    Step::End => break,
                    Step::Open => {
                        for (name, value) in xml.attributes() {
                            let Some(n) = value.parse::<i64>().ok().filter(|n| *n < HIGHEST) else { continue };
                            match name {
                                "id" => self.next = self.next.max(n),
                                "contextid" => self.next_context = self.next_context.max(n),
                                _ => {}
                            }
                        }
                    }
                    Step::Close | Step::Comment => {}
                }
            }
        }
        let i = &self.course.manifest().information;
        self.next_context = self.next_context.max(i.course_contextid.min(HIGHEST)).max(i.system_contextid.min(HIGHEST));
        Ok(())
    }
}

/// A leaf's text, or Moodle's null.
pub(super) fn or_null(value: Option<&str>) -> String {
    value.unwrap_or(NULL).to_owned()
}

/// A record of leaves: `record!("page", 7; name: "P", revision: 1)`.
macro_rules! record {
    ($name:expr, $id:expr; $($leaf:ident: $value:expr),* $(,)?) => {
        parcours_mbz::xml::Element::record($name, $id, [$(parcours_mbz::xml::Element::new(stringify!($leaf), &$value)),*])
    };
}
pub(super) use record;

/// The same without a number.
macro_rules! group {
    ($name:expr; $($leaf:ident: $value:expr),* $(,)?) => {
        parcours_mbz::xml::Element::group($name, [$(parcours_mbz::xml::Element::new(stringify!($leaf), &$value)),*])
    };
}
pub(super) use group;

/// A record with containers behind its leaves.
pub(super) fn with(mut record: Element, children: impl IntoIterator<Item = Element>) -> Element {
    record.children.extend(children);
    record
}
