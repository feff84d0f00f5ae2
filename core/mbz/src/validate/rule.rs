//! The rules: one table, from which come the codes, the severities, the sections and the hints.

use parcours_course::Language;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a stock Moodle does about it, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The restore stops, with an exception or an error of the check before it.
    Refused,
    /// The restore goes through and something of the archive is not in the course.
    Dropped,
    /// Everything comes, and something does not work or is not as it was.
    Degraded,
    /// Worth knowing; whether it matters depends on the site, or on whoever asks.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Refused => "refused",
            Severity::Dropped => "dropped",
            Severity::Degraded => "degraded",
            Severity::Note => "note",
        })
    }
}

/// What is to be known about a rule.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct About {
    pub code: &'static str,
    pub severity: Severity,
    /// Sections of MBZ-FORMAT.
    pub section: &'static str,
    /// What happens and what to do.
    pub en: &'static str,
    pub fr: &'static str,
}

macro_rules! rules {
    ($($rule:ident $code:literal $severity:ident $section:literal $en:literal $fr:literal;)*) => {
        /// What can be wrong with an archive in the eyes of a Moodle. For people the list is in `core/docs/validate.md`; a test compares the two.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Rule {
            $(#[doc = concat!("`", $code, "` (MBZ-FORMAT ", $section, "): [`about`](Rule::about) says it in words.")] #[serde(rename = $code)] $rule,)*
        }

        impl Rule {
            pub const ALL: &'static [Rule] = &[$(Rule::$rule),*];

            pub fn about(self) -> About {
                match self {
                    $(Rule::$rule => About { code: $code, severity: Severity::$severity, section: $section, en: $en, fr: $fr },)*
                }
            }
        }
    };
}

impl Rule {
    /// The word for it, which does not change with the wording.
    pub fn code(self) -> &'static str {
        self.about().code
    }

    pub fn severity(self) -> Severity {
        self.about().severity
    }

    pub fn hint(self, language: Language) -> &'static str {
        match language {
            Language::English => self.about().en,
            Language::French => self.about().fr,
        }
    }
}

