"""`groundswell demo personas`: a lookalike name and a face from a book cover, made up, found and put into words."""

from __future__ import annotations

from pathlib import Path

from groundswell.assess.two_cases import TwoCases
from groundswell.cli.say import line, printable
from groundswell.personas.impersonation import NOT_COUNTED


def say_two_cases(found: TwoCases, folder: Path) -> None:
    """Both cases below each other, with the sentences that may be printed."""
    line("Everything here is made up; nobody bears these names or faces.")
    for number, pair in enumerate(found.lookalikes, 1):
        line()
        line(f"A name that can be taken for another ({number} of {len(found.lookalikes)})")
        line(f"  {printable(pair['candidate'])}   for   {printable(pair['protected'])}")
        for name, part in pair["parts"].items():
            told = {True: "yes", False: "no", None: "not known"}.get(part, part) if name != "label" else part or "none"
            shown = f"{told}; shown, not counted" if name in NOT_COUNTED else told
            line(f"    {name.replace('_', ' '):<22} {shown}")
        line(f"  {printable(pair['sentence'])}")
    for number, face in enumerate(found.faces, 1):
        line()
        line(f"A picture of known origin under other names ({number} of {len(found.faces)})")
        for place in face["places"]:
            who = place["bearer"]["name"]
            line(f"    {place['picture']:<28} {printable(who) if who else 'reference'}")
        line(f"  {printable(face['sentence'])}")
    line()
    line("The post that was widely shared")
    for sentence in found.post["sentences"]:
        line(f"  {printable(sentence)}")
    line()
    line(f"page     {folder / 'index.html'}")
    line(f"pictures {folder / 'avatars'}, {folder / 'reference'}")
    line(f"figures  {folder / 'personas.json'}")
