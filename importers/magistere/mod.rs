//! M@gistère courses and plain Moodle ones: what only that platform knows becomes the nearest stock thing, and back.
//!
//! [`plain`] changes an archive so that a stock Moodle 5.1 restores all of it: every activity of a module it lacks becomes one of a module it has, every block a block it
//! has, the course's format one it knows. Course module ids and contexts stay, so links, conditions, completion criteria, grade items and badges still point where they
//! did. What had no place is said in the report, a line each. What the archive was is kept inside it when asked, and [`restore`] puts it back.
//!
//! Courses of other sites with contributed modules go the same way: one that has no line below becomes a page with its texts.
//!
//! | file | does |
//! |---|---|
//! | `activities` | one module a file |
//! | `blocks` | one block a file |
//! | `activity`, `put`, `block` | what is the same for all of them: folders, `module.xml`, `block.xml`, the contents list |
//! | `cx`, `known` | what is known of the course, new numbers |
//! | `stream`, `words` | documents that grow with people's work; texts that are added |
//! | `files`, `grades`, `inforef` | what else names an activity or its records |
//! | `texts` | links |
//! | `conditions` | what points at nothing |
//! | `format` | the course's format, hierarchy of sections |
//! | `roles` | roles, enrolment methods, filters |
//! | `poodll` | recordings in assignments and questions |
//! | `original` | the way back |

mod activities;
mod activity;
mod block;
mod blocks;
mod conditions;
mod cx;
mod files;
mod format;
mod grades;
mod inforef;
mod known;
mod original;
mod poodll;
mod put;
mod roles;
mod stream;
mod texts;
mod words;

pub use original::FOLDER;

use activity::Mapping;
use block::BlockMapping;
use cx::Cx;
use parcours_course::{Fate, Language, Reason, Report};
use parcours_mbz::validate::Plugin;
use parcours_mbz::{Error, Unpacked};

/// How a course is made plain.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Of the words that are added to texts and said in the report.
    pub language: Language,
    /// Whether the documents that change are kept in the archive as they were (in [`FOLDER`]), for [`restore`]. They hold whatever they held, people too.
    pub keep_original: bool,
}

/// Modules, how each is read and what it becomes. `heavy` are the containers that people's work fills.
const ACTIVITIES: &[Mapping] = &[
    Mapping { module: "centralizedresources", heavy: &[], make: activities::centralizedresources::make },
    Mapping { module: "choicegroup", heavy: &[], make: activities::choicegroup::make },
    Mapping { module: "completionmarker", heavy: &[], make: activities::completionmarker::make },
    Mapping { module: "coursebadges", heavy: &[], make: activities::coursebadges::make },
    Mapping { module: "educationallabel", heavy: &[], make: activities::educationallabel::make },
    Mapping { module: "etherpadlite", heavy: &[], make: activities::etherpadlite::make },
    Mapping { module: "hvp", heavy: &["content_user_data"], make: activities::hvp::make },
    Mapping { module: "jupyternotebook", heavy: &[], make: activities::jupyternotebook::make },
    Mapping { module: "nanogong", heavy: &[], make: activities::nanogong::make },
    Mapping { module: "publication", heavy: &[], make: activities::publication::make },
    Mapping { module: "questionnaire", heavy: &["responses"], make: activities::questionnaire::make },
    Mapping { module: "socialforum", heavy: &["contributions"], make: activities::socialforum::make },
    Mapping { module: "tracker", heavy: &["issues"], make: activities::tracker::make },
    Mapping { module: "via", heavy: &[], make: activities::via::make },
    Mapping { module: "viaassign", heavy: &[], make: activities::viaassign::make },
    Mapping { module: "wordcloud", heavy: &[], make: activities::wordcloud::make },
];

/// Blocks, and what each becomes.
const BLOCKS: &[BlockMapping] = &[
    BlockMapping { block: "completion_progress", make: blocks::completion_progress::make },
    BlockMapping { block: "course_badges", make: blocks::course_badges::make },
    BlockMapping { block: "educationalbloc", make: blocks::educationalbloc::make },
    BlockMapping { block: "list_activities", make: blocks::list_activities::make },
    BlockMapping { block: "progress", make: blocks::progress::make },
    BlockMapping { block: "rolespecifichtml", make: blocks::rolespecifichtml::make },
    BlockMapping { block: "summary", make: blocks::summary::make },
];

/// Makes a course one that a stock Moodle 5.1 restores whole.
///
/// The report counts the course, its sections, activities and blocks, and remarks on what is different of each.
///
/// # Errors
/// What reading and writing the archive's documents fails with.
pub fn plain(course: &mut Unpacked, options: &Options) -> Result<Report, Error> {
    let before = course.state();
    let mut cx = Cx::new(course, options)?;
    format::convert(&mut cx)?;
    activity::convert_all(&mut cx)?;
    block::convert_all(&mut cx)?;
    poodll::convert(&mut cx)?;
    roles::convert(&mut cx)?;
    conditions::convert(&mut cx)?;
    texts::convert(&mut cx)?;
    cx.files.write(cx.course)?;
    let mut report = cx.report;
    if options.keep_original {
        original::keep(course, &before)?;
    } else {
        // What has no place is then nowhere.
        report.findings.iter_mut().filter(|f| f.fate == Fate::Kept && f.reason == Reason::OtherFormat).for_each(|f| f.fate = Fate::Refused);
    }
    Ok(report)
}

/// Puts a course back that [`plain`] changed with [`Options::keep_original`]: every document and content is what it was. What was changed in them since then is gone.
///
/// The report counts the documents put back; where nothing was kept it says so, and nothing is changed.
///
/// # Errors
/// [`Error::BadPath`] for kept names that are none; what is wrong with a kept document; [`Error::Io`].
pub fn restore(course: &mut Unpacked) -> Result<Report, Error> {
    original::restore(course)
}

/// Whether a stock Moodle has a module.
fn stock(module: &str) -> bool {
    Plugin::Module.is_stock(module)
}
