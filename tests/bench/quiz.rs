//! A quiz with a great many steps of attempts: ten questions an attempt, three steps a question, as a Moodle writes them (MBZ-FORMAT §10.6).

use crate::chance::Chance;
use crate::people::{FIRST, LEARNERS};
use parcours_mbz::xml::{NULL, Writer};
use std::io::{self, Write};

pub const FOLDER: &str = "activities/quiz_900";
const QUESTIONS: u64 = 10;
const STEPS: u64 = 3;
const START: u64 = 1_756_700_000;

/// The manifest, with the quiz in its lists.
pub fn listed(manifest: &str, section: &str) -> String {
    let activity = format!(
        "<activity><moduleid>900</moduleid><sectionid>{section}</sectionid><modulename>quiz</modulename><title>Quiz</title><directory>{FOLDER}</directory>\
         <insubsection></insubsection></activity></activities>"
    );
    let setting =
        |name: &str| format!("<setting><level>activity</level><activity>quiz_900</activity><name>quiz_900_{name}</name><value>1</value></setting>");
    manifest.replace("</activities>", &activity).replace("</settings>", &format!("{}{}</settings>", setting("included"), setting("userinfo")))
}

/// The documents around the quiz that a restore asks for.
pub fn around(section: &str) -> Vec<(String, Vec<u8>)> {
    let module = format!(
        "<module id=\"900\" version=\"2024100700\"><modulename>quiz</modulename><sectionid>{section}</sectionid><sectionnumber>0</sectionnumber><idnumber></idnumber><added>{START}</added>\
         <score>0</score><indent>0</indent><visible>1</visible><visibleoncoursepage>1</visibleoncoursepage><visibleold>1</visibleold><groupmode>0</groupmode><groupingid>0</groupingid>\
         <completion>0</completion><completiongradeitemnumber>{NULL}</completiongradeitemnumber><completionview>0</completionview><completionexpected>0</completionexpected>\
         <availability>{NULL}</availability><showdescription>0</showdescription><tags></tags></module>"
    );
    let empty = [
        ("roles", "<roles><role_overrides></role_overrides><role_assignments></role_assignments></roles>"),
        ("grades", "<activity_gradebook><grade_items></grade_items><grade_letters></grade_letters></activity_gradebook>"),
        ("inforef", "<inforef></inforef>"),
        ("comments", "<comments></comments>"),
        ("calendar", "<events></events>"),
        ("completion", "<completions></completions>"),
        ("filters", "<filters><filter_actives></filter_actives><filter_configs></filter_configs></filters>"),
        ("xapistate", "<states></states>"),
    ];
    let mut all = vec![(format!("{FOLDER}/module.xml"), document(&module))];
    all.extend(empty.iter().map(|(name, xml)| (format!("{FOLDER}/{name}.xml"), document(xml))));
    all
}

fn document(xml: &str) -> Vec<u8> {
    [parcours_mbz::xml::PROLOG, xml].concat().into_bytes()
}

/// `quiz.xml` with at least so many steps.
pub fn write(seed: u64, steps: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new(out);
    xml.open("activity")?;
    for (name, value) in [("id", "900"), ("moduleid", "900"), ("modulename", "quiz"), ("contextid", "1900")] {
        xml.attribute(name, value);
    }
    xml.open("quiz")?;
    xml.attribute("id", "900");
    let leaves = [("name", "Quiz"), ("intro", ""), ("introformat", "1"), ("timeopen", "0"), ("timeclose", "0"), ("timelimit", "0")];
    let more = [
        ("preferredbehaviour", "deferredfeedback"),
        ("attempts_number", "0"),
        ("grademethod", "1"),
        ("sumgrades", "10.00000"),
        ("grade", "10.00000"),
    ];
    leaves.iter().chain(&more).try_for_each(|(name, value)| xml.leaf(name, value))?;
    xml.open("question_instances")?;
    xml.close()?;
    xml.open("attempts")?;
    for number in 0..steps.div_ceil(QUESTIONS * STEPS) {
        attempt(&mut xml, &mut Chance::new(seed, 5_000_000 + number), number)?;
    }
    xml.close()?;
    xml.close()?;
    xml.close()?;
    xml.finish().map(drop)
}

