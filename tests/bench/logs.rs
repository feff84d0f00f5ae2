//! The log of a course as the standard store of a Moodle keeps it: who looked at what, line after line (MBZ-FORMAT §7.10).

use crate::chance::Chance;
use crate::people::{FIRST, LEARNERS};
use parcours_mbz::xml::{NULL, Writer};
use std::io::{self, Write};

pub const PATH: &str = "course/logstores.xml";

/// Event, component, action, target, object table, its kind of change, and what it says beside.
const EVENTS: [[&str; 7]; 4] = [
    ["\\core\\event\\course_viewed", "core", "viewed", "course", NULL, "r", NULL],
    [
        "\\mod_forum\\event\\discussion_viewed",
        "mod_forum",
        "viewed",
        "discussion",
        "forum_discussions",
        "r",
        "{\"discussionid\":\"12\",\"forumid\":\"2\"}",
    ],
    ["\\mod_forum\\event\\course_module_viewed", "mod_forum", "viewed", "course_module", "forum", "r", NULL],
    [
        "\\mod_quiz\\event\\attempt_submitted",
        "mod_quiz",
        "submitted",
        "attempt",
        "quiz_attempts",
        "u",
        "{\"submitterid\":\"101\",\"quizid\":\"900\"}",
    ],
];

pub fn write(seed: u64, lines: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new(out);
    for name in ["logstores", "logstore", "subplugin_logstore_database_logstore"] {
        xml.open(name)?;
    }
    xml.close()?;
    xml.open("subplugin_logstore_standard_logstore")?;
    let mut chance = Chance::new(seed, 9_000_000);
    for number in 1..=lines {
        let [event, component, action, target, table, crud, other] = EVENTS[chance.below(EVENTS.len() as u64) as usize];
        let object = if table == NULL { NULL.to_owned() } else { (1 + chance.below(9000)).to_string() };
        let [person, time] = [FIRST + chance.below(LEARNERS), 1_756_700_000 + number * 13].map(|n| n.to_string());
        let ip = format!("10.{}.{}.7", chance.below(4), chance.below(250));
        xml.open("logstore_standard_log")?;
        xml.attribute("id", &number.to_string());
        let leaves = [
            ("eventname", event),
            ("component", component),
            ("action", action),
            ("target", target),
            ("objecttable", table),
            ("objectid", &object),
            ("crud", crud),
            ("edulevel", "2"),
            ("contextid", "1002"),
            ("userid", &person),
            ("relateduserid", NULL),
            ("anonymous", "0"),
            ("other", other),
            ("timecreated", &time),
            ("ip", &ip),
            ("realuserid", NULL),
        ];
        leaves.iter().try_for_each(|(name, value)| xml.leaf(name, value))?;
        xml.close()?;
    }
    for _ in 0..3 {
        xml.close()?;
    }
    xml.finish().map(drop)
}
