"""The live room: its wall, its host's page, its players' pages."""

from typing import ClassVar


class Rooms:
    """What stands on the pages of a live room.

    ``SCRIPT`` is what the pages' script says too; braces are filled there in the same way.
    """

    NAME = "答题房间"
    ENTER = "进房间"
    ENTER_HINT = "房间号是六位数字，在大屏幕上，也可以问主持人。"
    CODE = "房间号"
    CODE_SHOWN = "房间号 {code}"
    GO = "进去"
    OPEN = "开房间"
    OPEN_HINT = "开一个房间，大家用手机扫码进来一起答，大屏幕上看题和名次。"
    OPEN_BUTTON = "开房间"
    MAY_NOT_OPEN = "开房间之前，先在学习室里说一下您的名字。"
    BAD_CODE = "房间号是六位数字，请再看一看。"
    MODE = "玩法"
    MODES: ClassVar = {
        "contest": ("竞赛", "大家都答，看谁答对得多"),
        "buzzer": ("抢答", "最先答对的得分，答错的这题不能再抢"),
        "survival": ("挑战", "答错就出局，看谁留到最后"),
        "rounds": ("必答、抢答、风险", "三轮：必答不扣分，抢答和风险答错扣分"),
    }
    QUESTIONS = "几道题"
    SECONDS = "每题几秒"
    MORE = "选题和分队（不改也行）"
    DOCUMENT = "文档"
    SECTION = "章节"
    KIND = "题型"
    BANK = "题库"
    KINDS: ClassVar = {"single": "单选题", "multiple": "多选题", "true_false": "判断题"}
    ALL_SECTIONS = "全部章节"
    ALL_KINDS = "各种题型"
    NO_BANK = "用文档里的题"
    TEAMS = "队名，一行一个"
    TEAMS_HINT = "不分队就空着。写支部名也行，比如一行写“第一支部”，下一行写“第二支部”。"

    JOIN_TITLE = "进来答题"
    JOIN_CARD = "点开，写上名字，就能一起答题。"
    JOIN_NAME = "您的名字"
    JOIN_NAME_HINT = "大屏幕上会显示，用大家认得出的名字。"
    JOIN_TEAM = "您是哪一队的？"
    JOIN = "进来"
    JOIN_LOCKED = "房间已经锁上，主持人不再放人进来。可以看大屏幕。"
    JOIN_LATE = "已经开始了，您从下一题开始答。"
    WATCH = "只看不答"
    TO_STUDY = "去学习室"
    ENDED_ALREADY = "这一场已经结束了。"

    GREETING = "{name}，您好！"
    IN_TEAM = "您在“{team}”"
    SIZE = "共 {questions} 题，每题 {seconds} 秒。"
    WAIT = "您已经进来了，等主持人开始。"
    WAIT_HINT = "手机放着就行，开始后题目会自己出来。"
    RECONNECTING = "网断了，正在重连…您的分数都在。"
    OPTIONS = "选项"
    SEVERAL = "不止一个对，选好以后点“提交”。"
    HAND_IN = "提交"
    REMOVED = "主持人把您移出了这个房间，您的答题不再算分。"
    OUT = "您这一场出局了，可以接着看。"
    RESULT = "最后名次"
    STANDINGS = "名次"
    TEAM_STANDINGS = "队伍名次"
    PODIUM = "前三名"
    EVERYBODY = "全部名次"
    RELOAD_HINT = "这个浏览器不能自己刷新时，点这里看最新的："
    RELOAD = "刷新"
    PAUSED = "主持人按了暂停，请等一等。"
    LOCKED = "房间已锁上"
    COUNTDOWN = "还剩"

    SCAN = "手机扫码进来"
    OR_OPEN = "或者打开"
    AND_CODE = "房间号"
    WHO_IS_HERE = "已经进来的"

    HOST = "主持人"
    WALL_HINT = "在连着投影的电脑上打开："
    PLAYER_LINK = "大家进来的地址，可以发到群里："
    COPY = "复制"
    CONTROLS = "主持"
    START = "开始答题"
    START_HINT = "人到齐了就点。晚来的从下一题开始。"
    REVEAL_NOW = "公布答案"
    NEXT = "下一题"
    FINISH = "看最后名次"
    PAUSE = "暂停"
    RESUME = "继续"
    VOID = "这题作废"
    RESTORE = "这题还算分"
    VOIDED = "这道题作废了，不算分。"
    LOCK = "锁上房间"
    UNLOCK = "放人进来"
    END = "结束这一场"
    END_SURE = "确定结束"
    END_HINT = "结束以后不能再接着答，已有的分数都算。"
    PLAYERS = "进来的人"
    NO_PLAYERS = "还没有人进来。"
    AWAY = "离线"
    REMOVE = "移出"
    REMOVE_SURE = "确定移出{name}"
    RESULTS = "成绩单"
    RESULTS_XLSX = "下载 Excel"
    RESULTS_PNG = "下载图片"
    PRINT_HINT = "在浏览器的菜单里点“打印”，就能打印或存成 PDF。"
    RESULTS_TITLE = "{title}　成绩单"
    COLUMNS: ClassVar = ("名次", "名字", "队伍", "得分", "答对")
    TEAM_COLUMNS: ClassVar = ("名次", "队伍", "得分")
    QUESTIONS_TITLE = "题目和答案"
    NOBODY = "没有人答题。"
    SHARE_RIGHT = "{right}/{all} 人答对"

    SCRIPT: ClassVar = {
        "ordinal": "第 {number}/{of} 题",
        "worth": "{worth} 分",
        "penalty": "答错扣 {penalty} 分",
        "answered": "{count} 人已答",
        "answered_of": "{count}/{all} 人已答",
        "people": "{count} 人已经进来",
        "nobody": "还没有人进来，请扫码。",
        "seconds": "{seconds} 秒",
        "time_up": "时间到",
        "sending": "正在提交…",
        "handed_in": "已提交，等大家答完。",
        "late": "从下一题开始答，这一题先看着。",
        "right": "答对了！",
        "wrong": "答错了",
        "wrong_buzz": "答错了，这题不能再抢了。",
        "missed": "这题您没有答。",
        "standing": "您 {points} 分，第 {place} 名",
        "points_only": "您 {points} 分",
        "final": "您第 {place} 名，{points} 分",
        "answer": "正确答案：{answer}",
        "citation": "—— {citation}",
        "no_source": "这道题在文档里没有找到依据。",
        "not_sent": "没有提交上，请再点一次。",
        "pick_one": "请先选一项，再点“提交”。",
        "gone": "这个房间已经关了。",
        "points": "{points} 分",
        "count": "{count} 人",
        "ended": "答题结束。",
        "your_choice": "您选的",
        "right_mark": "正确",
        "away": "离线",
        "copied": "复制好了，可以去粘贴。",
    }
