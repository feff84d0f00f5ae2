//! Which leaves and attributes name people, by how they are called: all one can know of a document nobody declares (MBZ-FORMAT §5.3).
//!
//! Names are read without their underscores and without regard to case: `user_id`, `userid` and `UserId` are one. The rules are patterns, because other archives than
//! those seen so far decide what modules call their columns.

/// What a number under a name says of the record it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It is this person's: it goes with them.
    Theirs,
    /// This person had a hand in it: it stays, and names nobody.
    Hand,
}

/// A rule's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    pub says: Says,
    /// Whether the name alone says so. Otherwise it only does where the number is one of a person of the archive: `owner` may be a course, and `marker` a section.
    pub certain: bool,
}

/// Words for those a record belongs to.
const THEIRS: &[&str] = &[
    "apprentice",
    "attendee",
    "author",
    "awardee",
    "candidate",
    "commenter",
    "contributor",
    "follower",
    "gradee",
    "learner",
    "mentee",
    "participant",
    "poster",
    "pupil",
    "rater",
    "recipient",
    "respondent",
    "reviewer",
    "sender",
    "student",
    "submitter",
    "subscriber",
    "trainee",
    "uploader",
    "user",
    "voter",
];
/// Words for those who only had a hand in it.
const HAND: &[&str] = &[
    "approver",
    "assessor",
    "assignee",
    "corrector",
    "creator",
    "editor",
    "evaluator",
    "facilitator",
    "grader",
    "instructor",
    "issuer",
    "marker",
    "mentor",
    "moderator",
    "modifier",
    "organizer",
    "owner",
    "publisher",
    "supervisor",
    "teacher",
    "trainer",
    "tutor",
];
/// Words that mean a person in nothing but a number's name: `markerid` may be one on a map.
const CERTAIN: &[&str] = &[
    "author",
    "creator",
    "gradee",
    "grader",
    "issuer",
    "learner",
    "modifier",
    "owner",
    "participant",
    "rater",
    "recipient",
    "reviewer",
    "sender",
    "student",
    "teacher",
];
/// Names of their own, certain.
const NAMED: &[(&str, Says)] = &[
    ("awardedto", Says::Theirs),
    ("loggeduser", Says::Theirs),
    ("usercreated", Says::Hand),
    ("usermodified", Says::Hand),
    ("privatereplyto", Says::Hand),
    ("allocatedmarker", Says::Hand),
    ("assignedto", Says::Hand),
    ("createdby", Says::Hand),
    ("modifiedby", Says::Hand),
    ("gradeoverby", Says::Hand),
    ("gradinggradeoverby", Says::Hand),
    ("lasttakenby", Says::Hand),
    ("bywhomid", Says::Hand),
    ("bywhom", Says::Hand),
    ("creator", Says::Hand),
    ("grader", Says::Hand),
    ("teacher", Says::Hand),
];
/// What one does to something of one's own: `submittedby` makes a record theirs, `gradedby` does not.
const OWN_DEEDS: &[&str] = &["answered", "asked", "commented", "posted", "reported", "requested", "sent", "submitted", "uploaded", "written"];
/// Deeds that are not anybody's: how a list is laid out, and what one may do.
const NO_DEEDS: &[&str] = &["followed", "grouped", "limited", "ordered", "powered", "preceded", "restricted", "sorted"];
/// Endings of deeds: `createdby`, `takenby`, `sentby`, `gradeoverby`.
const DEEDS: &[&str] = &["ed", "en", "sent", "made", "over", "done", "put"];
/// Beginnings of settings and counts: `maxusers`, `notifyuser`.
const SETTINGS: &[&str] =
    &["allow", "can", "count", "enable", "has", "hide", "is", "limit", "max", "min", "nb", "notify", "num", "require", "show", "total"];
/// Names that a rule takes for a person's and that are none in the module named: 2.4's questionnaires belong to a course (MBZ-FORMAT §12).
const NOT_HERE: &[(&str, &str)] = &[("questionnaire.xml", "owner"), ("course.xml", "marker")];

/// What a leaf or attribute of this name says when it holds a number; nothing where it names nobody.
pub fn claim(name: &str) -> Option<Claim> {
    let name = plain(name);
    let certain = |says| Some(Claim { says, certain: true });
    if let Some((_, says)) = NAMED.iter().find(|(n, _)| *n == name) {
        return certain(*says);
    }
    if let Some(before) = name.strip_suffix("userid") {
        return certain(hand_of(before));
    }
    if name.starts_with("userid") && ["from", "to", "s"].iter().any(|end| name.ends_with(end)) {
        return certain(Says::Theirs);
    }
    if let Some(stem) = name.strip_suffix("ids").or(name.strip_suffix("id"))
        && let Some(says) = person(stem)
    {
        return Some(Claim { says, certain: CERTAIN.contains(&stem) });
    }
    if let Some(deed) = name.strip_suffix("by") {
        return by(deed).map(|says| Claim { says, certain: says == Says::Theirs });
    }
    if matches!(name.as_str(), "userfrom" | "userto" | "fromuser" | "touser") {
        return certain(Says::Theirs);
    }
    if let Some(before) = name.strip_suffix("user").or(name.strip_suffix("users")).filter(|b| !SETTINGS.iter().any(|s| b.starts_with(s))) {
        return Some(Claim { says: hand_of(before), certain: false });
    }
    person(&name).or_else(|| last_word(&name)).map(|says| Claim { says, certain: false })
}

