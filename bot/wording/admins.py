"""Who may do what, and what was done."""

from typing import ClassVar


class Admin:
    """What admins are told, and members who try what only admins may."""

    REFUSED = "这是给管理员用的。有需要的话，跟管理员说一声就行。"
    REFUSED_ROLE = "这个要{needed}才能做，您现在是{role}。有需要的话，跟所有者说一声就行。"
    GONE = "这个按钮已经失效了，请重新发一次命令。"
    UNKNOWN = "这个命令现在用不了。"
    UNSURE = "现在没法确认您有没有这个权限，所以先没有做。请过一会儿再试一次。"
    ROLES: ClassVar = {"owner": "所有者", "editor": "编辑", "host": "主持人"}
    HELP = "您是{role}，还可以用这些命令："
    HELP_LINE = "· /{name} {word}：{what}"
    COMMANDS: ClassVar = {
        "draft": "给正在用的文件自动做要点、检验题和题目，看过再应用",
        "reload": "重新读入知识库文件夹，看过改动再应用",
        "diff": "现在的知识库比上一版改了什么",
        "history": "用过的各个版本",
        "rollback": "退回以前的一个版本",
        "export": "把知识库作为文件取回",
        "misses": "没答上的问题，可以关联到要点或者补成新要点",
        "stats": "问答和答题的统计",
        "grant": "给人角色；不写名字就列出谁有什么角色",
        "revoke": "收回角色",
        "audit": "谁在什么时候做了什么",
        "say": "往群里发通知",
        "quiet": "定一段不打扰的时间",
        "reports": "被举报的题目",
        "bank": "存一份自己的题库，看有哪些",
    }


class Roles:
    """Who may do what, and how that is changed."""

    WHO = "{name}（{member}）"
    LIST = "谁能做什么"
    OWNER = "· 所有者 {who}：什么都能做，写在设置 ADMINS 里"
    EDITOR = "· 编辑 {who}：管知识库、未答问题、通知和答题；{by} 于 {day} 授权"
    HOST = "· 主持人 {who}：管答题和群里的设置；{by} 于 {day} 授权"
    NOBODY = "还没有编辑和主持人。"
    HOW = (
        "授权：回复那个人的消息，发 /grant 编辑 或 /grant 主持；也可以写编号：/grant 12345 编辑。\n"
        "撤权：回复那个人的消息，发 /revoke；或者 /revoke 12345；也可以从下面选。"
    )
    WORDS: ClassVar = {
        "编辑": "editor",
        "editor": "editor",
        "主持": "host",
        "主持人": "host",
        "host": "host",
        "所有者": "owner",
        "管理员": "owner",
        "owner": "owner",
    }
    WHICH_ROLE = "要给 {who} 什么角色？请写上“编辑”或“主持”，比如：/grant {id} 编辑。"
    NO_ROLE = "没有“{text}”这个角色。可以给的是“编辑”和“主持”，比如：/grant 12345 编辑。"
    WHOM = "没看出是给谁的。请回复那个人的消息发 /grant 编辑，或者写上编号：/grant 12345 编辑。"
    NO_MEMBER = "“{text}”不是一个人的编号。编号是一串数字，不是 @用户名，也不是群或频道的；最省事的是回复那个人的消息。"
    BAD_NUMBER = "“{text}”不是 Telegram 上一个人的编号：最多 16 位数字，不以 0 开头。最省事的是回复那个人的消息，发 /grant 编辑。"
    NO_OWNERS = "所有者不能在聊天里授予，只能写在设置 ADMINS 里，重启后生效。"
    OWN_SELF = "您就是所有者，什么都能做，不用再给自己角色。"
    IS_OWNER = "{who} 是所有者，什么都能做，不用再给角色。"
    OWNER_STAYS = "{who} 是所有者，写在设置 ADMINS 里，在聊天里撤不掉。"
    ALREADY = "{who} 已经是{role}了。"
    GRANTED = "好的，{who} 现在是{role}，马上生效。"
    CHANGED = "好的，{who} 从{old}改成{role}，马上生效。"
    NONE = "{who} 没有角色，不用撤。"
    SURE = "要收回 {who} 的角色（{role}）吗？"
    REVOKE = "撤权：{who}"
    YES = "确认收回"
    BACK = "不收回，看名单"
    REVOKED = "好的，{who} 不再是{role}，马上生效。"


class Audits:
    """The log of what was done, and its words for the names of actions."""

    TITLE = "操作记录，新的在前"
    OF_MEMBER = "{who} 的操作记录，新的在前"
    OF_ACTION = "“{action}”的操作记录，新的在前"
    NOTHING = "还没有操作记录。"
    NOTHING_HERE = "没有更多记录了。"
    ROW = "{at} {who}\n　　{refused}{action}{detail}{times}"
    DETAIL = "：{detail}"
    REFUSED = "✗ 被拒绝 · "
    TIMES = " ×{count}"
    QUOTED = "“{text}”"
    VERSION = "第 {number} 版"
    TO_ALL = "发到全部群"
    TO_GROUP = "发到“{title}”"
    IN_GROUP = "在“{title}”"
    IN_A_GROUP = "在一个群里"
    FULL = "这一小时同样来历的已经记了 {limit} 次，后面的不再一条条记"
    FULL_ALL = "这一小时从同一处来的（不止一人）已经记了 {limit} 次，后面的不再一条条记"
    OLDER = "更早的"
    NEWER = "更新的"
    NEWEST = "最新的"
    HOW = (
        "记的是谁要做什么；没做成的（比如已经是编辑了）也在。只看一个人的：/audit 12345；只看一种操作的：/audit 授权。"
    )
    BAD = "没看懂。可以这样发：/audit，/audit 12345（一个人的编号），/audit 授权（一种操作）。"
    ACTIONS: ClassVar = {
        "document": "发来文件",
        "console": "打开统计网页",
        "settings": "答题设置",
        "daily": "每日一题",
        "season": "新赛季",
        "link": "关联账号",
        "unlink": "取消关联",
        "gy": "撤权",
        "ra": "应用改动",
        "rc": "确认应用改动",
        "rx": "放弃改动",
        "rb": "退回版本",
        "mk": "关联未答问题",
        "ml": "关联未答问题",
        "mc": "确认关联未答问题",
        "mi": "忽略未答问题",
        "mu": "撤销对未答问题的处理",
        "mv": "确认撤销对未答问题的处理",
        "na": "添加新要点",
        "nc": "确认添加新要点",
        "sl": "要统计网页的链接",
        "ysend": "群发",
        "ydrop": "放弃群发",
        "yback": "撤回群发",
        "tk": "存下题库",
        "pp": "发布学习竞赛",
        "pe": "提前结束学习竞赛",
        "paper": "学习竞赛提醒",
        "boff": "停用题目",
        "bon": "恢复题目",
        "bno": "忽略举报",
    }
    BUTTON = "{kind}（按钮 {name}）"
    KINDS: ClassVar = {
        "r": "知识库版本",
        "m": "未答问题",
        "n": "新要点",
        "g": "角色",
        "s": "统计",
        "y": "通知和设置",
        "b": "题目举报",
        "t": "题库",
        "p": "学习竞赛",
    }
    OTHER = "其他"
