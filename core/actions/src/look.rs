//! A course as one person sees it: what is open, what is shown, and why not.

use crate::member::{self, Member};
use crate::{ActionError, App, Result, Viewer, dates};
use parcours_rules::availability::{self, Facts, Field, Lang, Legacy, LegacyField, LegacyRule, Names, Place, Step, Tree, Verdict, Wording};
use parcours_rules::completion::{self, Settings};
use parcours_rules::rights::{Rights, Scope};
use parcours_rules::visibility::{self, Eyes, Sight};
use parcours_store::activities::Activity;
use parcours_store::courses::Details;
use parcours_store::legacy::{self, On};
use parcours_store::sections::{Outline, Section};
use parcours_store::{Conn, groups, sections};
use std::collections::HashMap;

/// The course, and everything that decides what of it is open.
pub(crate) struct Look {
    pub member: Member,
    pub outline: Outline,
    pub details: Option<Details>,
    facts: Facts,
    steps: Vec<Step>,
    eyes: Eyes,
    /// Restrictions of courses before 2.7, lifted to rules.
    lifted: HashMap<On, Tree>,
}

/// What is said of a place.
pub(crate) struct Seen {
    pub sight: Sight,
    /// The whole rule, and what of it keeps this person out.
    pub rule: Option<Tree>,
    pub verdict: Verdict,
    place: Place,
}

impl Look {
    /// # Errors
    /// `NotFound` when there is no such course or the viewer takes no part in it.
    pub fn at(conn: &Conn, viewer: &Viewer, course: i64, now: i64) -> Result<Look> {
        let member = Member::of(conn, viewer, course, None, now)?;
        let outline = sections::outline(conn, course)?;
        let details = parcours_store::courses::details(conn, course)?;
        let all: Vec<Activity> = outline.activities().cloned().collect();
        let mut facts = member::facts(conn, course, member.number, &all, now)?;
        facts.all_groups = member.rights.may_core(parcours_rules::capabilities::ACCESS_ALL_GROUPS, Scope::Course);
        let steps = member::steps(&outline, details.as_ref().is_some_and(|d| d.enablecompletion));
        let eyes = Eyes::of(&member.rights, Scope::Course);
        let lifted = legacy::all(conn, course)?.into_iter().filter_map(|l| Some((l.on, lift(l)?))).collect();
        Ok(Look { member, outline, details, facts, steps, eyes, lifted })
    }

    /// Whether completion is followed in this course.
    pub fn follows(&self) -> bool {
        self.details.as_ref().is_none_or(|d| d.enablecompletion)
    }

    /// Whether the viewer's own completion is followed here: Moodle follows who takes part in the course as a learner, not who teaches or runs it.
    pub fn tracked(&self) -> bool {
        let rights = Rights { admin: false, ..self.member.rights.clone() };
        self.follows() && self.member.number.is_some() && completion::is_tracked(&rights)
    }

    pub fn section(&self, s: &Section) -> Seen {
        let place = Place { previous: availability::previous(&self.steps, Step::Section(s.id)), grouping: None };
        let (rule, verdict) = self.decide(s.availability.as_deref(), On::Section(s.id), place);
        let mut sight = visibility::section(s.visible, &verdict, self.eyes);
        // A subsection is only as open as the activity it belongs to.
        if let Some((parent, activity)) = self.holder(s)
            && !self.activity(&self.section(parent), activity).sight.enters()
        {
            sight = Sight::Nothing;
        }
        Seen { sight, rule, verdict, place }
    }

    pub fn activity(&self, section: &Seen, a: &Activity) -> Seen {
        let step = Step::Activity { cm: a.cm, tracked: self.follows() && a.completion != 0 };
        let place = Place { previous: availability::previous(&self.steps, step), grouping: (a.grouping > 0).then_some(a.grouping) };
        let (rule, verdict) = self.decide(a.availability.as_deref(), On::Activity(a.cm), place);
        let own = visibility::Activity { visible: a.visible, on_course_page: !a.stealth, restriction: &verdict };
        let sight = visibility::activity(own, section.sight, self.eyes);
        Seen { sight, rule, verdict, place }
    }

    /// An activity the viewer may enter.
    ///
    /// # Errors
    /// `NotFound` when there is none, or it is not for them now: a hidden activity is as good as none.
    pub fn enter(&self, cm: i64) -> Result<&Activity> {
        for (section, activities) in &self.outline.sections {
            if let Some(a) = activities.iter().find(|a| a.cm == cm) {
                let seen = self.activity(&self.section(section), a);
                return if seen.sight.enters() { Ok(a) } else { Err(ActionError::NotFound) };
            }
        }
        // In a backup of one activity no section is described: its activity stands alone.
        let adrift = self.outline.adrift.iter().find(|a| a.cm == cm).ok_or(ActionError::NotFound)?;
        if self.adrift(adrift).sight.enters() { Ok(adrift) } else { Err(ActionError::NotFound) }
    }

    /// An activity whose section the archive does not describe.
    pub fn adrift(&self, a: &Activity) -> Seen {
        let open = Seen { sight: Sight::Open, rule: None, verdict: Verdict::OPEN, place: Place::default() };
        self.activity(&open, a)
    }

