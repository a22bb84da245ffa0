"""Accounts one by one: names, pictures, signs of automation, one post's anatomy, texts that are nearly the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from groundswell.assess.post_sentence import post_sentences
from groundswell.assess.two_cases import TwoCases, two_cases
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.post import ACCOUNTS, MADE_UP, POSTS, Account
from groundswell.model.progress import Progress, silent
from groundswell.model.snapshot import GONE, Status
from groundswell.personas.automation.model import Estimate
from groundswell.personas.automation.model import estimate as estimate_automation
from groundswell.personas.automation.vector import Vector, vector
from groundswell.personas.lookalikes import among
from groundswell.personas.lookalikes import lookalikes as find_lookalikes
from groundswell.personas.name_list import read_names
from groundswell.personas.pictures.captured import compare_captured
from groundswell.personas.pictures.files import LUMA
from groundswell.personas.pictures.folder import Compared, compare_folder, read_bearers
from groundswell.personas.pictures.pairs import print_of
from groundswell.personas.post_anatomy import Anatomy, anatomy
from groundswell.personas.study_accounts import study_accounts
from groundswell.personas.told import as_json as lookalikes_as_json
from groundswell.pipeline.explaining import account_id_of
from groundswell.pipeline.reading import check_file, open_study
from groundswell.pipeline.run_record import MADE_BY, VERSION, clock_grain_s
from groundswell.publish.personas_findings import FOLDER, PersonasFindings
from groundswell.publish.personas_page import PersonasPage, personas_html
from groundswell.read.batches import Batch, account_columns
from groundswell.read.text_list import read_texts
from groundswell.read.times import microseconds
from groundswell.simulate.demo_personas import TESTIMONY, WRITER, PersonasWorld, demo_personas
from groundswell.simulate.pictures import as_png
from groundswell.store.output import whole_folder
from groundswell.store.run_folder import (
    open_traces,
    read_groups,
    read_json,
    write_json,
)
from groundswell.store.study import Study
from groundswell.traces.similar_text.embedding import embedder
from groundswell.traces.similar_text.pairs import LEAST
from groundswell.traces.similar_text.report import similar_text as find_similar_text


def lookalikes(candidates: Path, protected: Path | None = None) -> dict[str, Any]:
    """Find names that can be taken for a protected one, or for one another where no list is given.

    Parameters
    ----------
    candidates, protected
        A text file with one name a line, a table of accounts, or a study folder.
    """
    names = _names(candidates)
    if protected is None:
        return lookalikes_as_json(among(names), protected_list=False)
    return lookalikes_as_json(find_lookalikes(names, _names(protected)))


def pictures(
    folder: Path,
    *,
    reference: Path | None = None,
    stop: Path | None = None,
    seen: Path | None = None,
    cut_outs: bool = True,
    progress: Progress = silent,
) -> Compared:
    """Find pictures that are the same picture, or part of one; nothing is fetched.

    Parameters
    ----------
    folder
        A folder of pictures, or a study, whose captured pages are asked for theirs.
    reference
        Pictures whose origin is known: press photographs, stock, book covers.
    stop
        Pictures that are no evidence: default avatars, flags.
    seen
        A CSV of who showed them: ``picture`` and any of ``account_id``, ``name``, ``first_seen``.
    """
    if seen:
        check_file(seen)
    if any((place / "study.toml").is_file() for place in (folder, folder / "study")):
        if seen:
            raise WrongUse(
                "--seen tells who showed the pictures of a folder; those of captures stand at the time they were"
                " fetched.\n  Leave it out, or copy the pictures into a folder."
            )
        return compare_captured(open_study(folder), reference=reference, stop=stop, corners=cut_outs, progress=progress)
    return compare_folder(
        folder,
        reference=reference,
        stop=stop,
        bearers=read_bearers(seen) if seen else None,
        corners=cut_outs,
        progress=progress,
    )


def post(study: Study, post_id: str, *, gone: Path | None = None) -> tuple[Anatomy, tuple[str, ...]]:
    """Take one post of the study apart; returns the figures, and the sentences with the one to print first.

    Parameters
    ----------
    gone
        A text file with the ids of accounts that are no longer there, one a line. Without it the study's snapshots
        tell, of the accounts that somebody looked for.
    """
    if gone:
        check_file(gone)
    with Duck() as engine:
        study.open_tables(engine)
        folder = study.latest_run()
        status = None if gone else dict(engine.rows(LAST_STATUS))
        found = anatomy(
            engine,
            post_id,
            read_groups(folder) if folder else None,
            gone=_gone(status) if status else frozenset(gone.read_text(encoding="utf-8-sig").split()) if gone else None,
            looked_at=status or None,
        )
    return found, post_sentences(found)


LAST_STATUS = """
select account_id, arg_max(status, (seen_at, source)) from snapshots where status is not null
group by account_id order by account_id
"""


def _gone(status: Mapping[str, str]) -> frozenset[str]:
    return frozenset(account for account, said in status.items() if Status(said) in GONE)


def demo_two_cases(out: Path, *, seed: int = 0) -> TwoCases:
    """Make up a lookalike name and a face from a book cover, find both, and leave pictures and figures in `out`."""
    world = demo_personas(seed)
    writer = [account for account in world.accounts if account.name == WRITER]
    with whole_folder(out) as folder, Duck() as engine:
        for place, pictures_made in (("avatars", world.avatars), ("reference", world.covers)):
            (folder / place).mkdir()
            for name, colours in pictures_made.items():
                (folder / place / name).write_bytes(as_png(colours))
        batch = Batch(MADE_UP)
        for row, made in enumerate(world.posts, 1):
            batch.add(made, made.post_id or str(row), microseconds(made.time), row)
        engine.load(POSTS, batch.columns())
        engine.load(ACCOUNTS, account_columns(world.accounts))
        found = two_cases(
            engine,
            [account for account in world.accounts if account.name],
            writer,
            {name.removesuffix(".png"): print_of(name, colours @ LUMA) for name, colours in world.avatars.items()},
            [print_of(f"reference/{name}", colours @ LUMA) for name, colours in world.covers.items()],
            TESTIMONY,
            gone=world.gone,
        )
        write_json(folder / "personas.json", found.as_json())
        (folder / "index.html").write_bytes(_demo_page(found, world).encode("utf-8"))
        write_json(folder / "demo.json", {"made_by": MADE_BY, "seed": seed, "sets": ["personas"]})
    return found


def _demo_page(found: TwoCases, world: PersonasWorld) -> str:
    pictures = {**world.avatars, **{f"reference/{name}": colours for name, colours in world.covers.items()}}
    placed = {place["picture"] for face in found.faces for place in face["places"]}
    placed |= {f"{account}.png" for name in found.lookalikes for account in name["accounts"]}
    findings = PersonasFindings(
        names=found.lookalikes,
        n_candidates=found.n_accounts,
        n_protected=found.n_protected,
        faces=found.faces,
        pictures=found.pictures,
        posts=[found.post],
    )
    around = PersonasPage(
        title="A lookalike name and a face from a book cover",
        version=VERSION,
        made_up=True,
        shown=True,
        avatars={name.removesuffix(".png"): name for name in world.avatars},
        thumbnails={name: as_png(colours[::2, ::2]) for name, colours in pictures.items() if name in placed},
    )
    return personas_html(findings, around)


def keep_findings(study: Study, kind: str, found: Mapping[str, Any]) -> Path:
    """Keep what was found of names, pictures, addresses or a post in the study, where `publish` looks for it.

    Parameters
    ----------
    kind
        ``names``, ``pictures``, ``addresses`` or ``posts``; of posts, one beside those kept before.
    """
    path = study.folder / FOLDER / f"{kind}.json"
    if kind == "posts":
        older = read_json(path, step="post --keep") if path.is_file() else {}
        found = {**older, found["post_id"]: found}
    # Whatever JSON can't hold, such as a time, becomes text here as it does on paper.
    write_json(path, json.loads(json.dumps(found, default=str)))
    return path


PROFILE_FIGURES = """
select followers, following, n_posts, bio, epoch_us(created_at) as created_us,
       (select epoch_us(max(time)) from posts) as at_us
