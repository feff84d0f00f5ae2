//! A guest in WebAssembly text: every function of the world traps unless it is given a body.
//!
//! Memory: 256 what the host answers a call, 512 what a function answers, 1024 texts, 65536 what the host puts in.

use std::borrow::Cow;
use std::fmt::Write;

use wasm_encoder::{ComponentSection, CustomSection, Encode};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// Name and parameters of the functions of the world.
const FUNCTIONS: [(&str, &str); 10] = [
    ("describe", ""),
    ("view", "i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32"),
    ("act", "i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32"),
    ("configure", "i32 i32 i32"),
    ("reset", "i32 i32"),
    ("task", "i32 i32 i32 i32"),
    ("on-event", "i32 i32 i32 i64 i32 i64 i32 i32"),
    ("backup", "i32 i32"),
    ("restore", "i32 i32"),
    ("upgrade", "i32"),
];

pub const MANIFEST: &str = r#"{"format":1,"name":"probe","version":1,"release":"1","world":"parcours:activity@0.1.0","license":"MIT",
    "title":{"en":"Probe"},"tables":{"instance":{"columns":{"name":{"kind":"text"}}}}}"#;
const LANG: &str = r#"{"en":{"hi":"Hello {name}"},"fr":{"hi":"Bonjour {name}"}}"#;

/// Answers the page whose HTML lies at `ptr`, `len` (WebAssembly expressions).
pub fn page_at(ptr: &str, len: &str) -> String {
    format!(
        "(i32.store8 (i32.const 512) (i32.const 0)) (i32.store8 (i32.const 520) (i32.const 1))
         (i64.store (i32.const 528) (i64.const 0)) (i32.store (i32.const 536) {ptr}) (i32.store (i32.const 540) {len})
         (i64.store (i32.const 544) (i64.const 0)) (i32.store16 (i32.const 552) (i32.const 200)) (i32.store (i32.const 556) (i32.const 0))
         (i32.const 512)"
    )
}

#[derive(Default)]
pub struct Guest {
    imports: String,
    bodies: Vec<(&'static str, String)>,
    more: String,
    texts: String,
}

impl Guest {
    /// A guest whose `view` runs `body` and then answers an empty page.
    pub fn viewing(body: &str) -> Guest {
        Guest::default().body("view", &format!("{body} {}", page_at("(i32.const 0)", "(i32.const 0)")))
    }

    /// A guest whose `view` answers this page.
    pub fn showing(html: &str) -> Guest {
        let mut guest = Guest::default();
        let (ptr, len) = guest.text(html);
        guest.body("view", &page_at(&ptr, &len))
    }

    /// Gives a function of the world a body, which leaves the address of its answer.
    pub fn body(mut self, function: &'static str, body: &str) -> Guest {
        self.bodies.push((function, body.to_owned()));
        self
    }

    /// Imports a function of the host as `$name`.
    pub fn import(mut self, interface: &str, function: &str, name: &str, signature: &str) -> Guest {
        writeln!(self.imports, "(import \"parcours:activity/{interface}@0.1.0\" \"{function}\" (func ${name} {signature}))").unwrap();
        self
    }

    /// Anything else at the outermost level.
    pub fn with(mut self, text: &str) -> Guest {
        self.more.push_str(text);
        self
    }

    /// Puts a text into memory; gives the expressions of its address and length.
    pub fn text(&mut self, text: &str) -> (String, String) {
        let at = 1024 + self.texts.len();
        self.texts.push_str(text);
        (format!("(i32.const {at})"), format!("(i32.const {})", text.len()))
    }

    pub fn component(&self) -> Vec<u8> {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path("../wit/0.1.0").unwrap();
        let world = resolve.select_world(&[package], Some("activity")).unwrap();
        let mut core = wat::parse_str(self.core()).unwrap();
        embed_component_metadata(&mut core, &resolve, world, StringEncoding::UTF8, true).unwrap();
        ComponentEncoder::default().validate(true).module(&core).unwrap().encode().unwrap()
    }

    pub fn module(&self) -> Vec<u8> {
        let mut module = self.component();
        append(&mut module, "parcours:manifest", MANIFEST);
        append(&mut module, "parcours:lang", LANG);
        module
    }

    fn core(&self) -> String {
        let mut functions = String::new();
        for (name, params) in FUNCTIONS {
            let body = self.bodies.iter().find(|(f, _)| *f == name).map_or("unreachable", |(_, body)| body);
            writeln!(
                functions,
                "(func (export \"parcours:activity/module@0.1.0#{name}\") (param {params}) (result i32) (local $i i32) (local $p i32) {body})"
            )
            .unwrap();
        }
        let texts: String = self.texts.bytes().map(|b| format!("\\{b:02x}")).collect();
        format!(
            "(module {} (memory (export \"memory\") 4) (global $heap (mut i32) (i32.const 65536)) (data (i32.const 1024) \"{texts}\")
             (func (export \"cabi_realloc\") (param i32 i32 i32 i32) (result i32)
               (global.set $heap (i32.and (i32.add (global.get $heap) (i32.const 7)) (i32.const -8)))
               (global.get $heap) (global.set $heap (i32.add (global.get $heap) (local.get 3))))
             {} {functions})",
            self.imports, self.more
        )
    }
}

pub fn append(module: &mut Vec<u8>, name: &str, data: &str) {
    let section = CustomSection { name: Cow::Borrowed(name), data: Cow::Borrowed(data.as_bytes()) };
    module.push(ComponentSection::id(&section));
    section.encode(module);
}
