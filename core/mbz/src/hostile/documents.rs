//! SECURITY §5 B: XML.

use super::{Case, Tar};
use crate::container::MANIFEST;

const MIB: usize = 1 << 20;

/// The short cases of list B, each as the document at a path: every kind of document is read by one reader, and this shows it.
pub fn documents_at(path: &'static str) -> Vec<Case> {
    let made = move |xml: &[u8]| match path {
        MANIFEST => Tar::bare().file(path, xml).gz(),
        _ => Tar::new().file(path, xml).gz(),
    };
    fixed().into_iter().map(|(name, refusal, xml)| Case::new(format!("{name}, in {path}"), refusal, move || made(xml))).collect()
}

/// The cases of list B, each as the `users.xml` of an archive that is otherwise as it should be.
pub fn documents() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |name: &str, refusal: Option<&'static str>, xml: Box<dyn Fn() -> Vec<u8> + Send + Sync>| {
        cases.push(Case::new(name, refusal, move || Tar::new().file("users.xml", &xml()).gz()));
    };
    for (name, refusal, xml) in fixed() {
        case(name, refusal, Box::new(move || xml.to_vec()));
    }
    let forbidden = Some("forbidden");
    case(
        "B04 billion laughs",
        forbidden,
        Box::new(|| {
            let laughs: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
            format!("<!DOCTYPE u [<!ENTITY l0 \"ha\">{laughs}]><u>&l9;</u>").into_bytes()
        }),
    );
    case(
        "B05 quadratic blow-up",
        forbidden,
        Box::new(|| format!("<!DOCTYPE u [<!ENTITY a \"{}\">]><u>{}</u>", "a".repeat(50_000), "&a;".repeat(50_000)).into_bytes()),
    );
    case(
        "B06 100 000 attributes",
        Some("tag-bytes"),
        Box::new(|| {
            let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"\"")).collect();
            format!("<u{attributes}></u>").into_bytes()
        }),
    );
    case(
        "B06 1000 attributes",
        Some("attributes"),
        Box::new(|| {
            let attributes: String = (0..1000).map(|n| format!(" a{n}=\"\"")).collect();
            format!("<u{attributes}></u>").into_bytes()
        }),
    );
    case(
        "B07 100 000 namespaces",
        Some("tag-bytes"),
        Box::new(|| {
            let attributes: String = (0..100_000).map(|n| format!(" xmlns:a{n}=\"x\"")).collect();
            format!("<u{attributes}></u>").into_bytes()
        }),
    );
    case("B06 a tag that does not end", Some("text-bytes"), Box::new(|| [b"<u ".to_vec(), noise(20 * MIB)].concat()));
    case("B08 a million elements deep", Some("xml-depth"), Box::new(|| b"<a>".repeat(1_000_000)));
    case("B09 a text of 20 MiB", Some("text-bytes"), Box::new(|| [b"<u>".to_vec(), noise(20 * MIB), b"</u>".to_vec()].concat()));
    case(
        "B09 a text of 20 MiB in pieces",
        Some("text-bytes"),
        Box::new(|| {
            let piece = [noise(MIB), b"&lt;<!-- x --><![CDATA[y]]>".to_vec()].concat();
            [b"<u>".to_vec(), piece.repeat(20), b"</u>".to_vec()].concat()
        }),
    );
    case("B19 a comment of 20 MiB", Some("text-bytes"), Box::new(|| [b"<u><!--".to_vec(), noise(20 * MIB), b"--></u>".to_vec()].concat()));
    case("B10 a CDATA section of 20 MiB", Some("text-bytes"), Box::new(|| [b"<u><![CDATA[".to_vec(), noise(20 * MIB), b"]]></u>".to_vec()].concat()));
    case("B12 a reference of 20 MiB", Some("text-bytes"), Box::new(|| [b"<u>&".to_vec(), noise(20 * MIB), b";</u>".to_vec()].concat()));
    case("B20 base64 of 10 MiB", None, Box::new(|| [b"<u><a>".to_vec(), noise(10 * MIB), b"</a></u>".to_vec()].concat()));
    case("B11 UTF-16", forbidden, Box::new(|| "\u{feff}<u></u>".encode_utf16().flat_map(u16::to_le_bytes).collect()));
    cases
}

