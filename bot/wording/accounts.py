"""Joining accounts of one person."""

from typing import ClassVar


class Accounts:
    """What is said about /link and /unlink."""

    PRIVATE = "关联账号只在私聊里办，请私聊我发 /link。"
    CODE = "关联码：{code}"
    HOW = "在另一个地方（比如网页，或者 Telegram 的私聊）对我发：/link {code}。两边的成绩和错题就算在一起。"
    KEEP_IT = "{minutes} 分钟内有效，只能用一次。只给自己用：谁用了它，谁就和您算一个人。"
    ALREADY = "现在已经和这些账号连着：{others}。"
    CONFIRM = (
        "要把{own}和{other}连起来吗？两边的成绩、排名和错题会算在一起，一道题不会算两次；排行榜上还是各处自己的名字。"
    )
    CONFIRM_ROLE = "管理角色也会通用。"
    CONFIRM_NO_ROLE = "管理角色不跟着过去：网页上只做题，不做管理。"
    CONFIRM_OWN = "不是您本人的账号，请不要连。随时可以发 /unlink 分开。"
    YES = "连起来"
    NO = "不连"
    NOTHING = "好的，没有连。"
    LINKED = "连好了：这里和{other}以后算一个人。想分开，发 /unlink。"
    TOLD = "您的账号刚刚和{other}连起来了。不是您本人做的，请马上发 /unlink。"
    WRONG_CODE = "这个关联码不对，或者已经过期、用过了。请在那边重新发 /link 拿一个。"
    TOO_MANY = "关联码试错太多次了，请过十分钟再来。"
    SAME = "这个关联码就是这个账号的，请到另一个地方去用。"
    ALREADY_THIS = "这两个账号已经连着了。"
    SAME_CHANNEL = "这样会把同一个平台上的两个账号连到一起，不行。每个平台只能有一个，网页除外。"
    NOT_LINKED = "这个账号没有和别的账号连着。发 /link 可以连。"
    UNLINKED = "分开了：这里答的题归这里，不再和{others}算在一起。"
    AND = "、"
    ACCOUNT = "{name}（{where}）"
    CHANNELS: ClassVar = {
        "telegram": "Telegram 的账号",
        "web": "网页上的账号",
        "terminal": "终端",
        "wechat": "微信的账号",
        "wecom": "企业微信的账号",
    }
