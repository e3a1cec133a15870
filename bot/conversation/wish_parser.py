"""What somebody types while a question waits, and that is no answer → what is wanted: a hint, the next question …

As in ``answer_parser``: what people say before it and behind it, and the thing itself, as in 「我真的不知道啊」.
Pure, and in time bounded by the length of what was typed.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from bot.conversation.phrase_grammar import MARK, any_of, spelled

Wish = Literal["pass", "hint", "next", "answer", "repeat", "stop"]
"""``pass``: not to answer, as one does not know. ``hint``: a hint. ``next``: the next question. ``answer``: to see what
is right. ``repeat``: to read the question again. ``stop``: to play no more."""
_LONGEST: Final = 20  # characters

_BEFORE: Final = any_of("""
    稍微 我 我们 俺 咱 咱们 请 请问 麻烦 劳驾 能不能 能 可不可以 可以 可否 帮 帮忙 让 给 对 跟 来 要 想
    需要 打算 准备 决定 就 先 再 那 这 个 一 点 点儿 下 道 些 题 题目 真 实在 说实话 老实说 完全 根本 压根
    都 也 还 有 太 好 可 嗯 呃 唉 哎 诶 额 啊 哦 噢 呜 这里 今天 现在 直接 快 赶紧 马上 之前
    暂时 确实 的 老师 了 得 是 抱歉 对不起 不好意思 sorry please
""")
_BEHIND: Final = any_of("""
    吧 啊 呀 呢 吗 嘛 么 了 啦 的 哦 喔 噢 哈 呗 哎 诶 咯 哟 好吗 好不好 行吗 行不行 可以吗 一下 下 谢谢 多谢 老师
    先 我 这题 这道题 这个 题 sorry please thanks
""")
_NOT: Final = any_of("不 没 没有 记不 想不 答不 猜不 说不 做不 弄不 搞不 看不 拿不")
_KNOWN: Final = any_of("""
    知道 会 清 清楚 晓得 懂 明白 学 学过 看到 看过 见过 听过 听说过 背 背过 记 记得 记住 了解 熟 确定 印象 把握 起来
    起 出来 出 上来 上 准 好 来 到
""")
_HOW: Final = any_of("做 答 选 怎么 该 什么 哪 个 是 应该 样 一 过 住 答案")
_IDEA: Final = any_of("头绪 思路 概念 印象 把握 想法 主意 复习 复习到")
_LOST: Final = any_of("""
    懵 懵了 蒙圈 晕 一头雾水 一脸懵 一窍不通 一无所知 忘 忘记 忘光 忘干净 全忘 早忘 放弃 弃权 弃答 认输 投降 超纲
    盲区 过 跳过 略过 难 母鸡 布吉岛 不造 鬼知道 天知道 谁知道 哪知道 pass idk dunno
""")
_HINT: Final = any_of("提示 线索 暗示 提醒 点拨 启发 透露 剧透 hint clue tip")
_SOME: Final = any_of("一 几 两 多 少 点 些 个 条 什么 更多 再 有 没有 稍微")
_WRONG: Final = any_of("错误 错 不对 干扰 的 项 选项 答案")
_GO: Final = any_of("换 出 做 答 看 到 进 进入 上 开始 跳 继续 来")
_SHOW: Final = any_of("看 查看 公布 揭晓 显示 展示 告诉 说 知道 揭 亮 亮出 发 看下 看一下 瞧 直接 我")
_SOLUTION: Final = any_of("答案 解析 谜底 解释 讲解 出处 原文 原话")
_WHICH: Final = any_of("是 在 呢 选 什么 哪 多少 几 啥 里 个")
_READ: Final = any_of("说 念 发 读 看 问 讲 展示 显示 来")
_END: Final = any_of("""
    停 停停 停停停 停止 停下 停下来 结束 终止 退出 取消 中止 打住 散 撤 离开 下线 收工 关闭 拜拜 再见 溜 stop quit
    exit end bye
