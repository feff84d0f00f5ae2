//! Badges of the course: one's own latest badges.

use crate::magistere::block::{Block, Made};
use crate::magistere::cx::Cx;
use parcours_mbz::Error;
use parcours_mbz::php::Php;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, _: &Block) -> Result<Made, Error> {
    let config = Php::object([("numberofbadges", Php::Text("10".to_owned()))]);
    let detail = cx.of("one’s own latest badges, without the map of participants", "ses propres badges, sans la carte des participants");
    Ok(Made { block: "badges", config: Some(config), hidden: false, stands_in: false, beside: None, detail: detail.to_owned() })
}
