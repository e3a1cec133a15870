"""What stands in one channel only: Telegram, the web page, the terminal."""

from typing import ClassVar

TERMINAL_HELLO = "（输入问题后回车；输入编号选一条；输入“退出”或按 Ctrl-D 结束）"
TERMINAL_PROMPT = "问> "
TERMINAL_NAME = "您"
TERMINAL_FILE = "[文件 {name}，{size} KB：终端里不另存。要知识库的文件，请运行 python -m bot export]"


class Telegram:
    """What is said on Telegram only."""

    NAME = "Telegram"
    HELLO_GROUP = (
        "大家好，我是学习助手，用原文回答，引文一字不改。在群里这样问我：\n"
        "· 发 /ask 加上问题\n"
        "· 在消息里 @{username} 再写问题\n"
        "· 或者直接回复我的消息\n"
        "发 /quiz 可以一起答题。别的消息我不插话。"
    )
    ASK_IN_PRIVATE = "在私聊里问"
    OPEN_IN_PRIVATE = "问学习助手"
    TO_PRIVATE = "去私聊"
    SENT_APART = "已私信发给您。"
    TOO_MANY = "您前面的问题我还在一条一条地答，这一条和接着发的先没有收下。等答完了请再发。"
    WRITE_FIRST = "我还不能给您发私信。请先私聊我，发一句“开始”，再试一次。"
    FILE_TOO_LARGE = "这个文件超过 {limit} MB，Telegram 不让机器人取这么大的文件，所以没有处理。请换一个小一些的再发。"
    FILE_NOT_FETCHED = "文件没有取下来，什么都没有改动。请过一会儿再发一次。"
    FILE_NOT_SENT = "文件“{name}”没能发出来：可能太大，也可能这里不让机器人发文件。请在私聊里再试一次。"
    MENU = "{word}：{what}"
    TOKEN_REFUSED = (
        "TELEGRAM_TOKEN 不对，Telegram 不认。请向 @BotFather 核对后重新填写；TELEGRAM_API_URL 改过的话也请检查。"
    )
    UNREACHABLE = (
        "连不上 Telegram，或者那边的回答不像 Bot API。请检查网络、代理和 TELEGRAM_API_URL；"
        "机器人跑起来以后会一直重试，连上就好。"
    )
    PROXY_REFUSED = (
        "环境变量里的代理（ALL_PROXY、HTTPS_PROXY 或 HTTP_PROXY）用不了，"
        "请改成 http://、https:// 或 socks5:// 开头的地址，不需要代理就去掉。"
    )


