"""What operators read: the command line, the database, settings."""

BAD_SETTING = "设置有误：{names}。请对照 .env.example 改正后再启动，例如 {examples}。"
BAD_ENV_FILE = (
    ".env 读不出来。请用 UTF-8 编码保存它（记事本：文件 → 另存为 → 编码选 UTF-8），并检查读取权限，然后再启动。"
)
SETTING_EXAMPLES = {
    "TIME_ZONE": "TIME_ZONE=Asia/Shanghai",
    "QUIZ_LEAD_IN": "QUIZ_LEAD_IN=5",
    "HTTP_PORT": "HTTP_PORT=8080",
    "RATE_MEMBER": "RATE_MEMBER=60",
    "RATE_CHAT": "RATE_CHAT=240",
    "RATE_ADDRESS": "RATE_ADDRESS=600",
    "TRUSTED_PROXIES": "TRUSTED_PROXIES=127.0.0.1,10.0.0.7",
    "OPERATOR_TOKEN": "OPERATOR_TOKEN=（至少 16 个字母或数字）",
    "MEANING": "MEANING=true",
    "LOG_LEVEL": "LOG_LEVEL=INFO",
}


class Storage:
    """What is wrong with the database, and how to mend it. Never an address, a path or a password."""

    BAD_URL = "DATABASE_URL 的写法不对。请对照 .env.example 改正；留空就用 DATA_DIR 里的 SQLite。"
    NO_DRIVER = (
        "DATABASE_URL 要用的数据库驱动不认识或没有安装。SQLite 请写 sqlite+aiosqlite:///…，"
        "PostgreSQL 请写 postgresql+asyncpg://… 并装好 asyncpg。"
    )
    NOT_WRITABLE = "数据库的文件夹或文件写不了。请检查 DATA_DIR（或 DATABASE_URL）是否写对、有没有写入权限。"
    FILE_GONE = "数据库文件被删掉或换掉了，现在什么都记不下。请把原来的文件放回去，再重启机器人；直接重启会用现在的文件，没有就新建一个。"
    RUNNING = (
        "这个数据文件夹上已经有一个机器人在跑（进程 {pid}），两个一起会把同样的事做两遍。"
        "请先停掉那一个；想同时再开一个，请给它另外设 DATA_DIR。"
    )
    DISK_FULL = "磁盘满了，数据库写不进去。请清出一些空间，不用重启。"
    DISK_FAULT = "读写数据库文件时磁盘出错。请检查磁盘，并尽快备份数据。"
    LOCKED = "数据库正被别的程序占着。请稍后再试；总是这样的话，看看是不是有工具打开了它，或机器人开重了。"
    NOT_A_DATABASE = "数据库文件（默认是 DATA_DIR 里的 bot.sqlite3）已损坏，或者不是数据库。请恢复备份；没有备份就把它改名留存，重启后会新建一个。"
    TABLES_GONE = "数据库里少了表（{tables}），像是损坏了或被改动过。请恢复备份；没有备份就把数据库文件改名留存，重启后会新建一个。"
    UNREADABLE = "数据库有一部分读不出来，答题先停着。请运行 .venv/bin/python -m bot doctor，照它说的恢复备份或修好。"
    NEWER_SCHEMA = "数据库是新版程序写的（结构 {stored}），本程序只认到 {known}。请升级程序，或恢复升级前的备份。"
    UNREACHABLE = "连不上数据库服务器，或者它暂时不能写入。请检查 DATABASE_URL 的地址、网络和数据库服务。"
    NO_ACCESS = "数据库服务器不让登录或写入。请检查 DATABASE_URL 里的用户名、密码、库名和权限。"
    REFUSED = "数据库没有接受这次操作。请再试一次；如果还不行，请管理员查看日志。"
    VERSION_TAKEN = "知识库刚被另一个程序更新过，请重新发一次。"
    CLOSED = "程序正在退出，数据库已经关上，这次没有记上。请稍后再试。"


