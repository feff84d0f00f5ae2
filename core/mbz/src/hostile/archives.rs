//! SECURITY §5 A: the container.

use super::tar::dense;
use super::{Case, MANIFEST, Tar, Zip, gzip};
use tar::EntryType;

const MIB: usize = 1 << 20;

/// The cases of list A. Some unpack to gigabytes; none takes more than a few megabytes to make.
pub fn archives() -> Vec<Case> {
    let mut cases = bombs();
    cases.extend(tars());
    cases.extend(zips());
    cases.extend(paths());
    cases.extend(kinds());
    cases
}

fn bombs() -> Vec<Case> {
    vec![
        Case::new("A01 3 GiB of zeros in two entries", "total-ratio", || {
            let mut out = gzip(Tar::new().blocks());
            for name in ["files/00/a", "files/00/b"] {
                out.extend(gzip(Tar::bare().entry(name.as_bytes(), EntryType::Regular, b"", |h| h.set_size(1536 << 20)).blocks()));
                out.extend(gzip(&vec![0; MIB]).repeat(1536));
            }
            out.extend(gzip(&[0; 1024]));
            out
        }),
        Case::new("A02 an XML entry of 100 MiB of empty elements", "xml-ratio", || {
            let head = Tar::new().entry(b"users.xml", EntryType::Regular, b"", |h| h.set_size((MIB as u64 + 7) * 100)).raw(b"<u>\n   ");
            let mut out = gzip(head.blocks());
            out.extend(dense(&b"<a></a>\n".repeat(MIB / 8)).repeat(100));
            out
        }),
        Case::new("A03 a zip entry of 1000:1", "xml-ratio", || {
            Zip::new().file("users.xml", &[b"<u>".to_vec(), b"<a></a>\n".repeat(8 * MIB)].concat()).bytes()
        }),
        Case::new("A04 overlapping zip entries", "contradiction", || {
            let zip = Zip::new().file("files/00/a", &vec![0; MIB]);
            let at = Zip::new().bytes().windows(4).position(|w| w == b"PK\x01\x02").unwrap_or(0) as u32;
            zip.part("files/00/b", &vec![0; MIB], |p| p.offset = Some(at)).bytes()
        }),
        Case::new("A05 a backup in a backup in a backup", None, || {
            (0..16).fold(Tar::new().gz(), |inner, _| Tar::new().file("files/00/inner.mbz", &inner).gz())
        }),
        Case::new("A07 10 000 empty gzip members", None, || {
            let mut out = gzip(b"").repeat(10_000);
            out.extend(Tar::new().gz());
            out
        }),
        Case::new("A08 300 000 empty entries", "entries", || {
            let mut out = gzip(Tar::new().blocks());
            let directory = Tar::bare().directory("a/");
            out.extend(gzip(&directory.blocks().repeat(1000)).repeat(300));
            out
        }),
        Case::new("A08 300 000 entries in the directory of a zip", "entries", || {
            Zip::new().with_end(|end| {
                end.splice(8..12, [0xff; 4]);
                // A zip64 end record and its locator in front of the plain one.
                let directory = Zip::new().bytes();
                let at = directory.windows(4).position(|w| w == b"PK\x01\x02").unwrap_or(0) as u64;
                let bytes = (directory.len() - 22) as u64 - at;
                let mut end64 = b"PK\x06\x06".to_vec();
                end64.extend(44u64.to_le_bytes());
                end64.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
                [300_000, 300_000, bytes, at].iter().for_each(|n: &u64| end64.extend(n.to_le_bytes()));
                end64.extend(b"PK\x06\x07\0\0\0\0");
                end64.extend((at + bytes).to_le_bytes());
                end64.extend(1u32.to_le_bytes());
                end.splice(0..0, end64);
            })
        }),
        Case::new("A09 a zip entry declared shorter than it is", "damaged", || {
            Zip::new()
                .part("files/00/a", &vec![7; MIB], |p| {
                    (p.size, p.local_size) = (1, 1);
                })
                .bytes()
        }),
        Case::new("A10 a tar entry of 16 EiB", "entry-bytes", || {
            Tar::new().entry(b"files/00/a", EntryType::Regular, b"", |h| h.set_size(u64::MAX >> 1)).gz()
        }),
        Case::new("A10 a zip entry of 4 GiB", "entry-bytes", || {
            Zip::new()
                .part("files/00/a", b"x", |p| {
                    (p.size, p.local_size) = (u32::MAX - 1, u32::MAX - 1);
                })
                .bytes()
        }),
        Case::new("A16 a GNU long name of 100 MiB", "header-bytes", || {
            Tar::new().entry(b"././@LongLink", EntryType::GNULongName, b"", |h| h.set_size(100 << 20)).raw(&vec![b'a'; MIB]).gz()
        }),
        Case::new("A40 100 000 tiny files", None, || {
            let mut tar = Tar::new();
            for n in 0..100_000 {
                tar = tar.file(&format!("activities/page_{n}/page.xml"), b"<activity></activity>");
            }
            tar.gz()
        }),
    ]
}

