"""Looking back at a finished run: why is this account here, and what may a draft say?"""

from __future__ import annotations

from pathlib import Path

from groundswell.assess.check_text import Hit
from groundswell.assess.check_text import check_text as find_overclaims
from groundswell.assess.explanation import Explanation
from groundswell.assess.explanation import explain as explain_account
from groundswell.engine.duck import Duck
from groundswell.errors import UnreadableFile, WrongUse
from groundswell.pipeline.reading import check_file
from groundswell.pipeline.run_record import latest_folder, open_latest
from groundswell.publish.edition import ACCOUNTS_SEEN
from groundswell.publish.redaction import Redaction
from groundswell.store.run_folder import (
    read_assessment,
)
from groundswell.store.study import Study


def explain(study: Study, account: str) -> Explanation:
    """Say why an account is in a group of the latest run, and which posts would take it out.

    Parameters
    ----------
    account
        An account id, a handle with or without @, or a pseudonym from a report.
    """
    with Duck() as engine:
        groups, _ = open_latest(study, engine)
        return explain_account(engine, groups, account_id_of(study, engine, account))


def check_text(file: Path, study: Study | None = None) -> tuple[Hit, ...]:
    """Find what a draft says and may not, held against the latest run of a study if one is named."""
    check_file(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            file,
            "this is no plain text.",
            f"Byte {error.start:,} is no UTF-8.",
            "Save the draft as plain text or Markdown in UTF-8.",
        ) from None
    return find_overclaims(text, read_assessment(latest_folder(study)) if study else None)


def account_id_of(study: Study, engine: Duck, written: str) -> str:
    """The id of an account, however it is written; what no account is called comes back as it is."""
    seen = engine.rows(ACCOUNTS_SEEN)
    ids = {account_id for account_id, _, _ in seen}
    if written in ids:
        return written
    pseudonyms = Redaction(seen, study.pseudonym_key, shown=False)
    wanted = written.lstrip("@").casefold()
    matches = sorted(
        account_id
        for account_id, handle, _ in seen
        if wanted in ((handle or "").lstrip("@").casefold(), account_id.casefold(), pseudonyms.account(account_id))
    )
    if len(matches) > 1:
        raise WrongUse(
            f"{written!r} is the name of {len(matches)} accounts: {', '.join(matches[:5])}.\n"
            "  Name one by its id as it stands in accounts.csv."
        )
    return matches[0] if matches else written