rules! {
    // The archive and its manifest.
    UnreadableArchive "unreadable-archive" Refused "§1.1"
        "Moodle cannot unpack this: fetch the archive again, or make the backup again."
        "Moodle ne peut pas ouvrir cette archive : récupérez-la à nouveau, ou refaites la sauvegarde.";
    NoManifest "no-manifest" Refused "§1.3, §13.1"
        "There is no moodle_backup.xml at the root: pack the contents of the folder, not the folder."
        "Il n'y a pas de moodle_backup.xml à la racine : archivez le contenu du dossier, et non le dossier.";
    ManifestNotDetected "manifest-not-detected" Refused "§3.1, §13.1"
        "Moodle looks for the prolog, <moodle_backup> and <information> in the first 200 bytes: take out what stands before or between them."
        "Moodle cherche le prologue, <moodle_backup> et <information> dans les 200 premiers octets : retirez ce qui les précède ou les sépare.";
    NotWellFormed "not-well-formed" Refused "§2.1, §13.9"
        "Moodle stops at a document that is not well-formed XML: repair it at the line given."
        "Moodle s'arrête sur un document qui n'est pas du XML bien formé : corrigez-le à la ligne indiquée.";
    ControlCharacter "control-character" Refused "§2.4, §13.9"
        "A control character is not XML, and Moodle's parser stops there: remove it (Moodle itself removes them when it writes)."
        "Un caractère de contrôle n'est pas du XML et l'analyseur de Moodle s'arrête là : supprimez-le (Moodle les supprime lui-même à l'écriture).";
    ManifestLeafMissing "manifest-leaf-missing" Refused "§13.2"
        "Without this value of moodle_backup.xml Moodle ends in a database error or refuses at the check: write it."
        "Sans cette valeur de moodle_backup.xml, Moodle échoue ou refuse à la vérification : ajoutez-la.";
    BackupTooOld "backup-too-old" Refused "§13.2"
        "Moodle restores no backup_version before 2010072300: restore it in an older Moodle 2 first."
        "Moodle ne restaure pas les backup_version antérieures à 2010072300 : passez par un Moodle 2 plus ancien.";
    NoDetail "no-detail" Refused "§3.3, §13.2"
        "Without details/detail, and its type, Moodle does not know what to restore: write it."
        "Sans details/detail, et son type, Moodle ne sait pas quoi restaurer : ajoutez-le.";
    NoSectionsListed "no-sections-listed" Refused "§13.2"
        "There are settings of sections and no contents/sections: list the sections, or leave their settings out."
        "Il y a des réglages de sections mais pas de contents/sections : listez les sections ou retirez leurs réglages.";
    TagInCourseName "tag-in-course-name" Refused "§13.3"
        "Moodle throws setting_invalid_text at a tag in the name of the course: strip it."
        "Moodle refuse une balise dans le nom du cours (setting_invalid_text) : retirez-la.";
    FrontPage "front-page" Refused "§7.1, §13.7"
        "A backup of the front page restores into a front page only: change the format, or restore it there."
        "Une sauvegarde de la page d'accueil ne se restaure que dans une page d'accueil : changez le format, ou restaurez-la là.";
    ReleaseMissing "release-missing" Note "§13.2"
        "Without moodle_version or backup_release the backup is taken for an old one: write both."
        "Sans moodle_version ou backup_release, la sauvegarde est prise pour une ancienne : écrivez les deux.";
    NewerRelease "newer-release" Note "§13"
        "It was made by a newer Moodle than this one, which warns and goes on: restore it where it was made, or in a newer Moodle."
        "Elle vient d'un Moodle plus récent que celui-ci, qui avertit et continue : restaurez-la sur un Moodle au moins aussi récent.";
    RemoteUsers "remote-users" Note "§13.6"
        "It holds people of other hosts (MNet): the restore needs the permission to create them."
        "Elle contient des personnes d'autres hôtes (MNet) : la restauration exige le droit de les créer.";

    // Which documents must be there.
    MissingDocument "missing-document" Refused "§13.4"
        "Moodle reads this document without asking whether it is there: add it, with an empty root element if there is nothing to say."
        "Moodle lit ce document sans vérifier s'il existe : ajoutez-le, réduit à son élément racine s'il n'a rien à dire.";
    MissingForSetting "missing-for-setting" Refused "§13.4"
        "Moodle reads this document because a setting of the backup is 1: add it, or set the setting to 0 in moodle_backup.xml."
        "Moodle lit ce document parce qu'un réglage de la sauvegarde vaut 1 : ajoutez-le, ou mettez le réglage à 0 dans moodle_backup.xml.";
    MissingLeaf "missing-leaf" Refused "§13.5"
        "Without this value the row cannot be written and the restore ends in a database error: write it."
        "Sans cette valeur, la ligne ne peut être écrite et la restauration s'arrête sur une erreur de base de données : ajoutez-la.";
    LateLeaf "late-leaf" Degraded "§2.2"
        "A value stands behind a list in its record, and Moodle deals with a record when the first list in it begins: put all values before the lists."
        "Une valeur suit une liste dans son enregistrement, que Moodle traite dès que la première liste commence : placez les valeurs avant les listes.";
    NameMissing "name-missing" Dropped "§13.5"
        "An activity without a name is not fully restored, and is lost: give it one."
        "Une activité sans nom n'est pas complètement restaurée, et elle est perdue : donnez-lui un nom.";
    NoInforef "no-inforef" Dropped "§5.2, §13.4"
        "Without inforef.xml the files and people this part uses are not loaded: write the list."
        "Sans inforef.xml, les fichiers et les personnes de cette partie ne sont pas chargés : écrivez la liste.";
    NoBlockDocument "no-block-document" Dropped "§13.4"
        "A block's folder without block.xml restores to nothing: add it, or take the folder out."
        "Un dossier de bloc sans block.xml ne donne rien : ajoutez-le, ou retirez le dossier.";
    NoEnrolments "no-enrolments" Dropped "§13.4"
        "Without course/enrolments.xml the people come and nobody is enrolled: add it."
        "Sans course/enrolments.xml, les personnes viennent et personne n'est inscrit : ajoutez-le.";
    NotInContents "not-in-contents" Dropped "§3.4"
        "Moodle restores what contents lists, not what is in the folders: list it in moodle_backup.xml, or take the folder out."
        "Moodle restaure ce que liste contents, pas ce qui est dans les dossiers : listez-le dans moodle_backup.xml, ou retirez le dossier.";
    NumberMismatch "number-mismatch" Degraded "§3.4, §5.3"
        "The documents of this folder give another number than the contents list: links and conditions go by theirs, settings by that of the list. Make them one."
        "Les documents de ce dossier donnent un autre numéro que contents : liens et conditions suivent le leur, les réglages celui de la liste. Accordez-les.";
    UnreadBroken "unread-broken" Note "§2.1"
        "This document is broken, and a stock Moodle never reads it."
        "Ce document est abîmé, et un Moodle standard ne le lit jamais.";

    // Settings.
    NoRootSettings "no-root-settings" Dropped "§13"
        "Without settings of the whole backup no activity is restored, and the status is ok: write all of them."
        "Sans réglages généraux, aucune activité n'est restaurée, et tout semble réussi : écrivez-les tous.";
    SwitchedOff "switched-off" Dropped "§3.5"
        "A setting leaves out what contents lists: set it to 1, or take the entry out."
        "Un réglage écarte ce que liste contents : mettez-le à 1, ou retirez l'entrée.";
    UserinfoMissing "userinfo-missing" Dropped "§3.5, §13"
        "Without its _userinfo setting, what people did in this activity is dropped in silence: write the setting with value 1."
        "Sans son réglage _userinfo, ce que les personnes ont fait dans cette activité disparaît en silence : écrivez-le, avec la valeur 1.";
    IncludedMissing "included-missing" Note "§3.5, §13"
        "A part without _included setting is restored, and nobody can unselect it: write all settings, as Moodle does."
        "Une partie sans réglage _included est restaurée, sans qu'on puisse l'écarter : écrivez tous les réglages, comme Moodle.";

    // Lists of what is used, and the pool.
    FileNotInInforef "file-not-in-inforef" Dropped "§5.2"
        "A file that no inforef.xml lists is not restored: add its number to the fileref of the part it belongs to."
        "Un fichier qu'aucun inforef.xml ne liste n'est pas restauré : ajoutez son numéro au fileref de la partie à laquelle il appartient.";
    PersonNotInInforef "person-not-in-inforef" Dropped "§5.2"
        "A person whom no userref lists is not created, and what they did is skipped: add their number to an inforef.xml."
        "Une personne qu'aucun userref ne liste n'est pas créée, et ce qu'elle a fait est ignoré : ajoutez son numéro à un inforef.xml.";
    GroupNotInInforef "group-not-in-inforef" Dropped "§5.2"
        "A group or grouping that no inforef.xml lists is not restored: list it in course/inforef.xml."
        "Un groupe ou groupement qu'aucun inforef.xml ne liste n'est pas restauré : listez-le dans course/inforef.xml.";
    ScaleNotInInforef "scale-not-in-inforef" Dropped "§5.2"
        "A scale or outcome that no inforef.xml lists is not restored: list it where it is used."
        "Un barème ou objectif qu'aucun inforef.xml ne liste n'est pas restauré : listez-le là où il sert.";
    RoleNotInInforef "role-not-in-inforef" Dropped "§5.2"
        "A role that no inforef.xml lists is not matched, and its assignments are dropped: list it in course/inforef.xml."
        "Un rôle qu'aucun inforef.xml ne liste n'est pas rapproché, et ses attributions sont perdues : listez-le dans course/inforef.xml.";
    CategoryNotInInforef "category-not-in-inforef" Dropped "§5.2"
        "A question category that no inforef.xml lists is skipped with its questions: list it in the inforef.xml of its quiz, bank or course."
        "Une catégorie de questions qu'aucun inforef.xml ne liste est ignorée avec ses questions : listez-la dans l'inforef.xml de son test, de sa banque ou du cours.";
    InforefDangling "inforef-dangling" Note "§5.2"
        "inforef.xml lists something that the archive does not describe: Moodle skips it."
        "inforef.xml liste quelque chose que l'archive ne décrit pas : Moodle l'ignore.";
    MissingContent "missing-content" Dropped "§6.2"
        "files.xml lists a content that the pool does not hold; Moodle logs it and goes on: look for the file on the first site."
        "files.xml liste un contenu absent de l'archive ; Moodle le note et continue : cherchez le fichier sur le premier site.";
    WrongHash "wrong-hash" Dropped "§6.1"
        "The stored content is not what its name says, and Moodle takes it as it is: the listed file is nowhere in the archive, fetch it from the first site."
        "Le contenu stocké n'est pas celui que dit son nom, et Moodle le prend tel quel : le fichier attendu n'est pas dans l'archive, reprenez-le sur le premier site.";
    UnlistedContent "unlisted-content" Note "§6.2"
        "The pool holds a content that files.xml does not list: Moodle does not look at it."
        "L'archive contient un contenu que files.xml ne liste pas : Moodle ne le regarde pas.";
    FilesNotIncluded "files-not-included" Degraded "§6.2"
        "The backup was made without files: on any other site they will be missing. Make it with files."
        "La sauvegarde a été faite sans les fichiers : ailleurs que sur son site, ils manqueront. Refaites-la avec les fichiers.";
    UnknownFileContext "unknown-file-context" Refused "§13.9"
        "A file belongs to a context that nothing in the archive has (unknown_context_mapping): correct its contextid, or take the record out."
        "Un fichier appartient à un contexte que rien dans l'archive ne porte (unknown_context_mapping) : corrigez son contextid, ou retirez-le.";
    GroupPicture "group-picture" Dropped "§13, §16.5"
        "A group whose picture is 0 loses its icon files: set picture to the number of the icon."
        "Un groupe dont picture vaut 0 perd son image : mettez dans picture le numéro de l'image.";
    FilePath "file-path" Dropped "§6.1"
        "A filepath begins and ends with / and a filename is not empty and has none: Moodle cannot create this file. Correct the record."
        "Un filepath commence et finit par /, un filename n'est pas vide et n'en contient pas : Moodle ne peut pas créer ce fichier. Corrigez l'enregistrement.";
    FileOfText "file-of-text" Degraded "§2.6, §6.4"
        "A text shows a file that files.xml does not list in its context: readers see a broken picture or link. Take it out, or add the file."
        "Un texte montre un fichier que files.xml ne liste pas dans son contexte : on verra une image ou un lien brisé. Retirez-le, ou ajoutez le fichier.";

    // People.
    CommonUsername "common-username" Note "§5.4, §13.6"
        "A site that has an account of this name with another address refuses the whole restore: rename it in users.xml, or restore without people."
        "Un site qui a déjà un compte de ce nom avec une autre adresse refuse toute la restauration : renommez-le dans users.xml, ou restaurez sans les personnes.";
    DeletedPerson "deleted-person" Note "§5.4"
        "This account was deleted on the first site; Moodle still restores it as one."
        "Ce compte était supprimé sur le premier site ; Moodle le restaure pourtant.";
    MissingPerson "missing-person" Degraded "§5.2, §5.3"
        "The archive does not describe this person: what they did comes as nobody's, or not at all."
        "L'archive ne décrit pas cette personne : ce qu'elle a fait arrive sans auteur, ou n'arrive pas.";
    AttemptOfMissingPerson "attempt-of-missing-person" Dropped "§10.6, §13"
        "Attempts of people whom the archive does not describe are skipped."
        "Les tentatives de personnes que l'archive ne décrit pas sont ignorées.";
    UnknownRole "unknown-role" Dropped "§5.5"
        "No role of a stock Moodle has this short name or archetype: its assignments are dropped unless the site has such a role. Create it before restoring."
        "Aucun rôle standard n'a ce nom abrégé ni cet archétype : ses attributions sont perdues sauf si le site a ce rôle. Créez-le avant de restaurer.";
    SecondGuest "second-guest" Dropped "§13, §16.6"
        "A course has one guest enrolment: the second is merged into the first."
        "Un cours n'a qu'une inscription d'invités : la seconde est fondue dans la première.";
    RoleTarget "role-target" Dropped "§5.3, §5.5"
        "A role assigned or overridden here is not in roles.xml: the assignment is dropped. Add the role."
        "Un rôle attribué ou modifié ici n'est pas dans roles.xml : l'attribution est perdue. Ajoutez le rôle.";
    PrivateReply "private-reply" Degraded "§16.16"
        "Moodle does not renumber the addressee of a private reply: on another site it is shown to somebody else, or to nobody. Check before restoring with people."
        "Moodle ne renumérote pas le destinataire d'une réponse privée : sur un autre site, elle est montrée à quelqu'un d'autre, ou à personne. Vérifiez avant de restaurer avec les personnes.";
    CommentTwice "comment-twice" Dropped "§7.7, §13"
        "Of several comments by one person in one place and second, only one is restored: change the time of the others."
        "De plusieurs commentaires d'une personne au même endroit et à la même seconde, un seul est restauré : changez l'heure des autres.";
    EncryptedLeaf "encrypted-leaf" Dropped "§2.9"
        "This secret can be read by the first site only: enter it again after the restore."
        "Ce secret n'est lisible que par le premier site : saisissez-le à nouveau après la restauration.";
    BrokenSerialised "broken-serialised" Degraded "§2.8, §9.1"
        "PHP cannot read this serialised text, often for a length that does not fit: the settings in it are lost. Count its bytes again."
        "PHP ne peut pas lire ce texte sérialisé, souvent à cause d'une longueur fausse : les réglages qu'il contient sont perdus. Recomptez ses octets.";

    // Conditions.
    BrokenCondition "broken-condition" Degraded "§7.4"
        "The restriction is not a condition tree, and what it restricts stays closed: correct the JSON, or remove the restriction."
        "La restriction n'est pas un arbre de conditions, et ce qu'elle protège reste fermé : corrigez le JSON, ou retirez la restriction.";
    UnknownCondition "unknown-condition" Degraded "§7.4"
        "A stock Moodle has no condition of this type: what it restricts stays closed until the condition is removed."
        "Un Moodle standard n'a pas ce type de condition : l'élément reste fermé tant qu'elle n'est pas retirée.";
    ConditionTarget "condition-target" Degraded "§7.4, §16.8"
        "The condition points at something that will not be in the restored course: what it restricts is locked for ever. Remove the condition."
        "La condition vise quelque chose qui ne sera pas dans le cours restauré : l'élément est fermé pour toujours. Retirez la condition.";
    CriterionTarget "criterion-target" Degraded "§7.8, §7.9"
        "A completion or badge criterion asks for an activity that will not be in the restored course: remove or replace it."
        "Un critère d'achèvement ou de badge demande une activité qui ne sera pas dans le cours restauré : retirez-le ou remplacez-le.";

    // Questions.
    SeveralTops "several-tops" Refused "§10.1, §13.8"
        "A context may have one question category without parent: hang the others below its `top`."
        "Un contexte n'a qu'une catégorie de questions sans parent : rattachez les autres à sa catégorie `top`.";
    CategoryParent "category-parent" Degraded "§10.1"
        "The category's parent is not in the archive: it comes at the top level."
        "La catégorie parente n'est pas dans l'archive : celle-ci arrive au premier niveau.";
    CategoryContext "category-context" Degraded "§10.1, §13.10"
        "The category belongs to an activity that is not in the archive: its questions move to another bank, or are matched with those of the first site only."
        "La catégorie appartient à une activité absente de l'archive : ses questions changent de banque, ou ne sont retrouvées que sur le premier site.";
    CategoriesMove "categories-move" Note "§10.1, §16.15"
        "Since 5.0 questions live in activities: categories of the course or the site move to a new question bank activity."
        "Depuis 5.0, les questions vivent dans des activités : les catégories du cours ou du site passent dans une nouvelle banque de questions.";
    BankMoves "bank-moves" Degraded "§10.1, §14"
        "Before 5.0 there are no question bank activities: the activity is left out, and its questions come into the course."
        "Avant 5.0 il n'y a pas d'activité banque de questions : l'activité est omise, et ses questions arrivent dans le cours.";
    ReleaseShape "release-shape" Dropped "§3.2, §10.2"
        "The questions have the shape of another release than backup_version states, and Moodle does not see them: state the release whose shape is written."
        "Les questions ont la forme d'une autre version que celle de backup_version, et Moodle ne les voit pas : indiquez la version dont la forme est écrite.";
    SlotQuestion "slot-question" Dropped "§10.5"
        "A slot of the quiz asks for a question that is not in the archive: the quiz comes without it."
        "Un emplacement du test demande une question absente de l'archive : le test arrive sans elle.";
    SlotEmpty "slot-empty" Note "§10.5"
        "A slot of the quiz has no question: it had been deleted before the backup."
        "Un emplacement du test n'a pas de question : elle avait été supprimée avant la sauvegarde.";
    RandomSource "random-source" Dropped "§10.5"
        "A random slot draws from a category or context that is not in the archive: it comes without questions."
        "Un emplacement aléatoire tire d'une catégorie ou d'un contexte absent de l'archive : il arrive sans questions.";
    RandomFilter "random-filter" Degraded "§10.5, §14"
        "Before 4.3 the source of a random slot has another form: the slot comes and draws nothing. Choose its category again after the restore."
        "Avant 4.3, la source d'un emplacement aléatoire a une autre forme : il arrive mais ne tire rien. Choisissez à nouveau sa catégorie après la restauration.";
    ClozePart "cloze-part" Degraded "§10.3"
        "A question with gaps is made of questions of its own, and one of them is not in the archive: the gap cannot be filled. Add it."
        "Une question à trous est faite d'autres questions, dont une n'est pas dans l'archive : le trou ne peut être rempli. Ajoutez-la.";
    AttemptQuestion "attempt-question" Degraded "§10.6"
        "An attempt answers a question that is not in the archive: the attempt cannot be reviewed. Add the question."
        "Une tentative répond à une question absente de l'archive : on ne pourra pas la relire. Ajoutez la question.";
    AttemptState "attempt-state" Degraded "§10.6, §14"
        "Before 5.0 no attempt is in this state, and Moodle stops where it shows one: make it finished or inprogress, or leave the attempts out."
        "Avant 5.0 aucune tentative n'est dans cet état, et Moodle s'arrête en l'affichant : passez-la à finished ou inprogress, ou omettez les tentatives.";

    // Grades, numbers, places.
    GradeCategory "grade-category" Degraded "§5.3, §8.5"
        "The grade item belongs to a category that is not in the gradebook: it comes in the top category."
        "L'élément d'évaluation appartient à une catégorie absente du carnet : il arrive dans la catégorie principale.";
    CalculationTarget "calculation-target" Degraded "§5.3"
        "A calculation uses a grade item that will not be in the restored course: the result is an error. Correct the formula."
        "Un calcul utilise un élément d'évaluation qui ne sera pas dans le cours restauré : le résultat est une erreur. Corrigez la formule.";
    ScaleTarget "scale-target" Degraded "§5.3"
        "The scale or outcome used here is not in the archive: grades lose their meaning. Add it to scales.xml or outcomes.xml."
        "Le barème ou l'objectif utilisé ici n'est pas dans l'archive : les notes perdent leur sens. Ajoutez-le à scales.xml ou outcomes.xml.";
    GroupingTarget "grouping-target" Degraded "§5.3, §7.3"
        "The grouping used here is not in the archive: the activity comes without one."
        "Le groupement utilisé ici n'est pas dans l'archive : l'activité arrive sans groupement.";
    GroupTarget "group-target" Degraded "§5.3"
        "The group used here is not in the archive: what was for it comes for everybody, or not at all."
        "Le groupe utilisé ici n'est pas dans l'archive : ce qui lui était réservé arrive pour tout le monde, ou n'arrive pas.";
    DuplicateIdnumber "duplicate-idnumber" Degraded "§7.3"
        "Two activities have one idnumber: the second comes without, and formulas that use it change. Give it another."
        "Deux activités ont le même idnumber : la seconde le perd, et les formules qui l'utilisent changent. Donnez-lui-en un autre.";
    DuplicateId "duplicate-id" Degraded "§5.1"
        "Two records of one table have one number: what points at it will point at one of the two. Renumber one."
        "Deux enregistrements d'une table ont le même numéro : ce qui y renvoie n'en trouvera qu'un. Renumérotez-en un.";
    ActivitySection "activity-section" Degraded "§3.4, §13.5"
        "The activity belongs to a section that contents does not list: it is put by section number, or into another section."
        "L'activité appartient à une section que contents ne liste pas : elle est placée par numéro de section, ou ailleurs.";
    NoSectionZero "no-section-zero" Note "§15.19"
        "A course always has a section 0: Moodle makes one."
        "Un cours a toujours une section 0 : Moodle la crée.";
    SectionNumber "section-number" Degraded "§7.2"
        "Two sections have one number: they are merged into one. Number them from 0 without repeats."
        "Deux sections ont le même numéro : elles sont fondues en une. Numérotez-les à partir de 0, sans doublon.";
    Delegate "delegate" Degraded "§3.4, §7.2"
        "A subsection and its delegated section go together, and one of the two is not in the archive: add it, or take both out."
        "Une sous-section et sa section déléguée vont ensemble, et l'une des deux manque : ajoutez-la, ou retirez les deux.";
    SubsectionOrder "subsection-order" Degraded "§3.4, §15.19"
        "An activity of a subsection stands before the subsection in contents: put it right behind."
        "Une activité de sous-section précède la sous-section dans contents : placez-la juste après.";
    SubsectionFlat "subsection-flat" Degraded "§3.4, §7.2, §14"
        "Before 4.5 there are no subsections: the activity is left out, and its section comes as one of the course, behind the others."
        "Avant 4.5 il n'y a pas de sous-sections : l'activité est omise, et sa section arrive comme une section du cours, après les autres.";
    DanglingLink "dangling-link" Note "§11, §16.10"
        "A link goes to an activity that will not be in the restored course: it stays an address of the first site."
        "Un lien mène à une activité qui ne sera pas dans le cours restauré : il reste une adresse du premier site.";
    OddDate "odd-date" Note "§15.20"
        "This date is before 1970 or after 2100: check it."
        "Cette date est antérieure à 1970 ou postérieure à 2100 : vérifiez-la.";
    CarriageReturn "carriage-return" Note "§2.1, §2.4"
        "There are carriage returns: Moodle makes line feeds of them, and lengths of serialised texts no longer fit."
        "Il y a des retours chariot : Moodle en fait des sauts de ligne, et les longueurs des textes sérialisés ne correspondent plus.";

    NewerPart "newer-part" Dropped "§14"
        "This release has no place for this part, which later ones write: it is left out."
        "Cette version n'a pas de place pour cette partie, qu'écrivent les versions suivantes : elle est omise.";
    GroupVisibility "group-visibility" Degraded "§5.6, §14"
        "Before 4.2 every group is seen by everybody in the course, and this one was not meant to be: check who may know of it."
        "Avant 4.2, tout groupe est visible de tous dans le cours, ce qui n'était pas voulu pour celui-ci : vérifiez qui peut le connaître.";
    Competencies "competencies" Note "§7.11"
        "Competencies are found again by the numbers of their frameworks, which no archive carries: import the frameworks first."
        "Les compétences sont retrouvées par les numéros de leurs référentiels, qu'aucune archive ne contient : importez d'abord les référentiels.";
    InnerTarget "inner-target" Degraded "§12"
        "A record points at another of the same activity that is not there: the activity does not work as it did. Correct or remove what points."
        "Un enregistrement renvoie à un autre de la même activité qui n'y est pas : l'activité ne marche plus comme avant. Corrigez ou retirez ce renvoi.";
    FileItem "file-item" Dropped "§6.3, §6.4"
        "A file belongs to a record that is not in the archive, and is dropped with it: add the record, or take the file out."
        "Un fichier appartient à un enregistrement absent de l'archive, et il est perdu avec lui : ajoutez l'enregistrement, ou retirez le fichier.";

    // Plug-ins that a stock Moodle of the release does not have.
    UnknownModule "unknown-module" Dropped "§13"
        "A stock Moodle of this release has no module of this name and leaves the activity out without a word: install the plug-in, or convert the activity first."
        "Un Moodle standard de cette version n'a pas ce module et omet l'activité sans le dire : installez le plugin, ou convertissez l'activité d'abord.";
    UnknownBlock "unknown-block" Dropped "§9.1, §13"
        "A stock Moodle of this release has no block of this name and skips it: install the plug-in, or make an HTML block of it."
        "Un Moodle standard de cette version n'a pas ce bloc et l'ignore : installez le plugin, ou faites-en un bloc HTML.";
    UnknownQuestionType "unknown-question-type" Dropped "§10.4"
        "A stock Moodle of this release has no question type of this name: its answers and options are dropped, and the question cannot be asked. Install the plug-in, or change the type."
        "Un Moodle standard de cette version n'a pas ce type de question : réponses et options sont perdues, et la question ne peut être posée. Installez le plugin, ou changez le type.";
    UnknownFormat "unknown-format" Degraded "§7.1"
        "A stock Moodle of this release has no course format of this name: the site's default is taken, and its options are lost."
        "Un Moodle standard de cette version n'a pas ce format de cours : celui du site le remplace, et ses options sont perdues.";
    UnknownEnrolment "unknown-enrolment" Dropped "§5.5"
        "A stock Moodle of this release has no enrolment method of this name: its enrolments are skipped. Restore them as manual ones."
        "Un Moodle standard de cette version n'a pas cette méthode d'inscription : ses inscriptions sont ignorées. Restaurez-les en inscriptions manuelles.";
    UnknownFilter "unknown-filter" Degraded "§13, §16.4"
        "A stock Moodle of this release has no filter of this name: what it did to texts is not done."
        "Un Moodle standard de cette version n'a pas ce filtre : il ne traitera plus les textes.";
    UnknownGrading "unknown-grading" Degraded "§8.6"
        "A stock Moodle of this release has no grading method of this name: its form is lost, and grading stops until another is chosen."
        "Un Moodle standard de cette version n'a pas cette méthode d'évaluation : son formulaire est perdu, et la notation s'arrête tant qu'une autre n'est pas choisie.";
    UnknownPlugin "unknown-plugin" Dropped "§4, §12"
        "A stock Moodle of this release has no such plug-in: what it wrote here is skipped."
        "Un Moodle standard de cette version n'a pas ce plugin : ce qu'il a écrit ici est ignoré.";
}
