//! tar.gz and zip: nothing passes a limit, no path leads out, and what is read can be written and read again.

use super::{refused, small};
use crate::Release;
use parcours_mbz::hostile::{MANIFEST, Tar, Zip, gzip};
use parcours_mbz::{Container, Error, Limits, Spool, convert, inspect, open};
use std::io::{Cursor, Read};

pub const TARGET: Release = Release {
    name: "container",
    run,
    seeds,
    words: &[
        "moodle_backup.xml",
        "users.xml",
        "files/",
        "files/00/x",
        "../",
        "./",
        "/",
        "\\",
        "\0",
        ".ARCHIVE_INDEX",
        "PaxHeaders/x",
        "ustar\x0000",
        "ustar  \0",
        "PK\x03\x04",
        "PK\x01\x02",
        "PK\x05\x06",
        "PK\x06\x06",
        "PK\x06\x07",
        "18 path=users.xml\n",
        "10 size=0\n",
        "\x1f",
        "x",
        "g",
        "L",
        "5",
        "1",
        "00000000000\0",
        "77777777777\0",
        "<a>",
        "</a>",
    ],
    runs: 3_000,
};

/// The first byte says what the others are: an archive (even), or the blocks of a tar, whose checksums are set right so that more than its checksums is tried (odd). Its second bit is the
/// container that is written.
pub fn run(input: &[u8]) {
    let Some((kind, rest)) = input.split_first() else { return };
    let bytes = if kind % 2 == 0 { rest.to_vec() } else { gzip(&summed(rest)) };
    let limits = small();
    let list = match entries(&bytes, &limits) {
        Ok(list) => list,
        Err(e) => return refused(&e),
    };
    within(&list, &limits);
    match inspect(Cursor::new(bytes.clone()), &limits, |_| true) {
        Ok(inventory) => assert_eq!(inventory.sizes.entries, list.len() as u64),
        Err(e) => refused(&e),
    }
    written(&bytes, &list, if kind & 2 == 0 { Container::Tgz } else { Container::Zip }, &limits);
}

type List = Vec<(String, Vec<u8>)>;

fn entries(bytes: &[u8], limits: &Limits) -> Result<List, Error> {
    let mut archive = open(Cursor::new(bytes.to_vec()), limits)?;
    let mut list = Vec::new();
    while let Some(mut entry) = archive.next()? {
        let mut body = Vec::new();
        entry.read_to_end(&mut body)?;
        assert_eq!(entry.size, body.len() as u64, "an entry is not as long as it says");
        list.push((entry.path.clone(), body));
    }
    Ok(list)
}

fn within(list: &List, limits: &Limits) {
    let mut names: Vec<String> = list.iter().map(|(path, _)| path.to_ascii_lowercase()).collect();
    names.sort();
    names.dedup();
    assert!(names.len() == list.len() && list.len() as u64 <= limits.entries, "names twice, or too many");
    assert!(list.iter().map(|(_, body)| body.len() as u64).sum::<u64>() <= limits.total_bytes);
    for (path, body) in list {
        let most = if parcours_mbz::container::is_xml(path) { limits.xml_bytes } else { limits.entry_bytes };
        assert!(body.len() as u64 <= most && path.len() as u64 <= limits.path_bytes);
        let segments: Vec<&str> = path.split('/').collect();
        assert!(segments.len() as u64 <= limits.path_depth && segments.iter().all(|s| !["", ".", ".."].contains(s)), "{path:?}");
        assert!(path.bytes().all(|b| (0x20..0x7f).contains(&b) && b != b'\\' && b != b':'), "{path:?}");
    }
}

/// Written in either container, all of it is there again; and written once more it is the same to the byte.
fn written(bytes: &[u8], list: &List, to: Container, limits: &Limits) {
    let through = |bytes: Vec<u8>, limits: &Limits| {
        let spool = Spool::new().expect("a spool");
        convert(Cursor::new(bytes), Cursor::new(Vec::new()), to, limits, spool).map(|c| c.out.into_inner())
    };
    let once = match through(bytes.to_vec(), limits) {
        Ok(once) => once,
        Err(e) => return refused(&e),
    };
    let again = entries(&once, &Limits::default()).expect("what we write is read");
    assert_eq!(again.len(), list.len());
    for (path, body) in list {
        let (_, kept) = again.iter().find(|(p, _)| p == path).expect("every entry is kept");
        assert!(parcours_mbz::container::is_xml(path) || kept == body, "{path} is not what it was");
    }
    assert!(through(once.clone(), &Limits::default()).expect("what we write is read") == once, "written twice, two archives");
}

/// Puts the checksum of every header right, as far as the sizes lead.
fn summed(blocks: &[u8]) -> Vec<u8> {
    let mut out = blocks.to_vec();
    out.resize(out.len().next_multiple_of(512), 0);
    let mut at = 0;
    while let Some(header) = out.get_mut(at..at + 512) {
        if header.iter().all(|b| *b == 0) {
            break;
        }
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let digits = String::from_utf8_lossy(&header[124..136]).trim_matches(['\0', ' ']).to_owned();
        at += 512 + usize::from_str_radix(&digits, 8).unwrap_or(0).min(out.len()).next_multiple_of(512);
    }
    out
}

fn seeds() -> Vec<Vec<u8>> {
    let with = |kind: u8, bytes: &[u8]| [&[kind], bytes].concat();
    let users = b"<users>\n  <user id=\"1\">\n    <username>a</username>\n  </user>\n</users>";
    let plain = || Tar::new().directory("files/").file("users.xml", users).file("files/00/x", b"hello");
    let long = format!("18 path=users.xml\n{}", "20 mtime=1700000000\n");
    let pax =
        Tar::new().pax(&[("path", "course/course.xml"), ("size", "12"), ("mtime", "1.5")]).file("x", b"<c>\n\n  </c>\n").pax(&[("comment", &long)]);
    let index = Tar::bare()
        .file(".ARCHIVE_INDEX", b"Moodle archive file index. Count: 1\nmoodle_backup.xml\tf\t9\t?\n")
        .file("moodle_backup.xml", MANIFEST.as_bytes());
    let zip = || Zip::new().file("users.xml", users).file("files/00/x", b"hello");
    let stored = Zip::new().part("files/00/x", b"hello", |p| (p.method, p.local_method, p.packed) = (0, 0, b"hello".to_vec()));
    let ended = |tar: Tar| tar.raw(&[0; 1024]);
    let ours = |to| {
        let out = convert(Cursor::new(plain().gz()), Cursor::new(Vec::new()), to, &Limits::default(), Spool::new().expect("a spool"));
        out.map(|c| c.out.into_inner()).unwrap_or_default()
    };
    vec![
        with(0, &plain().gz()),
        with(2, &zip().bytes()),
        with(0, &stored.bytes()),
        with(2, &ours(Container::Tgz)),
        with(0, &ours(Container::Zip)),
        with(1, ended(plain()).blocks()),
        with(3, ended(pax).blocks()),
        with(1, ended(index).blocks()),
    ]
}
