//! Files of the areas a module declares.

use wasmtime::Result;

use super::{Fault, Refused};
use crate::bindings::parcours::activity::files;
use crate::state::State;

pub use files::Info;

/// Most bytes of a file handed out at once.
const PIECE: u32 = 1024 * 1024;

/// Files of the areas the module declares, in the context of the current activity. An item is a record's number.
pub trait Files {
    fn list(&mut self, area: &str, item: i64) -> Result<Vec<Info>, Refused>;
    /// At most `len` bytes from `offset` on; fewer at the end of the file, none behind it.
    fn read(&mut self, area: &str, item: i64, path: &str, offset: u64, len: u32) -> Result<Vec<u8>, Refused>;
    fn write(&mut self, area: &str, item: i64, path: &str, mime: &str, data: Vec<u8>) -> Result<Info, Refused>;
    /// Moves what came in a field of the form with this request into an area.
    fn adopt_upload(&mut self, form_field: &str, area: &str, item: i64) -> Result<Vec<Info>, Refused>;
    fn remove(&mut self, area: &str, item: i64, path: &str) -> Result<bool, Refused>;
    /// The address a browser gets the file from.
    fn file_url(&mut self, area: &str, item: i64, path: &str) -> Result<String, Fault>;
}

impl files::Host for State {
    fn list(&mut self, area: String, item: i64) -> Result<Vec<Info>, Refused> {
        self.enter_told()?;
        let files = self.abilities.list(&area, item)?;
        self.hand_out_told(files.iter().map(|f| 128 + f.name.len() + f.path.len()).sum())?;
        Ok(files)
    }

    fn read(&mut self, area: String, item: i64, path: String, offset: u64, len: u32) -> Result<Vec<u8>, Refused> {
        self.enter_told()?;
        let data = self.abilities.read(&area, item, &path, offset, len.min(PIECE))?;
        self.hand_out_told(data.len())?;
        Ok(data)
    }

    fn write(&mut self, area: String, item: i64, path: String, mime: String, data: Vec<u8>) -> Result<Info, Refused> {
        self.enter_to_write()?;
        self.abilities.write(&area, item, &path, &mime, data)
    }

    fn adopt_upload(&mut self, form_field: String, area: String, item: i64) -> Result<Vec<Info>, Refused> {
        self.enter_to_write()?;
        self.abilities.adopt_upload(&form_field, &area, item)
    }

    fn remove(&mut self, area: String, item: i64, path: String) -> Result<bool, Refused> {
        self.enter_to_write()?;
        self.abilities.remove(&area, item, &path)
    }

    fn url(&mut self, area: String, item: i64, path: String) -> Result<String> {
        self.enter()?;
        self.asked(|a| a.file_url(&area, item, &path))
    }
}