/// Text that does not compress, so that no ratio is reached before the limit that is meant.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let letters = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        b'a' + (state >> 32) as u8 % 26
    });
    letters.take(bytes).collect()
}

#[rustfmt::skip]
fn fixed() -> Vec<(&'static str, Option<&'static str>, &'static [u8])> {
    let (forbidden, syntax) = (Some("forbidden"), Some("syntax"));
    vec![
        ("B01 an entity from a file", forbidden, b"<!DOCTYPE u [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><u>&x;</u>"),
        ("B02 an entity from the net", forbidden, b"<!DOCTYPE u [<!ENTITY x SYSTEM \"http://127.0.0.1:9/x\">]><u>&x;</u>"),
        ("B03 a parameter entity", forbidden, b"<!DOCTYPE u [<!ENTITY % x SYSTEM \"file:///x\"> %x;]><u></u>"),
        ("B01 a DTD from the net", forbidden, b"<!DOCTYPE u SYSTEM \"http://127.0.0.1:9/x.dtd\"><u></u>"),
        ("B01 an entity of HTML", forbidden, b"<u>&nbsp;</u>"),
        ("B01 an entity in an attribute", forbidden, b"<u a=\"&x;\"></u>"),
        ("B10 CDATA that ends twice", None, b"<u><![CDATA[a]]]]><![CDATA[>b]]></u>"),
        ("B10 CDATA that does not end", syntax, b"<u><![CDATA[a]]</u>"),
        ("B11 bytes that are no UTF-8", forbidden, b"<u>\xff\xfe</u>"),
        ("B11 a surrogate", forbidden, b"<u>\xed\xa0\x80</u>"),
        ("B11 UTF-7 by declaration", forbidden, b"<?xml version=\"1.0\" encoding=\"UTF-7\"?><u>+ADw-x+AD4-</u>"),
        ("B11 Latin 1 by declaration", forbidden, b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><u></u>"),
        ("B11 a byte order mark", None, b"\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?><u></u>"),
        ("B12 character zero", syntax, b"<u>&#0;</u>"),
        ("B12 half a character", syntax, b"<u>&#xD800;</u>"),
        ("B12 a character beyond the last", syntax, b"<u>&#x110000;</u>"),
        ("B12 a zero byte", syntax, b"<u>\0</u>"),
        ("B13 two leaves of one name", None, b"<u><user id=\"1\"><userid>1</userid><userid>2</userid></user></u>"),
        ("B15 odd numbers", None, "<u><a>-1</a><a>1e9</a><a>9223372036854775808</a><a> 7 </a><a>\u{663}</a></u>".as_bytes()),
        ("B16 nothing but nulls", None, b"<u><user id=\"$@NULL@$\"><userid>$@NULL@$</userid></user></u>"),
        ("B17 an instruction", forbidden, b"<u><?php phpinfo(); ?></u>"),
        ("B17 a style sheet", forbidden, b"<?xml version=\"1.0\"?><?xml-stylesheet href=\"http://127.0.0.1:9/\"?><u></u>"),
        ("B17 a second declaration", forbidden, b"<u><?xml version=\"1.0\"?></u>"),
        ("B17 XInclude", None, b"<u xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\" parse=\"text\"></xi:include></u>"),
        ("B18 namespaces", None, b"<m:u xmlns:m=\"urn:x\"><m:user id=\"1\"></m:user></m:u>"),
        ("B19 a comment in a value", None, b"<u><a>1<!-- x -->2</a></u>"),
        ("B08 elements that cross", syntax, b"<u><a><b></a></b></u>"),
        ("B08 an element that does not end", syntax, b"<u><a></a>"),
        ("B08 two roots", syntax, b"<u></u><u></u>"),
        ("B08 text behind the root", syntax, b"<u></u>x"),
        ("B06 an attribute twice", syntax, b"<u a=\"1\" a=\"2\"></u>"),
        ("B06 an attribute without quotes", syntax, b"<u a=1></u>"),
        ("B14 no element at all", syntax, b" \n"),
    ]
}
