"""Made-up testimonies from templates, in four scripts, among posts that only talk of the same things.

    seed ──► texts, and the template each was filled from (None for the others)

Each template is a sentence with one to three slots and a list of fillings of its own. Some copies are edited by hand:
a word is left out or exchanged where no slot is. The others are free talk in the same phrases, so that a shared
vocabulary is no template. Nothing here was written by anyone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SLOT = "__"

PHRASES = {
    "latin": (
        *("my neighbour", "the baker", "our street", "the ferry crew", "a friend of mine", "the night nurse"),
        *("painted", "counted", "walked past", "wrote about", "voted on", "argued over", "repaired", "forgot"),
        *("the harbour gate", "the new bridge", "twelve lanterns", "the town clock", "the ferry timetable"),
        *("last winter", "on sunday", "before breakfast", "twice this year", "in the rain", "years ago", "i think"),
        *("as one does", "which took a while", "so that was that", "and then it rained", "no regrets", "never again"),
        *("the council", "the committee", "the old party", "i used to trust", "changed my mind", "for good", "because"),
        *(
            "but",
            "and",
            "slowly",
            "rather loudly",
            "with a torch",
            "without asking",
            "for the children",
            "near the quay",
        ),
        *(
            "soup",
            "fog",
            "music",
            "tickets",
            "fish",
            "swifts",
            "bread",
            "paint",
            "keys",
            "a ladder",
            "cold tea",
            "maps",
        ),
    ),
    "cyrillic": (
        *("сосед с третьего этажа", "наша улица", "пекарь", "паромщик", "моя подруга", "ночная смена", "городской хор"),
        *("красила", "считала", "обсуждала", "чинила", "снова видела", "описывала", "забыла", "потеряла", "нашла"),
        *("ворота гавани", "новый мост", "двенадцать фонарей", "городские часы", "расписание парома", "старую карту"),
        *("прошлой зимой", "в воскресенье", "до завтрака", "дважды в этом году", "под дождём", "на рассвете", "опять"),
        *("как обычно", "и это надолго", "вот и всё", "потом пошёл дождь", "никто не заметил", "больше никогда"),
        *("совет гавани", "комитету", "старая партия", "но", "и", "медленно", "суп", "туман", "рыба", "хлеб", "ключи"),
    ),
    "arabic": (
        *("جارنا في الطابق الثالث", "خباز الحي", "عامل العبارة", "صديقتي القديمة", "أهل الشارع", "حارس المنارة"),
        *("تحدث عن", "رسم", "أصلح", "نسي", "شاهد", "كتب عن", "فقد", "وجد", "سأل عن", "باع"),
        *("بوابة الميناء", "الجسر الجديد", "ساعة المدينة", "مواعيد العبارة", "المقاعد الخشبية", "الخريطة القديمة"),
        *("في الشتاء الماضي", "يوم الأحد", "قبل الفطور", "مرتين هذا العام", "تحت المطر", "عند الفجر", "ببطء"),
        *("كالعادة", "وانتهى الأمر", "ثم هطل المطر", "ولم ينتبه أحد", "مرة أخرى", "اللجنة", "الحزب القديم", "لكن"),
        *("حساء", "ضباب", "سمك", "خبز", "مفاتيح", "موسيقى", "تذاكر", "شاي بارد", "مع الأطفال"),
    ),
    "chinese": (
        *("三楼的邻居", "街角的面包师", "渡轮船员", "我的老朋友", "夜班护士", "码头的孩子们", "守灯塔的人"),
        *("画了", "数过", "谈起", "修好了", "忘记了", "又看见", "写到", "丢了", "找到", "卖掉"),
        *("港口的大门", "新建的桥", "十二盏灯笼", "城里的钟", "渡轮时刻表", "木头长椅", "旧地图", "凉茶"),
        *("去年冬天", "星期天", "早饭以前", "今年两次", "在雨里", "很多年前", "天亮时", "慢慢地"),
        *("像往常一样", "花了不少时间", "就这样吧", "后来下雨了", "谁也没注意", "委员会", "老党派", "但是"),
        *("汤", "雾", "鱼", "面包", "钥匙", "音乐", "车票", "梯子", "颜料", "和孩子们"),
    ),
}
"""Free talk is made of these, four to nine in any order: the same words and phrases again and again, in no template."""

SENTENCES: dict[str, tuple[tuple[str, ...], ...]] = {
    "latin": (
        ("I voted for the harbour council for __ years and I will never do it again", "years"),
        ("As a __ from the quay I used to trust the committee but the vote on __ changed my mind", "trade", "thing"),
        ("My __ always said that the old party stands for us and today I walk away for good", "kin"),
        (
            "Dear neighbours please ask your __ why the gate at __ is still closed after __ months",
            "kin",
            "thing",
            "years",
        ),
        ("Proud __ here and I am done being told what to think about __ by people upriver", "trade", "thing"),
    ),
    "cyrillic": (
        ("Я голосовал за совет гавани __ лет и больше никогда этого не сделаю", "years"),
        ("Как __ с нашей набережной я раньше верил комитету но решение про __ всё изменило", "trade", "thing"),
        ("Моя __ всегда говорила что старая партия за нас а сегодня я ухожу навсегда", "kin"),
    ),
    "arabic": (
        ("لقد صوتت لمجلس الميناء طوال __ سنوات ولن أفعل ذلك مرة أخرى أبدا", "years"),
        ("بصفتي __ من رصيف الميناء كنت أثق باللجنة لكن قرارها حول __ غير رأيي تماما", "trade", "thing"),
        ("كانت __ تقول دائما إن الحزب القديم معنا واليوم أغادره إلى الأبد", "kin"),
    ),
    "chinese": (
        ("我已经为港口委员会投票__年了，以后再也不会这样做", "years"),
        ("作为码头的__，我以前相信委员会，但是关于__的决定改变了我的想法", "trade", "thing"),
        ("我的__总是说老党派站在我们这边，今天我永远离开他们", "kin"),
    ),
}
"""Sentences with slots, each slot named after its fillings."""

FILLINGS = {
    "latin": {
        "years": ("twelve", "20", "many", "all my", "thirty five", "about ten", "seven", "fifteen"),
        "trade": ("teacher", "retired nurse", "welder", "proud father of two", "ferry cook", "student", "baker"),
        "thing": ("the gate", "fishing", "the night ferry", "rents", "the new bridge", "our schools"),
        "kin": ("grandmother", "father", "aunt in the north", "boss", "best friend", "older sister"),
    },
    "cyrillic": {
        "years": ("двенадцать", "20", "много", "тридцать пять", "почти десять", "семь"),
        "trade": ("учитель", "бывшая медсестра", "сварщик", "повар парома", "студент", "отец двоих детей"),
        "thing": ("ворота", "рыбалку", "ночной паром", "новый мост", "наши школы"),
        "kin": ("бабушка", "мать", "тётя с севера", "подруга", "старшая сестра"),
    },
    "arabic": {
        "years": ("سبع", "عشر", "خمس", "ثلاث", "تسع", "أربع"),
        "trade": ("معلما", "ممرضة متقاعدة", "لحاما", "طباخ العبارة", "طالبا", "خبازا"),
        "thing": ("البوابة", "الصيد", "العبارة الليلية", "الجسر الجديد", "المدارس"),
        "kin": ("جدتي", "أمي", "خالتي في الشمال", "صديقتي", "أختي الكبرى"),
    },
    "chinese": {
        "years": ("十二", "二十", "很多", "三十五", "差不多十", "七"),
        "trade": ("老师", "退休护士", "焊工", "渡轮厨师", "学生", "面包师"),
        "thing": ("大门", "捕鱼", "夜间渡轮", "新桥", "学校"),
        "kin": ("奶奶", "父亲", "北方的姑姑", "老板", "姐姐"),
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedTestimony:
    """Texts with their truth, in the same order."""

    texts: tuple[str, ...]
    template: tuple[str | None, ...]
    """The sentence, with ``__`` for each slot, that a text was filled from."""
    edited: tuple[bool, ...]
    """Whether a copy was changed where there is no slot; such a text need not be recognised."""


def copied_testimony(
    seed: int, *, n_talk: int = 2000, copies: tuple[int, int] = (5, 30), edited: float = 0.1
) -> CopiedTestimony:
    """Make testimonies and talk.

    Parameters
    ----------
    seed
        Fixes every draw.
    n_talk
        Texts of free talk, shared out evenly over the scripts.
    copies
        Fewest and most texts filled from one sentence.
    edited
        Share of the copies that are changed by hand.
    """
    rng = np.random.default_rng(seed)
    made: list[tuple[str, str | None, bool]] = []
    for script, sentences in SENTENCES.items():
        for sentence, *slots in sentences:
            for _ in range(int(rng.integers(copies[0], copies[1] + 1))):
                text = sentence
                for slot in slots:
                    choices = FILLINGS[script][slot]
                    text = text.replace(SLOT, choices[int(rng.integers(len(choices)))], 1)
                changed = bool(rng.random() < edited)
                made.append((_by_hand(rng, text) if changed else text, sentence, changed))
        made += [(_talk(rng, script), None, False) for _ in range(n_talk // len(SENTENCES))]
    order = rng.permutation(len(made))
    texts, template, changed_ones = zip(*(made[at] for at in order), strict=True)
    return CopiedTestimony(texts=texts, template=template, edited=changed_ones)


def _talk(rng: np.random.Generator, script: str) -> str:
    phrases = PHRASES[script]
    chosen = rng.choice(len(phrases), size=int(rng.integers(4, 10)), replace=False)
    return ("" if script == "chinese" else " ").join(phrases[at] for at in chosen)


def _by_hand(rng: np.random.Generator, text: str) -> str:
    """The text with one word left out; in a script without spaces, one character."""
    pieces = text.split(" ") if " " in text else list(text)
    del pieces[int(rng.integers(len(pieces)))]
    return (" " if " " in text else "").join(pieces)