class Calibrate:
    """What `bot eval --calibrate` says."""

    NO_SCIPY = "校准要用 scipy。请先安装：.venv/bin/python -m pip install scipy，再试一次。"
    COLUMNS = ("从多大把握起回答", "答对", "误答（相近而没说到的）", "误答（不相干的）")
    EXPECTED = "现在把握到 {at:.2f} 就回答。预计：文中有的答对 {right}，不相干的误答 {foreign}。"
    EXPECTED_NEAR = "相近而文中没有的误答 {near}，按 points.yaml 里的 gaps 估计，它们比一般提问难分辨。"
    BY_DEFAULT = "照自带的判断：答对 {right}，误答相近的 {near}、不相干的 {foreign}。"
    NO_BETTER = "校准没有比自带的判断更好（问法还太少），所以没有写入。多补一些问法和 gaps 再试。"
    NO_GAPS = "points.yaml 里没有 gaps，相近而文中没有的问题会误答多少估不出来。请给要点补几条 gaps。"
    BY_MEANING = "按词语和意思比较："
    BY_WORDS = "只按词语比较："
    WRITTEN = "已写入 {file}。放在知识库文件夹里、名叫 judge.json 的，下次启动就用它。"
    NOT_THE_MODULE = "{file} 不是存放判断权重的那个 Python 文件，没有改动它。请写一个 .json 文件名。"
    ONLY_CALIBRATE = "--output 和 --anew 要和 --calibrate 一起用；--calibrate 不用题目文件，也不能加 --json。"
    NOT_WRITABLE = "写不了 {file}。请检查路径和写入权限。"
    TOO_FEW = "问法太少，学不出东西：答得上的有 {answered} 条、答不上的（gaps 等）有 {others} 条，都至少要有 {count} 条。请先在 points.yaml 里补一些。"


class Eval:
    """What `bot eval` says."""

    BAD_LINE = "第 {line} 行不是一道题：每行要有 id、kind、question，以及 gold 列表。请改正后再试。"
    NO_CASES = "文件里没有题目。请每行写一道题（JSON）。"
    SUMMARY = (
        "答对 {right:.3f} · 不该答却答了 {falsely_answered:.3f} · 闲聊得体 {chat_in_kind:.3f} · 引文不实 {unfaithful}"
        " · 回答中位 {median_reply:.0f} 字，最长 {longest_reply} 字"
    )
    GOLDEN = "检验题 {golden} 道，答对 {right} 道。"
    GOLDEN_WRONG = "没答对：{ask}"
    NO_FILE_NAMED = "请写上题目文件，比如：.venv/bin/python -m bot eval tests/eval/dev.jsonl；或者加 --leave-one-out。"
    POINT_COLUMNS = ("最弱的要点", "找到", "比例", "没找到的问法")
    LEFT_OUT = "留一法：{asked} 条问法，{right:.3f} 在没有它自己时也能找到要点。"
    COLUMNS = ("类别", "题数", "对", "比例", "给建议", "没答", "没对的题")


