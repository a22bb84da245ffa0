"""The page about names, pictures and one post: pairs side by side, what speaks for impersonation, what may be printed.

    findings as they lie in JSON ──► personas.html      one file; nothing is fetched, nothing is computed

An account's names stand here only where a person decided to show them. Otherwise it bears its pseudonym, and of two
names only the characters that differ are told: with the rest, anyone could put the name together again.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from groundswell.assess.two_cases import name_sentence
from groundswell.assess.wording import counted, duration, percent
from groundswell.personas.impersonation import NOT_COUNTED
from groundswell.personas.pictures.hashes import TURNS
from groundswell.publish.figures.svg import percent as across
from groundswell.publish.figures.svg import rect, strip, tag
from groundswell.publish.frame import ALONE, Frame
from groundswell.publish.glyphs import glyph_rows
from groundswell.publish.page import page, printed, with_denominator
from groundswell.publish.personas_findings import PersonasFindings
from groundswell.publish.spelling import count

MOST_PAIRS = 30
MOST_FACES = 12
MOST_PLACES = 10
HEIGHT = 22

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")

PARTS = {
    "confusable_name": "Its name can be taken for the other",
    "same_picture": "Same picture",
    "copied_bio": "Copied profile text",
    "newer": "Made more than 30 days later",
    "fewer_followers": "A tenth of the followers or fewer",
    "denounced_or_removed": "Denounced by the other, or removed",
    "protected_name": "The other stands on a list of protected names",
    "label": "Says itself that it is a fan, a parody or the like",
}

NOT_SAID = (
    "Who runs any of these accounts, or why.",
    "That an account impersonates anybody: a person decides that, after looking at both profiles.",
    "That the person in a picture knows of it, or has anything to do with an account that shows it.",
)


@dataclass(frozen=True, kw_only=True)
class PersonasPage:
    """What stands around the findings."""

    title: str
    version: str
    made_up: bool
    shown: bool
    """Whether names are shown: a person decided so."""
    account: Callable[[str], str] = str
    """An account's name in this edition."""
    post: Callable[[str], str] = str
    thumbnails: Mapping[str, bytes] = field(default_factory=dict)
    """PNG of a picture by its name; only made-up ones are drawn."""
    avatars: Mapping[str, str] = field(default_factory=dict)
    """The picture of an account, by its id."""
    report: str | None = None
    """Where the report lies, if there is one."""
    data: str = "personas.json"


def personas_html(found: PersonasFindings, around: PersonasPage, *, frame: Frame = ALONE) -> str:
    """Write the page; equal findings give equal bytes."""
    return page("personas.html", frame=frame, **personas_content(found, around))


def personas_content(found: PersonasFindings, around: PersonasPage) -> dict[str, Any]:
    """Everything that ``personas.html`` asks for, by name."""
    pairs = [_pair(one, found, around) for one in (found.names or ())[:MOST_PAIRS]]
    faces = [_face(one, found, around) for one in (found.faces or ())[:MOST_FACES]]
    posts = [_post(one, around) for one in found.posts]
    cases = [("A name that can be taken for another", one["sentence"]) for one in pairs[:1]]
    cases += [("A picture of known origin under another name", one["sentence"]) for one in faces if one["is_known"]][:1]
    return {
        "version": around.version,
        "title": around.title,
        "made_up": around.made_up,
        "shown": around.shown,
        "headline": with_denominator(_headline(found, pairs, faces)),
        "cases": cases if len(cases) == 2 else [],
        "pairs": pairs,
        "n_more_pairs": max(0, len(found.names or ()) - MOST_PAIRS),
        "names_looked_at": found.names is not None,
        "names_note": _names_note(found),
        "faces": faces,
        "n_more_faces": max(0, len(found.faces or ()) - MOST_FACES),
        "faces_looked_at": found.faces is not None,
        "posts": posts,
        "addresses": _addresses(found.addresses, around) if found.addresses else None,
        "printable": [*(one["sentence"] for one in (*pairs, *faces)), *(s for one in posts for s in one["sentences"])],
        "not_said": NOT_SAID,
        "report": around.report,
        "data": around.data,
    }


