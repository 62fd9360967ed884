"""Terms: the words that requests have in common. In texts, out counts of terms that name nobody.

Texts are cut into words of a dictionary (jieba's, by rjieba; nothing is guessed, so no unlisted name becomes a word).
A term is a noun, verb or adjective of two characters or more (three letters), used in at least k requests from at
least k places; names of people, places and organisations, numbers and the hotline's own phrases are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import counts
from minping.stats.shingles import spaced

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST_TERMS = 2000
MOST_SHARE = 0.5  #: of the requests; what more of them say tells nothing
CAPITALS = 0.8  #: of the places where an English word stands; such a word is a name
KINDS = "nvaijlbz"  #: first letters of jieba's word classes that may be terms
LONGEST_WORD = 30  #: letters; what is longer is no word
NAMES = ("nr", "ns", "nt", "nrt", "nrfg", "nz")  #: people, places, organisations, other names
#: what people and hotlines say whatever the matter
STOP_ZH = """
请求 希望 要求 有关 相关 部门 处理 核实 解决 反映 反应 没有 影响 领导 重视 督促 回复 答复 给予 予以 结果 多次 生活 尽快 正常
问题 情况 市民 来电 咨询 投诉 建议 诉求 热线 工单 工作人员 单位 可以 能够 应该 需要 进行 存在 出现 目前 现在 表示 认为 知道
协调 安排 落实 整改 查处 管理 监管 群众 居民 住户 意见 很大 安全隐患 帮助 谢谢 感谢 您好 你好 时候 时间 小时 半小时 一直
""".split()
STOP_EN = """
the and for with that this from have has had not are was were been but you your our they their there please would could
should will can any all who what when where which very since about after before again also still more than out into over
help request complaint problem issue people resident residents citizen department government city hotline hope need want
""".split()


@dataclass(frozen=True, slots=True)
class Cut:
    """Texts as words."""

    text: Ints  #: (n,) of each word
    word: Ints  #: (n,) position in `words`
    words: list[str]
    texts: int


def cut(texts: Sequence[str]) -> Cut:
    """The words of each text, in their order.

    >>> found = cut(["电动车充电", "Broken street light"])
    >>> [found.words[at] for at in found.word.tolist()], found.text.tolist()
    (['电动车', '充电', 'Broken', 'street', 'light'], [0, 0, 1, 1, 1])
    """
    import pyarrow as pa
    import rjieba

    coded = pa.array(rjieba.cut(spaced(texts), False), pa.string()).dictionary_encode()
    words = coded.dictionary.to_pylist()
    word = np.asarray(coded.indices.to_numpy(), dtype=np.int64)
    is_end = np.array([said == "\n" for said in words], dtype=np.bool_)[word] if words else np.empty(0, np.bool_)
    is_word = np.array([not said.isspace() for said in words], dtype=np.bool_)[word] if words else is_end
    return Cut((np.cumsum(is_end) - is_end)[is_word], word[is_word], words, len(texts))


def usage(found: Cut, terms: dict[str, int]) -> csr_array:
    """How often each text uses each term, (texts, terms)."""
    from scipy.sparse import csr_array

    term = np.array([terms.get(said.lower(), -1) for said in found.words], dtype=np.int64)
    term = term[found.word] if found.words else np.empty(0, np.int64)
    is_term = term >= 0
    cells = (np.ones(int(is_term.sum())), (found.text[is_term], term[is_term]))
    table = csr_array(cells, shape=(found.texts, len(terms)))
    table.sum_duplicates()
    return table


def shared_terms(found: Cut, place: Ints, least: int, never: Sequence[str] = ()) -> dict[str, int]:
    """The words that may be terms, in order, each with its column.

    Args:
        found: some requests as words
        place: (texts,) where each comes from, from 0
        least: requests, and places, that must use a term
        never: words that are none, such as names of bodies
    """
    candidates = {said: at for at, said in enumerate(sorted(_common_nouns(found) - {word.lower() for word in never}))}
    if not candidates:
        return {}
    table = usage(found, candidates)
    table.data[:] = 1.0
    used = np.asarray(table.sum(axis=0)).ravel()
    kept = (used >= least) & (used <= MOST_SHARE * found.texts) & (_places(table, place) >= least)
    order = np.argsort(-used, kind="stable")
    words = list(candidates)
    return {words[at]: column for column, at in enumerate(sorted(order[kept[order]][:MOST_TERMS].tolist()))}


def _places(table: csr_array, place: Ints) -> Floats:
    """From how many places each term comes, (terms,)."""
    from scipy.sparse import csr_array

    member = csr_array((np.ones(place.size), (place, np.arange(place.size))), shape=(int(place.max()) + 1, place.size))
    return np.asarray(((member @ table) > 0).sum(axis=0), dtype=np.float64).ravel()


def _common_nouns(found: Cut) -> set[str]:
    """Words, in lower case, that are no names, no numbers and no phrases of the hotline."""
    import rjieba

    often = counts(found.word, len(found.words))
    stop = {*STOP_ZH, *STOP_EN}
    lower: dict[str, float] = {}
    whole: dict[str, float] = {}
    for said, count in zip(found.words, often.tolist(), strict=True):
        word = said.lower()
        whole[word] = whole.get(word, 0) + count
        lower[word] = lower.get(word, 0) + (0 if said.istitle() and said.isascii() else count)
    kept = set()
    for word, count in whole.items():
        if word in stop or not word.isalpha() or len(word) > LONGEST_WORD:
            continue
        if word.isascii():
            if len(word) >= 3 and lower[word] >= (1 - CAPITALS) * count:
                kept.add(word)
        elif len(word) >= 2 and _is_kind(rjieba.tag(word, False)):
            kept.add(word)
    return kept


def _is_kind(tagged: list[tuple[str, str]]) -> bool:
    """Whether a word is one of the dictionary's, of a class that may be a term."""
    return len(tagged) == 1 and tagged[0][1][:1] in KINDS and tagged[0][1] not in NAMES
