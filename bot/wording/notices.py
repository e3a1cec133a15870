"""Notices to groups, quiet hours, limits."""

from typing import ClassVar


class Notices:
    """What the bot says of its own accord, and how much it listens."""

    NOTICE = "管理员通知：{text}"
    SAY_WHAT = "请把通知写在后面，比如：/say 明天下午三点在二楼会议室学习。群里收到的会和您写的一字不差。"
    SAY_PRIVATE = "群发请在和我的私聊里做，这里不发。"
    SAY_TOO_LONG = "这条通知太长，一条消息放不下。请精简到 {limit} 个字以内。"
    SAY_NO_GROUPS = "我还不知道有哪个群。把我拉进群，或者在群里 @ 我一次，再来群发。"
    SAY_WHERE = "发到哪里？选好以后先给您看一遍，再确认发送。"
    SAY_WHERE_SOME = "发到哪里？群太多，这里只列出 {count} 个；“全部”是所有 {total} 个。选好以后先给您看一遍。"
    SAY_ALL = "全部（{count} 个群）"
    SAY_SAME_TITLE = "{title}（编号尾数 {number}）"
    SAY_SAME_TITLE_SIZE = "{title}（{count} 人，编号尾数 {number}）"
    SAY_PREVIEW = "要发到：{where}。群里看到的是这样："
    SAY_HELD_ONE = "（免打扰时段，{time} 以后才发。）"
    SAY_HELD_SOME = "（其中 {count} 个群正在免打扰时段，过后才发。）"
    SAY_SEND = "发送"
    SAY_DROP = "放弃"
    SAY_DROPPED = "好的，没有发。"
    SAY_WITHDRAW = "撤回"
    WITHDRAWN = "撤回了，{groups}不会收到。"
    NOTHING_WAITS = "没有可撤回的了：已经发出去，或者已经撤回。"
    SAY_GONE = "这条通知已经发过、放弃或换成新的了，没有再发一遍。"
    SAY_GOING = (
        "这条通知发到一半时我重新启动了，正在接着发：已经发过的群不会再发。发完我会告诉您每个群的情况，不用重写。"
    )
    SAY_NOT_THERE = "我已经不在这个群里了，没有发。请重新写一次 /say 再选。"
    SENT = "已发到 {count} 个群：{groups}。"
    SENT_NONE = "一个群也没有发到。"
    HELD = "· {group}：免打扰时段，{time} 以后自动发"
    LATER = "· {group}：现在连不上，连上以后自动发"
    FAILED = "· {group}：{why}"
    WHY: ClassVar = {
        "gone": "我已经不在这个群里了",
        "forbidden": "群里不让我发言",
        "refused": "平台没有接受这条消息",
        "unsure": "发的时候中断了，不知道有没有发到，没有再发；请到群里看一眼",
        "late": "拖得太久，已经不合适了，没有再发",
    }
    OUTCOME = "您的通知“{text}”后来的情况："
    AGAIN = "（重新启动前可能已经说过一遍）\n{text}"
    MORE = "{groups}等"

    QUIET = "免打扰：每天 {hours}（{zone}）。这段时间我不主动发消息，每日一题、提醒和通知都等到过后；提问照常回答。"
    QUIET_OFF = "免打扰没有开。选一个时段，或者这样发：/quiet 22:00-7:00"
    QUIET_SET = "好的，每天 {hours}（{zone}）我不主动发消息，每日一题、提醒和通知都等到过后；提问照常回答。"
    QUIET_STOPPED = "好的，免打扰已关。"
    QUIET_BAD = "时段没看懂。请这样发：/quiet 22:00-7:00（开始和结束要不一样）；不要了就发 /quiet 关。"
    QUIET_TOPICS = "免打扰管整个群，每个话题都一样。"
    QUIET_ADMINS = "在群里只有群管理员和答题主持人可以设免打扰。"
    QUIET_NOT_HERE = "在这里我从不主动发消息，不用设免打扰。"
    QUIET_CHOICES = ("22:00-7:00", "21:00-8:00", "12:00-14:00")
    QUIET_STOP = "不要了"
    QUIET_OFF_WORDS = ("关", "关闭", "停", "取消", "不要了", "off")

    TOO_FAST = "您问得有点快，我缓一缓。请过 {seconds} 秒再问，这之前我先不回了。"
    TOO_FAST_HERE = "这里大家问得有点快，我先答还没怎么问的人。您请过 {seconds} 秒再问，这之前我在这里先不回您了。"
