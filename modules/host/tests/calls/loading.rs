//! Modules at the door.

use parcours_host::{Host, Limits, LoadError, Pool, Settings};

use crate::abilities::noting;
use crate::guest::{Guest, MANIFEST, append};
use crate::{host, request};

fn refused(bytes: &[u8]) -> LoadError {
    match host().load(bytes) {
        Ok(_) => panic!("loaded"),
        Err(error) => error,
    }
}

#[test]
fn a_module_tells_what_it_is_before_it_runs() {
    let bytes = Guest::showing("").module();
    let package = host().inspect(&bytes).unwrap();
    assert_eq!(package.declaration.name, "probe");
    assert_eq!(package.strings.languages(), ["en", "fr"]);
    assert_eq!(package.hash, blake3_of(&bytes));
}

fn blake3_of(bytes: &[u8]) -> String {
    host().load(bytes).unwrap().hash().to_owned()
}

#[test]
fn only_the_interface_may_be_imported() {
    for import in
        ["wasi:cli/environment@0.2.0", "parcours:activity/raw-sql@0.1.0", "parcours:activity/store@0.9.0", "parcours:activity/store@0.1.0x", "env"]
    {
        let component = wat::parse_str(format!("(component (import \"{import}\" (instance)))")).unwrap();
        let error = refused(&component);
        assert!(matches!(&error, LoadError::ForbiddenImport(name) if name == import), "{error}");
    }
}

#[test]
fn a_function_the_interface_does_not_have_is_refused() {
    let mut component = wat::parse_str(
        "(component (import \"parcours:activity/store@0.1.0\" (instance (export \"raw-sql\" (func (param \"q\" string)))))
           (component $c) (instance $i (instantiate $c)) (export \"parcours:activity/module@0.1.0\" (instance $i)))",
    )
    .unwrap();
    append(&mut component, "parcours:manifest", MANIFEST);
    assert!(matches!(refused(&component), LoadError::DoesNotFit(_)));
}

#[test]
fn what_is_not_a_module_is_refused_with_the_reason() {
    assert!(matches!(refused(b"not wasm"), LoadError::NotAComponent(_)));
    assert!(matches!(refused(&wat::parse_str("(module)").unwrap()), LoadError::NotAComponent(_)));
    assert!(matches!(refused(&wat::parse_str("(component)").unwrap()), LoadError::MissingExport(_)));
    let guest = Guest::showing("");
    let mut module = guest.component();
    assert!(matches!(refused(&module), LoadError::MissingSection("parcours:manifest")));
    append(&mut module, "parcours:manifest", &MANIFEST.replace("@0.1.0", "@0.7.0"));
    assert!(matches!(refused(&module), LoadError::OtherWorld(world) if world == "parcours:activity@0.7.0"));
    append(&mut module, "parcours:manifest", MANIFEST);
    assert!(matches!(refused(&module), LoadError::RepeatedSection("parcours:manifest")));
    let mut module = guest.component();
    append(&mut module, "parcours:manifest", "{}");
    assert!(matches!(refused(&module), LoadError::Declaration(_)));
    let mut module = guest.module();
    module.truncate(module.len() - 3);
    assert!(matches!(refused(&module), LoadError::NotAComponent(_)));
}

#[test]
fn a_module_that_is_too_large_is_not_even_read() {
    let host = Host::new(Settings { module_bytes: 1_000, pool: Pool { instances: 1, ..Pool::default() }, cache: None }).unwrap();
    assert!(matches!(host.load(&vec![0; 1_001]), Err(LoadError::TooLarge { bytes: 1_001, limit: 1_000 })));
}

#[test]
fn a_module_is_compiled_once_and_a_damaged_cache_is_compiled_again() {
    let dir = tempfile::tempdir().unwrap();
    let settings = Settings { cache: Some(dir.path().join("compiled")), pool: Pool { instances: 2, ..Pool::default() }, ..Settings::default() };
    let bytes = Guest::showing("<p>cached</p>").module();
    let works = |host: &Host| host.load(&bytes).unwrap().view(noting().1, &request(), &Limits::default()).result.is_ok();
    assert!(works(&Host::new(settings.clone()).unwrap()));
    let files = || {
        let module = std::fs::read_dir(dir.path().join("compiled")).unwrap().next().unwrap().unwrap().path();
        let mut files: Vec<_> = std::fs::read_dir(module).unwrap().map(|f| f.unwrap().path()).collect();
        files.sort();
        files
    };
    let (hash, code) = (files()[0].clone(), files()[1].clone());
    assert_eq!(files().len(), 2);
    let made = std::fs::metadata(&code).unwrap().modified().unwrap();
    assert!(works(&Host::new(settings.clone()).unwrap()));
    assert_eq!(std::fs::metadata(&code).unwrap().modified().unwrap(), made, "compiled a second time");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&code).unwrap()) & 0o777, 0o600);

    let mut damaged = std::fs::read(&code).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    std::fs::write(&code, &damaged).unwrap();
    assert!(works(&Host::new(settings.clone()).unwrap()));
    assert_ne!(std::fs::read(&code).unwrap(), damaged);
    std::fs::remove_file(hash).unwrap();
    assert!(works(&Host::new(settings).unwrap()));
}
