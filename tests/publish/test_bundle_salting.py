"""Salted ids keep the order of ids and nothing else."""

from __future__ import annotations

from groundswell.engine.duck import Duck
from groundswell.publish.bundle_salting import Salting
from tests.publish.editions import edition


def written(folder, salt=b"salt"):
    folder.mkdir()
    with Duck() as engine:
        edition(engine)
        salting = Salting(engine, salt)
        salting.write(folder)
        ids = [row[0] for row in engine.rows("select distinct account_id from posts order by account_id")]
        tables = {
            name: engine.query(f"select * from read_parquet('{folder / name}.parquet')") for name in ("traces", "posts")
        }
        return ids, [salting.account(one) for one in ids], tables


def test_salted_ids_stand_in_the_order_of_the_old_ones(tmp_path):
    ids, salted, _ = written(tmp_path / "a")

    assert sorted(salted) == salted
    assert len(set(salted)) == len(ids)


def test_no_id_no_word_and_no_link_is_left(tmp_path):
    written(tmp_path / "a")

    for path in sorted((tmp_path / "a").iterdir()):
        with Duck() as engine:
            for row in engine.rows(f"select * from read_parquet('{path}')"):
                text = " ".join(map(str, row))

                assert not any(word in text for word in ("user_", "reader_", "post_", "example", "OpenGate", "lock"))


def test_another_salt_gives_other_ids_and_the_same_salt_the_same(tmp_path):
    _, one, _ = written(tmp_path / "a")
    _, same, _ = written(tmp_path / "b")
    _, other, _ = written(tmp_path / "c", b"pepper")

    assert one == same
    assert not set(one) & set(other)


def test_as_many_rows_as_before(tmp_path):
    _, _, tables = written(tmp_path / "a")
    with Duck() as engine:
        edition(engine)
        counts = {name: engine.rows(f"select count(*) from {name}")[0][0] for name in tables}

    assert {name: len(table["time"]) for name, table in tables.items()} == counts
