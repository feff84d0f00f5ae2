//! Conditions stand after « à moins que »: they are in the subjunctive. Spaces inside guillemets and before a colon or a percent
//! sign do not break.

use super::phrase::Phrase;
use crate::availability::ProfileOp;

pub(super) fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::RootAll { hidden: false } => "Non disponible à moins que\u{a0}:",
        Phrase::RootAll { hidden: true } => "Non disponible (caché) à moins que\u{a0}:",
        Phrase::RootAny { hidden: false } => "Non disponible à moins que l’une de ces conditions soit remplie\u{a0}:",
        Phrase::RootAny { hidden: true } => "Non disponible (caché) à moins que l’une de ces conditions soit remplie\u{a0}:",
        Phrase::All { hidden: false } => "toutes ces conditions soient remplies\u{a0}:",
        Phrase::All { hidden: true } => "toutes ces conditions soient remplies (caché sinon)\u{a0}:",
        Phrase::Any { hidden: false } => "l’une de ces conditions soit remplie\u{a0}:",
        Phrase::Any { hidden: true } => "l’une de ces conditions soit remplie (caché sinon)\u{a0}:",
        Phrase::HiddenOtherwise => "(caché sinon)",
        Phrase::From { alone: true } => "Disponible à partir du {0}",
        Phrase::From { alone: false } => "on ait atteint le {0}",
        Phrase::Until { day: true, alone: true } => "Disponible jusqu’au {0} inclus",
        Phrase::Until { day: false, alone: true } => "Disponible jusqu’au {0}",
        Phrase::Until { day: true, alone: false } => "on n’ait pas dépassé le {0}",
        Phrase::Until { day: false, alone: false } => "on soit avant le {0}",
        Phrase::Activity => "l’activité «\u{a0}{0}\u{a0}»",
        Phrase::PreviousActivity => "l’activité précédente",
        Phrase::MissingActivity => "une activité absente du cours",
        Phrase::Complete => "soit achevée",
        Phrase::Incomplete => "ne soit pas achevée",
        Phrase::Pass { not: false } => "soit achevée avec succès",
        Phrase::Pass { not: true } => "ne soit pas achevée avec succès",
        Phrase::Fail { not: false } => "soit achevée sans succès",
        Phrase::Fail { not: true } => "ne soit pas achevée sans succès",
        Phrase::AnyGrade { not: false } => "vous ayez une note pour",
        Phrase::AnyGrade { not: true } => "vous n’ayez pas de note pour",
        Phrase::GradeAtLeast => "vous obteniez une note suffisante pour",
        Phrase::GradeBelow => "vous obteniez une note inférieure à un certain seuil pour",
        Phrase::GradeWithin => "vous obteniez une note comprise dans un certain intervalle pour",
        Phrase::NotTheseGrades => "vous n’obteniez pas certaines notes pour",
        Phrase::GradeItem => "«\u{a0}{0}\u{a0}»",
        Phrase::MissingGradeItem => "un élément d’évaluation absent du cours",
        Phrase::AtLeast => "(au moins {0}\u{a0}%)",
        Phrase::Below => "(moins de {0}\u{a0}%)",
        Phrase::Within => "(au moins {0}\u{a0}%, moins de {1}\u{a0}%)",
        Phrase::AnyGroup { not: false } => "vous apparteniez à un groupe",
        Phrase::AnyGroup { not: true } => "vous n’apparteniez à aucun groupe",
        Phrase::Group { not: false } => "vous apparteniez au groupe «\u{a0}{0}\u{a0}»",
        Phrase::Group { not: true } => "vous n’apparteniez pas au groupe «\u{a0}{0}\u{a0}»",
        Phrase::MissingGroup { not: false } => "vous apparteniez à un groupe absent du cours",
        Phrase::MissingGroup { not: true } => "vous n’apparteniez pas à un groupe absent du cours",
        Phrase::Grouping { not: false } => "vous apparteniez à un groupe du groupement «\u{a0}{0}\u{a0}»",
        Phrase::Grouping { not: true } => "vous n’apparteniez à aucun groupe du groupement «\u{a0}{0}\u{a0}»",
        Phrase::MissingGrouping { not: false } => "vous apparteniez à un groupe d’un groupement absent du cours",
        Phrase::MissingGrouping { not: true } => "vous n’apparteniez à aucun groupe d’un groupement absent du cours",
        Phrase::Field => "le champ «\u{a0}{0}\u{a0}» de votre profil",
        Phrase::Profile { op, not } => profile(op, not),
        Phrase::Unknown => "une condition d’un type inconnu ici («\u{a0}{0}\u{a0}») soit remplie",
        Phrase::Unreadable => "une condition illisible soit remplie",
    }
}

fn profile(op: ProfileOp, not: bool) -> &'static str {
    match (op, not) {
        (ProfileOp::IsEqualTo, false) => "soit «\u{a0}{0}\u{a0}»",
        (ProfileOp::IsEqualTo, true) => "ne soit pas «\u{a0}{0}\u{a0}»",
        (ProfileOp::Contains, false) | (ProfileOp::DoesNotContain, true) => "contienne «\u{a0}{0}\u{a0}»",
        (ProfileOp::DoesNotContain, false) | (ProfileOp::Contains, true) => "ne contienne pas «\u{a0}{0}\u{a0}»",
        (ProfileOp::StartsWith, false) => "commence par «\u{a0}{0}\u{a0}»",
        (ProfileOp::StartsWith, true) => "ne commence pas par «\u{a0}{0}\u{a0}»",
        (ProfileOp::EndsWith, false) => "se termine par «\u{a0}{0}\u{a0}»",
        (ProfileOp::EndsWith, true) => "ne se termine pas par «\u{a0}{0}\u{a0}»",
        (ProfileOp::IsEmpty, false) | (ProfileOp::IsNotEmpty, true) => "soit vide",
        (ProfileOp::IsNotEmpty, false) | (ProfileOp::IsEmpty, true) => "ne soit pas vide",
    }
}
