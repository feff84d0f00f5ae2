//! Responses as what people completed.

use super::super::feedback::{completed, typed, value};
use super::questions::Ask;
use crate::magistere::stream::Fill;
use crate::magistere::words::plain;
use parcours_mbz::Error;
use parcours_mbz::xml::Element;
use std::collections::HashMap;

pub(super) struct Answers {
    pub asks: HashMap<i64, Ask>,
    /// Numbers from here on are free.
    pub next: i64,
    /// Anonymous answers are counted.
    pub number: usize,
    pub anonymous: bool,
}

impl Fill for Answers {
    fn record(&mut self, _: usize, response: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        if response.leaf("complete") == "n" {
            return Ok(());
        }
        self.number += 1;
        let id = self.take();
        let values = self.values(&response).into_iter().map(|(item, text)| value(self.take(), item, id, &text)).collect();
        // Old releases have the person's number in `username`.
        let user = response.number("userid").or(response.number("username")).unwrap_or(0);
        let time = response.number("submitted").unwrap_or(0);
        out.push(completed(id, user, time, self.number, self.anonymous, values));
        Ok(())
    }
}

impl Answers {
    fn take(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// Every item with what was answered; empty where nothing was.
    fn values(&self, response: &Element) -> Vec<(i64, String)> {
        let mut asks: Vec<_> = self.asks.iter().collect();
        asks.sort_by_key(|(question, _)| **question);
        let mut values = Vec::new();
        for (question, ask) in asks {
            let of =
                |list: &'static str, record: &'static str| response.records(list, record).filter(move |e| e.number("question_id") == Some(*question));
            let chosen = || {
                of("response_singles", "response_single").chain(of("response_multiples", "response_multiple")).filter_map(|e| e.number("choice_id"))
            };
            match ask {
                Ask::Nothing => {}
                Ask::YesNo { item } => {
                    let answer = of("response_bools", "response_bool").next().map(|e| if e.leaf("choice_id") == "y" { "1" } else { "2" });
                    values.push((*item, answer.unwrap_or_default().to_owned()));
                }
                Ask::Text { item } => {
                    let text = of("response_texts", "response_text").chain(of("response_dates", "response_date")).next();
                    let text = text.map(|e| e.leaf("response")).unwrap_or_default();
                    // An editor's text has markup, and an item shows signs.
                    values.push((*item, if text.trim_start().starts_with('<') { typed(&plain(text)) } else { typed(text) }));
                }
                Ask::Choice { item, options, other } => {
                    let said: Vec<&Element> = of("response_others", "response_other").collect();
                    let others = said.iter().filter_map(|e| e.number("choice_id"));
                    let mut picked: Vec<usize> =
                        chosen().chain(others).filter_map(|c| Some(options.iter().position(|(id, _)| *id == c)? + 1)).collect();
                    picked.sort_unstable();
                    picked.dedup();
                    values.push((*item, picked.iter().map(usize::to_string).collect::<Vec<_>>().join("|")));
                    if let Some((_, text)) = other {
                        values.push((*text, typed(&said.iter().map(|e| e.leaf("response")).collect::<Vec<_>>().join(" "))));
                    }
                }
                Ask::Scale { rows, points, from_zero, none } => {
                    let ranks: HashMap<i64, i64> =
                        of("response_ranks", "response_rank").filter_map(|e| Some((e.number("choice_id")?, e.number("rankvalue")?))).collect();
                    for (row, item) in rows {
                        let point = match ranks.get(row) {
                            Some(-1) if *none => Some(points + 1),
                            Some(n) => Some(n.saturating_add(i64::from(*from_zero))).filter(|n| (1..=*points).contains(n)),
                            None => None,
                        };
                        values.push((*item, point.map(|p| p.to_string()).unwrap_or_default()));
                    }
                }
            }
        }
        values
    }
}
