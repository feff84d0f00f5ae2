//! The versions, and what they call things.

/// A version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Version {
    /// 1.1, which nearly every platform reads.
    #[default]
    V11,
    V12,
    V13,
    /// Links only, 1.2.
    Thin12,
    /// Links only, 1.3.
    Thin13,
}

impl Version {
    pub const ALL: [Version; 5] = [Version::V11, Version::V12, Version::V13, Version::Thin12, Version::Thin13];

    /// Whether it holds links only.
    pub fn is_thin(self) -> bool {
        matches!(self, Version::Thin12 | Version::Thin13)
    }

    /// As people write it, and as arguments name it: `1.1`, `thin-1.3`.
    pub fn name(self) -> &'static str {
        match self {
            Version::V11 => "1.1",
            Version::V12 => "1.2",
            Version::V13 => "1.3",
            Version::Thin12 => "thin-1.2",
            Version::Thin13 => "thin-1.3",
        }
    }

    /// As names of namespaces and types have it.
    fn short(self) -> &'static str {
        match self {
            Version::V11 => "1p1",
            Version::V12 | Version::Thin12 => "1p2",
            Version::V13 | Version::Thin13 => "1p3",
        }
    }

    pub(super) fn schema(self) -> &'static str {
        if self.is_thin() { "IMS Thin Common Cartridge" } else { "IMS Common Cartridge" }
    }

    pub(super) fn schemaversion(self) -> &'static str {
        match self {
            Version::V11 => "1.1.0",
            Version::V12 | Version::Thin12 => "1.2.0",
            Version::V13 | Version::Thin13 => "1.3.0",
        }
    }

    /// Namespace of the manifest.
    pub(super) fn manifest(self) -> String {
        format!("http://www.imsglobal.org/xsd/imsccv{}/imscp_v1p1", self.short())
    }

    /// Namespace of the metadata of the `manifest` or of a `resource`.
    pub(super) fn metadata(self, of: &str) -> String {
        format!("http://ltsc.ieee.org/xsd/imsccv{}/LOM/{of}", self.short())
    }

    /// Namespace of a web link (`wl`) or discussion topic (`dt`).
    pub(super) fn descriptor(self, of: &str) -> String {
        format!("http://www.imsglobal.org/xsd/imsccv{v}/ims{of}_v{v}", v = self.short())
    }

    /// Type of the resource of one.
    pub(super) fn kind(self, of: &str) -> String {
        format!("ims{of}_xmlv{}", self.short())
    }

    /// Type of an `assessment` or a `question-bank`.
    pub(super) fn qti(self, of: &str) -> String {
        format!("imsqti_xmlv1p2/imscc_xmlv{}/{of}", self.short())
    }

    fn lti(self) -> &'static str {
        if self.short() == "1p3" { "1p3" } else { "1p0" }
    }

    pub(super) fn lti_kind(self) -> String {
        format!("imsbasiclti_xmlv{}", self.lti())
    }

    pub(super) fn lti_namespace(self) -> String {
        format!("http://www.imsglobal.org/xsd/imslticc_v{}", self.lti())
    }

    /// By what a manifest says of itself: the schema version, or where there is none the namespace.
    pub(super) fn of(schema: &str, schemaversion: &str, namespace: &str) -> Option<Version> {
        let thin = schema.to_ascii_lowercase().contains("thin");
        let number = match schemaversion.trim() {
            v if v.starts_with("1.3") => 3,
            v if v.starts_with("1.2") => 2,
            v if v.starts_with("1.1") || v.starts_with("1.0") => 1,
            _ if namespace.contains("imsccv1p3") => 3,
            _ if namespace.contains("imsccv1p2") => 2,
            _ if namespace.contains("imsccv1p1") || namespace.contains("imscc_v1p") => 1,
            _ => return None,
        };
        Some(match (number, thin) {
            (3, true) => Version::Thin13,
            (_, true) => Version::Thin12,
            (3, false) => Version::V13,
            (2, false) => Version::V12,
            _ => Version::V11,
        })
    }
}

impl std::str::FromStr for Version {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let thin = Some(Version::Thin13).filter(|_| name == "thin");
        let all = || Version::ALL.iter().map(|v| v.name()).collect::<Vec<_>>().join(", ");
        Version::ALL.into_iter().find(|v| v.name() == name).or(thin).ok_or_else(|| format!("the versions are {}", all()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_is_known_again_by_its_version_or_by_its_namespace() {
        for v in Version::ALL {
            assert_eq!(Version::of(v.schema(), v.schemaversion(), ""), Some(v));
            assert_eq!(Version::of(v.schema(), "", &v.manifest()), Some(v));
            assert_eq!(v.name().parse(), Ok(v));
        }
        assert_eq!(Version::of("ADL SCORM", "2004 4th Edition", "http://www.imsglobal.org/xsd/imscp_v1p1"), None);
        assert!("2.0".parse::<Version>().is_err());
    }
}