fn attempt<W: Write>(xml: &mut Writer<W>, chance: &mut Chance, number: u64) -> io::Result<()> {
    let user = FIRST + number % LEARNERS;
    let time = START + number * 60;
    xml.open("attempt")?;
    xml.attribute("id", &(number + 1).to_string());
    let numbers = [user, number / LEARNERS + 1, number + 1, time, time + 600].map(|n| n.to_string());
    let leaves = [("userid", &numbers[0]), ("attemptnum", &numbers[1]), ("uniqueid", &numbers[2])];
    leaves.iter().try_for_each(|(name, value)| xml.leaf(name, value))?;
    let layout: Vec<String> = (1..=QUESTIONS).map(|n| format!("{n},0")).collect();
    for (name, value) in [("layout", layout.join(",").as_str()), ("currentpage", "0"), ("preview", "0"), ("state", "finished")] {
        xml.leaf(name, value)?;
    }
    for (name, value) in [("timestart", &numbers[3]), ("timefinish", &numbers[4]), ("timemodified", &numbers[4])] {
        xml.leaf(name, value)?;
    }
    xml.leaf("sumgrades", "7.50000")?;
    xml.open("question_usage")?;
    xml.attribute("id", &(number + 1).to_string());
    xml.leaf("component", "mod_quiz")?;
    xml.leaf("preferredbehaviour", "deferredfeedback")?;
    xml.open("question_attempts")?;
    for slot in 0..QUESTIONS {
        question(xml, chance, number * QUESTIONS + slot, slot, user, time)?;
    }
    xml.close()?;
    xml.close()?;
    xml.close()
}

fn question<W: Write>(xml: &mut Writer<W>, chance: &mut Chance, id: u64, slot: u64, user: u64, time: u64) -> io::Result<()> {
    xml.open("question_attempt")?;
    xml.attribute("id", &(id + 1).to_string());
    let numbers = [slot + 1, slot + 1].map(|n| n.to_string());
    for (name, value) in [("slot", numbers[0].as_str()), ("behaviour", "deferredfeedback"), ("questionid", &numbers[1]), ("variant", "1")] {
        xml.leaf(name, value)?;
    }
    for (name, value) in [("maxmark", "1.0000000"), ("minfraction", "0.0000000"), ("maxfraction", "1.0000000"), ("flagged", "0")] {
        xml.leaf(name, value)?;
    }
    let answer = chance.below(4).to_string();
    for (name, value) in [("questionsummary", "Which?: A; B; C; D"), ("rightanswer", "A"), ("responsesummary", &answer)] {
        xml.leaf(name, value)?;
    }
    xml.leaf("timemodified", &time.to_string())?;
    xml.open("steps")?;
    for step in 0..STEPS {
        xml.open("step")?;
        xml.attribute("id", &(id * STEPS + step + 1).to_string());
        let state = ["todo", "complete", "gradedright"].get(step as usize).copied().unwrap_or("todo");
        let numbers = [step, time + step, user].map(|n| n.to_string());
        let fraction = if step + 1 == STEPS { "1.0000000" } else { NULL };
        for (name, value) in
            [("sequencenumber", numbers[0].as_str()), ("state", state), ("fraction", fraction), ("timecreated", &numbers[1]), ("userid", &numbers[2])]
        {
            xml.leaf(name, value)?;
        }
        xml.open("response")?;
        xml.open("variable")?;
        let (name, value) = match step {
            0 => ("_order", "1,2,3,4"),
            1 => ("answer", answer.as_str()),
            _ => ("-finish", "1"),
        };
        xml.leaf("name", name)?;
        xml.leaf("value", value)?;
        xml.close()?;
        xml.close()?;
        xml.close()?;
    }
    xml.close()?;
    xml.close()
}
