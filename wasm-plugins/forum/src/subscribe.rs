//! Who is told of new posts.

use crate::here::Here;
use crate::records::{Discussion, DiscussionSub, Subscription};
use parcours_sdk::html::{El, Html, p};
use parcours_sdk::{Error, Outcome, Query, Request, Result, Url, all, pc};

impl Here<'_> {
    /// Whether one may choose at all.
    pub fn subscription_is_free(&self) -> bool {
        !self.guest() && matches!(self.forum.forcesubscribe, 0 | 2)
    }

    fn forum_subscription(&self) -> Result<Option<Subscription>> {
        self.first(Query::new("subscriptions", &[]).filter(all().eq("userid", self.me)))
    }

    fn discussion_subscription(&self, d: &Discussion) -> Result<Option<DiscussionSub>> {
        if self.me == 0 {
            return Ok(None);
        }
        self.first(Query::new("discussion_subs", &[]).filter(all().eq("discussion", d.id).eq("userid", self.me)))
    }

    pub fn is_subscribed(&self) -> Result<bool> {
        Ok(match self.forum.forcesubscribe {
            _ if self.me == 0 => false,
            1 => true,
            3 => false,
            _ => self.forum_subscription()?.is_some(),
        })
    }

    /// A choice for the discussion goes before the one for the forum.
    pub fn is_subscribed_to(&self, d: &Discussion) -> Result<bool> {
        if self.subscription_is_free()
            && let Some(own) = self.discussion_subscription(d)?
        {
            return Ok(own.preference != -1);
        }
        self.is_subscribed()
    }

    /// Writes only what differs from the choice for the forum, as Moodle does.
    pub fn subscribe_to(&self, d: &Discussion, wanted: bool) -> Result<()> {
        if !self.subscription_is_free() || self.is_subscribed_to(d)? == wanted {
            return Ok(());
        }
        let own = self.discussion_subscription(d)?;
        if self.is_subscribed()? == wanted {
            return own.map_or(Ok(()), |row| self.delete("discussion_subs", row.id).map(drop));
        }
        let preference = if wanted { self.now } else { -1 };
        match own {
            Some(row) => self.update("discussion_subs", row.id, &[("preference", preference.into())], None).map(drop),
            None => {
                let fields = [("discussion", d.id.into()), ("userid", self.me.into()), ("preference", preference.into())];
                self.insert("discussion_subs", &fields).map(drop)
            }
        }
    }

    fn subscribe(&self, wanted: bool) -> Result<()> {
        match (self.forum_subscription()?, wanted) {
            (None, true) => drop(self.insert("subscriptions", &[("userid", self.me.into())])?),
            (Some(row), false) => drop(self.delete("subscriptions", row.id)?),
            _ => {}
        }
        // Choices for single discussions that now say the same as the one for the forum are not kept.
        let own = all().eq("userid", self.me);
        let same = if wanted { own.ne("preference", -1) } else { own.eq("preference", -1) };
        self.delete_where("discussion_subs", &same.into()).map(drop)
    }

    fn subscription_form(&self, to: &Url, subscribed: bool, keys: [&str; 2]) -> El {
        let (key, wanted) = if subscribed { (keys[1], 0) } else { (keys[0], 1) };
        pc::form(to).class("one-button").child(pc::hidden("wanted", wanted)).child(pc::button(&self.say(key)))
    }

    /// The state, and the button to change it.
    pub fn subscription_box(&self) -> Result<Html> {
        Ok(match self.forum.forcesubscribe {
            _ if self.guest() => Html::new(),
            1 => p().class("note").text(&self.say("subscription_forced")).into(),
            3 => Html::new(),
            _ => self.subscription_form(&self.url("subscribe"), self.is_subscribed()?, ["subscribe", "unsubscribe"]).into(),
        })
    }

    pub fn discussion_subscription_box(&self, d: &Discussion) -> Result<Html> {
        if !self.subscription_is_free() {
            return Ok(Html::new());
        }
        let to = self.url("subscribe").q("d", d.id);
        Ok(self.subscription_form(&to, self.is_subscribed_to(d)?, ["subscribe_discussion", "unsubscribe_discussion"]).into())
    }
}

/// POST `subscribe`: to the forum, or to one discussion (`d`).
pub fn act(here: &Here, req: &Request) -> Result<Outcome> {
    if !here.subscription_is_free() {
        return Err(Error::denied(here.say("why_subscription")));
    }
    let wanted = req.ticked("wanted");
    let back = match req.number("d") {
        Some(id) => {
            let d = here.discussion(id)?;
            here.subscribe_to(&d, wanted)?;
            here.url("discussion").q("d", d.id)
        }
        None => {
            here.subscribe(wanted)?;
            here.url("")
        }
    };
    Ok(Outcome::Redirect(back.into()))
}
