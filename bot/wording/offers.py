"""What can be done in a channel, and what cannot: help, commands, refusals."""

from typing import ClassVar


class Offers:
    """How to use the bot."""

    HERE = "这里"
    WEB = "网页上"
    TERMINAL = "终端里"
    TELEGRAM = "Telegram 上"
    API = "这个接口"
    COMMAND_LINE = "命令行里"

    HOW_ALONE = "您可以这样用我："
    HOW_GROUP = "在群里可以这样用我："
    ASK_ALONE = "· 直接提问，比如“{example}”"
    ASK_GROUP = "· 发 /ask 加问题，比如“/ask {example}”，或者 @我 再问；回复我的消息就是接着问"
    FOLLOW_UP = "· 接着上一句追问也行，比如“为什么”“然后呢”"
    PRESS = (
        "· 列出几条的时候，点一下或者回复数字\n"
        "· 答案下面点“看前后文”，看它在原文哪一段；点 👍（有帮助）或 👎（没帮助），告诉我找得对不对，再点一次就收回"
    )
    TYPE = (
        "· 列出几条的时候，回复数字\n"
        "· 看完答案可以发“看前后文”，看它在原文哪一段；发 👍（有帮助）或 👎（没帮助），告诉我找得对不对，再发一次就收回"
    )
    LINE = "· /{name} {word}：{what}"
    SHORT = "/{name} {word}"
    COMMA = "、"
    HONEST = "《{title}》里没说到的，我会直说没有，不会编。"
    COMMANDS: ClassVar = {
        "ask": "提问，例如 /ask 加上问题",
        "outline": "按章节看内容",
        "books": "有哪几份文件，换一份读",
        "why": "一条回答是怎么来的；也可以在后面写上问题",
        "quiz": "大家一起答题：竞赛、挑战、抢答、分队",
        "room": "开一个房间，用手机扫码一起答，大屏幕看名次",
        "skip": "跳过这一题",
        "stop": "结束正在进行的答题",
        "pause": "先停一停，之后接着答",
        "void": "哪道题不算分",
        "rank": "谁答对得多",
        "season": "排行从头算起，以前的还能看",
        "wrong": "复习答错的题",
        "me": "连续天数、正确率、薄弱处",
        "paper": "单位办的学习竞赛：限时答卷，按成绩排名",
        "daily": "每天定时出一题",
        "settings": "平常几题、几秒、怎么算分",
        "report": "哪道题不对，告诉我们",
        "quiet": "哪段时间不主动发消息",
        "link": "把这里和别处的账号连起来，成绩和错题一起算",
        "unlink": "把账号分开",
        "forget": "删掉关于您的记录",
        "id": "您的编号，要当管理员时用",
        "help": "怎么用我",
        "start": "从头开始",
    }
    ALONE: ClassVar = {"quiz": "做几道题"}
    GROUP: ClassVar = {"why": "一条回答是怎么来的：回复那条回答来问"}

    PICK_PRESSED = "点一下或者回复数字"
    PICK_TYPED = "回复数字"

    POSSIBLE = "这里可以直接提问，也可以发“目录”按章节看内容。"
    MISSING: ClassVar = {
        "quizzes": "{where}还不能答题，也没有排行、错题和每日一题。" + POSSIBLE,
        "posts": "{where}我从不主动发消息，所以没有每日一题，也不用设免打扰。" + POSSIBLE,
        "identity": "{where}认不出谁是谁，所以没有编号，管理的命令也用不了。" + POSSIBLE,
        "files": "{where}发不了文件。要知识库的文件，请在运行机器人的机器上执行 python -m bot export。",
        "groups": "现在没有接上任何群，通知没有地方发。",
        "dialogue": "{where}不记得谁问过什么，没有记录可删。",
        "pages": "{where}开不了房间，房间要开在网页上。",
    }
    ELSEWHERE: ClassVar = {
        "quizzes": "想答题，请到 {name} 找我：{address}",
        "posts": "想每天收到一题，请到 {name} 找我：{address}",
        "identity": "管理的事，请到 {name} 私聊我：{address}",
        "files": "要收文件，请到 {name} 私聊我：{address}",
        "groups": "",
        "dialogue": "",
        "pages": "想开房间，请到 {name} 找我：{address}",
    }
