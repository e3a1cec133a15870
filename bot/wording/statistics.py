"""What is asked, as text, picture and page."""

from typing import ClassVar


class Insight:
    """The figures that admins see: in the chat, in the picture and on their page."""

    TITLE = "统计：{span}"
    SPAN = "近 {count} 天（{first}—{last}）"
    TODAY = "今天（{last}）"
    DATE = "{month}月{day}日"
    SHORT_DATE = "{month}/{day}"
    ASKED = "提问 {asked:,} 次：答上 {answered:,}（{share}），给建议 {suggested:,}，没答 {declined:,}。"
    ACTIVE = "提问的有 {count:,} 人。"
    OF_DOCUMENT = "《{title}》：问 {asked:,} 次，答上 {answered:,}。"
    GONE_DOCUMENT = "已经不在书架上的文件"
    MISSES = "不记名留给 /misses 的问题：{count:,} 次（有人发“忘记我”，这些也还在）。"
    THUMBS = "评价：有帮助 {helpful:,} 次，没帮助 {unhelpful:,} 次。"
    QUIZ = "答题 {answered:,} 次，答对 {share}。"
    NOTHING = "这段时间还没有人提问。"
    NO_QUIZ = "这段时间还没有人答题。"
    RANKED = "{place}. {title}　{number}"
    EACH_DAY = "{date}　提问 {asked:,}，没答 {declined:,}，{active:,} 人"
    EARLIER = "更早的 {count} 天见图。"
    EARLIER_UNSEEN = "更早的 {count} 天没有列出。"
    EMPTY_DAYS = "另有 {count} 天没有人提问。"
    TIMES = "{count:,} 次"
    ACCURACY = "答对 {share}（{right:,}/{answered:,}）"
    NO_SHARE = "—"
    GONE_POINT = "已删的要点 {id}"
    POINT_BESIDE = "《{document}》{point}"
    BAD_DAYS = "天数要在 1 到 {longest} 之间。比如：/stats 30。"
    NO_PICTURE = "没有图：画图的组件还没装。装上就有：.venv/bin/python -m pip install '.[pictures]'"
    DAYS = "近 {count} 天"
    OPEN = "打开管理页"
    LINK = "点这个链接打开管理页，{minutes} 分钟内有效，只能用一次。别转给别人："
    LINK_HERE = "还没有设置 PUBLIC_URL，所以这个链接只能在机器人所在的电脑上打开。"

    BY_DAY = "每天的提问"
    ACTIVE_BY_DAY = "每天提问的人"
    TOP = "问得最多的"
    WEAKEST = "答题最容易错的"
    ANSWERED = "答上"
    SUGGESTED = "给建议"
    DECLINED = "没答"
    MEMBERS = "人数"
    DAY_HEADING = "日期"
    POINT_HEADING = "要点"
    TIMES_HEADING = "次数"
    ACCURACY_HEADING = "结果"
    TILE_ASKED = "提问"
    TILE_ANSWERED = "答上"
    TILE_DECLINED = "没答"
    TILE_MEMBERS = "提问人数"


class Console:
    """The page for admins."""

    NAME = "管理页"
    ENTER_TITLE = "进入管理页"
    ENTER_HINT = "点下面的按钮进入。链接只能用一次；进去以后，这个浏览器 12 小时内不用再要链接。"
    ENTER = "进入"
    LEAVE = "退出"
    OUTSIDE = "这一页只有管理员能看。请在和机器人的私聊里发 /stats，再点“打开管理页”，用它给的链接进来。"
    REFUSALS: ClassVar = {
        "altered": "这个链接不对，可能抄漏了一截。请在和机器人的私聊里发 /stats，重新要一个。",
        "expired": "这个链接过期了，只在十分钟内有效。请在和机器人的私聊里发 /stats，重新要一个。",
        "used": "这个链接已经用过了，一个链接只能用一次。请在和机器人的私聊里发 /stats，重新要一个。",
        "no right": "您没有看这一页的权限。需要的话，请联系管理员。",
    }
    REASONS: ClassVar = {
        "altered": "链接不对",
        "expired": "链接过期了",
        "used": "链接用过了",
        "no right": "没有权限",
    }
    TABS = "管理"
    FIGURES = "统计"
    MISSES = "未答"
    VERSIONS = "版本"
    AUDIT = "操作记录"
    DESK = "办事"
    DESK_HINT = "和在私聊里一样：点一件事，再点里面的按钮；要写字的，写在下面。"
    DESK_SAY = "写给机器人"
    DESK_FILE = "下载 {name}"
    DESK_COMMANDS: ClassVar = {
        "/misses": "未答的问题",
        "/history": "历史版本、退回",
        "/diff": "这一版改了什么",
        "/reload": "更新知识库",
        "/reports": "题目举报",
        "/say": "发通知",
        "/stats": "统计",
        "/grant": "授权",
        "/export": "导出知识库",
        "/help": "还能做什么",
    }
    DEAL = "处理"
    ROLL_BACK = "退回到这一版"
    HERE = "管理页上"
    DOCUMENT = "换文档"
    DOCUMENT_HINT = "把 .docx、.pdf、.xlsx、.md 或 .txt 拖到框里，或者点框选一份。先读一遍给您看，点了“应用”才换上。"
    DOCUMENT_FILE = "要读的文档"
    DOCUMENT_READ = "读一遍"
    SPANS = "看多少天"
    DAYS = "{count} 天"
    NUMBERS = "看数字"
    MISSES_HINT = "没答上、没点建议或者评价为没帮助的问题，问法相近的归在一起。点“处理”给它找个着落。"
    NO_MISSES = "没有要处理的问题。"
    TIMES = "{count:,} 次"
    NEAREST = "最接近的要点：{title}"
    VERSIONS_HINT = "每次更新都留着，随时可以退回。"
    NO_VERSIONS = "还没有更新过。"
    VERSION = "第 {number} 版"
    AUDIT_HINT = "谁在什么时候要做什么，没做成的和被拒绝的也在。"
    NO_AUDIT = "还没有记录。"
    REFUSED = "被拒绝"
    UNKNOWN_PERSON = "不知道是谁"
    MOMENT = "{date} {time}"
