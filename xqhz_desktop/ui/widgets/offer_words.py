"""What the rows of enterprises and positions say beside names and figures."""

from __future__ import annotations

from xqhz_desktop.domain import codes
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services.offers import Host, Offer
from xqhz_desktop.services.quotas import Meter
from xqhz_desktop.ui.models.offers import MATCHES, HostLine, PostLine


def host_line(line: HostLine, lang: Language) -> str:
    """Return the line under an enterprise: district, other schools, what is folded away."""
    host, parts = line.host, []
    if host.enterprise.region:
        known = codes.codes("region").get(host.enterprise.region)
        parts.append(known.said(lang.code) if known else host.enterprise.region)
    if host.other_schools:
        text = NN_("{n} of other schools counted in", "{n} of other schools counted in")
        parts.append(lang.say(Message(text, n=host.other_schools)))
    if line.folded:
        text = NN_("{n} position, {free} free", "{n} positions, {free} free")
        parts.append(lang.say(Message(text, n=line.count, free=line.free)))
    return " | ".join(parts)


def post_line(line: PostLine, lang: Language, wide: bool) -> str:
    """Return the line under a position: what has no column of its own, shift and pay."""
    position, parts = line.offer.position, []
    if not wide:
        parts.append(f"{line.offer.taken} / {position.headcount or '–'}")
        parts += [lang.say(MATCHES[line.match][1])] if line.match in MATCHES else []
    parts.append(lang.say(position.shift))
    if position.pay:
        parts.append(lang.say(Message("{pay} yuan a month", pay=position.pay)))
    return " | ".join(parts)


def meter_text(meter: Meter, tried: Meter | None, lang: Language) -> str:
    """Return how many of how many, before and after."""
    if not meter.staff:
        return lang.say(N_("staff not registered"))
    if tried and tried.after != meter.before:
        text = Message(
            "{now} → {then} of {staff}", now=meter.before, then=tried.after, staff=meter.staff
        )
        return lang.say(text)
    return lang.say(Message("{now} of {staff}", now=meter.before, staff=meter.staff))


def offered(host: Host, offer: Offer, lang: Language) -> str:
    """Return the tool tip of a position: what the row has no room for."""
    said = [f"{host.enterprise.name} | {offer.position.name}"]
    for text, meter in (
        (N_("Whole enterprise, cap {cap}%: {now}, fullest on {day}"), host.meter),
        (N_("Same post, cap {cap}%: {now}, fullest on {day}"), offer.meter),
    ):
        now = meter_text(meter, None, lang)
        said.append(lang.say(text, cap=meter.cap, now=now, day=meter.peak or "–"))
    return "\n".join(said)
