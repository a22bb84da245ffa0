"""The reader of docs/r.md, run by R on every table."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from groundswell.engine.duck import Duck
from groundswell.publish.exports.catalogue import export_named
from groundswell.publish.exports.export import Material
from tests.publish.editions import edition

PAGE = Path(__file__).resolve().parents[1] / "docs" / "r.md"

CHECK = """
tables <- read_groundswell(commandArgs(TRUE)[1])
told <- list(
  rows = lapply(tables, nrow), columns = lapply(tables, names),
  posts = sum(tables$accounts$n_posts), unknown = sum(is.na(tables$accounts$handle)),
  whole = tables$shares$whole, first = tables$meetings$account_a[1], run = attr(tables, "run"),
  caveats = length(attr(tables, "caveats"))
)
cat(jsonlite::toJSON(told, auto_unbox = TRUE, digits = NA))
"""


def r_with_jsonlite() -> bool:
    """Whether this machine has R and the one package that the reader needs."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return False
    asked = [rscript, "-e", 'quit(status = !requireNamespace("jsonlite", quietly = TRUE))']
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not r_with_jsonlite(), reason="no R with jsonlite here; Debian: r-base-core and r-cran-jsonlite")
def test_r_reads_every_table_as_it_was_written(tmp_path):
    (code,) = re.findall(r"```r\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    (tmp_path / "read.R").write_text(code + CHECK, encoding="utf-8")
    folder = tmp_path / "tables"
    folder.mkdir()
    with Duck() as engine:
        export_named("csv").write(Material(edition=edition(engine)), folder)
        ((posts, accounts),) = engine.rows("select count(*), count(distinct account_id) from posts")
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    done = subprocess.run(
        ["Rscript", "--vanilla", str(tmp_path / "read.R"), str(folder)], capture_output=True, check=False, text=True
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rows"] == {name: table["rows"] for name, table in about["tables"].items()}
    assert told["columns"] == {name: [one for one, _ in table["columns"]] for name, table in about["tables"].items()}
    assert told["posts"] == posts
    assert told["unknown"] == accounts
    assert told["whole"] == [posts, accounts, posts, accounts]
    assert told["first"].startswith("acct-")
    assert (told["run"], told["caveats"] > 3) == ("7f3a91c", True)
