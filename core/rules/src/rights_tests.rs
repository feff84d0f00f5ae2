use super::*;

const CAPABILITY: &str = "mod/forum:replypost";
const LEARNERS_UP: &[Archetype] = &[Archetype::Student, Archetype::Teacher];

fn student(at: Scope) -> Held {
    Held { role: Role::new(5, "student", "student"), at }
}

fn guest() -> Held {
    Held { role: Role::new(6, "guest", "guest"), at: Scope::Course }
}

fn set(role: i64, permission: i64, at: Scope) -> Override {
    Override { role, capability: CAPABILITY.into(), permission: Permission::from_code(permission).unwrap(), at }
}

fn asks(held: &[Held], overrides: &[Override], scope: Scope) -> bool {
    may(CAPABILITY, LEARNERS_UP, held, overrides, scope)
}

#[test]
fn a_role_starts_from_its_archetype() {
    use Scope::{Course, Module};
    assert!(asks(&[student(Course)], &[], Module));
    assert!(!asks(&[guest()], &[], Module));
    assert!(!asks(&[], &[], Module));
    let own_making = Held { role: Role::new(9, "tuteur", ""), at: Course };
    assert!(!asks(std::slice::from_ref(&own_making), &[], Course));
    assert!(asks(&[own_making], &[set(9, 1, Course)], Course));
}

#[test]
fn the_nearest_override_counts_and_a_prohibition_ends_it() {
    use Scope::{Course, Module};
    for (overrides, expected) in [
        (vec![set(5, -1, Course)], false),
        (vec![set(5, -1, Module)], false),
        (vec![set(5, -1, Course), set(5, 1, Module)], true),
        (vec![set(5, 1, Module), set(5, -1, Course)], true),
        (vec![set(5, 1, Course), set(5, -1, Module)], false),
        (vec![set(5, -1000, Course), set(5, 1, Module)], false),
        (vec![set(5, 1, Course), set(5, -1000, Module)], false),
        (vec![set(6, -1000, Course)], true),
    ] {
        assert_eq!(asks(&[student(Course)], &overrides, Module), expected, "{overrides:?}");
    }
}

#[test]
fn one_role_that_allows_is_enough_unless_another_prohibits() {
    use Scope::Course;
    let both = [guest(), student(Course)];
    assert!(asks(&both, &[], Course));
    assert!(asks(&both, &[set(6, -1, Course)], Course));
    assert!(!asks(&both, &[set(6, -1000, Course)], Course));
    assert!(asks(&both, &[set(5, -1, Course), set(6, 1, Course)], Course));
}

#[test]
fn what_is_held_or_overridden_at_an_activity_counts_only_there() {
    use Scope::{Course, Module};
    assert!(asks(&[student(Module)], &[], Module));
    assert!(!asks(&[student(Module)], &[], Course));
    assert!(asks(&[student(Course)], &[set(5, -1, Module)], Course));
    assert!(!asks(&[student(Course)], &[set(5, -1, Module)], Module));
}

#[test]
fn overrides_of_other_capabilities_do_not_matter() {
    let other = Override { capability: "mod/forum:replypos".into(), ..set(5, -1000, Scope::Course) };
    assert!(asks(&[student(Scope::Course)], &[other], Scope::Course));
}

#[test]
fn an_administrator_may_everything() {
    let admin = Rights { admin: true, overrides: vec![set(5, -1000, Scope::Course)], ..Rights::default() };
    assert!(admin.may(CAPABILITY, &[], Scope::Course));
    assert!(admin.may_core(capabilities::COURSE_DELETE, Scope::Course));
}

#[test]
fn an_archetype_is_read_or_guessed_from_the_short_name() {
    for (shortname, archetype, expected) in [
        ("student", "student", Some(Archetype::Student)),
        ("formateur", "editingteacher", Some(Archetype::EditingTeacher)),
        ("manager", "", Some(Archetype::Manager)),
        ("coursecreator", "", Some(Archetype::CourseCreator)),
        ("frontpage", "", Some(Archetype::Frontpage)),
        ("formateur", "", None),
        ("manager", "unheard-of", None),
        ("manager", "student", Some(Archetype::Student)),
    ] {
        assert_eq!(Role::new(1, shortname, archetype).archetype, expected, "{shortname} {archetype}");
    }
}

#[test]
fn archetypes_of_a_declaration_are_read_by_name() {
    assert_eq!(Archetype::list(&["student", "god", "manager"]), [Archetype::Student, Archetype::Manager]);
}

#[test]
fn an_override_of_zero_is_none() {
    assert_eq!(Permission::from_code(0), None);
    assert_eq!(Permission::from_code(-7), Some(Permission::Prevent));
}

fn teacher() -> Rights {
    Rights { held: vec![Held { role: Role::new(3, "editingteacher", "editingteacher"), at: Scope::Course }], ..Rights::default() }
}

#[test]
fn an_archive_grants_nothing_its_importer_does_not_hold() {
    let grant = |capability: &str, permission| Override { capability: capability.into(), ..set(5, permission, Scope::Course) };
    let overrides = vec![
        grant("moodle/course:manageactivities", 1),
        grant("moodle/course:delete", 1),
        grant("moodle/course:delete", -1000),
        grant("mod/secret:everything", 1),
        grant("mod/secret:everything", -1),
    ];
    let declared = |name: &str| capabilities::core(name).map(|c| c.archetypes.to_vec());
    let names = |list: &[Override]| list.iter().map(|o| (o.capability.clone(), o.permission)).collect::<Vec<_>>();

    let (in_force, kept) = disarm(overrides.clone(), &teacher(), declared);
    assert_eq!(names(&kept), [("moodle/course:delete".into(), Permission::Allow), ("mod/secret:everything".into(), Permission::Allow)]);
    assert_eq!(in_force.len(), 3);

    let admin = Rights { admin: true, ..Rights::default() };
    let (_, kept) = disarm(overrides, &admin, declared);
    assert_eq!(names(&kept), [("mod/secret:everything".into(), Permission::Allow)]);
}

#[test]
fn nobody_gives_out_a_role_above_his_own() {
    let manager = Rights { held: vec![Held { role: Role::new(1, "manager", "manager"), at: Scope::Course }], ..Rights::default() };
    let learner = Rights { held: vec![student(Scope::Course)], ..Rights::default() };
    for (shortname, by_manager, by_teacher) in
        [("manager", true, false), ("editingteacher", true, false), ("teacher", true, true), ("student", true, true), ("tuteur", true, false)]
    {
        let role = Role::new(9, shortname, "");
        assert_eq!((may_assign(&manager, &role), may_assign(&teacher(), &role)), (by_manager, by_teacher), "{shortname}");
        assert!(!may_assign(&learner, &role));
    }
}

#[test]
fn the_roles_that_have_a_capability_are_found_at_once() {
    let roles = [Role::new(3, "editingteacher", ""), Role::new(4, "teacher", ""), Role::new(5, "student", "")];
    let overrides = [set(4, -1, Scope::Course), set(3, 1, Scope::Module)];
    assert_eq!(roles_with(CAPABILITY, LEARNERS_UP, &roles, &overrides, Scope::Course), HashSet::from([5]));
    assert_eq!(roles_with(CAPABILITY, LEARNERS_UP, &roles, &overrides, Scope::Module), HashSet::from([3, 5]));
}
