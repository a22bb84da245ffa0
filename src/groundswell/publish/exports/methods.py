"""The methods paragraph of a paper, with what it cites: text and BibTeX, filled in from the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from groundswell.assess.sensitivity import power_sentences
from groundswell.assess.wording import counted, kinds_listed, listed
from groundswell.detect.groups import RULE_VERSION
from groundswell.model.run import SCAN_WINDOWS_S
from groundswell.publish.edition import Edition
from groundswell.publish.exports.caveats import caveats
from groundswell.publish.exports.export import Export, Material
from groundswell.publish.redaction import inert
from groundswell.publish.spelling import lag


@dataclass(frozen=True, slots=True)
class Work:
    """Something that the paragraph cites."""

    key: str
    sort: str
    fields: tuple[tuple[str, str], ...]

    def bibtex(self) -> str:
        """Its entry."""
        lines = [f"  {name} = {{{value}}}," for name, value in self.fields]
        return "\n".join((f"@{self.sort}{{{self.key},", *lines, "}"))


LINKS = Work(
    "giglietto2020village",
    "article",
    (
        ("author", "Giglietto, Fabio and Righetti, Nicola and Rossi, Luca and Marino, Giada"),
        ("title", "It takes a village to manipulate the media: coordinated link sharing behavior during 2018 and 2019"
        " {Italian} elections"),
        *(("journal", "Information, Communication \\& Society"), ("year", "2020"), ("volume", "23"), ("number", "6")),
        *(("pages", "867--891"), ("doi", "10.1080/1369118X.2020.1739732")),
    ),
)  # fmt: skip
NETWORKS = Work(
    "pacheco2021uncovering",
    "inproceedings",
    (
        ("author", "Pacheco, Diogo and Hui, Pik-Mai and Torres-Lugo, Christopher and Truong, Bao Tran and Flammini,"
        " Alessandro and Menczer, Filippo"),
        ("title", "Uncovering Coordinated Networks on Social Media: Methods and Case Studies"),
        ("booktitle", "Proceedings of the International AAAI Conference on Web and Social Media"),
        *(("year", "2021"), ("volume", "15"), ("pages", "455--466"), ("doi", "10.1609/icwsm.v15i1.18075")),
    ),
)  # fmt: skip
FDR = Work(
    "benjamini1995controlling",
    "article",
    (
        ("author", "Benjamini, Yoav and Hochberg, Yosef"),
        ("title", "Controlling the False Discovery Rate: A Practical and Powerful Approach to Multiple Testing"),
        ("journal", "Journal of the Royal Statistical Society: Series B (Methodological)"),
        *(("year", "1995"), ("volume", "57"), ("number", "1"), ("pages", "289--300")),
        ("doi", "10.1111/j.2517-6161.1995.tb02031.x"),
    ),
)
RATES = Work(
    "clopper1934use",
    "article",
    (
        ("author", "Clopper, C. J. and Pearson, E. S."),
        ("title", "The use of confidence or fiducial limits illustrated in the case of the binomial"),
        *(("journal", "Biometrika"), ("year", "1934"), ("volume", "26"), ("number", "4"), ("pages", "404--413")),
        ("doi", "10.1093/biomet/26.4.404"),
    ),
)
NEAR = Work(
    "broder1997resemblance",
    "inproceedings",
    (
        *(("author", "Broder, Andrei Z."), ("title", "On the resemblance and containment of documents")),
        ("booktitle", "Proceedings of the Compression and Complexity of Sequences 1997"),
        *(("year", "1997"), ("pages", "21--29"), ("doi", "10.1109/SEQUEN.1997.666900")),
    ),
)


def write(material: Material, folder: Path) -> None:
    """``methods.txt`` and ``methods.bib``."""
    (folder / "methods.txt").write_bytes((paragraph(material) + "\n").encode("utf-8"))
    entries = "\n\n".join(work.bibtex() for work in cited(material.edition))
    (folder / "methods.bib").write_bytes((entries + "\n").encode("utf-8"))


def paragraph(material: Material) -> str:
    """What was done, in words for a paper; keys in brackets are those of the BibTeX file."""
    return inert(material.edition.redaction.names(" ".join(_sentences(material.edition))))


def cited(edition: Edition) -> tuple[Work, ...]:
    """The works that the paragraph cites, the program first."""
    kinds = _kinds(edition)
    program = Work(
        "groundswell",
        "software",
        (
            ("title", "Groundswell: measuring coordinated campaigns in social media posts"),
            *(("version", edition.version), ("note", f"run {edition.run_id}"), ("license", "Apache-2.0")),
        ),
    )
    works = [program, LINKS, NETWORKS, FDR]
    if "near_text" in kinds:
        works.append(NEAR)
    if edition.power is not None and edition.power.planted:
        works.append(RATES)
    return tuple(works)


def _sentences(edition: Edition) -> Iterator[str]:
    asked, kinds = edition.parameters, _kinds(edition)
    files = counted(len(edition.ledgers), "file", "files")
    rows, posts = sum(one.rows for one in edition.ledgers), sum(one.posts for one in edition.ledgers)
    left = sum(one.n_left_out for one in edition.ledgers)
    yield (
        f"We read {counted(rows, 'row', 'rows')} from {files} with Groundswell {edition.version} [groundswell]:"
        f" {counted(posts, 'post', 'posts')}, and {counted(left, 'row', 'rows')} left out with a stated reason."
    )
    yield caveats(edition).scope[:1].upper() + caveats(edition).scope[1:]
    if kinds:
        windows = listed([lag(window.total_seconds()) for window in asked.windows])
        yield (
            f"Two accounts are linked when they repeated {counted(asked.min_objects, 'object', 'objects')} or more"
            f" within {windows or '60 s'} of each other [giglietto2020village; pacheco2021uncovering], for"
            f" {kinds_listed(kinds)};"
            f" links are listed at a false discovery rate of {asked.fdr:g} [benjamini1995controlling] and are not"
            " reported by themselves."
        )
    if "near_text" in kinds:
        yield "Reworded texts were matched by the resemblance of their shingles [broder1997resemblance]."
    scanned = [window for window in SCAN_WINDOWS_S if window not in edition.refused_windows_s]
    yield (
        f"Groups are reported by a scan (rule {RULE_VERSION}) over windows of {listed([lag(one) for one in scanned])}:"
        " members must stand together more than three times as often as the outsiders of the same objects, after"
        " paying for the choice of the group among all groups of its size, and nobody may lead them."
    )
    yield f"Times are exact to {lag(edition.precision_s)}; the seed was {asked.seed}."
    said = edition.assessment
    yield f"Result: {said.headline} {said.hedge}"
    if edition.power is not None and edition.power.planted:
        yield from power_sentences(edition.power)
        yield "Rates of planted campaigns carry exact 95 % intervals [clopper1934use]."
    disputed = sum(edition.standing(group).latest is not None for group in edition.reported)
    if disputed:
        yield f"Of {counted(len(edition.reported), 'finding', 'findings')}, {disputed:,} had been disputed by then."
    yield f"The same files, version and choices give the same tables: run {edition.run_id}."


def _kinds(edition: Edition) -> tuple[str, ...]:
    return tuple(kind for (kind,) in edition.engine.rows("select distinct kind from traces order by kind"))


EXPORT = Export(
    name="methods", title="a methods paragraph with citations, text and BibTeX (folder)", suffix="", write=write
)
