"""Questions without an answer, and new points."""

from typing import ClassVar


class Misses:
    """What is said about questions without an answer, and when they are dealt with."""

    NONE = "最近 {days} 天没有要处理的问题：没有答不上的，没有给了建议没人点的，也没有点 👎 的。"
    WEEKLY_ON = ("每周", "weekly", "on")
    WEEKLY_OFF = ("每周不用了", "不用", "停", "off")
    WEEKLY_WANTED = "好，从下周一起，每周一上午把没答上的问题挑最多的几组发给您。不想要了，发“/misses 不用”。"
    WEEKLY_ENDED = "好，不再每周发。"
    WEEKLY = "没答上的问题现在有 {count} 组，问得最多的 {shown} 组："
    WEEKLY_LINE = "{number}. {text}（{times} 次）"
    WEEKLY_BUTTON = "处理：{text}"
    WEEKLY_OTHERS = "上一次告诉您以后，又有没答上的问题："
    ELSEWHERE = "《{title}》没答上的有 {times} 次，比如“{questions}”。那一份在它自己的文件夹里改，或者发来新的一版。"
    WEEKLY_HOW = "点一组，可以关联到已有的要点，或者照原文写一个新要点；原文没有说到的，就忽略。"
    TITLE = "未答的问题（第 {number}/{total} 组）"
    TITLE_BESIDE = "未答的问题（第 {number}/{total} 组，沾不上边）"
    TIMES = "问过 {times} 次：{kinds}"
    KINDS: ClassVar = {
        "decline": "没答上 {count} 次",
        "suggest": "给了建议没人点 {count} 次",
        "unhelpful": "👎 {count} 次",
        "off_topic": "👎 答非所问 {count} 次",
        "incomplete": "👎 没说全 {count} 次",
        "unclear": "👎 看不懂 {count} 次",
    }
    WORDING = "· {text}（{times} 次）"
    MORE = "还有 {count} 种差不多的说法。"
    BECOMES = "关联到一个要点，“{questions}”就成为它的问法。点一个，先看看关联以后会怎样回答："
    WOULD = "还没有关联。关联以后，有人问“{question}”，会这样回答："
    WOULD_NOT = "还没有关联。关联以后，问“{question}”还是不会用“{title}”回答。"
    WOULD_OTHER = "还没有关联。关联以后，问“{question}”不会用“{title}”，而是这样回答："
    WOULD_ALSO = "还有 {count} 个没答上的问题也会用这一段回答，请看看对不对："
    ALSO = "· {question}"
    WOULD_CHECK = "这一段真的回答了这个问题，才关联；原文没有说到的，让它照实说没有，不要关联。"
    LINK_SURELY = "确认关联"
    QUOTED = "”“"
    LINK = "关联：{title}"
    OTHER = "其他要点…"
    NEW = "新要点…"
    IGNORE = "忽略"
    PREVIOUS = "上一组"
    NEXT = "下一组"
    BACK = "返回这一组"
    SECTIONS = "选一节，再选要点："
    NO_POINTS = "这份文档还没有要点可选。可以返回，新写一个要点。"
    CHANGED = "那一组已经处理过，或者刚有变化。现在最多人问的是这一组："

    LINKED = "已关联到“{title}”，现在就生效（版本 {number}）。"
    KNOWN = "这些问法“{title}”里本来就有，没有改动知识库；这一组不再列出。"
    ADDED = "已添加要点“{title}”，现在就生效（版本 {number}）。"
    IGNORED = "已忽略，这一组不再列出。"
    UNNOTED = "不过“已处理”没有记上，下次还会列出这一组，再处理一次就好。"
    UNDO = "撤销"
    UNDONE = "已撤销（版本 {number}），这一组会重新列出。"
    UNDONE_ONLY = "已撤销，这一组会重新列出。"
    UNDO_GONE = "这一次已经撤销过了。"
    REFUSED = "没有改动，知识库还是原来的。原因："
    REASON = "· {reason}"
    CONFIRM_WHY = "文件没有问题，但会改变下面这些标准问题的回答，要再确认一次："
    CONFIRM = "确认，照样改"

    AND = "、"
    NOTE_LINKED = "给“{title}”加问法：{questions}"
    NOTE_ADDED = "添加要点“{title}”"
    NOTE_UNDONE = "撤销对未答问题的处理"


class NewPoint:
    """The dialogue in which an admin makes a new point."""

    SECTION = "新要点放在哪一节？随时可以点“放弃”，或者发 /cancel。"
    FIRST = "“{section}”。请发引文开头的几个字，要和原文一样，比如“{example}”。"
    LAST = "从这里开始。请再发引文最后的几个字，整段不超过 {limit} 个字："
    QUOTE = "引文就是这一段："
    ELSEWHERE = "这一段在“{section}”里，出处就写这一节。"
    TITLE = "请发标题（{limit} 个字以内），或者用引文的第一句：“{title}”。"
    TAKE_TITLE = "用第一句"
    NOWHERE = "原文里找不到“{words}”。请照原文再发一次，几个字就够。"
    NOWHERE_BEHIND = "在它后面的原文里找不到“{words}”。请照原文再发一次最后的几个字，或者重选开头。"
    SEVERAL = "“{words}”有 {count} 处。请往后多写几个字，再发一次。"
    SEVERAL_ENDS = "“{words}”在后面不止一处。请把最后一句多写几个字，再发一次。"
    FAR = "到“{words}”超过了 {limit} 个字，手机上太长。请选近一点的结尾，或者重选开头。"
    TITLE_BAD = "标题要有文字，不超过 {limit} 个字。请再发一次。"
    QUESTIONS = "人们会这样问它："
    QUESTION = "· {question}"
    MORE = "还可以再发几条问法，一行一条；好了就选“预览”。"
    NO_QUESTIONS = "还没有问法。请至少发一条，一行一条。"
    TOO_MANY = "问法最多 {limit} 条，多的没有加。"
    NOT_TAKEN = "没有加：“{question}”（{limit} 个字以内，要有文字）。"
    PREVIEW = "新要点是这样，还没有添加："
    TO_PREVIEW = "预览"
    CLEAR = "清空问法"
    AGAIN = "重选引文"
    EDIT_QUESTIONS = "改问法"
    ADD = "添加"
    DROP = "放弃"
    DROPPED = "好的，放弃了，知识库没有改动。"
    CANCEL_WORDS = ("/cancel", "取消", "放弃")
    GONE = "这次添加已经结束或者隔得太久了。请发 /misses 重新开始。"
