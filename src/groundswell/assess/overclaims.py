"""What a draft may not say, why, and what may stand there instead.

Each rule is a pattern of words and, for some, what in the same sentence makes them right: a source, or the whole that a
share is a part of. The list follows the ways in which a dashboard's figures were misread in print (Racket News 2023),
and the claim ladder: similar, coordinated, inauthentic, one controller, a named actor. Software fills the first two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from groundswell.assess.states import STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Overclaim:
    """Words to look for, in sentences that lack what would make them right."""

    name: str
    pattern: re.Pattern[str]
    why: str
    permitted: str
    unless: re.Pattern[str] | None = None
    """A sentence with this in it is passed over."""


def any_of(*patterns: str, case: bool = False) -> re.Pattern[str]:
    """Any of these patterns as whole words; `case` keeps capitals apart."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", 0 if case else re.IGNORECASE)


NUMBER = r"\d[\d,.\u00a0]{0,20}"
WHOLE = re.compile(
    rf"\bof (?:the |all |its |their |about |some )?{NUMBER}\b|\d\s*/\s*\d|\bout of {NUMBER}", re.IGNORECASE
)
"""What a share or a count needs beside it: the number that it is part of."""

COUNTED = re.compile(rf"{WHOLE.pattern}|\b(?:collected|compared|read|in all|in total|altogether)\b", re.IGNORECASE)
"""The same, or words that make the count itself the whole."""

SOURCE = re.compile(
    r"https?://|\bdoi\b|\[\d+\]|\baccording to\b|\battribut|\bindictment\b|\breport (?:by|of|from)\b"
    r"|\b(?:said|says|wrote|reported|announced|stated|alleged|found)\b",
    re.IGNORECASE,
)
_STATE = rf"(?:{'|'.join(map(re.escape, STATES))})"
_THINGS = "accounts?|posts?|tweets?|messages?|users?|profiles?|videos?"

