"""What made-up accounts say of themselves: a handle, a name, a bio, a picture. No person bears such a name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.simulate.grammar import Grammar

FIRST = (
    "airy", "alpine", "azure", "blue", "brass", "bright", "brisk", "calm", "cedar", "chalk", "clever", "cloudy",
    "cobalt", "copper", "coral", "cosy", "crisp", "curly", "dappled", "dawn", "dusky", "early", "faded", "fern",
    "fizzy", "foggy", "frosty", "gentle", "gilded", "golden", "granite", "green", "hazy", "hidden", "honey",
    "humble", "indigo", "inky", "ivory", "jaunty", "lemon", "lilac", "little", "lunar", "maple", "mellow",
    "merry", "midnight", "minty", "misty", "mossy", "muted", "nimble", "northern", "oaken", "ochre", "outer",
    "oval", "paper", "pebble", "plaid", "plum", "polar", "quiet", "rainy", "restless", "rugged", "russet",
    "rusty", "salty", "sandy", "scarlet", "sepia", "shady", "silent", "silver", "sleepy", "slow", "smoky",
    "snowy", "soft", "southern", "spare", "speckled", "spruce", "stormy", "sunny", "tawny", "tidal", "timid",
    "tranquil", "velvet", "vivid", "wandering", "warm", "wicker", "wild", "windy", "winter", "woolly",
)  # fmt: skip

SECOND = (
    "acorn", "anchor", "apron", "atlas", "badger", "basket", "beacon", "biscuit", "bonnet", "bramble", "breeze",
    "bucket", "button", "cabbage", "candle", "canoe", "carpet", "chimney", "cobble", "comet", "compass",
    "cricket", "crumpet", "cup", "dahlia", "dinghy", "donkey", "drum", "easel", "falcon", "feather", "fiddle",
    "finch", "flannel", "fox", "garden", "gecko", "goose", "gull", "hammock", "harbour", "harp", "hedgehog",
    "hinge", "hill", "jigsaw", "kettle", "kite", "lantern", "ladder", "lighthouse", "lobster", "magpie", "mango",
    "marmot", "meadow", "mitten", "moth", "muffin", "newt", "noodle", "orchard", "otter", "owl", "paddle",
    "pancake", "parrot", "pepper", "pickle", "pigeon", "pocket", "pond", "postbox", "puffin", "puzzle", "quilt",
    "radish", "raven", "ribbon", "rocket", "rudder", "saddle", "saffron", "scarf", "shell", "sparrow", "spoon",
    "squirrel", "teapot", "thimble", "thistle", "ticket", "toast", "trumpet", "turnip", "umbrella", "violin",
    "walnut", "whistle", "waffle", "window", "yarrow", "zephyr",
)  # fmt: skip

BIOS = Grammar(
    {
        "start": (
            "{trade}. {habit}.",
            "{habit}, {habit2}.",
            "{trade}, {habit2}. {tail}",
            "{tail} {habit}.",
            "{trade} by day, {trade2} by night.",
            "{habit}. {tail}",
            "Mostly {thing} and {thing2}. {tail}",
        ),
        "trade": (
            "Baker", "Bookbinder", "Cyclist", "Gardener", "Tram driver", "Teacher", "Nurse", "Carpenter", "Night owl",
            "Amateur astronomer", "Retired surveyor", "Beekeeper", "Piano tuner", "Student of maps", "Ferry regular",
            "Part-time librarian", "Electrician", "Home cook", "Crossword setter", "Weekend sailor", "Chess player",
        ),
        "trade2": (
            "reader", "stargazer", "quiz addict", "slow runner", "bread maker", "map collector", "gamer", "knitter",
        ),
        "habit": (
            "Walks the dog before sunrise", "Collects old timetables", "Grows too many tomatoes",
            "Reads the small print",
            "Takes photographs of doors", "Writes letters to the council", "Always looking for good soup",
            "Rides the last bus home", "Keeps bees on the roof", "Knows every bench in town", "Repairs radios",
            "Swims all year", "Argues about cheese", "Learning the accordion", "Counts swifts in May",
        ),
        "habit2": (
            "swims in cold water", "restores bicycles", "bakes on Sundays", "sings in a choir", "sketches bridges",
            "drinks too much tea", "plays bass badly", "watches trains", "tells long stories", "grows dahlias",
        ),
        "thing": (
            "weather", "football", "gardens", "rivers", "recipes", "bridges", "birds", "films", "maps", "puzzles",
        ),
        "thing2": ("tea", "trams", "cats", "old maps", "crosswords", "bread", "tides", "vinyl", "chess", "clouds"),
        "tail": (
            "Opinions my own, the soup is shared.", "Here for the comments.", "Views change with the tide.",
            "Talk to me about {thing}.", "Still learning.", "No direct messages please.", "Quietly enthusiastic.",
            "Parent of two.", "Left-handed.", "Posts in bursts.", "Be kind.", "Mind the gap.", "Slow replies.",
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Profile:
    """How an account presents itself. None is «the platform did not tell»."""

    handle: str
    name: str
    bio: str | None
    picture: str | None
    created_at: np.datetime64
    followers: int
    following: int
    n_posts: int


class Profiles:
    """Makes profiles up, no two of them with the same handle, name, picture or bio."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self._names = rng.permutation(len(FIRST) * len(SECOND))
        self._made = 0
        self._bios: set[str] = set()

    def make(
        self,
        *,
        handle: str | None = None,
        name: str | None = None,
        bio: str | None = None,
        picture: str | None = None,
        created_at: np.datetime64 | None = None,
    ) -> Profile:
        """A profile; what is not given is made up."""
        rng = self.rng
        first, second = divmod(int(self._names[self._made]), len(SECOND))
        self._made += 1
        words = (FIRST[first], SECOND[second])
        number = int(rng.integers(10, 9999))
        own_picture = f"https://pictures.example/{number}{self._made:05d}.png" if rng.random() < 0.93 else None
        age_days = min(4000.0, rng.exponential(1500) + 30)
        return Profile(
            handle=handle or f"{words[0]}_{words[1]}_{number}",
            name=name or f"{words[0].capitalize()} {words[1].capitalize()}",
            bio=bio or self._bio(),
            picture=picture or own_picture,
            created_at=created_at or np.datetime64("2024-05-01", "s") - np.timedelta64(int(age_days * 86400), "s"),
            followers=int(rng.lognormal(5.2, 1.4)),
            following=int(rng.lognormal(5.4, 0.9)),
            n_posts=int(rng.lognormal(6.5, 1.5)) + 20,
        )

    def _bio(self) -> str | None:
        """A bio nobody else has; one account in eight leaves it empty."""
        if self.rng.random() < 0.125:
            return ""
        for _ in range(100):
            bio = BIOS.say(self.rng)
            if bio not in self._bios:
                self._bios.add(bio)
                return bio
        return ""
