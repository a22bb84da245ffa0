"""How a report was made: the command that makes it again, what was chosen, and under which names accounts stand.

Edition ──► the command, part by part · choices as rows · a note on names
"""

from __future__ import annotations

from groundswell.assess.wording import counted, listed
from groundswell.model.run import DEFAULT_POWER, SCAN_WINDOWS_S
from groundswell.publish.asked import campaign_asked
from groundswell.publish.edition import Edition
from groundswell.publish.spelling import lag
from groundswell.traces.kinds import words


def command(edition: Edition) -> list[str]:
    """The command that makes the same tables again, part by part."""
    asked = edition.parameters
    parts = ["groundswell run", *(_quoted(ledger.path) for ledger in edition.ledgers), "-o out/"]
    parts += [f"--window {window.total_seconds():g}s" for window in asked.windows]
    parts += [f"--min-objects {asked.min_objects}", f"--fdr {asked.fdr:g}", f"--seed {asked.seed}"]
    if asked.power != DEFAULT_POWER:
        parts.append(f"--power {asked.power}")
    if campaign := campaign_asked(asked.campaign, edition.redaction):
        parts.append(f"--campaign {_quoted(campaign)}")
    if asked.cautious:
        parts.append("--cautious")
    parts += [f"--follows {_quoted(one.file)}" for one in edition.follow_lists]
    if asked.show_handles:
        parts.append("--show-handles")
    return parts


def windows_used(edition: Edition) -> list[float]:
    """The windows of the group search that the data's clock can tell apart, in seconds."""
    return [window for window in SCAN_WINDOWS_S if window not in edition.refused_windows_s]


def choices(edition: Edition) -> list[tuple[str, str]]:
    """What was asked for or taken by default: (what, which)."""
    asked = edition.parameters
    chosen = [
        (
            "Windows of the links table",
            listed([lag(window.total_seconds()) for window in asked.windows]) or "60 s, the default",
        ),
        ("Windows of the group search", listed([lag(window) for window in windows_used(edition)])),
        ("Fewest objects of a link", str(asked.min_objects)),
        ("False discovery rate of links", f"{asked.fdr:g}"),
        ("Kinds of trace", listed([words(kind).many for kind in asked.kinds]) if asked.kinds else "all the data have"),
        ("Campaigns planted of each make", str(asked.power) if asked.power else "none"),
        ("Seed", str(asked.seed)),
        ("Version", f"groundswell {edition.version}"),
        ("Run", edition.run_id),
    ]
    if lists := [f"{one.file} ({counted(one.pairs, 'pair', 'pairs')})" for one in edition.follow_lists]:
        chosen.insert(6, ("Lists of who follows whom", listed(lists)))
    if campaign := campaign_asked(asked.campaign, edition.redaction):
        chosen.insert(0, ("Campaign", edition.redaction.text(campaign, longest=160)))
    return chosen


def names_note(edition: Edition) -> str:
    """Under which names accounts stand here, and what that hides."""
    if edition.parameters.show_handles:
        return (
            "Accounts stand here under their own ids and names, because this run was asked for them with"
            " --show-handles. Somebody answers for that decision."
        )
    return (
        "Accounts stand here under pseudonyms made with a key that stays in the study. Words that were posted in public"
        " can be found by searching for them, so a pseudonym does not hide the author of a quoted post."
    )


def _quoted(argument: str) -> str:
    plain = argument.replace("_", "").replace("-", "").replace(".", "").isalnum()
    return argument if plain else "'" + argument.replace("'", "'\\''") + "'"
