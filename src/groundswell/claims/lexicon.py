"""The words by which a sentence is read: what it says of scope, agency, identity, causality, time and quantity.

Each entry is a pattern that anybody can read and dispute, and each hit is kept with its place, so that a page can show
the very words. English only. A word that is not here is not seen: that is the chief way in which this fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

Levels: TypeAlias = Mapping[str, re.Pattern[str]]


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


ACCOUNTS = r"(?:accounts?|profiles?|users?|handles?|bots?|robots?|trolls?|personas?)"
PLATFORM = (
    r"(?:platform|site|social media|internet|X|Twitter|Facebook|Instagram|TikTok|Bluesky|Mastodon|Telegram|YouTube"
    r"|Reddit)"
)
NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|sixty|hundred|a hundred|a dozen|several|a few|many)"
)
ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))"

SCOPE: Levels = {
    "list": _words(
        rf"{ACCOUNTS}\s+(?:that\s+|which\s+)?(?:\w+\s+){{1,3}}?(?:monitors?|tracks?|follows?|watch(?:es)?|observes?)",
        rf"(?:monitored|tracked|followed|listed|sampled|hand-picked|selected|chosen|observed|watched)\s+{ACCOUNTS}",
        rf"(?:follows?|monitors?|tracks?|watch(?:es)?|holds?|lists?)\s+(?:some\s+|about\s+)?[\d,]+\s+{ACCOUNTS}",
        r"(?:our|its|their|the|a|this|his|her)\s+(?:own\s+|secret\s+|closed\s+)?(?:list|sample|panel|watch ?list)",
        r"(?:picked|chosen|selected)\s+for\s+(?:a|the|its|their)\s+(?:study|sample|list|panel)",
        r"by\s+hand\s+from",
    ),
    "network": _words(r"networks?", r"clusters?\s+of", r"rings?\s+of", r"webs?\s+of"),
    "platform": _words(
        rf"(?:on|across|of|over|throughout)\s+(?:the\s+|this\s+)?(?:entire\s+|whole\s+)?{PLATFORM}",
        r"trend(?:s|ed|ing)?",
        r"platform-wide",
    ),
    "public": _words(
        r"nation-?wide", r"world-?wide", r"across\s+the\s+(?:country|nation|world)", r"the\s+(?:whole|entire)\s+country"
    ),
}
"""Whom it is said of, from narrow to wide; a sentence has the widest."""

AGENCY: Levels = {
    "used": _words(
        r"us(?:e|es|ed|ing)", r"post(?:ed|ing)", r"shar(?:e|ed|es|ing)", r"tweet(?:ed|ing|s)?", r"carr(?:ied|ying)"
    ),
    "promoted": _words(
        r"push(?:ed|es|ing)?",
        r"amplif(?:y|ied|ies|ying)",
        r"boost(?:ed|s|ing)?",
        r"promot(?:e|ed|es|ing)",
        r"spread(?:s|ing)?",
        r"pump(?:ed|s|ing)?",
        r"flood(?:ed|s|ing)?",
        r"hijack(?:ed|s|ing)?",
        r"magnif(?:y|ied|ies|ying)",
        r"inflat(?:e|ed|es|ing)",
        r"fan(?:ned|ning)",
        r"plug(?:ged|ging)",
        r"circulat(?:ed|ing)",
    ),
    "drove": _words(
        r"dr(?:ove|iven|ives?|iving)",
        r"made",
        r"mak(?:es|ing)",
        r"creat(?:e|ed|es|ing)",
        r"start(?:ed|s|ing)",
        r"orchestrat(?:e|ed|es|ing)",
        r"mastermind(?:ed|s|ing)?",
        r"engineer(?:ed|s|ing)",
        r"manufactur(?:ed|es|ing)",
        r"invent(?:ed|s|ing)?",
        r"behind",
        r"whip(?:ped|s|ping)?\s+up",
        r"catapult(?:ed|s|ing)?",
        r"launch(?:ed|es|ing)?",
        r"generat(?:ed|es|ing)",
        r"fabricat(?:ed|es|ing)",
        r"order(?:ed|s)",
        r"fuell?(?:ed|s|ing)?",
        r"propell?(?:ed|s|ing)?",
        r"came\s+up\s+with",
        r"organis(?:ed|es|ing)",
        r"organiz(?:ed|es|ing)",
        r"stag(?:ed|es|ing)",
        r"command(?:ed|s|ing)",
        r"own\s+idea",
        r"its\s+idea",
    ),
}
"""What was done with the hashtag, from weak to strong."""

_OUTCOME = (
    r"(?:to\s+the\s+top|trend\w*|viral|number\s+one|into\s+the\s+(?:\w+\s+)?(?:top|charts?)"
    r"|(?:one\s+of\s+)?the\s+(?:\w+\s+)?(?:most|highest|biggest|largest|top)|in\s+the\s+rank\w*)"
)
CAUSALITY: Levels = {
    "caused": _words(
        r"(?:made|dr(?:ove|iven)|driving|push(?:ed|ing)|sent|sending|help(?:ed|ing)|lift(?:ed|ing)|propell(?:ed|ing)"
        rf"|catapult(?:ed|ing)|carr(?:ied|ying)|turn(?:ed|ing)|got)\s[^.;]{{0,70}}?{_OUTCOME}",
        r"led\s+to",
        r"caus(?:ed|es|ing)",
        r"because\s+of",
        r"thanks\s+to",
        r"owing\s+to",
        r"as\s+a\s+result\s+of",
        r"responsible\s+for",
        r"fuell?ed",
        r"sparked",
        r"triggered",
    ),
}
"""Whether an effect is put down to them."""

IDENTITY: Levels = {
    "automated": _words(r"bots?", r"robots?", r"botnets?", r"automated", r"scripted"),
    "hired": _words(r"trolls?", r"paid", r"hired", r"mercenar(?:y|ies)"),
    "inauthentic": _words(
        r"fakes?", r"faked", r"sock ?puppets?", r"inauthentic", r"impostors?", r"bogus", r"phoney", r"sham"
    ),
    "state": re.compile(
        r"(?<!\w)(?:[A-Z]\w+-(?:linked|backed|tied|influenced|run|controlled|affiliated|sponsored|funded|aligned|connected)"
        r"|(?:tie[sd]?|tying|link(?:s|ed)?|connect(?:s|ed)|attribut\w+|belong\w*)\s+to\s+(?:the\s+)?[A-Z]\w+"
        r"|[Ff]oreign|from\s+abroad|[Ss]tate[- ](?:backed|run|sponsored|media|broadcaster|linked|controlled)"
        r"|(?!Automatic|Public|Organic|Generic|English|Basic|Toxic|Specific|Static|Authentic|Inauthentic|Suspic)"
        r"[A-Z][a-z]+(?:ic|ian|ish|ese|ean|an)\s+(?:trolls?|bots?|accounts?|agents?|operatives?|profiles?|robots?)"
        r"|(?!Some|Many|The|Estate|Real|Paid|Travel|All|Most|Its|Their|Our)[A-Z][a-z]+\s+(?:agents|operatives)"
        r"|[Gg]overnment\s+(?:agents|accounts|trolls|operatives))(?!\w)"
    ),
}
"""What the accounts are said to be. Each category by itself; none is stronger than another."""

HEDGE = _words(
    r"may",
    r"might",
    r"could",
    r"appear(?:s|ed)?",
    r"seem(?:s|ed)?",
    r"suggest(?:s|ed)?",
    r"possibl[ey]",
    r"likely",
    r"suspect(?:ed|s)?",
    r"believed",
    r"alleged(?:ly)?",
    r"reportedly",
    r"presumably",
    r"apparently",
)
DENIAL = _words(
    r"not",
    r"no",
    r"never",
    r"nobody",
    r"none",
    r"neither",
    r"nor",
    r"without",
    r"deni(?:es|ed)",
    r"deny",
    r"false(?:ly)?",
    r"cannot",
    r"\w+n[’']t",
    r"wrongly",
)

DURATION = re.compile(
    rf"(?<!\w)(?:(?:for|in|within|over|during|past|last|all)\s+(?:the\s+)?(?:past\s+|last\s+)?({NUMBER}\s+)?"
    r"(hours?|days?|weeks?|months?|years?)|(overnight))(?!\w)",
    re.IGNORECASE,
)

NOUNS: Mapping[str, str] = {
    **dict.fromkeys(("account", "profile", "user", "handle", "bot", "robot", "troll", "persona"), "accounts"),
    **dict.fromkeys(("post", "tweet", "use", "time", "message", "mention"), "posts"),
    **dict.fromkeys(("picture", "photo", "photograph", "face", "image", "portrait", "avatar"), "pictures"),
    **dict.fromkeys(("member", "volunteer", "supporter", "follower", "people", "person"), "people"),
}
"""What is counted, under one name for its synonyms."""
NOUN = (
    r"(?:accounts?|profiles?|users?|handles?|bots?|robots?|trolls?|personas?|posts?|tweets?|uses?|times|messages?|mentions?"
    r"|pictures?|photos?|photographs?|faces?|images?|portraits?|avatars?|members?|volunteers?|supporters?|followers?|people"
    r"|persons?)"
)
_BETWEEN = (
    r"(?:(?!(?:that|which|who|by|of|in|on|with|from|and|or|the|an?|were|was|are|is|says?|said|to|for|at)\s)[\w’'-]+\s+)"
)
COUNT = re.compile(
    rf"(?<![\w.,#/-])(\d[\d,]*(?:\.\d+)?)\s+({_BETWEEN}{{0,3}}?)({NOUN})(?!\w)(?!\s+{NOUN}(?!\w))", re.IGNORECASE
)
"""«600 Norland-linked accounts»: number, up to three words that are no clause of their own, noun."""
VAGUE = re.compile(
    rf"(?<!\w)(swarms?|arm(?:y|ies)|hordes?|dozens|hundreds|thousands|tens\s+of\s+thousands|millions|legions?|floods?)"
    rf"\s+of\s+((?:[\w’'-]+\s+){{0,2}}?)({NOUN})(?!\w)",
    re.IGNORECASE,
)
PORTION = re.compile(
    rf"(?<!\w)(most|the\s+majority|half|one\s+in\s+\w+|a\s+(?:third|quarter|fifth)|\d+(?:\.\d+)?\s*(?:%|per\s+cent|percent))"
    rf"\s+(?:of\s+)?(?:the\s+|all\s+)?({NOUN})(?!\w)",
    re.IGNORECASE,
)
RANK = re.compile(
    rf"(?<!\w)({ORDINAL})\s+(?:most|highest|biggest|largest|place|among|rank)|(?<!\w)in\s+({ORDINAL})\s+place"
    r"|(?<!\w)((?:to|at)\s+the\s+top|(?:one\s+of|among)\s+the\s+(?:\w+\s+)?(?:most|highest|biggest|largest|top)"
    r"|number\s+one|top\s+(?:hashtags?|topics?|trends?)|the\s+most\s+(?:popular|used|shared))(?!\w)",
    re.IGNORECASE,
)

POPULAR = _words(r"popular", r"rank(?:s|ed|ing|ings)?", r"widespread", r"trend(?:s|ed|ing)?", r"top", r"in\s+use")
PERSONA = _words(
    r"(?:profile\s+)?(?:pictures?|photos?|photographs?|faces?|portraits?|avatars?)",
    r"impersonat\w+",
    r"reverse\s+image",
    r"stock\s+(?:photo\w*|image\w*|faces?)",
    r"stolen\s+\w+",
)
PEOPLE = _words(
    r"real\s+people",
    r"own\s+accord",
    r"volunteers?",
    rf"(?:our|its|their)\s+(?:{NUMBER}\s+)?members",
    r"grass-?roots",
    r"(?:no\s+one|nobody)\s+(?:paid|pays)",
    r"(?:its|our|their)\s+(?:own\s+)?idea",
    r"ordinary\s+(?:people|citizens|users)",
)
ABOUT_ACCOUNTS = _words(ACCOUNTS, r"networks?", r"(?:the|its|our)\s+(?:list|sample)")
"""In a sentence near one on the campaign, words by which it goes on about it."""
DEFINITE = _words(r"the\s+(?:hash)?tag", r"this\s+(?:hash)?tag", r"the\s+campaign", r"the\s+slogan")

REPORTED = _words(
    r"sa(?:id|ys?)",
    r"told",
    r"tells?",
    r"report(?:s|ed|ing)?",
    r"wr(?:ote|ites?|itten)",
    r"according\s+to",
    r"f(?:ound|inds?)",
    r"show(?:s|ed|n)?",
    r"claim(?:s|ed)?",
    r"reveal(?:s|ed)?",
    r"not(?:es|ed)",
    r"per",
    r"cit(?:es?|ed|ing)",
    r"quot(?:es?|ed|ing)",
    r"publish(?:es|ed)?",
    r"stud(?:y|ies)",
    r"data",
    r"survey",
    r"analysis",
    r"stor(?:y|ies)",
    r"articles?",
    r"has",
    r"have",
    r"details?",
    r"list(?:s|ed)?",
    r"kept\s+by",
    r"sources?",
    r"via",
    r"put\s+it",
    r"confirm(?:s|ed)?",
    r"counts?",
    r"sample",
)
"""Words that make of a name a source."""

OWN_DOING = (
    r"(?:count(?:ed)?|analy[sz]ed|reviewed|examined|went\s+through|read|looked\s+(?:at|through)|search(?:ed)?|ran|run|collected"
    r"|studied|monitor|track(?:ed)?|checked|sifted|combed|downloaded|gathered|measured|surveyed|follow)"
)
OWN = re.compile(
    rf"(?<!\w)(?:[Ww]e|I|[Oo]ur\s+reporters?|[Tt]his\s+(?:paper|newspaper|desk|site|blog))\s+(?:have\s+|had\s+)?{OWN_DOING}(?!\w)"
    r"|(?<!\w)(?:[Oo]ur|[Mm]y)\s+(?:own\s+)?(?:count|tally|analysis|review|sample|list|data|dashboard|survey|panel|figures|research"
    r"|measurements?|search|study)(?!\w)"
)
"""Words by which a document speaks of something that it found itself."""
FIRST_PERSON = _words(r"we", r"our", r"us")
