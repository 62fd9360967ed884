"""Reports: what every body writes of its work of each year; where planted, it copies a long passage.

Sentences are put together from short phrases, so that two honest reports share words but no long runs of them. A report
that copies is handed in after what it copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minping.model.arrays import Ints
from minping.simulation.official import Days
from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table, coded, days, joined, numbers, texts

if TYPE_CHECKING:
    from minping.simulation.county import County

YEARS = 2
SENTENCES = 26
COPIED = (5, 21)  #: sentences that are copied, from the first to before the last
WHEN = "年初 开春 汛期前 入夏后 秋收时 入冬前 上半年 三季度 年底 节前 假期 开学前 雨季 二月起 四月起 五月起 七月起 九月起 十月起 十一月起 全年 每周 每月 逢集日".split()
WHO = "班子成员 驻村干部 网格员 青年党员 综治队 民政专干 护林员 水管员 河长 路长 老党员 志愿者 妇联 团委 工会 卫生院 派出所 司法所 财政所 农技站 文化站 退役军人站 便民中心 物业小组".split()
DID = "逐户走访 摸排登记 整修 清理 巡查 改造 协调解决 回访 调解 帮办代办 补种 疏通 更换 检测 督促整改 签约 组织培训 公示 核对 慰问 抢修 测试 加固 试点".split()
WHAT = "独居老人 低洼院落 老旧水管 背街小巷 村道路肩 沟渠淤泥 危旧电线 闲置厂房 蔬菜大棚 困难学生 农家书屋 消防栓 健身器材 公厕 集贸市场 河岸护坡 山塘水库 欠薪线索 邻里纠纷 残疾人家庭 返乡青年 秋粮收购点 校车站点 化粪池".split()
UNIT = "户 处 米 件 人次 座 盏 亩 个点位 批 场 台 眼 公里 份 组".split()
RESULT = "群众反映好转 三日内销号 已纳入台账 验收合格 仍有两处待修 资金已到位 比上年略少 投诉减少 用水恢复 争议当场化解 费用全部公开 由住户签字 明年继续 尚缺经费 复查无反弹 交付使用 责任落实到人 半数已完工 工期推迟一周 结果张榜 收支相抵 没有新增 邻村也来看 还需部门支持".split()
WORDS = (WHEN, WHO, DID, WHAT, UNIT, RESULT)


def reports_table(random: np.random.Generator, county: County, planting: Planting) -> Table:
    """One report of each body and year, the earlier years first."""
    rows = county.size * YEARS
    body, turn = np.arange(rows) % county.size, np.arange(rows) // county.size
    last = int(str(county.days[-1])[:4])
    years = [str(last - YEARS + 1 + at) for at in range(YEARS)]
    submitted: Days = np.array([f"{year}-12-01" for year in years], dtype="datetime64[D]")
    names = [f"W-{county.ids[one]}-{years[at]}" for one, at in zip(body.tolist(), turn.tolist(), strict=True)]
    sentences = _sentences(random, rows * SENTENCES)
    source = _sources(planting, county.size, names)
    taken = np.arange(rows)[:, None] * SENTENCES + np.arange(SENTENCES)
    passage = (np.arange(SENTENCES) >= COPIED[0]) & (np.arange(SENTENCES) < COPIED[1])
    taken = np.where(passage & (source >= 0)[:, None], source[:, None] * SENTENCES + np.arange(SENTENCES), taken)
    lists = pa.ListArray.from_arrays(
        pa.array(np.arange(rows + 1) * SENTENCES, pa.int32()), sentences.take(pa.array(taken.ravel()))
    )
    opening = joined(coded(body, county.names), coded(turn, years), pa.array(["年工作情况。"] * rows, pa.string()))
    return {
        "report": texts(names),
        "body": coded(body, county.ids),
        "submitted_on": days(submitted[turn] + random.integers(0, 14, rows) + np.where(source >= 0, 14, 0)),
        "title": joined(coded(turn, years), pa.array(["年度工作报告"] * rows, pa.string())),
        "period": coded(turn, years),
        "text": joined(opening, pc.binary_join(lists, "")),
    }


def _sentences(random: np.random.Generator, count: int) -> pa.Array:
    when, who, did, what, unit, result = (coded(random.integers(len(words), size=count), words) for words in WORDS)
    many = numbers(random.integers(2, 980, count)).cast(pa.string())
    return joined(when, "，", who, did, what, many, unit, "，", result, "。")


def _sources(planting: Planting, size: int, names: list[str]) -> Ints:
    """Which report each one copies from, −1 where none; only those of the last year copy."""
    source = np.full(len(names), -1, dtype=np.int64)
    latest = (YEARS - 1) * size
    copying = np.concatenate([planting.bodies["copied_report"], planting.bodies["repeated_report"]])
    honest = planting.random.permutation(np.setdiff1d(np.arange(size), copying))
    for at, body in enumerate(planting.bodies["copied_report"].tolist()):
        if honest.size:
            source[latest + body] = latest + honest[at % honest.size]
    for body in planting.bodies["repeated_report"].tolist():
        source[latest + body] = latest - size + body
    for kind in ("copied_report", "repeated_report"):
        rows = [latest + body for body in planting.bodies[kind].tolist()]
        told = [row for row in rows if source[row] >= 0]
        planting.note(kind, (Case(planting.ids[row - latest], names[row], "", names[source[row]]) for row in told))
    return source
