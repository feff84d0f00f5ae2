//! Colours and how well one reads on another (WCAG 2.2, 1.4.3).

/// Least contrast of a text with what is behind it.
pub const ENOUGH: f64 = 4.5;

/// Contrast under which a text is hidden rather than badly seen.
pub const HIDDEN: f64 = 1.05;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    pub red: f64,
    pub green: f64,
    pub blue: f64,
    /// 0 lets all through, 1 nothing.
    pub alpha: f64,
}

pub const WHITE: Colour = Colour { red: 255.0, green: 255.0, blue: 255.0, alpha: 1.0 };

/// The text colour of Moodle's own theme.
pub const INK: Colour = Colour { red: 29.0, green: 33.0, blue: 37.0, alpha: 1.0 };

impl Colour {
    /// A colour as CSS writes it, or an old attribute (`ff0000`). Nothing for what is none or depends on others.
    pub fn read(text: &str) -> Option<Colour> {
        let text = text.trim().to_ascii_lowercase();
        if let Some(hex) = text.strip_prefix('#') {
            return hexadecimal(hex);
        }
        if let Some((function, inside)) = text.split_once('(') {
            return call(function.trim(), inside.strip_suffix(')')?);
        }
        if text == "transparent" {
            return Some(Colour { alpha: 0.0, ..WHITE });
        }
        let named = NAMES.split_ascii_whitespace().filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == text);
        named.and_then(|(_, hex)| hexadecimal(hex)).or_else(|| hexadecimal(&text).filter(|_| text.len() == 6))
    }

    /// What is seen of it in front of another.
    pub fn over(self, behind: Colour) -> Colour {
        let mix = |a: f64, b: f64| a * self.alpha + b * (1.0 - self.alpha);
        Colour { red: mix(self.red, behind.red), green: mix(self.green, behind.green), blue: mix(self.blue, behind.blue), alpha: 1.0 }
    }

    fn luminance(self) -> f64 {
        let channel = |c: f64| {
            let c = c / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(self.red) + 0.7152 * channel(self.green) + 0.0722 * channel(self.blue)
    }

    /// From 1 (the same) to 21 (black on white).
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

fn hexadecimal(hex: &str) -> Option<Colour> {
    if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let wide: String = if hex.len() <= 4 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
    let part = |at: usize| wide.get(at..at + 2).and_then(|p| u8::from_str_radix(p, 16).ok()).map(f64::from);
    match wide.len() {
        6 => Some(Colour { red: part(0)?, green: part(2)?, blue: part(4)?, alpha: 1.0 }),
        8 => Some(Colour { red: part(0)?, green: part(2)?, blue: part(4)?, alpha: part(6)? / 255.0 }),
        _ => None,
    }
}

fn call(function: &str, inside: &str) -> Option<Colour> {
    let parts: Vec<&str> = inside.split([',', '/', ' ']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let share = |p: &str| match p.strip_suffix('%') {
        Some(p) => p.trim().parse::<f64>().ok().map(|n| n / 100.0),
        None => p.parse::<f64>().ok(),
    };
    let alpha = match parts.get(3) {
        Some(p) => share(p)?.clamp(0.0, 1.0),
        None => 1.0,
    };
    let (a, b, c) = (*parts.first()?, *parts.get(1)?, *parts.get(2)?);
    match function {
        "rgb" | "rgba" => {
            let channel = |p: &str| share(p).map(|n| if p.ends_with('%') { n * 255.0 } else { n }.clamp(0.0, 255.0));
            Some(Colour { red: channel(a)?, green: channel(b)?, blue: channel(c)?, alpha })
        }
        "hsl" | "hsla" => {
            let hue = a.strip_suffix("deg").unwrap_or(a).parse::<f64>().ok()?.rem_euclid(360.0);
            let (s, l) = (share(b)?.clamp(0.0, 1.0), share(c)?.clamp(0.0, 1.0));
            let channel = |n: f64| {
                let k = (n + hue / 30.0).rem_euclid(12.0);
                255.0 * (l - s * l.min(1.0 - l) * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0))
            };
            Some(Colour { red: channel(0.0), green: channel(8.0), blue: channel(4.0), alpha })
        }
        _ => None,
    }
}

/// CSS's named colours.
const NAMES: &str = "aliceblue=f0f8ff antiquewhite=faebd7 aqua=00ffff aquamarine=7fffd4 azure=f0ffff beige=f5f5dc bisque=ffe4c4 black=000000 blanchedalmond=ffebcd \
blue=0000ff blueviolet=8a2be2 brown=a52a2a burlywood=deb887 cadetblue=5f9ea0 chartreuse=7fff00 chocolate=d2691e coral=ff7f50 cornflowerblue=6495ed cornsilk=fff8dc \
crimson=dc143c cyan=00ffff darkblue=00008b darkcyan=008b8b darkgoldenrod=b8860b darkgray=a9a9a9 darkgreen=006400 darkgrey=a9a9a9 darkkhaki=bdb76b darkmagenta=8b008b \
darkolivegreen=556b2f darkorange=ff8c00 darkorchid=9932cc darkred=8b0000 darksalmon=e9967a darkseagreen=8fbc8f darkslateblue=483d8b darkslategray=2f4f4f \
darkslategrey=2f4f4f darkturquoise=00ced1 darkviolet=9400d3 deeppink=ff1493 deepskyblue=00bfff dimgray=696969 dimgrey=696969 dodgerblue=1e90ff firebrick=b22222 \
floralwhite=fffaf0 forestgreen=228b22 fuchsia=ff00ff gainsboro=dcdcdc ghostwhite=f8f8ff gold=ffd700 goldenrod=daa520 gray=808080 green=008000 greenyellow=adff2f \
grey=808080 honeydew=f0fff0 hotpink=ff69b4 indianred=cd5c5c indigo=4b0082 ivory=fffff0 khaki=f0e68c lavender=e6e6fa lavenderblush=fff0f5 lawngreen=7cfc00 \
lemonchiffon=fffacd lightblue=add8e6 lightcoral=f08080 lightcyan=e0ffff lightgoldenrodyellow=fafad2 lightgray=d3d3d3 lightgreen=90ee90 lightgrey=d3d3d3 \
lightpink=ffb6c1 lightsalmon=ffa07a lightseagreen=20b2aa lightskyblue=87cefa lightslategray=778899 lightslategrey=778899 lightsteelblue=b0c4de lightyellow=ffffe0 \
lime=00ff00 limegreen=32cd32 linen=faf0e6 magenta=ff00ff maroon=800000 mediumaquamarine=66cdaa mediumblue=0000cd mediumorchid=ba55d3 mediumpurple=9370db \
mediumseagreen=3cb371 mediumslateblue=7b68ee mediumspringgreen=00fa9a mediumturquoise=48d1cc mediumvioletred=c71585 midnightblue=191970 mintcream=f5fffa \
mistyrose=ffe4e1 moccasin=ffe4b5 navajowhite=ffdead navy=000080 oldlace=fdf5e6 olive=808000 olivedrab=6b8e23 orange=ffa500 orangered=ff4500 orchid=da70d6 \
palegoldenrod=eee8aa palegreen=98fb98 paleturquoise=afeeee palevioletred=db7093 papayawhip=ffefd5 peachpuff=ffdab9 peru=cd853f pink=ffc0cb plum=dda0dd \
powderblue=b0e0e6 purple=800080 rebeccapurple=663399 red=ff0000 rosybrown=bc8f8f royalblue=4169e1 saddlebrown=8b4513 salmon=fa8072 sandybrown=f4a460 seagreen=2e8b57 \
seashell=fff5ee sienna=a0522d silver=c0c0c0 skyblue=87ceeb slateblue=6a5acd slategray=708090 slategrey=708090 snow=fffafa springgreen=00ff7f steelblue=4682b4 tan=d2b48c \
teal=008080 thistle=d8bfd8 tomato=ff6347 turquoise=40e0d0 violet=ee82ee wheat=f5deb3 white=ffffff whitesmoke=f5f5f5 yellow=ffff00 yellowgreen=9acd32";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_in_every_spelling() {
        let red = Colour::read("#f00");
        for text in ["RED", "#ff0000", "ff0000", "rgb(255,0,0)", "rgb(100%, 0%, 0%)", "rgba(255 0 0 / 1)", "hsl(0, 100%, 50%)", "#ff0000ff"] {
            assert_eq!(Colour::read(text), red, "{text}");
        }
        for text in ["inherit", "var(--x)", "#ff", "windowtext", "", "rgb(1,2)", "linear-gradient(red, blue)"] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let on_white = |text: &str| (Colour::read(text).unwrap().contrast(WHITE) * 100.0).round() / 100.0;
        assert_eq!((on_white("black"), on_white("white"), on_white("#777777"), on_white("#767676")), (21.0, 1.0, 4.48, 4.54));
        assert_eq!(Colour::read("rgba(0,0,0,0)").unwrap().over(WHITE), WHITE);
    }
}