def _headline(found: PersonasFindings, pairs: Sequence[Mapping[str, Any]], faces: Sequence[Any]) -> str:
    said = []
    if found.names is not None:
        n = len(found.names)
        carry = "account carries" if n == 1 else "accounts carry"
        said.append(
            f"{NUMBERS[n] if n < len(NUMBERS) else count(n)} {carry} a name that can be taken for another."
            if n
            else f"No name among {count(found.n_candidates)} can be taken for another."
        )
        if n == 1 and (marked := sum(one.differs for one in pairs[0]["here"])):
            word = NUMBERS[marked] if marked < len(NUMBERS) else count(marked)
            are = "character is" if marked == 1 else "characters are"
            said.append(f"{word} {are} not what {'it looks' if marked == 1 else 'they look'} like.")
    if faces:
        most = max(one["n_names"] for one in faces)
        if most > 1:
            said.append(f"One picture stands under {NUMBERS[most].lower() if most < len(NUMBERS) else most} names.")
    return " ".join(said) or "What was found of names, pictures and posts."


def _names_note(found: PersonasFindings) -> str:
    if found.names is None:
        return ""
    return (
        f"{counted(len(found.names), 'pair', 'pairs')} of names, of {count(found.n_candidates)} accounts held against"
        f" {count(found.n_protected)} protected. {counted(found.n_set_aside, 'more was', 'more were')} set aside: the"
        " very same name, or one that says “fan”, “parody” or the like."
        f" {counted(found.n_weak, 'pair is', 'pairs are')} a letter or two apart and not shown here. Most who share a"
        " name share nothing else."
    )


def _pair(one: Mapping[str, Any], found: PersonasFindings, around: PersonasPage) -> dict[str, Any]:
    weighed = one["impersonation"]
    here, there = glyph_rows(one["candidate"], one["protected"], one["differing"])
    mine, other = one["candidate_account"], one["protected_account"]
    name = around.account(mine["account_id"])
    if around.shown:
        sentence = name_sentence(one["candidate"], one["protected"], one["why"], weighed["sentence"])
    else:
        here, there = (tuple(glyph for glyph in row if glyph.differs) for row in (here, there))
        sentence = f"{name} bears a name that can be taken for a protected one: {'; '.join(one['why'])}. "
        sentence += weighed["sentence"]
    return {
        "candidate": one["candidate"] if around.shown else name,
        "protected": one["protected"] if around.shown else "a protected name",
        "here": here,
        "there": there,
        "label_here": _label(here),
        "label_there": _label(there),
        "about_here": f"{name}{_about(mine)}",
        "about_there": f"Protected name{_about(other)}",
        "image_here": _image(around.avatars.get(mine["account_id"]), around),
        "image_there": _image(around.avatars.get(other["account_id"]), around),
        "level": weighed["level"],
        "sentence": printed(sentence),
        "parts": [_part(part, weighed["parts"][part], one, found) for part in PARTS],
        "signs": f"{weighed['n_signs']} of the {weighed['n_signs_looked_at']} counted signs that could be looked at",
        "disarm": ", ".join(weighed["disarm"]),
    }


def _label(row: Sequence[Any]) -> str:
    marked = [one.number for one in row if one.differs]
    return (
        f"{counted(len(marked), 'character differs', 'characters differ')}: {', '.join(marked)}" if marked else "as is"
    )


def _about(account: Mapping[str, Any]) -> str:
    said = []
    if account["created_at"]:
        said.append(f"since {_day(account['created_at'])}")
    if account["followers"] is not None:
        said.append(f"{count(account['followers'])} followers")
    return f", {', '.join(said)}" if said else ""


def _day(iso: str) -> str:
    day = datetime.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"


def _part(part: str, value: Any, one: Mapping[str, Any], found: PersonasFindings) -> dict[str, str]:
    if part == "label":
        # A label speaks against: its absence is what the rule asks for.
        return {
            "what": PARTS[part],
            "kind": "no" if value is None else "yes",
            "said": "No, in what was read of it" if value is None else f"Yes: “{value}”",
        }
    said = {True: "Yes", False: "No", None: "Not known"}[value]
    if value is not None and (detail := _detail(part, one, found)):
        said += f": {detail}"
    return {
        "what": PARTS[part],
        "kind": {True: "yes", False: "no", None: "open"}[value],
        "said": f"{said}. Shown, not counted." if part in NOT_COUNTED else said,
    }