from accounts where account_id = $account_id order by platform limit 1
"""


def indicators(study: Study, account: str, *, base_rate: float | None = None) -> tuple[Vector, Estimate | None]:
    """Read one account's signs of automation, each by itself.

    Parameters
    ----------
    account
        An account id, a handle with or without @, or a pseudonym from a report.
    base_rate
        Part of all accounts taken to be automated. Only where it is given does a weak model add an interval.
    """
    if base_rate is not None and not 0 < base_rate < 1:
        raise WrongUse(f"--base-rate must lie between 0 and 1, but {base_rate:g} was asked for.\n  Try 0.05.")
    with Duck() as engine:
        study.open_tables(engine)
        open_traces(engine, study.folder / "traces")
        account_id = account_id_of(study, engine, account)
        found = vector(engine, account_id, precision_s=clock_grain_s(study.ledgers()))
        if base_rate is None:
            return found, None
        names = ("followers", "following", "n_posts", "bio", "created_us", "at_us")
        rows = engine.rows(PROFILE_FIGURES, account_id=account_id)
    profile = dict(zip(names, rows[0] if rows else (None,) * len(names), strict=True))
    return found, estimate_automation(profile, profile["at_us"] or 0, base_rate)


def similar_text(
    place: Path, *, least: float = LEAST, paraphrases: bool = False, progress: Progress = silent
) -> dict[str, Any]:
    """Find texts that are nearly the same, and the templates that were filled in.

    Parameters
    ----------
    place
        A text file with one text a line, a table with a column ``text``, any post file, or a study folder.
    least
        Jaccard index, 0.3 to 1, from which two texts are listed.
    paraphrases
        Whether a small model looks for texts that say alike in other words: candidates, marked as weaker. It needs the
        extra ``embed``.
    """
    if not 0.3 <= least <= 1:
        raise WrongUse(f"--least must lie between 0.3 and 1, but {least:g} was asked for.\n  The default is {LEAST:g}.")
    embed = embedder() if paraphrases else None
    if place.is_dir():
        with Duck() as engine:
            open_study(place).open_tables(engine)
            rows = engine.query("select post_id, text from posts where not is_repost order by time, post_id")
        read_as, ids, texts = "the original posts of a study", list(rows["post_id"]), list(rows["text"])
    else:
        check_file(place)
        listed = read_texts(place)
        read_as, ids, texts = listed.read_as, list(listed.ids), list(listed.texts)
    found = find_similar_text(texts, ids, least=least, embed=embed, progress=progress)
    return {"read_as": read_as, **found}


def _names(place: Path) -> tuple[Account, ...]:
    if not place.is_dir():
        check_file(place)
        return read_names(place).accounts
    with Duck() as engine:
        open_study(place).open_tables(engine)
        return study_accounts(engine)
