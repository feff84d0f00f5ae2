//! What a module's file says before any of it runs.

use parcours_declare::Declaration;
use wasmparser::{Encoding, Parser, Payload};

use crate::LoadError;
use crate::strings::Strings;

/// The one world of this host.
pub const WORLD: &str = "parcours:activity@0.1.0";
/// What a module exports, and all the host uses of it.
const EXPORT: &str = "parcours:activity/module@0.1.0";
const IMPORTS: [&str; 6] = ["types", "context", "store", "files", "services", "transfer"];

const MANIFEST: &str = "parcours:manifest";
const LANG: &str = "parcours:lang";
const CSS: &str = "parcours:css";

/// A module as it is in its file: what an administrator looks at before granting it anything.
#[derive(Debug)]
pub struct Package {
    pub declaration: Declaration,
    pub strings: Strings,
    /// Style of its pages, not yet checked.
    pub css: Option<String>,
    /// blake3 of the file, in hexadecimal: its identity in logs, backups and the cache.
    pub hash: String,
}

impl Package {
    /// Reads the sections and checks imports and exports by name, without compiling anything.
    ///
    /// # Errors
    /// All of [`LoadError`] but those about compiling.
    pub fn read(bytes: &[u8], limit: usize) -> Result<Package, LoadError> {
        if bytes.len() > limit {
            return Err(LoadError::TooLarge { bytes: bytes.len(), limit });
        }
        let sections = Sections::read(bytes)?;
        let manifest = text(MANIFEST, sections.manifest.ok_or(LoadError::MissingSection(MANIFEST))?)?;
        let declaration = Declaration::parse(manifest)?;
        if declaration.world != WORLD {
            return Err(LoadError::OtherWorld(declaration.world));
        }
        let strings = sections.lang.map_or_else(|| Ok(Strings::default()), Strings::parse);
        let strings = strings.map_err(|why| LoadError::BadSection { section: LANG, why })?;
        let css = sections.css.map(|css| text(CSS, css).map(str::to_owned)).transpose()?;
        Ok(Package { declaration, strings, css, hash: blake3::hash(bytes).to_hex().to_string() })
    }
}

#[derive(Default)]
struct Sections<'a> {
    manifest: Option<&'a [u8]>,
    lang: Option<&'a [u8]>,
    css: Option<&'a [u8]>,
}

impl<'a> Sections<'a> {
    /// One pass over the file. Only what stands at the outermost level counts: components inside have no say in what is imported.
    fn read(bytes: &'a [u8]) -> Result<Sections<'a>, LoadError> {
        let mut sections = Sections::default();
        let (mut depth, mut exported) = (0, false);
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.map_err(not_a_component)? {
                Payload::Version { encoding, .. } if depth == 0 && encoding != Encoding::Component => {
                    return Err(LoadError::NotAComponent("it is a core module".into()));
                }
                Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
                Payload::End(_) => depth -= 1,
                Payload::ComponentImportSection(imports) if depth == 0 => {
                    for import in imports {
                        allowed(import.map_err(not_a_component)?.name.name)?;
                    }
                }
                Payload::ComponentExportSection(exports) if depth == 0 => {
                    for export in exports {
                        exported |= export.map_err(not_a_component)?.name.name == EXPORT;
                    }
                }
                Payload::CustomSection(section) if depth == 0 => sections.keep(section.name(), section.data())?,
                _ => {}
            }
        }
        if exported { Ok(sections) } else { Err(LoadError::MissingExport(EXPORT)) }
    }

    fn keep(&mut self, name: &str, data: &'a [u8]) -> Result<(), LoadError> {
        let (place, name) = match name {
            MANIFEST => (&mut self.manifest, MANIFEST),
            LANG => (&mut self.lang, LANG),
            CSS => (&mut self.css, CSS),
            _ => return Ok(()),
        };
        if place.replace(data).is_some() { Err(LoadError::RepeatedSection(name)) } else { Ok(()) }
    }
}

/// The whole of what a module may ask for. There is no WASI.
fn allowed(import: &str) -> Result<(), LoadError> {
    let interface = import.strip_prefix("parcours:activity/").and_then(|rest| rest.strip_suffix("@0.1.0"));
    if interface.is_some_and(|name| IMPORTS.contains(&name)) {
        return Ok(());
    }
    Err(LoadError::ForbiddenImport(import.to_owned()))
}

fn text<'a>(section: &'static str, bytes: &'a [u8]) -> Result<&'a str, LoadError> {
    std::str::from_utf8(bytes).map_err(|e| LoadError::BadSection { section, why: e.to_string() })
}

fn not_a_component(error: wasmparser::BinaryReaderError) -> LoadError {
    LoadError::NotAComponent(error.to_string())
}
