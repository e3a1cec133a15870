"""Everyday words → those that laws, rules and reports have in their place: 工钱 → 工资, 劳动报酬.

People ask for the boss's duty, the document speaks of the employer's. The words are put beside what was asked, and
only those that a source has are searched for; what nobody asked is still not answered, as it takes more than them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORDS: Final = """
老板 东家 雇主 厂里 厂子 公司 店里: 用人单位 单位 企业 经营者
工钱 薪水 薪资 发钱 开工资 领钱: 工资 劳动报酬 报酬
打工 上班 员工 工人 伙计: 劳动者 职工 工作人员
炒鱿鱼 炒掉 开除 辞退 赶走 裁掉 裁人 不要我了: 解除 辞退 终止
走人 辞职 不干了 不想干 离职 跳槽: 解除 辞职 终止
试工 试岗: 试用期
加班: 延长工作时间 加班
倒闭 垮了 关门 黄了 开不下去: 破产 解散 终止 注销
欠薪 欠工资 不发工资 没发钱 拖着不给: 拖欠 足额支付
没执照 没办执照 黑作坊 无证 没资质: 无照 合法经营资格 资质 许可
同行 对手 对家: 竞业限制 竞争
派来 派遣工 外包: 派遣 承包 外包
临时工 小时工 钟点工: 非全日制 临时
受伤 摔了 摔伤 碰伤 砸伤 伤了: 伤害 损害 工伤 受伤
怀孕 大肚子 生娃 生孩子 坐月子: 孕期 产期 生育 产假
社保 五险 保险: 社会保险 保险
养老钱 退休金 养老金: 养老保险 基本养老金
算数 作数 管用 有用 认不认: 有效 效力 履行
白签 不算数 不作数 作废 没用: 无效 失效
写清楚 写明 写上 写进: 载明 约定 条款 应当具备
说好 讲好 谈好 讲定: 约定 协议
商量 打商量 谈一谈: 协商 讨论 征求意见
点头 拍板 说了算 签字 谁批: 批准 审批 同意 决定
一个人定 自己定 拍脑袋 偷偷 私自: 擅自 单方 未经
忽悠 坑人 骗: 欺诈 隐瞒 虚假
逼 吓唬 强迫: 胁迫 强迫 强令
反悔 毁约 变卦: 撤销 违约 解除
赔 赔钱 补钱 补多少: 赔偿 补偿 违约金
罚 罚钱 处理人 追责: 处罚 罚款 处分 责任
到期 期满 时间到了: 届满 期满 到期
换了老板 换老板 改名 换招牌: 变更 名称 法定代表人
房东: 出租人
租客 租房的: 承租人
借钱 欠钱 还钱: 借款 债务 偿还 返还
打官司 告他 告状 上法院: 起诉 诉讼 人民法院
投诉 举报 找谁管: 主管部门 投诉 举报 监督检查
领证 结婚: 结婚登记 结婚
娃 孩子 小孩 崽: 子女 未成年人 儿童
爹妈 爸妈 老爸 老妈: 父母
老人 老头 老太: 老年人 父母
领养 抱养: 收养
后爸 后妈 后爹 后娘: 继父母
打老婆 打媳妇: 家庭暴力
老公 老婆 媳妇 两口子: 夫妻 配偶
分家产 财产平分 分钱: 共同财产 分割
车祸 撞车 撞了 撞人: 交通事故 机动车
狗咬 咬人 咬了: 动物 饲养
楼上掉 高空 砸到: 坠落 抛掷 建筑物
看病 治病 看医生: 医疗 诊疗 就医
药费 医药费: 医疗费
小区: 业主 物业
房子 房产 屋子: 房屋 不动产 住宅
捡到 捡了: 拾得 遗失物
丢了 弄丢 不见了 掉了 被偷: 遗失 丢失 损失
坏了 弄坏 摔坏 用坏: 损坏 损毁 故障
修理 修一下 送修: 维修 修理
扔掉 报废 处理掉 卖掉: 报废 处置
买 添置 花钱买: 采购 购置 购买
领东西 领用: 领用 领取
点数 清点 对账: 盘点 清查 核对
谁管 归谁 找谁 哪个管: 负责 管理 主管
请假 歇班 休息: 请假 休假 休息
迟到 旷工 翘班 不来上班: 考勤 旷工
零食 饮料 奶茶 吃的 吃东西 进去吃: 饮食 食品 食物 进食
看书 借书: 阅览 借阅 开放
不要钱 白送 免费: 免费 无偿
补办 补一张: 补发 补办 补领
多久 几天 几年: 期限 时间
老百姓 大伙 大家伙: 人民 群众 居民 公民
上面 上头 国家: 国家 政府 国务院
当官的 官员: 公职人员 领导干部 国家工作人员
选人 投票 选谁: 选举 表决
抓人 关起来 抓走: 逮捕 拘留
搜家 闯进来 闯进家: 住宅 搜查 侵入
偷看 看我信 查手机: 通信 秘密 隐私
信教 拜佛: 宗教信仰
念书 读书 上学: 教育 入学 学生
饭碗 找工作 找事做: 就业 岗位
外卖 骑手 跑腿 快递: 灵活就业 新就业形态
年纪大 岁数大 嫌老: 年龄 歧视
私人开发商 私企 私人老板 民企: 民营企业 非公有制
国企 央企: 国有企业 国有
一视同仁 一个待遇 一样对待: 平等 公平
收文 文山会海 三天两头开会: 精简 文件 会议 形式主义
楼市 房价 买房: 房地产 住房
脏水 雾霾 臭气: 污染 环境
种田 种地 庄稼: 农业 粮食 耕地
穷人 困难户 没钱的: 困难 低收入 救助 帮扶
养老院: 养老服务 养老机构
幼儿园 带小孩: 托育 学前教育
手机 电脑: 设备 终端
开机 打开 启动不了: 启动 开启 电源
不亮 没反应 不动: 故障 异常
插上 接电: 电源 连接
洗 擦 弄干净: 清洁 清洗
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in filter(None, table.splitlines()):
        everyday, _, official = line.partition(": ")
        for word in everyday.split():
            found[word] = (*found.get(word, ()), *official.split())
    return found


_OFFICIAL: Final = _read(_WORDS)
_EVERYDAY: Final = re.compile("|".join(sorted(map(re.escape, _OFFICIAL), key=len, reverse=True)))


@lru_cache(maxsize=1024)
def official_words(core: str) -> tuple[str, ...]:
    """The official words for the everyday ones in ``core``, without those that it has itself."""
    found = (word for everyday in _EVERYDAY.findall(core) for word in _OFFICIAL[everyday])
    return tuple(dict.fromkeys(word for word in found if word not in core))
