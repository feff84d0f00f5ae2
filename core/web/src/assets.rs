//! What is embedded: style, script, icons. Each has its fingerprint in its address, so a browser asks once.

/// Name, kind, content.
const EMBEDDED: [(&str, &str, &[u8]); 4] = [
    ("style.css", "text/css; charset=utf-8", include_bytes!("../static/style.css")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("../static/app.js")),
    ("icons.svg", "image/svg+xml", include_bytes!("../static/icons.svg")),
    ("favicon.svg", "image/svg+xml", include_bytes!("../static/favicon.svg")),
];

pub(crate) struct Asset {
    /// Name as in the code: `style.css`.
    pub name: &'static str,
    /// Name as in the address: `style.3f9a0c21.css`.
    pub print: String,
    pub mime: &'static str,
    pub bytes: &'static [u8],
}

pub(crate) struct Assets(Vec<Asset>);

impl Assets {
    pub fn new() -> Assets {
        Assets(EMBEDDED.into_iter().map(|(name, mime, bytes)| Asset { name, print: print(name, bytes), mime, bytes }).collect())
    }

    /// By the name in an address; an old fingerprint is unknown.
    pub fn find(&self, print: &str) -> Option<&Asset> {
        self.0.iter().find(|a| a.print == print)
    }

    /// Address of an asset. A name nobody embedded leads nowhere.
    pub fn address(&self, name: &str) -> String {
        self.0.iter().find(|a| a.name == name).map_or_else(String::new, |a| format!("/static/{}", a.print))
    }
}

fn print(name: &str, bytes: &[u8]) -> String {
    let hash: String = blake3::hash(bytes).to_hex().chars().take(8).collect();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_asset_is_found_by_the_address_that_is_given_out() {
        let assets = Assets::new();
        for (name, _, bytes) in EMBEDDED {
            let address = assets.address(name);
            let found = address.strip_prefix("/static/").and_then(|p| assets.find(p));
            assert!(found.is_some_and(|a| a.bytes == bytes), "{address}");
            assert!(assets.find(name).is_none());
        }
    }

    #[test]
    fn nothing_embedded_reaches_elsewhere() {
        for (name, _, bytes) in EMBEDDED {
            let text = String::from_utf8_lossy(bytes).replace("http://www.w3.org/2000/svg", "");
            assert!(!text.contains("http:") && !text.contains("https:") && !text.contains("//cdn"), "{name}");
        }
    }
}
