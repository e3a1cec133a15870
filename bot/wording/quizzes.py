"""Contests, their settings, reports of bad questions."""

from typing import ClassVar


class QuizSettings:
    """What is said about how a chat usually plays."""

    SHOWN = "答题设置：{usual}。"
    HOW = "发 /quiz 没有写全的，就照这个来。选一项来改，也可以这样发：/settings 15 30 {mode} 速度分"
    USUAL = "{mode}，{count}，{seconds}，{scoring}"
    UNITS: ClassVar = {"count": "{value} 题", "seconds": "每题 {value} 秒"}
    SCORINGS: ClassVar = {"right": "不算速度分", "speed": "算速度分"}
    CHANGE: ClassVar = {"count": "改题数", "seconds": "改时间", "mode": "改玩法", "scoring": "改速度分"}
    NOW = "现在：{value}。改成："
    BACK = "不改了"
    CHANGED = "改好了：{usual}。"
    TOPIC = "答题设置只管本话题。没有设过的话题，照 General 话题里设的来。"
    NOT_READ = "没看懂。可以这样发：/settings 15 30 {mode}，意思是平常 15 题、每题 30 秒、{mode}。"
    BAD_NUMBERS = "题数要在 1 到 {count} 之间，每题秒数要在 {least} 到 {most} 之间。比如：/settings 15 30。"
    ADMINS = "在群里只有群管理员和答题主持人可以改答题设置。"


class Reports:
    """What is said about questions that somebody finds bad."""

    BUTTON = "举报题目"
    BOARD_BUTTON = "有题目不对？举报"
    WHICH = "哪道题不对？选一道（也可以回复数字），管理员会来看："
    THANKS = "谢谢，已经记下，管理员会来看。"
    NOT_ASKED = "这道题没有出给您过，所以没有记。答过的题才可以举报。"
    NOTHING_ASKED = "这里最近没有出过题，没有可以举报的。"
    NOTHING_ASKED_ALONE = NOTHING_ASKED + "群里出的题，请在那个群里发 /report。"
    GONE = "这道题已经不在题库里了，不用再管它。"

    NONE = "没有被举报的题目，也没有停用的。"
    LIST = "被举报、建议停用或者已经停用的题目有 {count} 道，选一道看看："
    STATE = "（{count} 人）"
    STATE_OUT = "（已停用）"
    STATE_PROPOSED: ClassVar = {"easy": "（太容易）", "hard": "（太难）", "misleading": "（容易误导）"}
    PREVIOUS = "上一页"
    NEXT = "下一页"
    CARD = "{count} 人举报了这道题"
    CARD_OUT = "已停用，{count} 人举报"
    CARD_PROPOSED = "建议停用的题"
    PLAYED = "比赛里答过 {answered} 次，答对 {share}，跳过 {skipped} 次。"
    DISCRIMINATION = "区分度 {value}（越接近 1，越能分出高低；小于 0 说明高手反而容易错）。"
    PROPOSALS: ClassVar = {
        "easy": "差不多人人都能答对，考不出什么，建议停用。",
        "hard": "答对的比瞎猜的还少，建议看看题目有没有问题，或者停用。",
        "misleading": "平时答得好的人，这道题反而更容易错，题目可能有歧义，建议停用。",
    }
    RIGHT_ANSWER = "正确答案：{answer}"
    TAKE_OUT = "停用：不再出这道题"
    TAKE_BACK = "恢复：可以再出"
    IGNORE = "忽略：举报作废"
    TO_LIST = "返回"
    OUT = "已停用，从现在起哪里都不会再出这道题。"
    BACK_IN = "已恢复，可以再出这道题。"
    IGNORED = "这道题的举报已经作废。"


