use super::super::read;
use super::*;

/// Days of 100 seconds.
struct Course;

impl Names for Course {
    fn activity(&self, cm: i64) -> Option<String> {
        (cm == 10).then(|| "Forum <1>".to_owned())
    }
    fn grade_item(&self, item: i64) -> Option<String> {
        (item == 84).then(|| "Test".to_owned())
    }
    fn group(&self, id: i64) -> Option<String> {
        (id == 1).then(|| "Lyon".to_owned())
    }
    fn grouping(&self, id: i64) -> Option<String> {
        (id == 7).then(|| "Académies".to_owned())
    }
    fn field(&self, field: &Field) -> Option<String> {
        (*field == Field::Standard("email".to_owned())).then(|| "Courriel".to_owned())
    }
    fn moment(&self, at: i64) -> String {
        format!("{} à {}", self.day(at), at % 100)
    }
    fn day(&self, at: i64) -> String {
        format!("jour {}", at.div_euclid(100))
    }
    fn is_midnight(&self, at: i64) -> bool {
        at % 100 == 0
    }
}

fn wording(lang: Lang) -> Wording<'static> {
    Wording { lang, names: &Course, place: Place { previous: Some(10), grouping: Some(7) }, thresholds: false }
}

fn french(json: &str) -> String {
    said(json, wording(Lang::French))
}

fn said(json: &str, wording: Wording) -> String {
    let line = explain(&read(json).unwrap(), &wording);
    line.map(|l| l.to_string().replace('\u{a0}', "_")).unwrap_or_default()
}