/// The same in a document (its file name): what its module is known to mean otherwise names nobody.
pub fn claim_in(document: &str, name: &str) -> Option<Claim> {
    claim(name).filter(|_| !NOT_HERE.contains(&(document, name)))
}

/// Whether a leaf of this name holds an address of the network.
pub fn is_address(name: &str) -> bool {
    let name = plain(name);
    matches!(name.as_str(), "ip" | "ips" | "lastip" | "ipaddress" | "ipaddr" | "remoteip" | "remoteaddr" | "clientip" | "userip" | "hostip")
}

/// Whether a leaf of this name holds something out of somebody's profile: their name, their address.
pub fn is_profile(name: &str) -> bool {
    let name = plain(name);
    let exact = [
        "username",
        "firstname",
        "lastname",
        "userfullname",
        "fullnameuser",
        "realname",
        "authorname",
        "studentname",
        "teachername",
        "skype",
        "phone",
        "phone1",
        "phone2",
    ];
    exact.contains(&name.as_str()) || is_mail(&name)
}

/// Whether a leaf of this name may hold a mail address. Many hold a setting.
pub fn is_mail(name: &str) -> bool {
    let name = plain(name);
    ["email", "mail", "emailaddress", "mailaddress", "emailothers", "issuercontact"].iter().any(|end| name.ends_with(end))
        && !name.starts_with("send")
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

fn person(word: &str) -> Option<Says> {
    match (THEIRS.contains(&word), HAND.contains(&word)) {
        (true, _) => Some(Says::Theirs),
        (_, true) => Some(Says::Hand),
        _ => None,
    }
}

/// `modifieduserid`, `creatoruserid`: a hand; `relateduserid`: theirs.
fn hand_of(before: &str) -> Says {
    let hand =
        HAND.contains(&before) || ["by", "creat", "modif", "edit", "lastmod", "updat", "grad", "approv"].iter().any(|deed| before.starts_with(deed));
    if hand { Says::Hand } else { Says::Theirs }
}

fn by(deed: &str) -> Option<Says> {
    let done = DEEDS.iter().any(|end| deed.ends_with(end)) && !deed.starts_with("can") && !NO_DEEDS.iter().any(|no| deed.ends_with(no));
    done.then(|| if OWN_DEEDS.iter().any(|own| deed.ends_with(own)) { Says::Theirs } else { Says::Hand })
}

/// `defaultassignee`, `lastposter`: the last word of a name says who it is.
fn last_word(name: &str) -> Option<Says> {
    let ends = |words: &[&str]| words.iter().any(|w| w.len() > 5 && name.ends_with(w));
    match (ends(THEIRS), ends(HAND)) {
        (true, _) => Some(Says::Theirs),
        (_, true) => Some(Says::Hand),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<(Says, bool)> {
        claim(name).map(|c| (c.says, c.certain))
    }

    #[test]
    fn whose_a_record_is_follows_from_the_name() {
        for name in [
            "userid",
            "user_id",
            "UserId",
            "relateduserid",
            "from_userid",
            "useridto",
            "authorid",
            "studentid",
            "participantid",
            "gradee_id",
            "loggeduser",
            "userids",
            "submittedby",
            "reported_by",
            "commentedby",
            "userfrom",
        ] {
            assert_eq!(of(name), Some((Says::Theirs, true)), "{name}");
        }
        for name in ["student", "deleteduser", "author", "recipient", "voterid"] {
            assert_eq!(of(name), Some((Says::Theirs, false)), "{name}");
        }
    }

    #[test]
    fn who_had_a_hand_in_it_too() {
        for name in [
            "usermodified",
            "createdby",
            "modified_by",
            "ownerid",
            "issuerid",
            "lasttakenby",
            "creatoruserid",
            "allocatedmarker",
            "privatereplyto",
            "grader",
            "bywhomid",
            "by_userid",
        ] {
            assert_eq!(of(name), Some((Says::Hand, true)), "{name}");
        }
        for name in ["markerid", "modifieduser", "graded_by", "overriddenby", "owner", "defaultassignee", "reviewedby", "marker", "deletedby"] {
            assert_eq!(of(name), Some((Says::Hand, false)), "{name}");
        }
    }

    #[test]
    fn what_only_sounds_like_it_names_nobody() {
        for name in [
            "mailed",
            "useranswer",
            "teacherapproval",
            "studentapproval",
            "participanttype",
            "canbemodifiedby",
            "sortgroupsby",
            "orderedby",
            "standby",
            "showuserpicture",
            "maxusers",
            "timemodified",
            "gradeid",
            "sortby",
            "contextid",
            "authors",
            "rubyid",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
        assert_eq!(claim_in("questionnaire.xml", "owner"), None);
    }

    #[test]
    fn addresses_and_profiles_are_told_by_their_names() {
        assert!(is_address("lastip") && is_address("ip_address") && !is_address("description"));
        assert!(
            is_profile("username")
                && is_profile("reportingemail")
                && is_mail("imageauthoremail")
                && !is_profile("fullname")
                && !is_profile("sendstudentemail")
        );
    }
}