class Cli:
    """What the command line says."""

    HELP = "熟读一份文件的学习机器人：用原文回答，一字不改。"
    RUN_HELP = "启动机器人：网页总会开；配置了令牌就同时接 Telegram。"
    ASK_HELP = "问一个问题；加 --jsonl 则从标准输入一行读一题，一行写一个回答。"
    DOCTOR_HELP = "体检：令牌、知识库、数据库、端口等逐项查看，每一项都说怎么改；有要改的，退出状态是 1。"
    SECRET_HELP = "机器人用来签发链接和登录的密钥。"
    ROTATE_HELP = "换一把新密钥：以前发出的管理页链接和登录马上全部作废。机器人跑着时也能用，不用重启。"
    ROTATED = "换好了：以前发出的管理页链接和登录全部作废。正在跑的机器人马上照新的来，不用重启。"
    CHECK_HELP = "检查知识库：逐条指出毛病和怎么改（文件:行号: 说明），有毛病时退出状态是 1。"
    QUIZ_HELP = "列出全部答题题目，按章节排；加 --jsonl 则一行写一题。"
    QUIZ_JSONL_HELP = "每行写一个 JSON 对象。"
    EVAL_HELP = "给一批题目的回答打分，按类别列出。"
    PREPARE_HELP = "把启动要用的缓存先做好（知识库的语义索引），之后启动就快。"
    EXPLAIN_HELP = "也说出这个结论是怎么来的。"
    CALIBRATE_HELP = "不用题目文件：用知识库自己的问法和 gaps 校准判断，并说出预计的误答率。要用 scipy。"
    OUTPUT_HELP = "把校准的结果写到这个文件；放在知识库文件夹里，名叫 judge.json，机器人就会用它。"
    ANEW_HELP = "不从自带的判断出发，完全重新校准。"
    LEAVE_ONE_OUT_HELP = "不用题目文件：把知识库里每条问法当作没见过来问，按要点列出最弱的。"
    CHANNEL_HELP = "只开这个渠道，可以写几次。不写就按配置开。"
    KNOWLEDGE_HELP = "用另一个知识库：文件夹，或者一份 .docx、.pdf、.xlsx、.md、.txt 文档。"
    TEXT_HELP = "要问的问题。"
    JSONL_HELP = '从标准输入读题，每行一个 JSON 对象：{"id": …, "question": …, "history": […]}。'
    FOLDER_HELP = "要检查的知识库文件夹或文档；不写就检查正在用的。"
    FILE_HELP = "题目文件，每行一个 JSON 对象，写法见 tests/eval/dev.jsonl；不写就问知识库自己的检验题。"
    JSON_HELP = "把分数写成 JSON。"

    EXPLAIN = "结论 {kind}，原因 {reason}，由 {layer} 层得出，接着的上一句：{context}"
    EXPLAIN_DETAIL = "  {name}：{value}"
    EXPLAIN_PART = "第 {number} 问“{asked}”："
    EXPLAIN_NONE = "  附近没有找到内容。"
    EXPLAIN_PASSAGE = "  {score:.2f} {point}：{citation}“{title}” {numbers}"
    EXPLAIN_MATCH = "  {score:.2f} {point}：最近的问法“{phrasing}” {numbers}"
    PREPARED = "准备好了。"
    CHECKED = "没有问题：{points} 个要点，{questions} 条问法，覆盖 {covered:.0%}；其余直接从原文里找。"
    CHECKED_OF = "《{title}》："
    CHECKED_WHOLE = "没有问题：{points} 个要点，{questions} 条问法，覆盖全文。"
    MADE = "其中 {made} 个要点是自动整理的，还没有人看过。"
    CHECKED_SOURCE = "没有问题：原文 {sentences} 句，没有要点，直接按原文回答。"
    FAULTS = "共 {count} 处问题。"
    NOT_JSON = '这一行不是 JSON 对象。每行要写成 {"id": …, "question": …}。'
    QUESTION_MISSING = '这一行缺少 question。每行要写成 {"id": …, "question": …}。'
    QUESTION_NO_TEXT = '这一行的 question 不是文字。要写成 "question": "问题"。'
    HISTORY_NO_LIST = '这一行的 history 不是由文字组成的列表。要写成 "history": ["前一个问题"]，没有就不写。'
    NO_QUESTION = "请写上问题，比如：.venv/bin/python -m bot ask 什么是三级联创；或者加 --jsonl 从标准输入读。"
    NO_FILE = "打不开文件 {name}。请检查路径。"
    WEB_AT = "网页已启动：{url}"
    WEB_FOR_PHONES = "同一网络里的手机可以打开：{urls}"
    WEB_PUBLIC = "成员从这里打开：{url}"
    WEB_SCAN = "手机扫码打开 {url}："
    WEB_NO_NETWORK = "HTTP_HOST 已经允许别的机器访问，但这台机器现在没有连上网络，找不到手机能用的地址。"
    WEB_ONLY_HERE = (
        "现在只有本机能打开网页。要让同一网络里的手机也能打开，用 HTTP_HOST=0.0.0.0 make run 启动（或写进 .env）。"
    )
    TELEGRAM_UP = "Telegram 机器人已启动，正在收消息。"
    STOPPED = "已停止。"
    PORT_TAKEN = "端口 {port} 被占用了。请关掉占用它的程序，或者换一个 HTTP_PORT。"
    PORT_FORBIDDEN = "没有权限使用端口 {port}。请把 HTTP_PORT 换成 1024 以上的，例如 8080；对外的端口交给反向代理。"
    HOST_ELSEWHERE = "HTTP_HOST 写的地址 {host} 不是本机的。请改成 127.0.0.1；要让别的机器访问，写 0.0.0.0。"
    HOST_UNKNOWN = "HTTP_HOST 写的名字 {host} 找不到。请检查有没有写错，或者改成 127.0.0.1。"
    CANNOT_LISTEN = "网页没能在 {host} 的端口 {port} 上启动（{reason}）。请检查 HTTP_HOST 和 HTTP_PORT。"
