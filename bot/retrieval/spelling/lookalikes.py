"""Characters that look alike: what handwriting input, five-stroke input and scanned pages mix up.

A table of our own: codes by the four corners, the usual rule for it, tell only a third of such pairs.
"""

from __future__ import annotations

from typing import Final

_ALIKE: Final = (
    "己已巳 未末 士土 干千于 日曰目 人入八 天夫无 大太犬 木本术 白自百 今令 晴睛情清请精 候侯 折拆析 戊戌戍成 "
    "买卖实 氏民 刀力刁 王玉主 住往佳注 拔拨泼 辩辨辫 场扬杨汤 建健键 第弟 处外 历厉 斤斥斧 仓仑 币市 北比 "
    "贝见 兔免 遣遗 晚晓 管营官 准淮 冶治 问间 甲由申田 牛午 享亨 冒昌 茶荼 幕慕暮墓 薄簿 钩钧 陷馅 斩轩 抢枪 "
    "扰拢 优忧 亚业 社杜 员圆 项顶 颂领 村材 党堂 侦贞 破坡 移多 贫贪 援缓 助肋 镇填 资贷 投没 计讨 完宗 现观 "
    "收牧 功切 信倍 安妥 族旅 教救 战占 级极 挂桂 创刨 零雷 纳纲钠 考老 环坏 体休 风凤 办为 努怒 施拖 民昆 "
    "名各 查杳 开井 增赠憎 率卒 转传 动劲 农衣 壮状 保堡 措错 借惜 抓爪 抱跑 跟根 渴喝 哀衰 崇祟 粟栗 竟竞 "
    "既即 拒柜 揣惴 推堆 准谁 维唯 难滩 厂广 户尸 万方 刃刀 乌鸟 免兔 折拆 乒兵 斗头 了子 丈文 从丛 叨叼 旦但 "
    "巨臣 间闻 阅阔 闭闲 析折 枚枝 杆杠 板扳 极板 构沟购 贷货 贡页 贸资 贺货 值植殖 倍培陪部 峰锋蜂 径经劲 "
    "径茎 招昭 标际 检捡险 脸验 桥侨 骄娇 挠绕烧浇 渠集 深探 源原 派脉 测侧则 济挤 浪狼 涨张 湾弯 漠模 激缴 "
    "熟热 势执 热势 爱受 爷爸 牵牢 率摔 班斑 理埋 珠株 瓜爪 甘廿 申甲 电由 畜蓄 疗疫 症证 监蓝 盖益 盟盗 直真 "
    "相想 眼限 矛予 知如 研碎 确碗 碑牌 祖租 祝视 神伸 禁楚 离璃 秀季 科料 种钟 积织识 稳隐 穷劳 究穴 空穴 "
    "立产 竖坚 端瑞 符府 筑策 签答 类娄 粮粱 精清 紧累 红缸 纪记 约药 组祖 细绌 终络 结洁 给绘 统流 绩债 继断 "
    "续读 综踪 缘绿 编篇遍 置直 署暑 群郡 义文 习刁 联取 聘骋 股般 肥吧 育盲 胜性 能熊 脚却 腾滕 自目 至到 "
    "舌古 舍舌 航般 良食 色绝 苦若 英央 范犯 荐存 落洛 著者 蒙家 藏臧 虑虚 虽蛋 蜜密 血皿 补朴 装袋 西酉 要耍 "
    "规现 览鉴 角用 解懈 订计 认队 议仪 论沦 访防 评坪 诉拆 词同 试诚 话活 该刻 详祥 语悟 误娱 说悦 请情 诸著 "
    "课棵 调周 谈淡 谋某 负贞 责贵 败贩 质盾 购构 费弗 赛塞 走足 超越 趣取 跃沃 路略 跨挎 践线 身射 车东 软钦 "
    "轮论 辆俩 输偷 达大 迁千 过边 运远 还怀 进井 违伟 连莲 迟尺 述术 追迫 退迟 送迭 适括 选洗 透诱 递涕 通涌 "
    "速束 造告 逐遂 遇偶 道首 避壁 邮由 郊效 部陪 都郁 配酝 重里 野墅 量童 金全 针什 钱钳 铁铗 银很 销消 锁琐 "
    "锋峰 错措 门们 闪问 防仿 阳阴 阶价 附付 陆击 降绛 限恨 院完 除涂 陪倍 随隋 隔融 障彰 雄雌 集隼 雨两 雪雷 "
    "需儒 青责 静净 非菲 面而 革单 项预 须顺 顾顽 领邻 题提 额客 风冈 飞气 食良 饭板 饮欢 馆宫 首道 香杏 马乌 "
    "驾架 验险 骗编 高亮 鱼角 鲜解 麻府 黄寅 黑墨 齐济"
)


def _table() -> dict[str, frozenset[str]]:
    alike: dict[str, set[str]] = {}
    for group in _ALIKE.split():
        for char in group:
            alike.setdefault(char, set()).update(group)
    return {char: frozenset(group - {char}) for char, group in alike.items()}


_LIKE: Final = _table()


def look_alikes(char: str) -> frozenset[str]:
    """Characters that are easily taken for ``char``."""
    return _LIKE.get(char, frozenset())
