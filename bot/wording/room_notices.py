"""Live rooms: what is said of them in a chat, and what its server says to pages."""

from typing import ClassVar


class RoomNotices:
    """What is said of rooms beside their pages. ``MODE_WORDS``: how people call what is played."""

    GONE = "没有这个房间。请看看房间号对不对；结束了一天的房间也会关掉。"
    TOO_MANY_GUESSES = "房间号错得太多了，请过几分钟再试。"
    TOO_FAST = "按得太快了，请过 {seconds} 秒再试。"
    TOO_MANY_STREAMS = "看这个房间的人太多了，请过一会儿再来。"
    NOT_HOST = "这个主持人链接不对。请用开房间时给您的那个链接。"
    NAME_FIRST = "请先在学习室里说一下您的名字，再开房间。"
    NO_PAGE = "房间开在网页上，可是这里的网页没有开。请让管理员打开网页，再来开房间。"
    TOO_MANY = "现在开着的房间太多了。请先结束一个，再开新的。"
    TOO_MANY_TODAY = "今天从您这个网络开的房间太多了，请明天再来。"
    BAD_NUMBERS = "一个房间 1–{count} 题，每题 {least}–{most} 秒。比如：/room 10 20"
    BAD_MODE = "没有这种玩法。"
    BAD_KIND = "没有这种题型。"
    BAD_DOCUMENT = "没有这份文档。"
    BAD_TEAMS = "队名最多 {count} 个，每个 1–{length} 个字，不能重名。"
    NO_QUESTIONS = "没有合适的题。请换个章节、题型或者题库。"
    FEWER = "合适的只有 {count} 题，就答这 {count} 题。"
    NO_SOURCE = "其中 {count} 题在文档里没有找到依据，公布答案时会说明。"
    LOCKED = "房间已经锁上，不再进新人了。"
    FULL = "房间里已经有 {count} 人，进不来了。"
    OVER = "这一场已经结束了。"
    NAME_TAKEN = "房间里已经有人叫“{name}”了。请加一个字，让大家分得清。"
    NO_TEAM = "请选一个队。"
    REMOVED = "主持人把您移出了这个房间，不能再答题。"
    NOT_IN = "请先写上名字进房间，再答题。"
    LATE = "晚了一步，这道题已经结束了。"
    NOT_OPEN = "这道题现在不能答。"
    JOINED_LATE = "这道题开始以后您才进来，请从下一题开始答。"
    TWICE = "这道题您已经答过了，不能再改。"
    OUT = "您已经出局了，可以接着看。"
    NO_CHOICE = "没有收到您选的答案，请再选一次。"
    PAUSED = "主持人按了暂停，请等一下。"
    NOT_NOW = "现在不能这样做。"
    NO_PLAYERS = "还没有人进来，先等一等。"
    STILL_OPEN = "这道题还没有结束。不想等，就按“公布答案”。"
    NO_PLAYER = "房间里没有这个人了。"
    ON_TOPIC = "{title}（{topic}）"
    SEGMENTS: ClassVar = {"required": "必答", "buzzer": "抢答", "risk": "风险"}
    MODE_WORDS: ClassVar = {"环节": "rounds", "分环节": "rounds", "必答": "rounds", "风险": "rounds"}
    RULES: ClassVar = {
        "contest": "答对一题得 1 分，同分看谁用时少。",
        "contest speed": "答对一题得 500 到 1000 分，答得越快分越高。",
        "buzzer": "每题只有最先答对的人得 1 分；答错了，这道题就不能再答。",
        "challenge": "答错或者漏答一题就出局，看谁连对得最多。",
    }
    SEGMENT_RULES: ClassVar = {
        "required": "必答题答对加 {right} 分",
        "buzzer": "抢答题最先答对的加 {right} 分，答错扣 {wrong} 分",
        "risk": "风险题可以不答，答对加 {right} 分，答错扣 {wrong} 分",
    }
    TEAM_RULE = "队的分数是队员的人均分，人多人少一样公平。"
    OPENED = "房间开好了：{title}，{count} 题，每题 {seconds} 秒。\n房间号 {code}，用手机打开：\n{player}"
    WALL = "大屏幕：\n{wall}"
    HOST_LINK = "主持人链接（只给您，别转发）：\n{host}"
    HOST_IN_PRIVATE = "主持人链接已经私下发给您了。"
    HOST_NOT_SENT = "主持人链接没能私下发给您。请先和我私聊一句，再开一次房间。"
    ONLY_HERE = "没有设置 PUBLIC_URL，这些链接可能只在这台电脑或者同一个网络里打得开。"
    RESULTS_FILE = "成绩-{code}.xlsx"
    RESULTS_PICTURE = "成绩-{code}.png"
    NO_PICTURE = "这里没有装画图的组件，下载不了图片。可以下载 Excel，或者打印网页。"
    RANKING = "名次"
    TEAM_RANKING = "各队人均分"
    TEAMS_SHEET = "各队"
    NAME_HEADING = "名字"
    NO_PLACE = "—"
    POINTS_HEADING = "得分"
    POINTS = "{points} 分"
    TILE_PLAYERS = "人数"
    TILE_QUESTIONS = "题数"
    TILE_RIGHT = "答对"
    TEAM_COLUMNS: ClassVar = ("名次", "队", "人数", "人均分")
