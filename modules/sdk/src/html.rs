//! HTML that cannot be wrong: elements of the allowed subset only, escaped, balanced and quoted by construction.
//!
//! ```
//! use parcours_sdk::html::*;
//! let list = ul().class("options").children(["a < b", "c"].map(|t| li().text(t)));
//! assert_eq!(Html::from(list).as_str(), "<ul class=\"options\"><li>a &lt; b</li><li>c</li></ul>");
//! ```
//!
//! A page calls these hundreds of times and each call is a few copies of text, so they are kept out of line: inlined, they make a module twice as
//! large and no faster.

use crate::url::{Url, is_safe_external};

/// A run of markup. Only this crate can write into one, so it is always in the subset that the host checks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    pub fn new() -> Html {
        Html::default()
    }
    pub fn text(text: &str) -> Html {
        let mut h = Html::new();
        escape(text, &mut h.0);
        h
    }
    pub fn push(&mut self, more: impl Into<Html>) {
        self.0.push_str(&more.into().0);
    }
    pub fn with(mut self, more: impl Into<Html>) -> Html {
        self.push(more);
        self
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<T: Into<Html>> FromIterator<T> for Html {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Html {
        let mut h = Html::new();
        items.into_iter().for_each(|i| h.push(i));
        h
    }
}

impl<T: Into<Html>> From<Option<T>> for Html {
    fn from(h: Option<T>) -> Html {
        h.map(Into::into).unwrap_or_default()
    }
}

/// One element, being built.
#[derive(Debug, Clone)]
pub struct El {
    tag: &'static str,
    attrs: String,
    body: Html,
    void: bool,
}

impl From<El> for Html {
    #[inline(never)]
    fn from(e: El) -> Html {
        let mut s = String::with_capacity(e.attrs.len() + e.body.0.len() + 2 * e.tag.len() + 5);
        s.push('<');
        s.push_str(e.tag);
        s.push_str(&e.attrs);
        s.push('>');
        if !e.void {
            s.push_str(&e.body.0);
            s.push_str("</");
            s.push_str(e.tag);
            s.push('>');
        }
        Html(s)
    }
}

impl El {
    #[inline(never)]
    pub(crate) fn new(tag: &'static str) -> El {
        El { tag, attrs: String::new(), body: Html::new(), void: false }
    }
    /// An attribute stands once: what was said first holds.
    #[inline(never)]
    pub(crate) fn attr(mut self, name: &str, value: &str) -> El {
        if self.attrs.contains(&format!(" {name}=\"")) {
            return self;
        }
        self.attrs.push(' ');
        self.attrs.push_str(name);
        self.attrs.push_str("=\"");
        escape(value, &mut self.attrs);
        self.attrs.push('"');
        self
    }

    #[inline(never)]
    pub fn class(self, names: &str) -> El {
        self.attr("class", names)
    }
    /// The element's name in the page. The host keeps names of modules apart from its own: what is written is `m-<name>`.
    #[inline(never)]
    pub fn id(self, name: &str) -> El {
        self.attr("id", &format!("m-{name}"))
    }
    pub fn title(self, text: &str) -> El {
        self.attr("title", text)
    }
    #[inline(never)]
    pub fn label(self, text: &str) -> El {
        self.attr("aria-label", text)
    }
    /// Names of elements that label this one, in the page's own names.
    pub fn labelled_by(self, ids: &[&str]) -> El {
        let ids: Vec<String> = ids.iter().map(|i| format!("m-{i}")).collect();
        self.attr("aria-labelledby", &ids.join(" "))
    }
    /// Marks the page, step or state that is the present one.
    pub fn current(self) -> El {
        self.attr("aria-current", "true")
    }
    /// Said at once by screen readers: what went wrong.
    pub fn alert(self) -> El {
        self.attr("role", "alert")
    }
    /// `row` or `col` of a header cell.
    pub fn scope(self, of: &str) -> El {
        self.attr("scope", of)
    }
    /// Of a cell: its column's head, said before it where a narrow window shows cells one below the other.
    pub fn column(self, head: &str) -> El {
        self.attr("data-m-label", head)
    }
    /// Of a link: the browser keeps the file instead of showing it.
    pub fn download(self) -> El {
        self.attr("download", "")
    }
    /// Of a `details`: unfolded at first.
    pub fn open(self) -> El {
        self.attr("open", "")
    }

    #[inline(never)]
    pub fn text(mut self, text: &str) -> El {
        escape(text, &mut self.body.0);
        self
    }
    pub fn child(self, child: impl Into<Html>) -> El {
        self.append(child.into())
    }
    #[inline(never)]
    fn append(mut self, child: Html) -> El {
        self.body.0.push_str(&child.0);
        self
    }
    pub fn children<T: Into<Html>>(mut self, children: impl IntoIterator<Item = T>) -> El {
        children.into_iter().for_each(|c| self.body.push(c));
        self
    }
}

macro_rules! elements {
    ($($name:ident)*) => { $(
        #[inline(never)]
        pub fn $name() -> El {
            El::new(stringify!($name))
        }
    )* };
}

elements! { article aside blockquote caption code dd details div dl dt em figcaption figure footer h2 h3 h4 h5 h6 header li nav ol p pre
section small span strong summary table tbody td th thead tr ul }

pub fn br() -> El {
    El { void: true, ..El::new("br") }
}

/// A link to one of the activity's own pages.
#[inline(never)]
pub fn a(to: &Url) -> El {
    El::new("a").attr("href", &to.to_string())
}

/// A link whose address the host made ([`crate::Host::file_url`]).
pub fn file_link(url: &str) -> El {
    El::new("a").attr("href", url)
}

/// A link out of the site; `None` when the address is not one that may be followed ([`is_safe_external`]).
pub fn external(url: &str) -> Option<El> {
    is_safe_external(url).then(|| El::new("a").attr("href", url).attr("rel", "noopener noreferrer"))
}

/// A picture from a file area.
pub fn img(url: &str, alt: &str) -> El {
    El { void: true, ..El::new("img").attr("src", url).attr("alt", alt) }
}

/// A sound from a file area, with controls.
pub fn audio(url: &str) -> El {
    El::new("audio").attr("src", url).attr("controls", "").attr("preload", "metadata")
}

/// A film from a file area, with controls.
pub fn video(url: &str) -> El {
    El::new("video").attr("src", url).attr("controls", "").attr("preload", "metadata")
}

pub(crate) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (i, b) in text.bytes().enumerate() {
        let entity = match b {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // Control characters have no place in a page; browsers disagree about some of them.
            0..=8 | 11..=12 | 14..=31 | 127 => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[from..i]);
        out.push_str(entity);
        from = i + 1;
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_by_a_person_becomes_markup() {
        let e = p().title("\"><script>").text("<script>alert('x')</script> & \u{0}");
        assert_eq!(
            Html::from(e).as_str(),
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; \u{fffd}</p>"
        );
    }

    #[test]
    fn a_hostile_address_does_not_become_a_link() {
        assert!(external("javascript:alert(1)").is_none());
        assert!(external("https://example.org/").is_some());
    }
}