class ChatRefusals:
    """What is said if a chat does not take what a contest brings there."""

    _ALLOW = "请群管理员打开群设置里的“权限”，允许{what}；或者把我设为管理员"
    _BOTH = _ALLOW.format(what="“发送消息”和“投票”")
    NO_POLLS = (
        "这个群不让我发投票，题目出不来，先停在第 {{number}}/{{total}} 题。{allow}，再点“继续”。"
        "{{minutes}} 分钟没有人点就结束。"
    ).format(allow=_ALLOW.format(what="“投票”（在“发送媒体”里面）"))
    DAILY_NO_POLLS = (
        "这个群不让我发投票，今天的每日一题出不来。" + _ALLOW.format(what="“投票”（在“发送媒体”里面）") + "。"
    )
    NO_POLLS_NOR_WORDS = (
        "您在群里发起的{title}停下了：那里不让我发言，也不让我发投票。" + _BOTH + "，再在群里发 /quiz 继续。"
    )
    NO_WORDS = "您在群里发起的{title}结束了：那里不让我发言。" + _BOTH + "，再开一轮。"
    NO_TOPIC = "您在群里发起的{title}结束了：它所在的话题已经删除或者关闭。别的话题里可以再开一轮。"
    GONE = "您在群里发起的{title}结束了：我已经不在那个群里了。"
    BOARD_NOT_SHOWN = "您在群里发起的{title}结束了，结果没能发到群里，发给您："


