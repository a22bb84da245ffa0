"""The table of formats in the docs, made of what the readers say of themselves.

python -m groundswell.read.formats > docs/formats.md
"""

from __future__ import annotations

import sys

from groundswell.read.json_lines import DEEPEST
from groundswell.read.recognise import readers
from groundswell.read.survey import LIMITS

SHAPES = {"table": "CSV, TSV, Excel, Parquet", "lines": "JSON lines or document"}

TOP = """# Formats

What Groundswell reads, how it knows it, and what it takes for granted. A format is recognised by content, never by the
file's name. This page is made of the readers themselves: `python -m groundswell.read.formats > docs/formats.md`.

Every file may be plain, `.gz`, `.zst` or `.bz2`; a `.zip` may hold several files of one format. Of an `.xlsx` the first
sheet is read. Any table with an account and a time is read once its columns are named:
`groundswell inspect FILE --write-mapping map.toml`, then `--mapping map.toml`.

Every row lands as a post, as another record, or in the ledger with its reason: rows = posts + other records + left out.
`groundswell inspect FILE` shows the ledger that reading would give, with the first rows of each reason, and a verdict
on ids, texts and times.

| format | shape | in words | described at |
|---|---|---|---|
"""

OUT = """
## Out and back

`groundswell export STUDY -o posts.parquet` (or `.csv`, `.jsonl`; `--table accounts` for profiles) writes what a study
holds as one file, read back as `groundswell-posts` or `groundswell-accounts` with every field as it was: words, ids,
times to the microsecond, unknown apart from empty. NUL and half surrogates, which no table holds, became U+FFFD when
the file was first read. Two things are the new file's own: where a post came from (`source_file`, `source_row`) and the
raw bytes. A cell of more than 131,072 characters goes into Parquet and JSON lines only.

## Edits

Of a post that was collected more than once the latest version counts, in whichever file or stream it stands; Mastodon
tells by `edited_at`, Telegram by `edited_unixtime`, X by `edit_history_tweet_ids`, Bluesky's streams by an event. An
earlier version is another record of its file's ledger; its raw line stays, but for a stream, where its hash takes its
place. What stands in a study is younger than its time then, and the ledger says in how many rows. An event of Bluesky
tells when a post was changed and not when it was made: it gets the time of the first version that was read.

"""

CAPS = """
## Caps

Adversaries write files. What goes beyond these is refused in words, or is one row of the ledger; `--limit` allows more
to a file you trust.

| cap | | option |
|---|---|---|
"""


PROOF = """
How this is held to: a [pack of hostile files](hostile.md), each of which must end in words or in the ledger within
10 s and 1 GB; fuzzing guided by coverage (`tests/fuzz/README.md` has the figures); and what reading costs in
[benchmarks/README.md](../benchmarks/README.md#reading).
"""


def page() -> str:
    """The page as Markdown."""
    known = sorted(readers(), key=lambda reader: reader.name)
    lines = [f"| `{one.name}` | {SHAPES[one.shape]} | {one.title} | {one.source} |\n" for one in known]
    assumed = ["\n## What is taken for granted\n\n"]
    for one in known:
        if one.assumes:
            assumed.append(f"**{one.name}** {' '.join(one.assumes)}\n\n")
    caps = [
        f"| unpacked bytes of a file | {LIMITS.unpacked_bytes >> 30} GiB | `unpacked=` |\n",
        f"| unpacked over packed, from {LIMITS.ratio_from_bytes >> 20} MiB on | {LIMITS.ratio} | `ratio=` |\n",
        f"| memory a zstd file may ask for | {LIMITS.window_bytes >> 20} MiB | `window=` |\n",
        f"| files in a zip archive | {LIMITS.members:,} | `members=` |\n",
        f"| columns of a table | {LIMITS.columns:,} | `columns=` |\n",
        f"| characters of a line of JSON | {LIMITS.line >> 20} Mi | `line=` |\n",
        f"| characters of one JSON document | {LIMITS.document >> 20} Mi | `document=` |\n",
        f"| levels of JSON inside one another | {LIMITS.depth:,} (at most {DEEPEST:,}) | `depth=` |\n",
    ]
    return (
        TOP
        + "".join(lines)
        + "".join(assumed).rstrip("\n")
        + "\n"
        + OUT.rstrip("\n")
        + "\n"
        + CAPS
        + "".join(caps)
        + PROOF
    )


if __name__ == "__main__":
    sys.stdout.write(page())