fn tars() -> Vec<Case> {
    let twice = |a: &[(&'static str, &'static str)]| a.to_vec();
    let pax = |name: &'static str, refusal: &'static str, records: Vec<(&'static str, &'static str)>| {
        Case::new(name, refusal, move || Tar::new().pax(&records).file("users.xml", b"<users></users>").gz())
    };
    vec![
        Case::new("A12 wrong checksum of a gzip", "damaged", || {
            let mut gz = Tar::new().gz();
            let at = gz.len() - 8;
            gz.iter_mut().skip(at).take(1).for_each(|b| *b ^= 1);
            gz
        }),
        Case::new("A13 wrong checksum of a tar header", "damaged", || {
            let good = Tar::bare().file("users.xml", b"").blocks().to_vec();
            Tar::new().raw(&good.iter().enumerate().map(|(at, b)| if at == 3 { b ^ 1 } else { *b }).collect::<Vec<_>>()).gz()
        }),
        Case::new("A13 a tar that ends without its marker", "truncated", || gzip(Tar::new().blocks())),
        Case::new("A13 a second archive behind the first", "contradiction", || {
            let mut tar = Tar::new().raw(&[0; 1024]);
            tar = tar.raw(Tar::new().file("users.xml", b"<users></users>").blocks());
            tar.gz()
        }),
        pax("A15 a pax size above that of the header", "contradiction", twice(&[("size", "512")])),
        pax("A15 a pax size below that of the header", "contradiction", twice(&[("size", "1")])),
        pax("A15 two pax sizes", "contradiction", twice(&[("size", "15"), ("size", "15")])),
        pax("A15 two pax paths", "contradiction", twice(&[("path", "users.xml"), ("path", "roles.xml")])),
        pax("A17 a pax path that leads out", "bad-path", twice(&[("path", "../../etc/x")])),
        pax("A18 a negative pax size", "damaged", twice(&[("size", "-1")])),
        pax("A18 a pax size with a sign", "damaged", twice(&[("size", "+15")])),
        pax("A18 a pax size that is no number", "damaged", twice(&[("size", "x")])),
        pax("A18 a pax size over 64 bits", "damaged", twice(&[("size", "18446744073709551616")])),
        pax("A18 a sparse file by pax", "not-a-file", twice(&[("GNU.sparse.major", "1")])),
        Case::new("A18 two pax headers for one entry", "contradiction", || {
            Tar::new().pax(&[("mtime", "1")]).pax(&[("mtime", "2")]).file("users.xml", b"").gz()
        }),
        Case::new("A18 a pax header that is none", "damaged", || {
            Tar::new().entry(b"x", EntryType::XHeader, b"99 a=b\n", |_| {}).file("users.xml", b"").gz()
        }),
        Case::new("A18 a pax header for all entries with a name", "contradiction", || {
            Tar::new().entry(b"x", EntryType::XGlobalHeader, b"18 path=users.xml\n", |_| {}).gz()
        }),
        Case::new("A18 a pax header that says what the header says", None, || {
            Tar::new()
                .pax(&[("path", "./users.xml"), ("size", "15"), ("mtime", "1700000000.5"), ("SCHILY.dev", "1")])
                .file("x", b"<users></users>")
                .gz()
        }),
        Case::new("A36 an index that lies", None, || {
            Tar::bare()
                .file(".ARCHIVE_INDEX", b"Moodle archive file index. Count: 9\n../../etc/passwd\tf\t99\t0\n")
                .file("moodle_backup.xml", MANIFEST.as_bytes())
                .gz()
        }),
        Case::new("A37 a content that is not what its name says", None, || Tar::new().file(&format!("files/ab/ab{}", "0".repeat(38)), b"x").gz()),
        Case::new("A38 a list with a content that is not there", None, || {
            Tar::new().file("files.xml", format!("<files><file><contenthash>ab{}</contenthash></file></files>", "0".repeat(38)).as_bytes()).gz()
        }),
        Case::new("A39 no manifest", "no-manifest", || Tar::bare().file("users.xml", b"<users></users>").gz()),
        Case::new("A39 a manifest in a folder", "no-manifest", || Tar::bare().file("backup/moodle_backup.xml", MANIFEST.as_bytes()).gz()),
        Case::new("A39 two manifests", "duplicate", || Tar::new().file("./moodle_backup.xml", MANIFEST.as_bytes()).gz()),
        Case::new("A39 a manifest at the end", None, || {
            Tar::bare().file("users.xml", b"<users></users>").file("moodle_backup.xml", MANIFEST.as_bytes()).gz()
        }),
        Case::new("A39 a manifest without content", "empty-manifest", || Tar::bare().file("moodle_backup.xml", b"").gz()),
        Case::new("C04 a Moodle 1.9 backup", "moodle-1", || Zip::default().file("moodle.xml", b"<MOODLE_BACKUP></MOODLE_BACKUP>").bytes()),
        Case::new("C04 a Common Cartridge", "common-cartridge", || Zip::default().file("imsmanifest.xml", b"<manifest></manifest>").bytes()),
    ]
}

