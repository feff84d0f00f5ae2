//! `forum.xml` with a great many posts, a hundred to a discussion.

use crate::chance::Chance;
use crate::people::{FIRST, LEARNERS};
use parcours_mbz::xml::Writer;
use std::io::{self, Write};

/// Posts of one discussion.
pub const EACH: u64 = 100;
const START: u64 = 1_756_700_000;

const WORDS: &[&str] = &[
    "séance",
    "élève",
    "débat",
    "critère",
    "classe",
    "parole",
    "écoute",
    "objectif",
    "groupe",
    "question",
    "réponse",
    "temps",
    "grille",
    "retour",
    "idée",
    "consigne",
    "avec",
    "pour",
    "dans",
    "sans",
    "mais",
    "donc",
    "parce que",
    "une",
    "la",
    "le",
    "des",
    "mes",
    "leur",
    "nous",
    "avons",
    "reprendre",
    "observer",
    "choisir",
];

/// Writes the document around the forum's own columns, which the sources give: everything up to `discussions` and from `subscriptions` on.
pub fn write(seed: u64, posts: u64, around: &str, out: &mut dyn Write) -> io::Result<()> {
    const EMPTY: &str = "    <discussions>\n    </discussions>";
    let (head, tail) = around.split_once(EMPTY).ok_or_else(|| io::Error::other("the sources' forum has discussions of its own"))?;
    out.write_all(head.as_bytes())?;
    out.write_all(b"    <discussions>")?;
    for number in 0..posts.div_ceil(EACH) {
        let mut text = Vec::new();
        let mut xml = Writer::new(&mut text);
        discussion(&mut xml, &mut Chance::new(seed, number), number, EACH.min(posts - number * EACH))?;
        xml.finish()?;
        for line in String::from_utf8_lossy(&text).lines().skip(1) {
            write!(out, "\n      {line}")?;
        }
    }
    out.write_all(b"\n    </discussions>")?;
    out.write_all(tail.as_bytes())
}

fn discussion<W: Write>(xml: &mut Writer<W>, chance: &mut Chance, number: u64, posts: u64) -> io::Result<()> {
    let first = number * EACH + 1;
    let name = sentence(chance, 6);
    let author = FIRST + chance.below(LEARNERS);
    xml.open("discussion")?;
    xml.attribute("id", &(number + 1).to_string());
    let last = START + number * 3600 + posts * 60;
    let leaves = [("name", name.clone()), ("firstpost", first.to_string()), ("userid", author.to_string()), ("groupid", "-1".into())];
    let more = [("assessed", "0".into()), ("timemodified", last.to_string()), ("usermodified", author.to_string()), ("timestart", "0".into())];
    for (name, value) in leaves.iter().chain(&more) {
        xml.leaf(name, value)?;
    }
    for name in ["timeend", "pinned", "timelocked"] {
        xml.leaf(name, "0")?;
    }
    xml.open("posts")?;
    for place in 0..posts {
        post(xml, chance, &name, number, place, author)?;
    }
    xml.close()?;
    xml.open("discussion_subs")?;
    xml.close()?;
    xml.close()
}

fn post<W: Write>(xml: &mut Writer<W>, chance: &mut Chance, name: &str, number: u64, place: u64, author: u64) -> io::Result<()> {
    let first = number * EACH + 1;
    // Mostly a chain of answers, now and then a new branch, as people write.
    let parent = match place {
        0 => 0,
        _ if chance.below(3) == 0 => first + chance.below(place),
        _ => first + place - 1,
    };
    let author = if place == 0 { author } else { FIRST + chance.below(LEARNERS) };
    let time = (START + number * 3600 + place * 60).to_string();
    let message = format!("<p>{}</p><p>{}</p>", sentence(chance, 40), sentence(chance, 50));
    xml.open("post")?;
    xml.attribute("id", &(first + place).to_string());
    xml.leaf("parent", &parent.to_string())?;
    xml.leaf("userid", &author.to_string())?;
    xml.leaf("created", &time)?;
    xml.leaf("modified", &time)?;
    xml.leaf("mailed", "1")?;
    xml.leaf("subject", &if place == 0 { name.to_owned() } else { format!("Re: {name}") })?;
    xml.leaf("message", &message)?;
    let attached = if place == 0 { "1" } else { "" };
    for (name, value) in
        [("messageformat", "1"), ("messagetrust", "0"), ("attachment", attached), ("totalscore", "0"), ("mailnow", "0"), ("privatereplyto", "0")]
    {
        xml.leaf(name, value)?;
    }
    xml.open("ratings")?;
    xml.close()?;
    xml.close()
}

fn sentence(chance: &mut Chance, words: u64) -> String {
    let words: Vec<&str> = (0..words).filter_map(|_| chance.pick(WORDS)).collect();
    words.join(" ") + "."
}
