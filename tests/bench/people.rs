//! `users.xml`: five hundred learners beside the trainer of the sources.

use parcours_mbz::xml::{NULL, Writer};
use std::io::{self, Write};

pub const LEARNERS: u64 = 500;
/// The number of the first learner.
pub const FIRST: u64 = 100;

/// Adds the learners to the users that the sources already have: `head` ends before the closing tag of the root.
pub fn write(users: &[u8], out: &mut dyn Write) -> io::Result<()> {
    const END: &[u8] = b"\n</users>";
    out.write_all(users.strip_suffix(END).unwrap_or(users))?;
    for id in FIRST..FIRST + LEARNERS {
        let mut text = Vec::new();
        let mut xml = Writer::new(&mut text);
        user(&mut xml, id)?;
        xml.finish()?;
        // The writer makes whole documents; here its root goes inside another.
        let text = String::from_utf8_lossy(&text);
        for line in text.lines().skip(1) {
            write!(out, "\n  {line}")?;
        }
    }
    out.write_all(END)
}

fn user<W: Write>(xml: &mut Writer<W>, id: u64) -> io::Result<()> {
    xml.open("user")?;
    xml.attribute("id", &id.to_string());
    xml.attribute("contextid", &(20_000 + id).to_string());
    xml.leaf("username", &format!("stagiaire{id}"))?;
    xml.leaf("idnumber", "")?;
    xml.leaf("email", &format!("stagiaire{id}@example.org"))?;
    xml.leaf("auth", "manual")?;
    xml.leaf("description", NULL)?;
    xml.leaf("firstname", "Prénom")?;
    xml.leaf("lastname", &format!("Nom {id}"))?;
    for (name, value) in [("confirmed", "1"), ("deleted", "0"), ("lang", "fr"), ("timecreated", "1756700000"), ("timemodified", "1756700000")] {
        xml.leaf(name, value)?;
    }
    for name in ["custom_fields", "tags", "preferences"] {
        xml.open(name)?;
        xml.close()?;
    }
    xml.open("roles")?;
    for name in ["role_overrides", "role_assignments"] {
        xml.open(name)?;
        xml.close()?;
    }
    xml.close()?;
    xml.close()
}