fn zips() -> Vec<Case> {
    let part = |name: &str, refusal: &'static str, change: fn(&mut super::Part)| {
        Case::new(name, refusal, move || Zip::new().part("users.xml", b"<users></users>", change).bytes())
    };
    vec![
        part("A12 wrong checksum of a zip entry", "damaged", |p| p.crc ^= 1),
        part("A14 another name in the local header", "contradiction", |p| p.local = b"roles.xml".to_vec()),
        part("A14 another size in the local header", "contradiction", |p| p.local_size = 1),
        part("A14 another method in the local header", "contradiction", |p| p.local_method = 0),
        part("A34 an encrypted entry", "encrypted", |p| p.flags |= 1),
        part("A34 bzip2", "method", |p| (p.method, p.local_method) = (12, 12)),
        part("A34 lzma", "method", |p| (p.method, p.local_method) = (14, 14)),
        part("A34 zstd", "method", |p| (p.method, p.local_method) = (93, 93)),
        part("A34 deflate64", "method", |p| (p.method, p.local_method) = (9, 9)),
        part("A20 a symbolic link in a zip", "not-a-file", |p| p.mode = 0o120_777),
        part("A24 a device in a zip", "not-a-file", |p| p.mode = 0o020_644),
        Case::new("A19 a second end record in the comment", "contradiction", || {
            let zip = Zip::new().bytes();
            let mut both = Zip::new().with_end(|end| {
                let length = (zip.len() as u16).to_le_bytes();
                end.splice(20..22, length);
            });
            both.extend(zip);
            both
        }),
        Case::new("A19 bytes before the zip", "not-an-archive", || [b"MZ-a-program".to_vec(), Zip::new().bytes()].concat()),
        Case::new("A19 a zip before the zip", "contradiction", || {
            let first = Zip::new().file("users.xml", b"<users></users>").bytes();
            [first.get(..first.len() - 22).unwrap_or_default().to_vec(), Zip::new().bytes()].concat()
        }),
        Case::new("A19 bytes after the zip", "contradiction", || [Zip::new().bytes(), b"tail".to_vec()].concat()),
        Case::new("A34 one part of several", "damaged", || Zip::new().with_end(|end| end.iter_mut().skip(4).take(1).for_each(|b| *b = 1))),
        Case::new("A14 two numbers of entries", "contradiction", || Zip::new().with_end(|end| end.iter_mut().skip(8).take(1).for_each(|b| *b = 9))),
        Case::new("A30 a name twice in a zip", "duplicate", || Zip::new().file("users.xml", b"<a></a>").file("users.xml", b"<b></b>").bytes()),
        Case::new("A31 names that differ in case in a zip", "duplicate", || {
            Zip::new().file("users.xml", b"<a></a>").file("Users.xml", b"<b></b>").bytes()
        }),
        Case::new("A25 an absolute path in a zip", "bad-path", || Zip::new().file("/etc/passwd", b"").bytes()),
        Case::new("A26 a zip that slips", "bad-path", || Zip::new().file("files/../../../etc/x", b"").bytes()),
        Case::new("A27 a backslash in a zip", "bad-path", || Zip::new().file("..\\x", b"").bytes()),
        Case::new("A28 a zero in a zip name", "bad-path", || Zip::new().file("users.xml\0.txt", b"").bytes()),
    ]
}

