"""What ``python -m bot doctor`` says."""

from typing import ClassVar


class Doctor:
    """What `bot doctor` says: an item a line, with its mend. Never a token, an address or a password."""

    LINE = "{mark} {item}：{text}"
    GOOD = "都正常。"
    FINE = "没有要改的；– 开头的没有用上，或者可以更好。"
    BAD = "有 {count} 处要改，见 ✗ 开头的。"
    NOT_KNOWN = "没法查，因为没有连上 Telegram。"
    FAILED = "这一项没查成（{kind}）。请把这一行告诉维护的人。"

    SETTINGS = "设置"
    TOKEN = "Telegram 令牌"
    TOKEN_OK = "可以用，机器人是 @{username}。"
    TOKEN_NONE = "没有填 TELEGRAM_TOKEN，只开网页。要接 Telegram，请把 @BotFather 给的令牌写进 .env。"

    PRIVACY = "隐私模式"
    PRIVACY_ON = "开着，群里只收到对机器人说的话。"
    PRIVACY_OFF = "关着，群里的话机器人全收得到。建议打开：给 @BotFather 发 /setprivacy，选 Enable，再把机器人移出群、重新拉进来。"
    GROUPS = "进群"
    GROUPS_ON = "可以拉进群。"
    GROUPS_OFF = "不能拉进群。要在群里用，请给 @BotFather 发 /setjoingroups，选 Enable。"
    INLINE = "内联查询"
    INLINE_ON = "开着，任何聊天里都可以 @ 机器人查原文。"
    INLINE_OFF = "关着。想在任何聊天里查原文，请给 @BotFather 发 /setinline。"
    WEBHOOK = "webhook"
    WEBHOOK_NONE = "没有，机器人自己去取消息。"
    WEBHOOK_SET = (
        "这个机器人的消息正被送到别处。启动后会自动去掉它；如果还有别的程序在用这个令牌，请给它换一个机器人，"
        "或者给 @BotFather 发 /revoke 换令牌。"
    )
    WEBHOOK_UNKNOWN = "Telegram 没有说，过一会儿再查。"

    KNOWLEDGE = "知识库"
    KNOWLEDGE_OK = "《{title}》，{points} 个要点，没有问题。"
    KNOWLEDGE_SOURCE_OK = "《{title}》，原文 {sentences} 句，没有要点，直接按原文回答；没有问题。"
    KNOWLEDGE_FAULTS = "《{title}》能用，但有 {count} 处要改："
    KNOWLEDGE_BAD = "不能用，有 {count} 处要改："
    KNOWLEDGE_FAULT = "\n    {fault}"
    KNOWLEDGE_MORE = "\n    ……全部见 .venv/bin/python -m bot check"

    CLOCK = "时钟"
    CLOCK_OK = "和 Telegram 的相差不到 {seconds} 秒。"
    CLOCK_OFF = (
        "比 Telegram 的{direction} {seconds} 秒。请打开系统的自动校时（NTP），不然倒计时、每日一题和登录链接都会错。"
    )
    CLOCK_AHEAD = "快"
    CLOCK_BEHIND = "慢"
    CLOCK_UNKNOWN = "没法查，因为没有能对时的服务器。"
    ZONE = "时区"
    ZONE_OK = "{zone}，那里现在是 {now}。不对就改 TIME_ZONE。"

    DATA = "数据文件夹"
    DATA_OK = "可以写。"
    DATA_BAD = "写不了（{reason}）。请检查 DATA_DIR 的路径和权限，运行机器人的用户要能写。"
    SPACE = "磁盘空间"
    SPACE_OK = "还有 {free}。"
    SPACE_LOW = "只剩 {free}，至少要 {least}。请清出一些空间。"
    DATABASE = "数据库"
    DATABASE_STATES: ClassVar = {
        "current": "打得开，写得进，结构是最新的。",
        "older": "打得开，写得进；结构是旧版或空的，下次启动会自动升级，升级前请先备份。",
        "missing": "还没有，第一次启动时会新建。",
        "memory": "只在内存里，重启就什么都没有了。要留住记录，请让 DATABASE_URL 空着，或者写一个文件。",
    }

    PORT = "网页端口"
    PORT_OK = "{port} 空着，可以用。"
    PORT_OURS = "{port} 上正跑着机器人，一切正常。"
    PORT_SICK = "{port} 上正跑着机器人，但它现在有问题，请查看它的日志。"
    PORT_ANY = "HTTP_PORT 是 0，每次启动随便用一个空着的。"
    MEANING = "按意思比对"
    MEANING_OK = "装好了，也准备好了。"
    MEANING_OFF = "MEANING 关着，只按词语比对。"
    MEANING_MISSING = (
        "没有装，只按词语比对，也能用。要装：.venv/bin/python -m pip install '.[meaning]' -c constraints.txt"
    )
    MEANING_FRESH = (
        "装好了，还没有准备：启动后先按词语答，语义索引在旁边做几分钟就生效。可以先运行 .venv/bin/python -m bot prepare"
    )
    URL = "PUBLIC_URL"
    URL_OK = "写法没有问题。"
    URL_NONE = "没有填，发给成员的链接会用不了。有域名就写上，例如 https://study.example.org。"
    URL_BAD = "写法不对。要写成 https://study.example.org 这样：http 或 https 开头，后面只有域名（和端口），没有路径、问号和密码。"
    URL_PLAIN = "是 http 开头的，路上的内容别人看得到。请给网页配上 https。"
    PROXIES = "反向代理"
    PROXIES_NONE = (
        "没有用上。网页前面如果有反向代理，请在 TRUSTED_PROXIES 里写它的地址，不然所有访客会被当成同一个地址来限速。"
    )
    PROXIES_WIDE = (
        "TRUSTED_PROXIES 里的 {wide} 太大：这个网络里的每台电脑都能冒充任何地址，也没有连接数的限制。"
        "请只写反向代理自己的地址，例如 10.0.0.7。"
    )
    PROXIES_SOME = "TRUSTED_PROXIES 写法没有问题。"
    PROXIES_OK = "访客的地址从反向代理那里认。"
    PROXIES_ELSEWHERE = "只认本机上的反向代理。它如果在别的机器或容器里，请在 TRUSTED_PROXIES 里写它的地址，不然所有访客会被当成同一个地址来限速。"
    OPERATORS = "运维页面"
    OPERATORS_HERE = (
        "/metrics 和 /healthz 的详情只有本机能看。网页前面有反向代理，或者要从别的机器看，请设置 OPERATOR_TOKEN：代理如果不加"
        " X-Forwarded-For，经过它来的人看起来都像本机。"
    )
    OPERATORS_TOKEN = "/metrics 带上 OPERATOR_TOKEN 才能看；/healthz 的详情本机也能看。"
    ADMINS = "ADMINS"
    ADMINS_OK = "{count} 位所有者，写法没有问题。"
    ADMINS_NONE = (
        "没有填，谁都管不了机器人。请写上自己的编号，例如 telegram:12345。不知道编号：给机器人发 /id，它会告诉您。"
    )
    ADMINS_BAD = "第 {places} 个写法不对。要写成“渠道:编号”，逗号分隔，例如 telegram:12345；Telegram 的编号是一串数字，不是 @用户名，也不是群。"
