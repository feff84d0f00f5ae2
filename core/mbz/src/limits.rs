//! How much of anything an archive may hold.

use std::fmt;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

/// The bounds within which an archive is read (SECURITY §4). Reaching one ends the reading with [`Error::Limit`](crate::Error::Limit),
/// which names it; nothing is ever cut short in silence.
///
/// The defaults take every backup a Moodle of ordinary size writes. Raise single fields for a trusted source:
///
/// ```
/// let limits = parcours_mbz::Limits { total_bytes: 40 << 30, ..Default::default() };
/// # assert!(limits.total_bytes > parcours_mbz::Limits::default().total_bytes);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of the archive file itself, in bytes.
    pub archive_bytes: u64,
    /// Sum of all entries, unpacked, in bytes.
    pub total_bytes: u64,
    /// Sum of all entries, unpacked, as a multiple of the archive file's size. Not looked at below [`total_ratio_from`](Self::total_ratio_from):
    /// a backup without files is nearly all XML and shrinks more than tenfold.
    pub total_ratio: u64,
    /// Bytes unpacked in all before [`total_ratio`](Self::total_ratio) counts.
    pub total_ratio_from: u64,
    /// Number of entries, directories included.
    pub entries: u64,
    /// One entry, unpacked, in bytes.
    pub entry_bytes: u64,
    /// One XML entry, unpacked, in bytes.
    pub xml_bytes: u64,
    /// Unpacked size of one XML entry as a multiple of its packed size.
    pub xml_ratio: u64,
    /// Unpacked size of any other entry as a multiple of its packed size. DEFLATE cannot do better than 1032:1.
    pub content_ratio: u64,
    /// Bytes unpacked of one entry before its ratio counts.
    pub ratio_from: u64,
    /// Path of an entry, in bytes.
    pub path_bytes: u64,
    /// Segments in the path of an entry.
    pub path_depth: u64,
    /// One pax or GNU extension header of a tar, in bytes.
    pub header_bytes: u64,
    /// Central directory of a zip, in bytes.
    pub directory_bytes: u64,
    /// Nesting of elements.
    pub xml_depth: u64,
    /// One tag, from `<` to `>`, in bytes.
    pub tag_bytes: u64,
    /// Attributes of one tag.
    pub attributes: u64,
    /// Text of one leaf, in bytes.
    pub text_bytes: u64,
    /// Records that stand open inside each other and their leaves, in bytes: what a reader of records holds in memory.
    pub record_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            archive_bytes: 8 * GIB,
            total_bytes: 20 * GIB,
            total_ratio: 10,
            total_ratio_from: GIB,
            entries: 200_000,
            entry_bytes: 2 * GIB,
            xml_bytes: 512 * MIB,
            xml_ratio: 200,
            content_ratio: 1032,
            ratio_from: 10 * MIB,
            path_bytes: 255,
            path_depth: 12,
            header_bytes: 64 * KIB,
            directory_bytes: 64 * MIB,
            xml_depth: 64,
            tag_bytes: 64 * KIB,
            attributes: 64,
            text_bytes: 16 * MIB,
            record_bytes: 64 * MIB,
        }
    }
}

/// Which limit was reached: the fields of [`Limits`], by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    ArchiveBytes,
    TotalBytes,
    TotalRatio,
    Entries,
    EntryBytes,
    XmlBytes,
    XmlRatio,
    ContentRatio,
    PathBytes,
    PathDepth,
    HeaderBytes,
    DirectoryBytes,
    XmlDepth,
    TagBytes,
    Attributes,
    TextBytes,
    RecordBytes,
}

impl Limit {
    /// The field of [`Limits`], for logs and reports.
    pub fn name(self) -> &'static str {
        match self {
            Limit::ArchiveBytes => "archive-bytes",
            Limit::TotalBytes => "total-bytes",
            Limit::TotalRatio => "total-ratio",
            Limit::Entries => "entries",
            Limit::EntryBytes => "entry-bytes",
            Limit::XmlBytes => "xml-bytes",
            Limit::XmlRatio => "xml-ratio",
            Limit::ContentRatio => "content-ratio",
            Limit::PathBytes => "path-bytes",
            Limit::PathDepth => "path-depth",
            Limit::HeaderBytes => "header-bytes",
            Limit::DirectoryBytes => "directory-bytes",
            Limit::XmlDepth => "xml-depth",
            Limit::TagBytes => "tag-bytes",
            Limit::Attributes => "attributes",
            Limit::TextBytes => "text-bytes",
            Limit::RecordBytes => "record-bytes",
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::ArchiveBytes => "size of the archive (bytes)",
            Limit::TotalBytes => "size of all entries unpacked (bytes)",
            Limit::TotalRatio => "unpacked size as a multiple of the archive",
            Limit::Entries => "number of entries",
            Limit::EntryBytes => "size of one entry (bytes)",
            Limit::XmlBytes => "size of one XML entry (bytes)",
            Limit::XmlRatio => "compression ratio of an XML entry",
            Limit::ContentRatio => "compression ratio of an entry",
            Limit::PathBytes => "length of a path (bytes)",
            Limit::PathDepth => "depth of a path (segments)",
            Limit::HeaderBytes => "size of a tar extension header (bytes)",
            Limit::DirectoryBytes => "size of the zip directory (bytes)",
            Limit::XmlDepth => "nesting of elements",
            Limit::TagBytes => "size of one tag (bytes)",
            Limit::Attributes => "attributes of one tag",
            Limit::TextBytes => "size of one text (bytes)",
            Limit::RecordBytes => "size of one record with those around it (bytes)",
        })
    }
}