fn paths() -> Vec<Case> {
    let path = |name: &str, refusal: &'static str, path: &'static [u8]| {
        Case::new(name, refusal, move || Tar::new().entry(path, EntryType::Regular, b"", |_| {}).gz())
    };
    vec![
        path("A25 an absolute path", "bad-path", b"/etc/passwd"),
        path("A26 a path upwards", "bad-path", b"files/../../x"),
        path("A26 only upwards", "bad-path", b".."),
        path("A27 a path upwards with backslashes", "bad-path", b"..\\..\\x"),
        path("A27 a drive", "bad-path", b"C:/x"),
        path("A28 a zero in the name", "bad-path", b"users.xml\0.jpg"),
        path("A29 overlong UTF-8", "bad-path", b"\xc0\xae\xc0\xae/x"),
        path("A29 a decomposed letter", "bad-path", "cafe\u{301}.xml".as_bytes()),
        path("A29 text that runs backwards", "bad-path", "users\u{202e}lmx.xml".as_bytes()),
        path("A29 a dot at the end", "bad-path", b"users.xml."),
        path("A29 a space at the end", "bad-path", b"users.xml "),
        path("A29 a line feed", "bad-path", b"users\n.xml"),
        path("A30 a name twice", "duplicate", b"./moodle_backup.xml"),
        path("A31 a name twice but for its case", "duplicate", b"Moodle_Backup.XML"),
        Case::new("A33 a path of 10 000 folders", "path-bytes", || {
            let long = "a/".repeat(10_000);
            Tar::new().entry(b"././@LongLink", EntryType::GNULongName, long.as_bytes(), |_| {}).file("a", b"").gz()
        }),
        path("A33 a path of 40 folders", "path-depth", b"a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/x"),
    ]
}

fn kinds() -> Vec<Case> {
    let link =
        |name: &str, kind: EntryType, target: &'static str| Case::new(name, "not-a-file", move || Tar::new().link("files/00/a", kind, target).gz());
    let file = |name: &str, bytes: &'static [u8]| Case::new(name, "not-an-archive", move || bytes.to_vec());
    vec![
        link("A20 a symbolic link", EntryType::Symlink, "/etc/passwd"),
        link("A22 a hard link", EntryType::Link, "/etc/passwd"),
        link("A22 a hard link to an entry", EntryType::Link, "moodle_backup.xml"),
        link("A24 a character device", EntryType::Char, ""),
        link("A24 a block device", EntryType::Block, ""),
        link("A24 a pipe", EntryType::Fifo, ""),
        link("A24 a sparse file", EntryType::GNUSparse, ""),
        link("A24 a type there is not", EntryType::new(b'Z'), ""),
        Case::new("A21 a file through a link", "not-a-file", || Tar::new().link("files", EntryType::Symlink, "/tmp").file("files/x", b"").gz()),
        Case::new("A23 a folder with content", "contradiction", || Tar::new().entry(b"files/", EntryType::Directory, b"x", |_| {}).gz()),
        Case::new("A22 the index as a link to itself", None, || {
            Tar::new().file(".ARCHIVE_INDEX", b"").link("./.ARCHIVE_INDEX", EntryType::Link, ".ARCHIVE_INDEX").gz()
        }),
        Case::new("A22 the index as a link to something else", "not-a-file", || Tar::new().link(".ARCHIVE_INDEX", EntryType::Link, "users.xml").gz()),
        Case::new("A32 a setuid file", None, || Tar::new().entry(b"files/00/a", EntryType::Regular, b"x", |h| h.set_mode(0o6777)).gz()),
        file("A35 nothing", b""),
        file("A35 7-Zip", b"7z\xbc\xaf\x27\x1c\0\x04"),
        file("A35 RAR", b"Rar!\x1a\x07\x01\0"),
        file("A35 xz", b"\xfd7zXZ\0\0\x04"),
        file("A35 a web page", b"<!DOCTYPE html><title>Log in</title>"),
        file("A35 a program", b"\x7fELF\x02\x01\x01\0"),
        file("A35 a plain tar", b"moodle_backup.xml\0\0\0"),
        Case::new("A35 gzip of a web page", "not-an-archive", || gzip(&b"<!DOCTYPE html>".repeat(100))),
        Case::new("A35 a tar.gz that is a zip from behind", "damaged", || [Tar::new().gz(), Zip::new().bytes()].concat()),
        Case::new("A35 what packing programs leave behind", None, || {
            Tar::new()
                .directory("./")
                .file("._users.xml", b"\0\x05\x16\x07")
                .file("PaxHeaders/users.xml", b"x")
                .file("__MACOSX/._a", b"x")
                .file("course/.DS_Store", b"x")
                .gz()
        }),
    ]
}
