//! The activities that are one record: label, page, url, resource, folder.

use super::Columns;

/// Columns after `name`, `intro` and `introformat`, as Moodle 4.5 orders them.
pub fn columns(kind: &str) -> Option<Columns> {
    let columns: Columns = match kind {
        "label" => &[("timemodified", "0")],
        "page" => &[
            ("content", ""),
            ("contentformat", "1"),
            ("legacyfiles", "0"),
            ("legacyfileslast", "null"),
            ("display", "5"),
            ("displayoptions", r#"a:2:{s:10:"printintro";s:1:"0";s:17:"printlastmodified";s:1:"1";}"#),
            ("revision", "1"),
            ("timemodified", "0"),
        ],
        "url" => &[
            ("externalurl", ""),
            ("display", "0"),
            ("displayoptions", r#"a:1:{s:10:"printintro";i:1;}"#),
            ("parameters", "a:0:{}"),
            ("timemodified", "0"),
        ],
        "resource" => &[
            ("tobemigrated", "0"),
            ("legacyfiles", "0"),
            ("legacyfileslast", "null"),
            ("display", "0"),
            ("displayoptions", r#"a:3:{s:10:"printintro";i:1;s:8:"showsize";i:1;s:8:"showtype";i:1;}"#),
            ("filterfiles", "0"),
            ("revision", "1"),
            ("timemodified", "0"),
        ],
        "folder" => {
            &[("revision", "1"), ("timemodified", "0"), ("display", "0"), ("showexpanded", "1"), ("showdownloadfolder", "1"), ("forcedownload", "1")]
        }
        _ => return None,
    };
    Some(columns)
}