""")
_GAME: Final = any_of("这 本 一 轮 局 场 次 掉 答题 做题 游戏 测试 测验 比赛 挑战 练习 考试 竞赛 复习 作答")
_NO_MORE: Final = any_of("不 别 没空 没时间 没心情 懒得 无心")
_STILL: Final = any_of("再 继续 想 要 打算 愿意 接着 了")
_PLAY: Final = any_of("玩 答 做 练 考 测 比 来 参加 复习 学 说 聊 继续 下去 干 搞 弄")
_LATER: Final = any_of("下次 改天 明天 以后 回头 晚点 有空 待会 待会儿 过会 过会儿 等会 等会儿 一会 一会儿")
_TILL_HERE: Final = any_of("到这 到这里 到这儿 到此 这样")
_CORES: Final[tuple[tuple[Wish, str], ...]] = (
    (
        "pass",
        rf"""(?:{_NO_MORE})(?:{_STILL})*(?:答|做|选)(?:了|这[道个]?题?)*(?<=这题|道题|个题|[题这道个]了)|[跳略]过[这本此该]?(?:[道个]?题|[道个])?
        |(?:{_NOT})(?:[太大很能]|怎么|是很)?(?:{_KNOWN})(?:{_HOW})*
        |(?:没有?|毫无)(?:什么|啥|任何|一点)?(?:{_IDEA})|{_LOST}|[难考问][住倒死到]
        |(?:i\s*)?(?:don'?t|do\s*not)\s*know|no\s*idea|give\s*up""",
    ),
    (
        "hint",
        rf"""(?:{_SOME})*(?:{_HINT})|求助|救命|help|缩小(?:一下)?(?:范围|选择)
        |(?:排除|去掉|划掉|删掉)(?:[一两几12]?个|一些)?(?:{_WRONG})*""",
    ),
    (
        "next",
        rf"""(?:{_GO})*(?:下[一1]?(?:[个道]?题|个问题|[个道条关])|[下后]面[的一]+题)
        |(?:换|另|再来?|再出|重来)[一1个另]*(?:[个道]?题|[道个]|别的|新的)
        |继续|往下|接着|next|skip""",
    ),
    (
        "repeat",
        rf"""(?:再|重新?)+(?:{_READ})(?:[一1][遍次下]|(?:一下)?(?:题目?|问题))(?:题目?|问题|选项)?|repeat
        |重复(?:[一1][遍次下])?(?:题目?|问题)?|没看(?:清楚?|见|到(?=题|问题))(?:题目?|问题)?
        |(?:题目?|问题|选项)[是有呢在]*(?:什么|哪些|啥|哪里|哪儿)(?:来着)?""",
    ),
    (
        "answer",
        rf"""(?:{_SHOW})*(?:正确|标准|参考|的|[本这]题|最终)*(?:{_SOLUTION})(?:{_WHICH})*
        |(?:正确|对)的?[是选]?(?:哪个|什么|啥|几)|(?:应该|到底|究竟|该|告诉我?|说|直接)+[选是](?:哪一?个|什么|啥|几)|选(?:哪一?个|什么|啥|几)
        |为(?:什么|啥)(?:不?对|错)?|answer""",
    ),
    (
        "stop",
        rf"""(?:{_END})(?:{_GAME})*|(?:{_NO_MORE})(?:{_STILL})*(?:{_PLAY})(?:下去|题|这个|了|这些)*
        |算了|不了|到此(?:为止|结束)|(?:[就先到这]|今天)*(?:{_TILL_HERE})(?:结束|为止)?
        |[歇缓]?(?:休息)?(?<=[歇缓息])[一会下儿]*|(?:{_LATER})(?:{_STILL})*(?:{_PLAY})|[累忙够腻烦]|有事""",
    ),
)
_PATTERNS: Final = tuple(
    (wish, re.compile(rf"(?:(?:{MARK}|{_BEFORE})*(?:{core})(?:{MARK}|{_BEHIND})*){{1,3}}", re.VERBOSE))
    for wish, core in _CORES
)
_THIS_ONE: Final = re.compile("[不别](?:再|想)?[答做选]|这[道个题]")
"""What is not gone on with, behind 「没看到」, is this question and not the quiz."""
_SAYS_MORE: Final = re.compile("[a-z0-9]|什么|怎么|哪|多少|吗|选|第")
_LONGEST_ASIDE: Final = 8  # characters beside a wish, such as 「要开会了」
_CLAUSES: Final = re.compile(r"[\s,、;:.。!?~…]+")


def parse_wish(text: str) -> Wish | None:
    """What ``text`` wants instead of answering; None if it is an answer, a question or talk.

    Of several wishes the last counts, but not to know is more than to want to know: 「不会，看答案」.
    """
    if len(text) > _LONGEST:
        return None
    said = spelled(text)
    whole = _wish_of(said)
    if whole is not None:
        return whole
    clauses = [clause for clause in _CLAUSES.split(said) if clause]
    read = [_wish_of(clause) for clause in clauses]
    found = [wish for wish in read if wish is not None]
    others = "".join(clause for clause, wish in zip(clauses, read, strict=True) if wish is None)
    if not found or len(others) > _LONGEST_ASIDE or _SAYS_MORE.search(others):
        return None
    if found[0] == "pass" and (found[-1] in {"next", "answer"} or _THIS_ONE.search(clauses[-1])):
        return "pass"
    return found[-1]


def _wish_of(said: str) -> Wish | None:
    return next((wish for wish, pattern in _PATTERNS if pattern.fullmatch(said)), None)