    /// The section and the activity a subsection belongs to.
    pub fn holder(&self, s: &Section) -> Option<(&Section, &Activity)> {
        let (component, instance) = s.delegate.as_ref()?;
        let module = component.strip_prefix("mod_")?;
        self.outline.sections.iter().find_map(|(section, all)| {
            let found = all.iter().find(|a| a.module == module && a.instance == *instance)?;
            (section.id != s.id && section.delegate.is_none()).then_some((section, found))
        })
    }

    pub fn completion(&self, a: &Activity) -> Settings {
        Settings {
            enabled: self.follows(),
            completion: a.completion,
            view: a.completionview,
            grade_item: a.completiongrade,
            pass_grade: a.completionpassgrade,
            expected: a.completionexpected,
        }
    }

    /// Whether the viewer has done an activity.
    pub fn done(&self, a: &Activity) -> bool {
        self.facts.completion.get(&a.cm).is_some_and(|state| self.completion(a).is_done(*state))
    }

    /// Why a place is closed, or under which conditions it opens, in lines of plain text.
    pub fn why(&self, app: &App, conn: &Conn, seen: &Seen, lang: &str) -> Vec<String> {
        let names = Known { look: self, app, conn, lang };
        let staff = self.eyes.unrestricted;
        let tree = if staff { seen.rule.as_ref() } else { seen.verdict.unmet.as_ref() };
        let wording = Wording { lang: Lang::from_code(lang), names: &names, place: seen.place, thresholds: staff };
        let line = tree.and_then(|t| availability::explain(t, &wording));
        line.map(|l| l.to_string().lines().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// A rule that cannot be read closes: it is kept as it stands, and nobody guesses what it meant.
    fn decide(&self, rule: Option<&str>, on: On, place: Place) -> (Option<Tree>, Verdict) {
        let tree = match (rule, self.lifted.get(&on)) {
            (Some(text), _) => availability::read(text).unwrap_or_else(|_| Tree::closed()),
            (None, Some(lifted)) => lifted.clone(),
            (None, None) => return (None, Verdict::OPEN),
        };
        let verdict = availability::evaluate(&tree, &self.facts, &place);
        (Some(tree), verdict)
    }
}

fn lift(l: legacy::Legacy) -> Option<Tree> {
    let rule = |r: legacy::Rule| LegacyRule {
        sourcecmid: r.sourcecmid,
        requiredcompletion: r.requiredcompletion,
        gradeitemid: r.gradeitemid,
        grademin: r.grademin,
        grademax: r.grademax,
    };
    let field = |f: legacy::Field| LegacyField { userfield: f.userfield, customfield: f.customfield, operator: f.operator, value: f.value };
    let old = Legacy {
        from: l.availablefrom,
        until: l.availableuntil,
        show: l.showavailability,
        groupmembersonly: l.groupmembersonly,
        groupingid: l.groupingid,
        rules: l.rules.into_iter().map(rule).collect(),
        fields: l.fields.into_iter().map(field).collect(),
    };
    old.lift()
}

/// Names for the words of a restriction.
struct Known<'a> {
    look: &'a Look,
    app: &'a App,
    conn: &'a Conn,
    lang: &'a str,
}

impl Names for Known<'_> {
    fn activity(&self, cm: i64) -> Option<String> {
        self.look.outline.activities().find(|a| a.cm == cm).map(|a| a.name.clone())
    }

    fn grade_item(&self, item: i64) -> Option<String> {
        parcours_store::grades::item_name(self.conn, self.look.member.course, item).ok().flatten()
    }

    fn group(&self, id: i64) -> Option<String> {
        groups::list(self.conn, self.look.member.course).ok()?.into_iter().find(|g| g.id == id).map(|g| g.name)
    }

    fn grouping(&self, id: i64) -> Option<String> {
        groups::groupings(self.conn, self.look.member.course).ok()?.into_iter().find(|g| g.id == id).map(|g| g.name)
    }

    fn field(&self, field: &Field) -> Option<String> {
        let name = match field {
            Field::Custom(name) => return Some(name.clone()),
            Field::Standard(name) => name.as_str(),
        };
        let french = self.lang.starts_with("fr");
        let known = [
            ("firstname", "Prénom", "First name"),
            ("lastname", "Nom", "Last name"),
            ("email", "Adresse de courriel", "Email address"),
            ("username", "Nom d’utilisateur", "Username"),
            ("institution", "Établissement", "Institution"),
            ("department", "Service", "Department"),
            ("city", "Ville", "City"),
            ("country", "Pays", "Country"),
        ];
        let found = known.iter().find(|(n, ..)| *n == name);
        Some(found.map_or(name, |(_, fr, en)| if french { fr } else { en }).to_owned())
    }

    fn moment(&self, at: i64) -> String {
        dates::format(at, dates::Style::Long, self.lang, &self.app.zone, self.look.facts.now)
    }

    fn day(&self, at: i64) -> String {
        dates::format(at, dates::Style::Date, self.lang, &self.app.zone, self.look.facts.now)
    }

    fn is_midnight(&self, at: i64) -> bool {
        dates::format(at, dates::Style::Time, self.lang, &self.app.zone, 0) == "00:00"
    }
}
