//! The characters of a page: text and tags, or the place where it is neither.

use std::borrow::Cow;

/// Attributes one tag may have.
const ATTRIBUTES: usize = 32;

/// A broken rule, and the byte it was seen at.
#[derive(Debug)]
pub struct Broken {
    pub at: usize,
    pub why: Cow<'static, str>,
}

/// A piece of a page. Slices are of the page itself and already as they may be written.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// An opening tag; its attributes are in [`Scanner::attributes`].
    Open(&'a str),
    Close(&'a str),
}

/// `name="value"`, the value with its entities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attribute<'a> {
    pub name: &'a str,
    pub value: &'a str,
}

pub struct Scanner<'a> {
    page: &'a str,
    /// Where the next piece begins.
    next: usize,
    /// Where the last piece began.
    pub at: usize,
    pub attributes: Vec<Attribute<'a>>,
}

impl<'a> Scanner<'a> {
    pub fn new(page: &'a str) -> Scanner<'a> {
        Scanner { page, next: 0, at: 0, attributes: Vec::new() }
    }

    pub fn piece(&mut self) -> Result<Option<Piece<'a>>, Broken> {
        self.at = self.next;
        match self.rest().as_bytes() {
            [] => Ok(None),
            [b'<', b'/', ..] => self.close().map(Some),
            [b'<', ..] => self.open().map(Some),
            _ => self.text().map(Some),
        }
    }

    /// The tag just read as it stands in the page.
    pub fn raw(&self) -> &'a str {
        self.page.get(self.at..self.next).unwrap_or_default()
    }

    fn rest(&self) -> &'a str {
        self.page.get(self.next..).unwrap_or_default()
    }

    fn text(&mut self) -> Result<Piece<'a>, Broken> {
        let text = self.until(b'<');
        self.check_text(text)?;
        self.next += text.len();
        Ok(Piece::Text(text))
    }

    fn close(&mut self) -> Result<Piece<'a>, Broken> {
        self.next += 2;
        let name = self.name()?;
        self.expect(">")?;
        Ok(Piece::Close(name))
    }

    fn open(&mut self) -> Result<Piece<'a>, Broken> {
        self.next += 1;
        let name = self.name()?;
        self.attributes.clear();
        while self.rest().starts_with(' ') {
            self.next += 1;
            let attribute = self.attribute()?;
            if self.attributes.len() == ATTRIBUTES {
                return self.broken("more than 32 attributes");
            }
            if self.attributes.iter().any(|a| a.name == attribute.name) {
                return self.broken(format!("the attribute `{}` twice", attribute.name));
            }
            self.attributes.push(attribute);
        }
        self.expect(">")?;
        Ok(Piece::Open(name))
    }

    fn attribute(&mut self) -> Result<Attribute<'a>, Broken> {
        let name = self.name()?;
        self.expect("=\"")?;
        let value = self.until(b'"');
        self.check_text(value)?;
        self.next += value.len();
        self.expect("\"")?;
        Ok(Attribute { name, value })
    }

    /// Lower-case letters, then also digits and hyphens.
    fn name(&mut self) -> Result<&'a str, Broken> {
        let rest = self.rest();
        let fits = |(i, b): (usize, u8)| b.is_ascii_lowercase() || (i > 0 && (b.is_ascii_digit() || b == b'-'));
        let len = rest.bytes().enumerate().take_while(|x| fits(*x)).count();
        if len == 0 {
            return self.broken("a name in lower-case letters is expected here; a `<` in text is written `&lt;`");
        }
        self.next += len;
        Ok(rest.get(..len).unwrap_or_default())
    }

    fn expect(&mut self, what: &'static str) -> Result<(), Broken> {
        if self.rest().starts_with(what) {
            self.next += what.len();
            return Ok(());
        }
        self.broken(format!("`{what}` is expected here"))
    }

    fn until(&self, end: u8) -> &'a str {
        let rest = self.rest();
        let len = rest.bytes().position(|b| b == end).unwrap_or(rest.len());
        rest.get(..len).unwrap_or_default()
    }

    /// Markup characters are written as entities, control characters not at all.
    fn check_text(&self, text: &str) -> Result<(), Broken> {
        for (i, byte) in text.bytes().enumerate() {
            let why = match byte {
                b'<' | b'>' => "`<` and `>` are written `&lt;` and `&gt;`",
                b'&' if entity(text.get(i..).unwrap_or_default()).is_none() => {
                    "`&` is written `&amp;`, and no entities but &amp; &lt; &gt; &quot; &#39; &nbsp; are known"
                }
                0..=8 | 11 | 12 | 14..=31 | 127 => "a control character",
                _ => continue,
            };
            return Err(Broken { at: self.next + i, why: why.into() });
        }
        Ok(())
    }

    pub fn broken<T>(&self, why: impl Into<Cow<'static, str>>) -> Result<T, Broken> {
        Err(Broken { at: self.next, why: why.into() })
    }
}

/// The entity at the beginning of `text`, and its character.
fn entity(text: &str) -> Option<(&'static str, char)> {
    const ALL: [(&str, char); 6] = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&nbsp;", '\u{a0}')];
    ALL.into_iter().find(|(written, _)| text.starts_with(written))
}

/// A value without its entities, with line ends as a browser reads them.
pub fn plain(value: &str) -> Cow<'_, str> {
    if !value.bytes().any(|b| matches!(b, b'&' | b'\r')) {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find(['&', '\r']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (written, character) = entity(from).unwrap_or(("\r", '\n'));
        // CR LF is one line end, a CR alone another.
        if character != '\n' || !from.starts_with("\r\n") {
            out.push(character);
        }
        rest = from.get(written.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Line ends as a browser reads them.
pub fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
