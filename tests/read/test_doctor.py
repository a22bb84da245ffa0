"""The verdicts of inspect: on ids, texts and times, in words and in figures."""

from __future__ import annotations

from groundswell.assess.wording import check
from groundswell.read.doctor import as_words
from groundswell.read.inspect import inspect_file
from groundswell.read.mojibake import repaired
from tests.read.kept import write_csv, write_lines


def verdicts(path):
    return {one.about: one for one in inspect_file(path).verdicts}


def test_a_whole_file_is_said_to_be_whole(tmp_path):
    path = write_csv(tmp_path / "posts", "account_id,time,text,post_id\nana,2024-05-01T10:00:00Z,Grüße,p1\n")

    found = verdicts(path)

    assert {name: str(one.state) for name, one in found.items()} == {"ids": "whole", "text": "whole", "times": "whole"}


def test_damage_is_counted_and_what_is_certain_is_mended(tmp_path):
    rows = "1.01421E+18,soon,x\nana,2024-05-01,GrÃ¼ÃŸe\nben,2024-05-01,a\ufffdb\u200b\n1.01421E+18,2024-05-01,x\n"
    path = write_csv(tmp_path / "posts", f"account_id,time,text\n{rows}")

    found = verdicts(path)

    assert found["ids"].counts["lost"] == 2
    assert found["text"].counts["repaired"] == 1
    assert found["text"].counts["replaced_characters"] == 1
    assert found["text"].counts["texts_with_invisible_characters"] == 1
    assert found["times"].counts["zone_assumed"] == 2
    assert {str(one.state) for one in found.values()} == {"damaged", "whole"}
    assert inspect_file(path).preview[0]["text"] == "Grüße"
    assert len(as_words(found.values())) == 3
    for one in found.values():
        for sentence in one.sentences:
            check(sentence)


def test_an_entity_in_a_plain_table_is_said_to_stand_as_it_came(tmp_path):
    """Of a plain table nothing is unwrapped, so nothing may be said to have been."""
    path = write_csv(tmp_path / "posts", "account_id,time,text\nana,2024-05-01,this &amp; that\nben,2024-05-01,x\n")

    assert verdicts(path)["text"].sentences == (
        "1 of 2 texts hold HTML entities such as &amp;, which are read as they stand.",
    )
    assert inspect_file(path).preview[0]["text"] == "this &amp; that"


def test_the_exporters_clock_is_named(tmp_path):
    chat = {"id": 1, "type": "public_channel", "name": "Gate", "messages": [{"id": 1, "date": "2020-01-01T10:00:00"}]}
    path = write_lines(tmp_path / "result.json", [chat])

    assert "local time of whoever exported" in " ".join(verdicts(path)["times"].sentences)


def test_the_grain_of_a_clock_is_told_only_where_the_times_show_it(tmp_path):
    def said(*times):
        rows = "".join(f"ana,{time},p{n}\n" for n, time in enumerate(times))
        return " ".join(verdicts(write_csv(tmp_path / "posts", f"account_id,time,post_id\n{rows}"))["times"].sentences)

    assert "too few times to tell" in said("2024-05-01T10:00:01Z")
    assert "finer than a thousandth" in said("2024-05-01T10:00:01.123456Z")
    assert "whole multiples of 1 s" in said(*(f"2024-05-01T10:00:{n:02}Z" for n in range(7)))


def test_text_is_repaired_only_where_all_of_it_takes_part():
    assert repaired("Ã©tÃ©") == "été"
    assert repaired("été Ã©") is None
    assert repaired("Â") is None


def test_ids_are_judged_in_a_file_of_profiles_too(tmp_path):
    header = "userid,user_display_name,user_screen_name,account_creation_date"
    path = write_csv(tmp_path / "users", f"{header}\n1.01421E+18,Ana,ana,2015-11-06\n77,Ben,ben,2015-11-06\n")

    found = verdicts(path)

    assert {name: str(one.state) for name, one in found.items()} == {
        "ids": "damaged",
        "text": "unknown",
        "times": "unknown",
    }
    assert found["ids"].counts["stood_in"] == 1