def _detail(part: str, one: Mapping[str, Any], found: PersonasFindings) -> str:
    mine, other = one["candidate_account"], one["protected_account"]
    if part == "confusable_name":
        return str(one["likeness"])
    if part == "same_picture":
        two = {mine["account_id"], other["account_id"]}
        seen = next((each for each in found.pictures if set(each.get("accounts", ())) == two), None)
        return _seen(seen) if seen else ""
    if part == "newer" and mine["created_at"] and other["created_at"]:
        gap = datetime.fromisoformat(mine["created_at"]) - datetime.fromisoformat(other["created_at"])
        return f"by {count(abs(gap.days))} days" if gap.days >= 0 else f"older by {count(-gap.days)} days"
    if part == "fewer_followers" and mine["followers"] is not None and other["followers"] is not None:
        return f"{count(mine['followers'])} against {count(other['followers'])}"
    return ""


def _seen(pair: Mapping[str, Any]) -> str:
    """How two pictures were seen to be one."""
    how = {
        "pdq": f"PDQ differs in {pair['distance']} of {pair['of']} bits",
        "phash+dhash": f"pHash differs in {pair['distance']} of {pair['of']} bits",
        "corners": f"one is part of the other, {pair['corners']} corners agree",
    }[pair["method"]]
    return how if pair["transform"] == TURNS[0] else f"{how}, {pair['transform']}"


def _face(one: Mapping[str, Any], found: PersonasFindings, around: PersonasPage) -> dict[str, Any]:
    known = any(place["is_reference"] for place in one["places"])
    names = len(one["names"])
    accounts = len(one["accounts"])
    where = counted(len(one["places"]), "place", "places")
    sentence = one.get("sentence") if around.shown else None
    if sentence is None:
        elsewhere = " It is also among the pictures of known origin." if known else ""
        sentence = (
            f"One picture stands in {where}, shown by {counted(accounts, 'account', 'accounts')} under"
            f" {counted(names, 'name', 'names')}.{elsewhere} Pictures were compared as pictures: no face was"
            " recognised."
        )
    return {
        "sentence": printed(sentence),
        "is_known": known,
        "n_names": names,
        "heading": f"The same picture under {counted(names, 'name', 'names')}"
        if names
        else f"The same picture in {where}",
        "places": [_place(place, one, found, around) for place in one["places"][:MOST_PLACES]],
        "n_more": max(0, len(one["places"]) - MOST_PLACES),
        "disarm": ", ".join(one.get("disarm", ())),
    }


def _place(
    place: Mapping[str, Any], cluster: Mapping[str, Any], found: PersonasFindings, around: PersonasPage
) -> dict[str, Any]:
    bearer, picture = place["bearer"], place["picture"]
    first = cluster["places"][0]["picture"]
    how = next((pair for pair in found.pictures if {pair["a"], pair["b"]} == {first, picture}), None)
    how = how or next((pair for pair in found.pictures if picture in (pair["a"], pair["b"])), None)
    if place["is_reference"]:
        who = "Picture of known origin"
    elif around.shown:
        who = bearer["name"] or bearer["account_id"] or picture
    else:
        who = around.account(bearer["account_id"]) if bearer["account_id"] else "an account"
    return {
        "who": who,
        "file": picture if around.shown else "",
        "first_seen": bearer["first_seen"] or "",
        "how": _seen(how) if how and picture != first else "",
        "image": _image(picture, around),
    }


def _image(picture: str | None, around: PersonasPage) -> str:
    """A picture as an address that holds it; empty where it is not drawn."""
    png = around.thumbnails.get(picture or "")
    return f"data:image/png;base64,{base64.b64encode(png).decode()}" if png else ""


