//! Small courses made by hand.
#![allow(dead_code)]

use parcours_mbz::xml::Element;
use parcours_mbz::{Limits, Spool, Unpacked};

/// A course with a section 1 (number 1, id 11) and what is added to it.
pub struct Course {
    course: Unpacked,
    activities: String,
    settings: String,
    files: String,
    groups: String,
    sections: String,
}

impl Course {
    pub fn new() -> Self {
        Self::with(&Limits::default())
    }

    pub fn with(limits: &Limits) -> Self {
        Course {
            course: Unpacked::new(Spool::new().unwrap(), limits),
            activities: String::new(),
            settings: String::new(),
            files: String::new(),
            groups: String::new(),
            sections: String::new(),
        }
        .section(10, 0, "", 1, "")
        .section(11, 1, "Un", 1, "")
    }

    pub fn document(mut self, path: &str, xml: &str) -> Self {
        self.course.put_bytes(path, xml.as_bytes()).unwrap();
        self
    }

    pub fn section(mut self, id: i64, number: i64, name: &str, visible: i64, more: &str) -> Self {
        let folder = format!("sections/section_{id}");
        self.sections += &format!("<section><sectionid>{id}</sectionid><title>{name}</title><directory>{folder}</directory></section>");
        let xml = format!(
            "<section id=\"{id}\"><number>{number}</number><name>{name}</name><visible>{visible}</visible><availabilityjson>$@NULL@$</availabilityjson>{more}</section>"
        );
        self.document(&format!("{folder}/section.xml"), &xml)
    }

    /// An activity of section 1; `own` is what stands in its record, `module` more leaves of `module.xml`.
    pub fn activity(mut self, cm: i64, name: &str, own: &str, module: &str) -> Self {
        let (folder, context) = (format!("activities/{name}_{cm}"), 1000 + cm);
        self.activities += &format!(
            "<activity><moduleid>{cm}</moduleid><sectionid>11</sectionid><modulename>{name}</modulename><title>T{cm}</title><directory>{folder}</directory></activity>"
        );
        for (setting, value) in [("included", 1), ("userinfo", 1)] {
            let owner = format!("{name}_{cm}");
            self.settings += &format!(
                "<setting><level>activity</level><activity>{owner}</activity><name>{owner}_{setting}</name><value>{value}</value></setting>"
            );
        }
        let completion = if module.contains("<completion>") { "" } else { "<completion>0</completion>" };
        let availability = if module.contains("<availability>") { "" } else { "<availability>$@NULL@$</availability>" };
        self.document(
            &format!("{folder}/{name}.xml"),
            &format!("<activity id=\"{cm}\" moduleid=\"{cm}\" modulename=\"{name}\" contextid=\"{context}\"><{name} id=\"{cm}\">{own}</{name}></activity>"),
        )
        .document(
            &format!("{folder}/module.xml"),
            &format!(
                "<module id=\"{cm}\" version=\"1\"><modulename>{name}</modulename><sectionid>11</sectionid><visible>1</visible><visibleold>1</visibleold><groupmode>0</groupmode>\
                 {completion}<completiongradeitemnumber>$@NULL@$</completiongradeitemnumber><completionview>0</completionview>{availability}{module}</module>"
            ),
        )
        .document(&format!("{folder}/inforef.xml"), "<inforef></inforef>")
        .document(&format!("{folder}/grades.xml"), "<activity_gradebook><grade_items>\n</grade_items></activity_gradebook>")
        .document(&format!("{folder}/roles.xml"), "<roles><role_overrides>\n</role_overrides><role_assignments>\n</role_assignments></roles>")
    }

    pub fn file(mut self, id: i64, cm: i64, area: (&str, &str), item: i64, name: &str) -> Self {
        self.files += &format!(
            "<file id=\"{id}\"><contenthash>da39a3ee5e6b4b0d3255bfef95601890afd80709</contenthash><contextid>{}</contextid><component>{}</component>\
             <filearea>{}</filearea><itemid>{item}</itemid><filepath>/</filepath><filename>{name}</filename><filesize>0</filesize></file>",
            1000 + cm,
            area.0,
            area.1
        );
        self
    }

    pub fn group(mut self, id: i64, name: &str, members: &[i64]) -> Self {
        let members: String =
            members.iter().map(|u| format!("<group_member id=\"{id}{u}\"><userid>{u}</userid><timeadded>5</timeadded></group_member>")).collect();
        self.groups += &format!("<group id=\"{id}\"><name>{name}</name><group_members>{members}</group_members></group>");
        self
    }

    pub fn block(self, id: i64, name: &str, config: &str, section: &str) -> Self {
        let folder = format!("course/blocks/{name}_{id}");
        self.document(
            &format!("{folder}/block.xml"),
            &format!(
                "<block id=\"{id}\" contextid=\"{}\" version=\"1\"><blockname>{name}</blockname><parentcontextid>2</parentcontextid><showinsubcontexts>0</showinsubcontexts>\
                 <pagetypepattern>course-view-*</pagetypepattern><subpagepattern>$@NULL@$</subpagepattern><defaultregion>side-pre</defaultregion>\
                 <defaultweight>0</defaultweight><sectionid>{section}</sectionid><configdata>{config}</configdata><block_positions>\n</block_positions></block>",
                3000 + id
            ),
        )
        .document(&format!("{folder}/inforef.xml"), "<inforef></inforef>")
    }

    pub fn make(self, format: &str) -> Unpacked {
        let Course { mut course, activities, settings, files, groups, sections } = self;
        let manifest = format!(
            "<moodle_backup><information><backup_version>2022112800</backup_version><backup_date>1000</backup_date><original_wwwroot>https://m.example.org/ac</original_wwwroot>\
             <original_course_id>7</original_course_id><original_course_format>{format}</original_course_format><original_course_contextid>2</original_course_contextid>\
             <original_system_contextid>1</original_system_contextid><details><detail backup_id=\"ff\"><type>course</type><format>moodle2</format></detail></details>\
             <contents><activities>{activities}</activities><sections>{sections}</sections><course><courseid>7</courseid><directory>course</directory></course></contents>\
             <settings><setting><level>root</level><name>users</name><value>1</value></setting>{settings}</settings></information></moodle_backup>"
        );
        let mut put = |path: &str, xml: &str| course.put_bytes(path, xml.as_bytes()).unwrap();
        put("moodle_backup.xml", &manifest);
        put("course/course.xml", &format!("<course id=\"7\" contextid=\"2\"><fullname>C</fullname><format>{format}</format></course>"));
        put("files.xml", &format!("<files>{files}</files>"));
        put("groups.xml", &format!("<groups>{groups}<groupings>\n</groupings></groups>"));
        put(
            "roles.xml",
            "<roles_definition><role id=\"5\"><name>Participant</name><shortname>participant</shortname><nameincourse>$@NULL@$</nameincourse><archetype></archetype></role>\
             <role id=\"6\"><name>Formateur</name><shortname>formateur</shortname><nameincourse>$@NULL@$</nameincourse><archetype>editingteacher</archetype></role></roles_definition>",
        );
        course
    }
}

/// A document of the archive.
pub fn doc(course: &mut Unpacked, path: &str) -> Element {
    course.document(path).unwrap().unwrap_or_else(|| panic!("no {path}"))
}

/// Leaves of the records in a container, one line a record.
pub fn lines(record: &Element, container: &str, name: &str, leaves: &[&str]) -> Vec<String> {
    record.records(container, name).map(|r| leaves.iter().map(|l| r.leaf(l)).collect::<Vec<_>>().join(" ")).collect()
}