class Web:
    """What stands on the web page, beside the conversation itself."""

    BOT = "学习助手"
    MEMBER = "我"
    CARD = "《{title}》的原文我都记得：有问题直接问，也可以读全文、做几道题。引用的原文一字不改。"
    BOT_INITIAL = "学"
    SAYS = "{who}说："
    NAME = "网页"
    HOME = "首页"
    SKIP = "跳到输入框"
    SKIP_TO_TEXT = "跳到正文"
    LOG = "对话"
    ASK = "输入问题"
    TOO_FAST = "请稍等一会儿再问。"
    PLACEHOLDER = "想知道什么？"
    SEND = "发送"
    SEARCHING = "正在查找…"
    RELATED = "接着看"
    HELPFUL = "有帮助"
    UNHELPFUL = "没帮助"
    TOOLS = "对这条回答"
    WHY_UNHELPFUL = "哪里不好？点一下就行，也可以不点。"
    REASONS: ClassVar = {"off_topic": "答非所问", "incomplete": "没说全", "unclear": "看不懂"}
    FAILED = "没有发出去。请看一下网络，再点“重试”；您写的字还留在下面。"
    FAILED_PRESS = "没有发出去。请看一下网络，再点一次。"
    RETRY = "重试"
    NO_FILES = "还有文件，网页上给不了。"

    OUTLINE = "目录"
    OUTLINE_HINT = "点一节，看里面的要点。"
    OUTLINE_SOURCE_HINT = "点一节，看原文。"
    WHOLE_TEXT = "全文"
    READ_WHOLE = "看全文"
    IN_WHOLE_TEXT = "在全文里看"
    FIND = "搜字词"
    FIND_BUTTON = "搜"
    FOUND = "“{text}”在 {count} 句里"
    FOUND_MORE = "这里列出前 {count} 句，写长一点可以少几句。"
    NOT_FOUND_IN_TEXT = "全文里没有“{text}”"
    FONT_SIZE = "字号"
    SMALLER = "字小一点"
    LARGER = "字大一点"
    SMALLER_SIGN = "小字"
    LARGER_SIGN = "大字"
    TAP_A_SENTENCE = "点一句，可以连出处一起复制。"
    SENTENCE = "这一句"
    COPY_WITH_PLACE = "复制"
    COPY_WITH_PLACE_LABEL = "复制这一句，带出处"
    COPY_LINK = "链接"
    COPY_LINK_LABEL = "复制到这一句的链接"
    COPIED = "复制好了，可以去粘贴。"
    LINK_COPIED = "链接复制好了，打开就到这一句。"
    NOT_COPIED = "这个浏览器不让复制，请长按这一句，自己选。"
    CLOSE = "收起"
    PLACE_KEPT = "上次读到后面了。"
    GO_ON_READING = "接着读"
    COUNT = "{count} 条"
    BACK_TO_CHAT = "返回对话"
    PASSAGE_HINT = "黄底的是这一条，前面和后面是原文里挨着它的话。"
    ASK_THIS = "在对话里问这一条"
    PREVIOUS = "上一条"
    NEXT = "下一条"
    BEFORE_AND_AFTER = "前后的要点"
    PASSAGE_LINK = "{citation}，看原文"

    STUDY = "学习"
    STUDY_TITLE = "学习室"
    STUDY_HINT = "答题不限时间，答错的会记进错题本，过几天再来考您。"
    STUDY_GUEST = "先说一个名字，排行榜上好认。不用注册，也不用密码，这台设备记一年。"
    STUDY_MEMBER = "{name}，您好！"
    STUDY_ENTRIES = (
        ("答题", "做几道题", "不限时间，答一题讲一题"),
        ("答题 挑战", "挑战", "答错一题就结束，看能连对几题"),
        ("错题", "错题本", "看错题和原文，到时候复习，也可以现在就练"),
        ("每日一题", "每日一题", "定一个时间，每天给您留一道题"),
        ("排行", "排行", "看谁答对得多"),
        ("我的", "我的成绩", "连续几天、正确率、薄弱处"),
    )
    STUDY_PAPERS = "学习竞赛"
    STUDY_PAPERS_HINT = "单位办的竞赛：限时答卷，按成绩排名"
    STUDY_ROOM = "进房间、开房间"
    STUDY_ROOM_HINT = "开会时和大家一起答，大屏幕上看名次"
    STUDY_READ = "读全文"
    STUDY_READ_HINT = "按章节看，可以调字号、搜字词"
    STUDY_SETTINGS = "我的名字和记录"
    NAME_LABEL = "怎么称呼您？"
    NAME_START = "开始"
    NAME_SAVE = "记住"
    NAME_CHANGE = "换个名字"
    NAME_HINT = "用大家认得出的名字，最多 20 个字。"
    NAME_TOO_MANY = "今天从您这个网络起的名字太多了，请明天再来。已经有名字的不受影响。"
    NAME_TAKEN = "已经有人叫“{name}”了。请加一个字，让大家分得清，比如加上单位。"
    NAME_EMPTY = "名字里要有字或数字，请再写一次。"
    NAME_MARKS = "名字里不要用 < > & / 引号这样的符号，请再写一次。"
    NAME_LONG = "名字太长了，最多 {limit} 个字，请写短一点。"
    NAME_NOT_HERE = "这里记不了名字，所以还不能答题。"
    NO_COOKIE = "没有记下名字：您的浏览器没有带上本页的 Cookie。请先打开首页，允许 Cookie，再填一次。"
    OTHER_BROWSER = (
        "您的名字是在另一种浏览器里说的，这里认不出您，所以什么都没有记。换回那个浏览器，成绩和错题都在。"
        "要在这里重新开始，请到学习室点“清空对话”。"
    )
    CLEAR = "清空对话"
    CLEAR_HINT = "只清掉页面上的对话，成绩和错题都在。"
    FORGET_HINT = "名字、成绩、错题、对话全部删掉，找不回来。"
    FORGET = "删除我的全部记录"
    LINK = "关联别处的账号"
    LINK_HINT = "在 Telegram 上也用的，连起来以后成绩和错题一起算。"
    CHOSEN = "您选的"
    SUBMIT_SEVERAL = "选好了"
    HOW_SEVERAL = "不止一个对，选好以后点下面的按钮。"

    NOT_FOUND = "没有这个页面，可能地址抄漏了一截。"
    UNKNOWN_POINT = "这一条已经不在知识库里了，可能刚更新过。"
    UNKNOWN_SECTION = "这一节已经不在知识库里了，可能刚更新过。"
    WHAT_NOW = "可以看看目录里有哪些内容，或者直接提问。"
    WRONG_METHOD = "这个地址不支持这种请求方式。网页提问请从首页进；程序提问请用 POST /api/ask。"
    CROSS_SITE = "这次请求是从别的网站发来的，为了安全没有处理。请打开首页，直接在那里提问。"
    TOO_LARGE = "内容太长了（上限 64 KB），没有处理。请用一句话提问。"
    TOO_SLOW = "内容没有在 {seconds} 秒里发完，没有处理。请看一下网络，再发一次。"
    TOO_MANY_CONNECTIONS = "现在连的人太多，请过一会儿再试。"
    NOT_HTTP = "这不是一个正确的 HTTP 请求，没有处理。请用浏览器打开首页提问。"
    TWO_LENGTHS = "请求里 Content-Length 和 Transfer-Encoding 只能有一个，没有处理。"
    BAD_FORM = "没看懂发来的内容。请回到首页，重新提问。"
    ERROR = "抱歉，网页出了点问题。请返回上一页再试一次；如果还不行，把下面的编号告诉管理员。"
    ERROR_TITLE = "出了点问题"
    REQUEST_ID = "编号"

    API_NOT_JSON = '发来的不是 JSON。请求内容要写成 {"question": "问题"}。'
    API_NOT_OBJECT = '请求内容要是一个 JSON 对象，写成 {"question": "问题"}。'
    API_NO_BOOK = "没有这份文件。book 要写 GET /api/books 里的 book 或者 title。"
    API_NO_QUESTION = '缺少 question，或者它不是文字。请写成 {"question": "问题"}。'
    API_BAD_SESSION = "session 要是一段不超过 {limit} 个字符的文字；不需要追问时可以不写。"
    API_ERROR = "出了点问题，没能回答。请再试一次；如果还不行，把编号 {request_id} 告诉管理员。"
    TOO_MUCH = "从这个网络来的提问太多了。请过 {seconds} 秒再试。"
    FOR_OPERATORS = (
        "这里的内容只给运维看。请在请求里带上 Authorization: Bearer 加 OPERATOR_TOKEN；没有设过 OPERATOR_TOKEN 的，"
        "请在机器人所在的电脑上用 127.0.0.1 直接打开。"
    )
    NOT_STORING = "问答正常，但数据库用不了，评价和没答上的问题暂时记不下。请管理员查看日志。"
    UNHEALTHY = "现在答不了问题，请管理员查看日志。"