def _post(one: Mapping[str, Any], around: PersonasPage) -> dict[str, Any]:
    # A sentence that quotes somebody's name stays inside where names do.
    sentences = [s for s in one["sentences"] if around.shown or "“" not in s]
    rows = [
        (
            count(each["reposts"]),
            "not known" if each["seconds"] is None else duration(max(each["seconds"], 0.0)),
            f"{duration(each['others']['low'])} to {duration(each['others']['high'])}" if each["others"] else "too few",
        )
        for each in one["milestones"]
    ]
    return {
        "name": around.post(one["post_id"]),
        "text": one["text"] if around.shown else None,
        "time": _moment(one["time"] or ""),
        "iso": one["time"] or "",
        "author": around.account(one["author"]["account_id"]) if one["author"] else "",
        "sentences": [printed(sentence) for sentence in sentences],
        "withheld": (
            f"{counted(n, 'more sentence', 'more sentences')} about named accounts: inside only."
            if (n := len(one["sentences"]) - len(sentences))
            else ""
        ),
        "n_reposts": count(one["n_reposts"]),
        "n_comparators": counted(one["n_comparators"], "post", "posts"),
        "milestones": rows,
        "parts": [_strip(part) for part in one["parts"]],
        "elsewhere": _elsewhere(one, around),
    }


def _moment(iso: str) -> str:
    return iso.replace("T", " ").removesuffix("Z")


def _elsewhere(one: Mapping[str, Any], around: PersonasPage) -> list[tuple[str, str, str, str, str]]:
    """Where its words, its picture and its hashtags stand in the data, and where they stand first."""
    copies = (("Its words", one["text_copies"]), ("Its picture", one["picture_copies"]))
    told = [(what, found) for what, found in copies if found] + [(f"#{tag['tag']}", tag) for tag in one["tags"]]
    return [
        (
            what,
            count(found["posts"]),
            count(found["accounts"]),
            _moment(found["first_time"]),
            around.post(found["first_post"]),
        )
        for what, found in told
    ]


def _strip(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part of the reposters on its track, with the range of posts of like reach in grey."""
    what = part["of"].removeprefix("accounts ")
    what = what[0].upper() + what[1:]
    if part["share"] is None:
        track = strip(
            HEIGHT, f"{what}: not known.", tag("rect", x="0", y=0, width="100%", height=HEIGHT, fill="url(#hatch)")
        )
        return {"what": what, "drawing": track, "value": "Not known", "others": ""}
    others = part["others"]
    most = max(part["share"], others["high"] if others else 0.0, 0.01)
    scale = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if step >= min(most, 1.0))
    marks = [rect("0", 0, "100%", HEIGHT, "p-sunk")]
    if others:
        wide = (others["high"] - others["low"]) / scale
        marks.append(rect(across(others["low"] / scale), 0, across(max(wide, 0.004)), HEIGHT, "p-chance"))
    marks.append(tag("circle", cx=across(part["share"] / scale), cy=HEIGHT / 2, r=5.5, class_="p-tide"))
    beside = f"others {percent(others['low'])} to {percent(others['high'])}" if others else "too few others"
    said = f"{percent(part['share'])}, {part['count']:,} of {part['whole']:,}"
    return {
        "what": what,
        "drawing": strip(HEIGHT, f"{what}: {said}; {beside}. The track ends at {percent(scale)}.", *marks),
        "value": printed(percent(part["share"])),
        "others": printed(f"{part['count']:,} of {part['whole']:,}; {beside}"),
    }


def _addresses(found: Mapping[str, Any], around: PersonasPage) -> dict[str, Any]:
    rows = [
        (
            one["candidate"],
            one["protected"],
            "; ".join(one["why"]),
            f"{one['n_posts_with_it']:,} by {counted(one['n_accounts_with_it'], 'account', 'accounts')}",
            ", ".join(around.post(post) for post in one["post_ids"][:3]),
        )
        for one in found["pairs"][:MOST_PAIRS]
    ]
    return {
        "sentence": (
            f"{found['n_pairs']:,} of {counted(found['n_hosts'], 'site', 'sites')} in"
            f" {counted(found['n_posts_with_link'], 'post', 'posts')} with a link can be taken for one of"
            f" {found['n_protected']:,} protected."
        ),
        "rows": rows,
        "note": found["note"],
    }
