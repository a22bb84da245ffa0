"""What changes a study as time goes by: live collection, and deletion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from groundswell.collect.collector import Collected
from groundswell.collect.collector import collect as collect_live
from groundswell.collect.event import Source
from groundswell.collect.pseudonymised import Pseudonymised
from groundswell.collect.sources import remember
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.pipeline.held_elsewhere import held_elsewhere
from groundswell.pipeline.run_record import MADE_BY
from groundswell.pipeline.watching import forget_roll_up
from groundswell.store.pseudonymise import read_key, settle
from groundswell.store.purging import Purge
from groundswell.store.purging import purge as purge_study
from groundswell.store.study import Study


def collect(
    study: Study,
    source: Source,
    *,
    seconds: float | None = None,
    pseudonymise: Path | None = None,
    report: Callable[[Collected], None] = lambda done: None,
) -> Collected:
    """Collect from a live source until time is up or Ctrl-C, from where the last collection stopped.

    Parameters
    ----------
    pseudonymise
        A key file outside the study, made if it is missing. What arrives is renamed before anything is written.
    """
    pseudonyms = None if pseudonymise is None else read_key(pseudonymise, study.folder)
    settle(study, pseudonyms)
    if pseudonyms is not None:
        source = Pseudonymised(source, pseudonyms)
    remember(source, study)
    return collect_live(study, source, seconds=seconds, report=report)


def purge(
    study: Study,
    *,
    accounts: Sequence[str] = (),
    before: datetime | None = None,
    now: datetime | None = None,
    retention: bool = False,
    pseudonymise: Path | None = None,
) -> Purge | None:
    """Delete posts by account, by age or by the study's retention date; None where nothing is due.

    Parameters
    ----------
    pseudonymise
        The key file of a study that holds pseudonyms: who asks to be forgotten does so under a name.
    now
        The time of the record, and what the retention date is compared with; the machine's clock without it.
    """
    now = now or datetime.now(UTC)
    if retention and (before := study.due_before(now)) is None:
        return None
    if accounts:
        accounts = _as_the_study_calls_them(study, accounts, pseudonymise)
    with Duck() as engine:
        purged = purge_study(
            study, engine, accounts=accounts, before=before, at=now, made_by=MADE_BY, elsewhere=held_elsewhere
        )
    forget_roll_up(study)
    return purged


def _as_the_study_calls_them(study: Study, accounts: Sequence[str], key_file: Path | None) -> Sequence[str]:
    """The accounts' pseudonyms where the study holds pseudonyms; a missing key is not made, as it would find nobody."""
    if key_file is not None and not key_file.is_file():
        raise WrongUse(f"There is no key {str(key_file)!r}.\n  Name the file that the study was read with.")
    pseudonyms = None if key_file is None else read_key(key_file, study.folder)
    settle(study, pseudonyms)
    return accounts if pseudonyms is None else [pseudonyms.of(name) for name in accounts]