class Contests:
    """What is said when questions are played for."""

    MENU = "来答题吧。{mode}，每题 {seconds} 秒。{rule}选一种{typed}。"
    MENU_SELF_PACED = "来答题吧。想几题就点几题，不限时间，答完一题自己点“下一题”。"
    MENU_TYPED = "，或者这样发：/quiz 5 20 {topic}（5 题、每题 20 秒、关于“{topic}”）"
    NO_QUESTIONS_YET = "《{title}》还没有题目，暂时不能答题；有了题目就可以。可以直接提问，也可以发“目录”先看看内容。"
    MENU_COUNT = "{count} 题"
    MENU_MODES: ClassVar = {
        "contest": "竞赛：看谁答对得多",
        "challenge": "挑战：错一题就结束",
        "buzzer": "抢答：最先答对的得分",
        "teams": "分队：红队对蓝队",
    }
    MENU_SECTIONS = "按章节选题"
    SECTIONS = "选一节，从里面出 {count} 题："
    BAD_NUMBERS = "题数要在 1 到 {count} 之间，每题秒数要在 {least} 到 {most} 之间。比如：/quiz 5 20。"
    NO_QUESTIONS = "现在没有可以出的题。请管理员看看题库，发“目录”可以先看看内容。"
    NAME_FIRST = "答题要记成绩，先告诉我怎么称呼您。"
    NOT_HERE = "这里还不能答题，也没有排行、错题和每日一题。可以直接提问，也可以发“目录”按章节看内容。"
    NO_TOPIC = "没有关于“{topic}”的题。换个说法，或者发“答题”从全部题目里选。"
    BANK_WORD = "题库"
    BANKS = "存下的题库：{names}。发“答题 题库 名称”，就从里面出题，比如：答题 题库 {first} 10"
    NO_BANKS = "还没有存下题库。编辑在私聊里发 /bank，再把题库文件发来，就能存一份。"
    NO_BANK = "没有叫“{name}”的题库。存下的有：{names}。"
    BANK_WITHHELD = "题库“{name}”正用在学习竞赛里，竞赛结束以后才能拿来答题。"
    BANK_NOT_HERE = "题库“{name}”里的题都要打字回答，群里的投票出不了。请在和我的私聊里答。"
    ONLY_TOGETHER = (
        "{mode}要几个人一起玩，这里只有您一个人。自己可以发“答题 挑战”，错一题就结束；要和大家比，就在群里开一轮。"
    )
    TIME_SET = "约好了：{when} 开始，{what}。"
    TIME_WHAT = "{title}，{count} 题，每题 {seconds} 秒"
    TIME_CANCEL = "取消"
    TIME_CANCEL_ONE = "取消 {when}"
    TIME_CANCELLED = "{when} 的答题取消了。"
    TIME_GONE = "这一场已经开始，或者已经取消了。"
    TIME_BAD = (
        "时间没看懂，或者已经过去、太远了（最多约一个月）。可以这样发：/quiz 明天8点，/quiz 周五下午3点 10 20，"
        "/quiz 半小时后。想每天固定时间来一题，发 /daily 8:00。"
    )
    TIME_TOO_MANY = "这里已经约了 {count} 场。发 /quiz 预约，可以取消一场。"
    TIME_QUIET = "那时候这里是免打扰时段（每天 {hours}），换个时间再约吧。"
    TIME_FAILED = "约好的答题（{what}）没能开始，是我这边出了问题。想答的话，请再发一次 /quiz。"
    TIMES = "约好的答题："
    TIME_LINE = "{when}　{what}"
    TIME_NONE = "这里没有约好的答题。可以这样约：/quiz 明天8点。"
    TIME_WORDS = ("预约", "约好的", "日程")
    START_LATE = "这是 {ago}前发的，我现在才看到。要现在开始吗？"
    START_NOW = "现在开始"
    MINUTES = "{count} 分钟"
    HOURS = "{count} 小时"
    BEGINS = "答题开始：{title}，共 {count} 题，每题 {seconds} 秒。{rule}"
    BEGINS_SELF_PACED = "开始，共 {count} 题，不限时间。{rule}"
    TITLES: ClassVar = {
        "contest": "竞赛",
        "daily": "每日一题",
        "challenge": "挑战",
        "buzzer": "抢答",
        "teams": "分队赛",
        "rounds": "分环节竞赛",
    }
    RULES: ClassVar = {
        "contest": "{points}",
        "daily": "{points}",
        "challenge": "答错或者漏答一题就出局，{points}",
        "buzzer": "每题只有最先答对的人得分，一人只有一次机会，{points}",
        "teams": "按队里的人均分排名，{points}",
        "rounds": "先是必答题，再是抢答题，最后是风险题，{points}",
    }
    POINTS: ClassVar = {
        "contest": "答对一题得 1 分，同分看用时。",
        "daily": "",
        "challenge": "看谁连对得最多，一样多看用时。",
        "buzzer": "一题 1 分。",
        "teams": "答对一题得 1 分。",
        "rounds": "抢答题和风险题答错要扣分。",
    }
    POINTS_SPEED: ClassVar = {
        "contest": "答对一题得 500 到 1000 分，答得越快分越高。",
        "daily": "",
        "challenge": "出局以前每答对一题得 500 到 1000 分，答得越快分越高。",
        "buzzer": "一题 500 到 1000 分，答得越快分越高。",
        "teams": "答对一题得 500 到 1000 分，答得越快分越高。",
        "rounds": "抢答题和风险题答错要扣分。",
    }
    CHOOSE_TEAM = "点一个队加入，答第一题以前还可以换；不选的，答第一题时分到人少的队。"
    LEAD_IN = "{seconds} 秒后开始，请做好准备。"
    ON_TOPIC = "{title}（{topic}）"
    TEAM_NAMES = ("红队", "蓝队")
    RUNNING = "这里正在答题，等这一轮结束再开新的。"
    TOO_MANY_STARTED = "今天从您这个网络开始的答题太多了，请明天再来。您的错题照样可以练。"
    RUNNING_STOP = "这里正在答题。发起人和管理员可以发 /skip 跳过一题，发 /stop 结束。"
    RUNNING_ALONE = "您有一轮还没有答完，可以接着答，也可以点“不答了”。"
    ANSWER_FIRST = "请先答这一题。"
    STOP_ALONE = "不答了"
    NOT_RUNNING = "现在没有在答题。发 /quiz 开始一轮。"
    NOT_YOURS = "只有发起人和管理员可以这样做。"
    NOT_FOR_YOU = "这个按钮是给别人的。"
    GONE = "这个按钮已经失效了，请发 /quiz 重新开始。"
    NOT_OPEN = "这道题还没有开始，或者已经过去了。"
    NO_OPTION = "没有这个选项，请从列出的里面选。"
    LATE = "这道题的时间到了，没有记上。"
    NEXT_COMING = "下一题马上来。"
    STANDS = "您已经答过这道题，以第一次为准。"
    TAKEN = "记下了。"
    CHANGED = "改好了，以这次为准。"
    WITHDRAWN = "已经撤回。"
    JOIN = "加入{team}"
    JOINED = "您在{team}，答第一题以前还可以换。"
    TEAM_STANDS = "您已经答过题，不能再换队。您在{team}。"
    NO_TEAM = "没有这个队。"
    WITHHELD = "有一道题正在作答，和它沾边的我先不答。等它结束了，请再问我一次。"
    WITHHELD_TAP = "有一道题正在作答，和它沾边的先不看。等它结束了，请再点一次。"
    WITHHELD_LIST = "有一道题正在作答，条目先不列出来。等它结束了，请再点一次。"
    WITHHELD_START = "这些题和正在作答的一道题有关。等那道题结束了，请再开始一次。"
    WITHHELD_REVIEWS = "该复习的题和正在作答的一道题有关。等那道题结束了，请再来复习。"
    WITHHELD_REVIEW = "这道复习题和正在作答的一道题有关，先放一放。它给您留着，等那道题结束了再答。"
    WITHHELD_DAILY = "这和今天的每日一题有关。您先答那道题，答完再来看。"
    WITHHELD_DAILY_OPEN = "这和今天的每日一题有关，那道题结束以前答案还能改。等它结束了，请再来看。"

    QUESTION = "第 {number}/{total} 题（{seconds} 秒）"
    QUESTION_SELF_PACED = "第 {number}/{total} 题"
    QUESTION_DAILY = "每日一题"
    SEVERAL = "（多选）"
    SENT_AGAIN = "（重发）"
    COLON = "："
    HOW_ONE = "回复字母或数字作答。"
    HOW_SEVERAL = "不止一个对：把字母写在一起回复，比如 AC。"
    HOW_TYPED = "把答案打出来回复。"
    OR = " 或 "
    OPTION = "{letter}. {option}"
    RIGHT = "✅ 答对了。"
    WRONG = "❌ 答错了。正确答案：{answer}"
    PASSED = "好的，这题先过。正确答案：{answer}"
    LETTERS = "{first}–{last}"
    UNREAD_ANSWER = (
        "没看懂您选哪个，请回复 {letters}。也可以回复“提示”“不知道”“不玩了”；想问别的，请在前面写“问”，再空一格。"
    )
    UNREAD_SEVERAL = (
        "没看懂您选哪几个，请把 {letters} 里对的写在一起回复，比如 AC。也可以回复“提示”“不知道”“不玩了”；"
        "想问别的，请在前面写“问”，再空一格。"
    )
    HINT_PLACE = "提示：看看{place}。"
    HINT_WRONG = "不是 {letters}。"
    HINT_SEVERAL = "有 {count} 个是对的。"
    NO_HINT = "这道题没有提示了。不会就回复“不知道”，看答案和原文。"
    HINT_ALONE = "大家一起答题的时候没有提示。"
    ANSWER_BEFORE = "先答这道题，答完就能看答案。不会就回复“不知道”。"
    ANSWER_LATER = "这道题还没有结束，结束了就公布答案。"
    REVEAL = "第 {number} 题，正确答案：{answer}"
    TIME_OVER = "时间到。正确答案：{answer}"
    ANSWER_WAS = "这一题的正确答案：{answer}"
    BOARD = "第 {number}/{total} 题后的排名"
    FINAL = "答题结束：{title}"
    FINAL_STOPPED = "答题提前结束：{title}"
    FINAL_ABANDONED = "很久没有人继续，这一轮到此结束：{title}"
    FINAL_OVER = "全部出局，挑战结束：{title}"
    NOBODY = "这一轮没有人上榜。"
    SCORE = "{place} {name}　{points} 分　{seconds} 秒"
    SCORE_RUN = "{place} {name}　连对 {points} 题　{seconds} 秒"
    SCORE_RUN_SPEED = "{place} {name}　{points} 分（连对 {counted} 题）　{seconds} 秒"
    SCORE_FIRST_SPEED = "{place} {name}　{points} 分（抢到 {counted} 题）　{seconds} 秒"
    OUT = "{line}　出局"
    TEAM_MEMBERS = "队员："
    TEAM_SCORE = "{place} {name}（{members} 人）　人均 {points} 分"
    PLACE = "第 {place} 名"
    MEDALS = ("🥇", "🥈", "🥉")
    MORE = "……还有 {count} 人"
    OWN_BUTTON = "我第几名"
    OWN_PLACE = "您第 {place} 名（共 {count} 人），{points} 分，答对 {right} 题。"
    OWN_NONE = "您这一轮没有答题。"
    FULL_BOARD = "{title}：完整名次"
    NAMELESS = "一位成员"
    PAUSED = "连着 {count} 题没有人答，先停一停。想继续就选“继续”，{minutes} 分钟没有人选就结束。"
    LEFT = "上次的{title}还没有答完，接下来是第 {number}/{total} 题。想接着答就选“继续”，不答了就选“结束”。"
    PAUSING = "好的，这道题结束以后先停一停。"
    VOIDED = "这道题作废了，不再算分。想恢复，发 /void 加题号和“恢复”，比如 /void 3 恢复。"
    RESTORED = "这道题恢复了，照常算分。"
    VOID_LINE = "第 {numbers} 题作废，不算分。"
    VOID_WHICH = "哪道题作废？选一道，大家在这道题上的分都不算；已经作废的，选了就恢复。"
    RESTORE_WORD = "恢复"
    VOID_MARK = "（已作废）"
    VOID_NOTHING = "这里最近没有答过题，没有可以作废的。"
    VOID_ALONE = "一个人练的题不用作废。题目不对，可以发 /report 举报。"
    RESUME = "继续"
    STOP = "结束"
    AGAIN = "再来一轮"
    UNSENT = "有 {count} 道题没能发出来，或者已经停用，没有算分。"

    RANK = "本群{period}排行（答对题数）"
    RANK_TOPICS = "本群每个话题里答的题都算在一起。"
    RANK_OVERALL = "{period}总排行（答对题数）"
    RANK_MASKED = "总排行谁都能看，所以名字只显示第一个字。"
    RANK_MASKED_OTHERS = "总排行谁都能看，所以别人的名字只显示第一个字。"
    RANK_SCOPE = "看{scope}排行"
    RANK_BAD = "没看懂。可以这样发：/rank 周，/rank 月，/rank 总，/rank 周 名单，/rank 本轮。"
    RANK_EMPTY = "这段时间还没有人答题。发 /quiz 开始一轮。"
    SEASON = "现在是第 {number} 赛季，{when} 开始。群管理员和主持人发“赛季 新”，就从头算起。"
    SEASON_BEGUN = "第 {number} 赛季开始了，排行从现在算起。以前的还能看，发 /rank 第1赛季。"
    SEASON_CONFIRM = "要开始第 {number} 赛季吗？排行会从头算起；以前的还能看。"
    SEASON_BEGIN = "开始新赛季"
    SEASON_ALREADY = "已经是第 {number} 赛季了。"
    SEASON_TOO_MANY = "已经有 {count} 个赛季了，不能再开新的。"
    SEASON_NONE = "本群没有这个赛季。群管理员和主持人发“赛季 新”，就开始一个，排行从头算起。"
    SEASON_ADMINS = "在群里只有群管理员和答题主持人可以开始新赛季。"
    SEASON_GROUPS = "赛季是群里的，请在群里发。"
    SEASON_TITLE = "本群第 {number} 赛季排行（答对题数）"
    SEASON_RANK = "看本赛季排行"
    SEASON_NEW_WORDS = ("新", "新赛季", "开始", "new", "重新开始")
    RANK_OWN = "您：第 {place} 名（共 {count} 人）　对 {points} 题（共 {answered} 题）"
    RANK_OWN_NONE = "您这段时间还没有答题。"
    RANK_FULL = "全部名次"
    RANK_PAGE = "第 {page}/{pages} 页"
    RANK_ME = "{line}　← 您"
    RANK_EXPORT_ADMINS = "名单只有群管理员和答题主持人可以导出。"
    RANK_EXPORT_HOSTS = "所有群的名单只有答题主持人可以导出。本群的名单，群管理员在群里发 /rank 导出。"
    RANK_EXPORTED = "{title}：{count} 人。"
    RANK_NO_ROUND = "这里最近没有答题，看不了这一轮的名次。"
    RANK_FILE = "排行"
    EXPORT_WORDS = ("导出", "export", "xlsx", "excel", "表格")
    FULL_WORDS = ("全部名次", "完整", "名单", "full")
    ROUND_WORDS = ("本轮", "这轮", "这一轮", "上一轮", "本场")
    RANK_HEADINGS = ("名次", "姓名", "答对", "答题", "用时（秒）")
    ROUND_HEADINGS = ("名次", "姓名", "队", "得分", "答对", "答题", "用时（秒）")
    ROUND_QUESTION = "第 {number} 题"
    RANK_LINE = "{place} {name}　对 {points} 题（共 {answered} 题）　{seconds} 秒"
    HERE = "本群"
    EVERYWHERE = "总"
    PERIODS: ClassVar = {"day": "今日", "week": "本周", "month": "本月", "all": "历来"}
    PERIOD_WORDS: ClassVar = {
        "今日": "day",
        "今天": "day",
        "日": "day",
        "天": "day",
        "day": "day",
        "本周": "week",
        "周": "week",
        "week": "week",
        "本月": "month",
        "月": "month",
        "month": "month",
        "全部": "all",
        "历来": "all",
        "all": "all",
    }
    OVERALL_WORDS = ("总", "全部群", "overall")

    ME = "{name}：连续 {streak} 天，一共答了 {answered} 题，对 {right} 题（{percent}）。"
    ME_NOTHING = "您还没有答过题。发 /quiz 开始一轮。"
    ME_SECTION = "{title}　{right}/{answered}（{percent}）"
    ME_WEAK = "可以再看看这几条："

    WRONG_BOOK = "错题本：还有 {open} 题没掌握，现在该复习的有 {due} 题。"
    WRONG_EMPTY = "错题本是空的。答错的题会自动记到这里，过一阵子再来考您。"
    WRONG_NEXT = "错题本：还有 {open} 题没掌握，下一题在 {when} 复习。"
    WRONG_PRIVATE = "错题本只给您自己看，请在和我的私聊里发 /wrong。"
    REVIEW_BEGIN = "开始复习"
    REVIEW_NEXT = "下一题"
    REVIEW_DONE = "现在该复习的都复习完了。"
    REVIEW_STOPPED = "好的，今天先到这里。发“错题”可以接着来。"
    REVIEW_GONE = "这道复习题已经过去了，请发 /wrong 重新开始。"
    WRONG_READ = "看错题和原文"
    WRONG_LIST = "错题本里有 {open} 题，点开看答案和原文："
    WRONG_ANSWER = "正确答案：{answer}"
    WRONG_BACK = "回到错题本"
    PREVIOUS = "上一页"
    FOLLOWING = "下一页"
    PRACTICE_BEGIN = "现在就练一遍"
    PRACTICE_LEFT = "提前练习（还有 {count} 题）"
    PRACTICE_DONE = "错题都练过一遍了。答对的到时候还会再考，答错的过一会儿就来。"
    PRACTICE_MOVES_NOTHING = "这是提前练习，答对不推迟复习的时间。"
    REVIEW_LEFT = "复习（还有 {count} 题）"
    REMIND_ON = "每天提醒我复习"
    REMIND_OFF = "不再提醒"
    REMINDING = "好的，有该复习的题时，每天 {time} 提醒您。"
    NOT_REMINDING = "好的，不再提醒。"
    REMINDER = "有 {due} 道错题该复习了。"

    DAILY = "每日一题：每天 {time}（{zone}）。"
    DAILY_OFF = "每日一题没有开。选一个时间，或者这样发：/daily 8:00"
    DAILY_SET = "好的，每天 {time}（{zone}）出一题。"
    DAILY_TOPIC = "每日一题只管本话题，题目也出在本话题里。别的话题要另外定。"
    DAILY_STOPPED = "好的，不再出每日一题。"
    DAILY_AT = "每天 {time}"
    DAILY_STOP = "不要了"
    DAILY_BAD = "时间没看懂。请这样发：/daily 8:00，或者加上时区：/daily 8:00 Asia/Shanghai；不要了就发 /daily 关。"
    DAILY_ADMINS = "在群里只有管理员可以定每日一题的时间。"
    DAILY_OFF_WORDS = ("关", "关闭", "停", "取消", "不要了", "off")

    FORGET = (
        "要把我记下的关于您的答题记录、排名、错题、提醒和提问次数都删掉吗？连在一起的账号也一起删，删了就找不回来。\n"
        "管理方面的记录不会删：谁有什么角色，谁改过知识库和群里的设置，谁试过没有权限的操作。"
    )
    FORGET_AS_ONESELF = (
        "您现在是以本群的名义发言，我分不出是谁，所以什么都没有删。"
        "要删您自己的记录，请私聊我发“忘记我”，或者关掉匿名以后在群里再发一次。"
    )
    FORGET_YES = "删掉"
    FORGOTTEN = "已经删掉了。管理方面的记录还在。"
    NOT_KEPT = "这次没记上，请过一会儿再试。"
    UNREAD = "答题先停一停：记成绩的数据库暂时读不了，管理员修好以后就接着来。提问照常，直接问我就行。"
    FORGET_NO = "不删了"
    FORGET_NOTHING = "好的，什么都没有删。"
    SECONDS = "{seconds:.1f}"
    DAY = "{month}月{day}日 {hour}:{minute:02d}"