fn item(condition: &str, not: bool) -> String {
    let op = if not { "!|" } else { "&" };
    let line = french(&format!(r#"{{"op":"{op}","c":[{condition}]}}"#));
    line.strip_prefix("Non disponible à moins que_: ").unwrap_or(&line).to_owned()
}

#[test]
fn every_condition_is_said_in_french_with_its_negation() {
    for (condition, plain, negated) in [
        (r#"{"type":"completion","cm":10,"e":1}"#, "l’activité «_Forum <1>_» soit achevée", "l’activité «_Forum <1>_» ne soit pas achevée"),
        (r#"{"type":"completion","cm":10,"e":0}"#, "l’activité «_Forum <1>_» ne soit pas achevée", "l’activité «_Forum <1>_» soit achevée"),
        (
            r#"{"type":"completion","cm":-1,"e":2}"#,
            "l’activité «_Forum <1>_» soit achevée avec succès",
            "l’activité «_Forum <1>_» ne soit pas achevée avec succès",
        ),
        (
            r#"{"type":"completion","cm":99,"e":3}"#,
            "une activité absente du cours soit achevée sans succès",
            "une activité absente du cours ne soit pas achevée sans succès",
        ),
        (r#"{"type":"grade","id":84}"#, "vous ayez une note pour «_Test_»", "vous n’ayez pas de note pour «_Test_»"),
        (
            r#"{"type":"grade","id":84,"min":50}"#,
            "vous obteniez une note suffisante pour «_Test_»",
            "vous n’obteniez pas certaines notes pour «_Test_»",
        ),
        (
            r#"{"type":"grade","id":0,"max":50}"#,
            "vous obteniez une note inférieure à un certain seuil pour un élément d’évaluation absent du cours",
            "vous n’obteniez pas certaines notes pour un élément d’évaluation absent du cours",
        ),
        (r#"{"type":"group"}"#, "vous apparteniez à un groupe", "vous n’apparteniez à aucun groupe"),
        (r#"{"type":"group","id":1}"#, "vous apparteniez au groupe «_Lyon_»", "vous n’apparteniez pas au groupe «_Lyon_»"),
        (r#"{"type":"group","id":2}"#, "vous apparteniez à un groupe absent du cours", "vous n’apparteniez pas à un groupe absent du cours"),
        (
            r#"{"type":"grouping","activity":true}"#,
            "vous apparteniez à un groupe du groupement «_Académies_»",
            "vous n’apparteniez à aucun groupe du groupement «_Académies_»",
        ),
        (
            r#"{"type":"profile","sf":"email","op":"endswith","v":"@ac.fr"}"#,
            "le champ «_Courriel_» de votre profil se termine par «_@ac.fr_»",
            "le champ «_Courriel_» de votre profil ne se termine pas par «_@ac.fr_»",
        ),
        (
            r#"{"type":"profile","cf":"corps","op":"isempty"}"#,
            "le champ «_corps_» de votre profil soit vide",
            "le champ «_corps_» de votre profil ne soit pas vide",
        ),
    ] {
        assert_eq!((item(condition, false).as_str(), item(condition, true).as_str()), (plain, negated), "{condition}");
    }
}

#[test]
fn a_condition_that_is_not_understood_is_said_to_be_so() {
    assert_eq!(item(r#"{"type":"eabcgroup"}"#, false), "une condition d’un type inconnu ici («_eabcgroup_») soit remplie");
    assert_eq!(item("12", false), "une condition illisible soit remplie");
}

#[test]
fn a_date_alone_is_a_sentence_and_midnight_is_a_day() {
    for (at, d, alone, negated) in [
        (250, ">=", "Disponible à partir du jour 2 à 50", "Disponible jusqu’au jour 2 à 50"),
        (200, ">=", "Disponible à partir du jour 2", "Disponible jusqu’au jour 1 inclus"),
        (250, "<", "Disponible jusqu’au jour 2 à 50", "Disponible à partir du jour 2 à 50"),
        (200, "<", "Disponible jusqu’au jour 1 inclus", "Disponible à partir du jour 2"),
    ] {
        let condition = format!(r#"{{"type":"date","d":"{d}","t":{at}}}"#);
        assert_eq!((item(&condition, false).as_str(), item(&condition, true).as_str()), (alone, negated), "{condition}");
    }
}

#[test]
fn several_conditions_are_a_list_and_nested_trees_are_lists_below() {
    let json = r#"{"op":"&","c":[
        {"type":"date","d":">=","t":200}, {"type":"date","d":"<","t":300},
        {"op":"|","c":[{"type":"group","id":1},{"op":"!|","c":[{"type":"group"},{"type":"completion","cm":10,"e":1}]}]},
        {"op":"!&","c":[{"op":"&","c":[{"type":"group","id":1}]}]}
    ],"showc":[true,true,true,true]}"#;
    let expected = "Non disponible à moins que_:
- on ait atteint le jour 2
- on n’ait pas dépassé le jour 2
- l’une de ces conditions soit remplie_:
  - vous apparteniez au groupe «_Lyon_»
  - toutes ces conditions soient remplies_:
    - vous n’apparteniez à aucun groupe
    - l’activité «_Forum <1>_» ne soit pas achevée
- vous n’apparteniez pas au groupe «_Lyon_»";
    assert_eq!(french(json), expected);
}

#[test]
fn any_of_several_has_a_heading_of_its_own() {
    let json = r#"{"op":"|","c":[{"type":"group"},{"type":"group","id":1}],"show":true}"#;
    let expected = "Non disponible à moins que l’une de ces conditions soit remplie_:
- vous apparteniez à un groupe
- vous apparteniez au groupe «_Lyon_»";
    assert_eq!(french(json), expected);
    let english = "Not available unless any of:\n- you belong to a group\n- you belong to the group “Lyon”";
    assert_eq!(said(json, wording(Lang::English)), english);
}

#[test]
fn what_is_hidden_from_who_fails_it_is_marked() {
    for (json, expected) in [
        (r#"{"op":"&","c":[{"type":"group"}],"showc":[false]}"#, "Not available unless: you belong to a group (hidden otherwise)"),
        (
            r#"{"op":"&","c":[{"type":"group"},{"type":"group","id":1}],"showc":[true,false]}"#,
            "Not available unless:\n- you belong to a group\n- you belong to the group “Lyon” (hidden otherwise)",
        ),
        (
            r#"{"op":"|","c":[{"type":"group"},{"type":"group","id":1}],"show":false}"#,
            "Not available (hidden) unless any of:\n- you belong to a group\n- you belong to the group “Lyon”",
        ),
        (
            r#"{"op":"&","c":[{"type":"group"},{"op":"|","c":[{"type":"group"},{"type":"group","id":1}]}],"showc":[true,false]}"#,
            "Not available unless:\n- you belong to a group\n- any of (hidden otherwise):\n  - you belong to a group\n  - you belong to the group “Lyon”",
        ),
        (
            r#"{"op":"&","c":[{"op":"&","c":[{"type":"group"},{"type":"group","id":1}]}],"showc":[false]}"#,
            "Not available (hidden) unless:\n- you belong to a group\n- you belong to the group “Lyon”",
        ),
    ] {
        assert_eq!(said(json, wording(Lang::English)), expected, "{json}");
    }
}

#[test]
fn percents_are_said_to_those_who_may_know_them() {
    let json = r#"{"op":"&","c":[{"type":"grade","id":84,"min":50,"max":90.5}]}"#;
    let told = |lang| said(json, Wording { thresholds: true, ..wording(lang) });
    let french =
        "Non disponible à moins que_: vous obteniez une note comprise dans un certain intervalle pour «_Test_» (au moins 50_%, moins de 90,5_%)";
    assert_eq!(told(Lang::French), french);
    assert!(told(Lang::English).ends_with("in “Test” (at least 50%, below 90.5%)"));
}

#[test]
fn names_stand_apart_from_words_and_activities_can_be_linked() {
    let tree = read(r#"{"op":"&","c":[{"type":"completion","cm":10,"e":1}]}"#).unwrap();
    let line = explain(&tree, &wording(Lang::English)).unwrap();
    let expected = [
        Piece::Words("Not available unless: the activity “".into()),
        Piece::Activity { cm: 10, name: "Forum <1>".into() },
        Piece::Words("” is complete".into()),
    ];
    assert_eq!(line.pieces, expected);
}

#[test]
fn braces_in_a_name_are_left_alone() {
    let json = r#"{"op":"&","c":[{"type":"profile","sf":"{0}","op":"contains","v":"{1}"}]}"#;
    assert_eq!(said(json, wording(Lang::English)), "Not available unless: the field “{0}” of your profile contains “{1}”");
}

#[test]
fn nothing_is_said_where_nothing_is_asked() {
    assert_eq!(explain(&Tree::open(), &wording(Lang::French)), None);
    assert_eq!(french(r#"{"op":"&","c":[{"op":"|","c":[]},{"op":"&","c":[]}]}"#), "");
}

#[test]
fn a_language_is_known_by_its_code() {
    assert_eq!(["fr", "fr_ca", "en-GB", "de"].map(Lang::from_code), [Lang::French, Lang::French, Lang::English, Lang::English]);
}