IDENTITY = "says what an account is; timing and copied words show what it did"
OVERCLAIMS = (
    Overclaim(
        name="identity",
        pattern=any_of(r"(?:ro)?bots?", "botnets?", "cyborgs?"),
        why=f"It {IDENTITY}. Posting by software is not measured here, and would say nothing about intent.",
        permitted="14 of 9,829 accounts shared the same 38 links within 60 seconds of each other.",
    ),
    Overclaim(
        name="identity",
        pattern=any_of("trolls?", "troll(?:ing)? (?:farm|factory|army)", "shills?", "operatives?", "agents? of"),
        why=f"It {IDENTITY}.",
        permitted="14 of 9,829 accounts posted the same words within 60 seconds of each other.",
    ),
    Overclaim(
        name="identity",
        pattern=any_of("fakes?", "faked", "fakery", "phony", "sock ?-?puppets?", "impost[eo]rs?", "astroturf\\w*"),
        why=f"It {IDENTITY}. Who misrepresents an identity is for a person to find out, account by account.",
        permitted="2 of the 14 profiles use the picture of another account; a person has looked at each.",
        unless=SOURCE,
    ),
    Overclaim(
        name="certainty",
        pattern=any_of(
            "prove[sdn]?",
            "proof that",
            "confirm(?:s|ed|ing)?",
            "certainly",
            "definitely",
            "undoubtedly",
            "undeniabl[ey]",
            "unquestionabl[ey]",
            "irrefutabl[ey]",
            "incontrovertibl[ey]",
            "conclusive(?:ly)?",
            "clearly (?:show|demonstrate|indicate)s?",
            "obvious(?:ly)?",
            "without (?:a )?doubt",
            "(?:there is )?no doubt",
            "beyond (?:any |a )?(?:reasonable )?doubt",
            "100 ?% (?:certain|sure)",
        ),
        why="It leaves no room for error, and every rule has a measured rate of errors.",
        permitted="The data are consistent with this; outsiders’ timing would give 0.3 of the 214 meetings.",
    ),
    Overclaim(
        name="attribution",
        pattern=any_of(
            rf"{_STATE}(?:[- ](?:linked|backed|sponsored|controlled|run|aligned|affiliated|funded|state|government))+",
            rf"{_STATE} (?:bots?|trolls?|accounts?|operations?|campaigns?|influence|interference|propaganda|agents?)",
            rf"(?:run|controlled|orchestrated|directed|operated|paid|ordered|masterminded) by (?:the )?{_STATE}",
            rf"{_STATE} (?:is|was|were|are) behind",
            "[Tt]he Kremlin",
            "Kremlin\\S*",
            "GRU",
            "Internet Research Agency",
            case=True,
        ),
        why="It names who is behind it, and no source stands in the sentence. No software can say who is behind posts.",
        permitted="These data do not say who is behind the accounts. SOURCE attributes them to …, because ….",
        unless=SOURCE,
    ),
    Overclaim(
        name="attribution",
        pattern=any_of(
            "linked to",
            r"\w+-linked",
            "(?:has|have|with) ties to",
            "connected to",
            "state-(?:backed|sponsored|run)",
            "foreign (?:interference|influence|operation|actor)s?",
            "masterminds?",
        ),
        why="It names or hints at somebody behind the accounts without saying who found that out and how.",
        permitted="They shared the same 38 links as …; that says nothing about who is behind them.",
        unless=SOURCE,
    ),
    Overclaim(
        name="cause",
        pattern=any_of(
            "trend(?:ed|ing|s)? (?:because|thanks to|due to|owing to)(?: of)?",
            "ma(?:de|king|kes) (?:it|them|\\S+) (?:trend|(?:go )?viral)",
            "went viral (?:because|thanks to|due to)(?: of)?",
            "dr(?:ove|iven|iving) (?:the|by|it|support)",
            "boosted by",
            "pushed by",
            "fuell?ed by",
            "manufactured by",
            "propelled",
            "sw(?:ung|ayed|aying) (?:the|voters?|public)",
            "influenced (?:the )?(?:election|vote|voters|result|public)",
            "responsible for (?:the )?(?:trend|spread|success)",
        ),
        why="It says that one thing caused another. Being among the posts is not having moved them.",
        permitted="Members wrote 120 of 4,351 posts with #X (2.8 %). How it would have ranked without is unknown.",
    ),
    Overclaim(
        name="size",
        pattern=any_of(
            "went viral",
            "go(?:es|ing)? viral",
            "surge[sd]?",
            "surging",
            "skyrocket\\w*",
            "explo(?:ded|sion)",
            "flood(?:ed|ing|s)?",
        ),
        why="It is a size without a number.",
        permitted="It rose from 64 to 3,392 posts a day, of 51,000 posts collected.",
    ),
    Overclaim(
        name="size",
        pattern=any_of(
            "networks? of", "arm(?:y|ies) of", "swarms? of", "legions? of", "the conversation", "the internet"
        ),
        why="It is a whole that nobody has counted.",
        permitted="A group of 14 of the 9,829 accounts that were collected.",
    ),
    Overclaim(
        name="denominator",
        pattern=re.compile(rf"(?<![\w.]){NUMBER}\s?(?:%|per ?cent\b)", re.IGNORECASE),
        why="It is a share without the whole that it is a share of.",
        permitted="1.4 %: 14 of 9,829 accounts.",
        unless=WHOLE,
    ),
    Overclaim(
        name="denominator",
        pattern=any_of(
            r"(?:half|most|much|the (?:vast )?majority|a (?:third|quarter|fifth|tenth)|one in \w+)"
            rf" of (?:the |all |its |these )?(?:\S+ )?(?:{_THINGS}|hashtags?|traffic|activity|volume)"
        ),
        why="It is a share without a number, and without the whole that it is a share of.",
        permitted="Members wrote 2,210 of 4,351 posts with #X (51 %).",
        unless=WHOLE,
    ),
    Overclaim(
        name="denominator",
        pattern=any_of(
            rf"(?<!of )(?<!of the )(?<!of all )(?:{NUMBER}|(?:dozens|hundreds|(?:tens of )?thousands|millions) of)"
            rf" (?:(?!other)[a-z][\w-]* )?(?:{_THINGS})"
        ),
        why="It is a count without the number that it is a part of.",
        permitted="14 of 9,829 accounts; 120 of 4,351 posts.",
        unless=COUNTED,
    ),
    Overclaim(
        name="four words",
        pattern=any_of(
            "coordinated(?:,)?(?: and)? inauthentic",
            "inauthentic(?:,)?(?: and)? coordinat\\w+",
            "coordinated automat\\w+",
        ),
        why="Coordinated is measured against chance; inauthentic needs somebody who has looked. They are two claims.",
        permitted="They acted together more than chance allows. Whether they misrepresent who they are was not shown.",
        unless=SOURCE,
    ),
    Overclaim(
        name="score",
        pattern=any_of(
            "bot ?-?scores?",
            "botometer",
            r"(?:likely|probability|chance|odds)(?: \S+){0,3} (?:a|being a) (?:bot|troll|fake)",
        ),
        why="It gives a person a score. Such scores are wrong for many people and can’t be disputed.",
        permitted="The account posted 412 times that day, more than 99 % of the 9,829 accounts.",
    ),
    Overclaim(
        name="nothing found",
        pattern=any_of(
            "no (?:evidence|sign|trace)s? of coordination",
            "no coordination(?: was| is)?(?: found| detected)?",
            "(?:was|is|were|are) (?:entirely |completely |purely |genuinely )?organic",
            "grass-?roots",
        ),
        why="That nothing was found is worth what could have been found, which has to stand beside it.",
        permitted="No group was detected at this sensitivity: it shows 18 of 20 planted campaigns of 12 accounts.",
    ),
)
