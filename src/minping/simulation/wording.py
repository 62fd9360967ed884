"""Wording: what people write to the hotline, and how they say the same again.

A text is the place, what is wrong, a detail, what it does to people and what they ask for. What is wrong and the
detail are drawn apart, so that requests on one matter share words without being alike. Who asks again often repeats
the text with a few words more; now and then it is then filed under another matter, or without its place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minping.model.arrays import Bools, Codes, Ints
from minping.simulation.writing import Column, coded, joined, texts

#: category: what is wrong, details of it
MATTERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "物业管理": (
        ("物业收费不公开", "物业长期不修电梯", "物业把楼道租作仓库", "物业拒绝召开业主大会", "物业保安经常缺岗"),
        ("物业费连年上涨", "业主多次找物业经理没有结果", "电梯停运物业说没有维修资金", "楼道杂物物业不清理"),
    ),
    "噪音扰民": (
        ("夜间施工噪音很大", "广场舞音响噪音扰民", "饭店排风扇噪音不停", "工地凌晨打桩噪音刺耳", "楼上装修噪音从早到晚"),
        ("噪音到半夜还不停", "关上窗户也挡不住噪音", "施工单位说有夜间许可", "音响噪音连放三个小时"),
    ),
    "道路破损": (
        ("路面坑洼积水", "道路井盖松动下沉", "人行道地砖破损翘起", "道路开挖后没有恢复路面", "路面塌陷出现大坑"),
        ("下雨后路面坑洼看不清", "车辆经过路面井盖发出响声", "有人在破损路面摔倒", "道路修补后又破损"),
    ),
    "垃圾清运": (
        ("垃圾多日没有清运", "建筑垃圾随意倾倒", "垃圾桶数量太少", "垃圾中转站臭味外溢", "清运车漏下垃圾污水"),
        ("垃圾堆满路边发臭", "垃圾清运时间不固定", "垃圾桶满了没人清运", "垃圾引来苍蝇老鼠"),
    ),
    "占道经营": (
        ("早市摊贩占道经营", "商贩占用盲道摆摊", "烧烤摊占道经营油烟大", "店外占道经营堵住通道", "流动摊贩占道叫卖"),
        ("摊贩把整条道占满", "占道经营收摊后留下油污", "城管走后摊贩又回来摆摊", "摆摊占道行人只能走车道"),
    ),
    "违章停车": (
        ("车辆违章停放占用消防通道", "路口长期违章停车", "货车违章停车过夜", "僵尸车长期占用停车位", "车辆违停堵住出口"),
        ("消防通道停满车辆", "违章停车挡住视线", "打电话挪车车主不接", "停车位被僵尸车占满"),
    ),
    "供水停水": (
        ("停水没有提前通知", "自来水水压太低", "自来水发黄有异味", "供水管道漏水", "二次供水水箱没有清洗"),
        ("高层自来水上不去", "停水已经两天", "供水公司说管道老化", "自来水放了半小时还是发黄"),
    ),
    "路灯照明": (
        ("路灯整排不亮", "新修道路没有安装路灯", "路灯亮一会就灭", "路灯被树枝遮住", "路灯杆倾斜电线外露"),
        ("没有路灯晚上看不见路", "路灯坏了一个多月", "路灯报修后没有人来", "孩子下晚自习没有路灯照明"),
    ),
    "社保医保": (
        ("异地就医医保报销迟迟不到账", "养老保险转移手续办不下来", "医保缴费记录查不到", "社保补缴政策说法不一", "医保参保信息登记错误"),
        ("社保窗口让回原单位开证明", "医保报销材料已经交了三次", "社保转移系统一直显示处理中", "养老保险关系还在外省"),
    ),
    "行政审批": (
        ("办证材料要求前后不一致", "审批超过承诺时限", "网上审批一直显示审核中", "营业执照变更审批被退回", "施工许可审批没有答复"),
        ("窗口要求重复提交审批材料", "审批材料退回没有说明理由", "审批系统上传材料失败", "办证跑了五趟窗口"),
    ),
    "电动车充电": (
        ("电动车飞线充电", "小区没有电动车充电桩", "电动车推进楼道充电", "电动车充电桩收费过高", "电动车充电棚建了不通电"),
        ("电动车飞线从楼上拉下来", "充电桩坏了没有人修", "电动车电池拿进屋充电", "充电桩被汽车占着"),
    ),
}  # fmt: skip
EFFECTS = ("影响老人和孩子出行", "住户意见很大", "已经有半个月了", "存在安全隐患", "多次反映没有结果", "影响正常生活")
ASKED_FOR = ("请有关部门核实处理", "希望尽快解决", "请求给个答复", "盼领导重视", "请督促整改", "望予以回复")
MORE = (
    "至今没有处理",
    "仍未解决",
    "再次反映",
    "和上次说的一样",
    "还是老样子",
)  #: what is added when it is said again
COPIED, MISFILED, UNPLACED = 0.6, 0.2, 0.25  #: shares of those asked again; the latter two of the copied


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in the table."""

    category: Codes  #: as filed
    place: Column
    text: Column
    copied: Bools  #: says an earlier request again in nearly the same words


def tell(random: np.random.Generator, category: Codes, place: Column, again: Ints) -> Told:
    """The words of every request, in order of opening; `again` is the earlier one on the same matter, or −1."""
    count = category.size
    copied = (again >= 0) & (random.random(count) < COPIED)
    misfiled = copied & (random.random(count) < MISFILED)
    unplaced = copied & ~misfiled & (random.random(count) < UNPLACED)
    other = (category + random.integers(1, len(MATTERS), count)) % len(MATTERS)
    more = coded(np.where(copied, random.integers(len(MORE), size=count), -1), MORE)
    first = joined(place, *_sentence(random, category)).take(pa.array(first_said(np.where(copied, again, -1))))
    return Told(
        np.where(misfiled, other, category).astype(np.int32),
        pc.if_else(pa.array(unplaced), pa.scalar(None, pa.string()), place),
        joined(first, pc.fill_null(joined("，", more), ""), "。"),
        copied,
    )


def first_said(of: Ints) -> Ints:
    """The request whose words each one says, itself where it copies none; `of` points back, or is −1.

    >>> first_said(np.array([-1, 0, 1, -1])).tolist()
    [0, 0, 0, 3]
    """
    origin = np.where(of >= 0, of, np.arange(of.size))
    while (origin[origin] != origin).any():
        origin = origin[origin]
    return origin


def _sentence(random: np.random.Generator, category: Codes) -> tuple[Column | str, ...]:
    wrong = _drawn(random, category, [wrong for wrong, _ in MATTERS.values()])
    detail = _drawn(random, category, [detail for _, detail in MATTERS.values()])
    effect, plea = (coded(random.integers(len(words), size=category.size), words) for words in (EFFECTS, ASKED_FOR))
    return wrong, "，", detail, "，", effect, "，", plea


def _drawn(random: np.random.Generator, category: Codes, choices: list[tuple[str, ...]]) -> Column:
    """One of the phrases of each category."""
    sizes = np.array([len(words) for words in choices])
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    at = firsts[category] + (random.random(category.size) * sizes[category]).astype(np.int64)
    return coded(at, texts([word for words in choices for word in words]))
