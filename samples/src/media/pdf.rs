//! A page of text: the first line is the title, an empty line a paragraph's end.

use anyhow::{Context, Result};

pub fn make(recipe: &str) -> Result<Vec<u8>> {
    let mut lines = recipe.lines();
    let title = lines.next().context("a page has a title")?;
    let mut page = b"BT /F2 18 Tf 60 780 Td ".to_vec();
    show(&mut page, title)?;
    page.extend(b"/F1 11 Tf 0 -16 TD ");
    for line in lines {
        page.extend(b"T* ");
        if !line.is_empty() {
            show(&mut page, line)?;
        }
    }
    page.extend(b"ET");
    let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>").into_bytes();
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr) >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>".to_vec(),
        [format!("<< /Length {} >>\nstream\n", page.len()).as_bytes(), &page, b"\nendstream"].concat(),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    Ok(file(&objects))
}

/// Writes a line of text in the Windows code page that the fonts are asked for.
fn show(page: &mut Vec<u8>, line: &str) -> Result<()> {
    page.push(b'(');
    for c in line.chars() {
        let byte = match c {
            '’' => 0x92,
            '–' => 0x96,
            '…' => 0x85,
            'œ' => 0x9c,
            '•' => 0x95,
            c => u8::try_from(u32::from(c)).with_context(|| format!("the page's font has no {c:?}"))?,
        };
        if matches!(byte, b'(' | b')' | b'\\') {
            page.push(b'\\');
        }
        page.push(byte);
    }
    page.extend(b") Tj ");
    Ok(())
}

fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend(format!("{} 0 obj\n", number + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    let trailer = format!("{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.extend(trailer.bytes());
    out
}
