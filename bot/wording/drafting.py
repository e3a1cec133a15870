"""What is said while a knowledge folder is drafted from a document."""


class Drafting:
    """``bot draft``."""

    HELP = "从一份文档整理出知识库：分节、要点、术语、数字。再整理一次时，人改过的地方保留。"
    FILE_ARGUMENT = "文档，或者只有一份文档的文件夹。"
    OUTPUT_HELP = "整理结果放进这个文件夹。"
    YES_HELP = "要用语言模型时不再问，直接开始。"
    NO_MODEL_HELP = "配置了语言模型也不用。"
    MAX_CALLS_HELP = "最多请求语言模型多少次。"
    WHERE = "请用 -o 指明整理结果放进哪个文件夹，例如：python -m bot draft 文件.docx -o knowledge/文件"
    NOT_DRAFTED = (
        "{folder} 里已经有 points.yaml，但不是整理出来的（没有 {base}）。为了不动人写的内容，什么也没有做。"
        "请换一个空文件夹。"
    )
    HAS_POINTS = "{file} 里已经有要点了，不用整理。请给一份文档，或者只有一份文档的文件夹。"
    NOTHING = "这份文档里没有可以整理成要点的文字。"
    CANNOT_WRITE = "写不进 {folder}。请看看这个文件夹的权限和磁盘空间。"
    NOT_BY_LINES = "{items} 不是一行一项写的，没法和新整理的对上。请写成“{items}:”下面一行一个“- id: …”那样。"
    FILE_HEAD = (
        "这是从文档自动整理出来的，made: true 的要点还没有人看过：看过一个，就把它的 made 那一行删掉。\n"
        "再整理一次时，改过的要点保留，没改过的换成新的。引文要和原文一字不差，check 会指出哪里不是。"
    )
    GOLDEN_HEAD = (
        "检验题，整理时自动写的：每次更新知识库都会问一遍，答案变了就先告诉管理员。\n"
        "point 是应当答出来的要点；没有 point，就是原文没有说到，应当不答。再整理一次时，改过、加过、删过的照旧。"
    )
    GOLDEN_TERM = "{term}是怎么说的"
    GOLDEN_GAP = "{gap}，文件里写了吗"
    GOLDEN_FIGURE = "文件里说的{ask}"
    QUIZ_HEAD = (
        "答题用的题，整理时从原文自动出的，还没有人看过。可以改、可以删、可以加；再整理一次时，改过的照旧。\n"
        "对的选项要在引文里，错的不能在；判断题的选项写“对”和“错”。"
    )
    LOST_HEAD = "下面这些要点是人写过的，但它们的引文已经不在新原文里了。要用的话，照新原文改好引文，放回上面。"

    TITLE = "《{title}》：{sections} 节，{points} 个要点，{terms} 个术语，{facts} 个数字。"
    PHRASED = "语言模型写的问法留下 {questions} 条，相近而没说到的 {gaps} 条；没用上 {dropped} 条。"
    QUESTIONS = "检验题 {golden} 道（现在都答得对），答题用的题 {quiz} 道。"
    WRITTEN = "写进了 {folder}。试一试：python -m bot ask --knowledge {folder} 要问的话"
    LEFT = "还有 {count} 个要点没有问法。再运行一次同一条命令就接着做，做过的不再请求。"
    ADDED = "新增 {count} 个要点：{titles}"
    CHANGED = "随原文变了 {count} 个要点：{titles}"
    GONE = "原文里没有了 {count} 个要点：{titles}"
    KEPT = "人改过、照样保留 {count} 个要点：{titles}"
    CONFLICTS = "人改过、引文换成新原文的 {count} 个要点，请看一看：{titles}"
    LOST = "人改过、但引文已不在原文里的 {count} 个要点，写在 points.yaml 末尾，请看一看：{titles}"
    AND_MORE = "……"

    NO_LIBRARY = "用语言模型要先安装：pip install 'duxue-bot[drafting]'。或者加 --no-model，只按原文整理。"
    PLAN = (
        "要请语言模型给 {calls} 个要点写问法：请求 {calls} 次，大约 {tokens} 个 token（送出 {sent} 个字）。\n"
        "会送出去的：文档的标题、各节标题和这些要点的原文；送到 {host}（模型 {model}）。别的都不送。\n"
        "以前做过的 {known} 个不再请求。模型写的话只用来匹配，不会给成员看到。"
    )
    PLAN_LIMITED = "按 --max-calls，这一次只请求 {calls} 次，还剩 {left} 个下次再做。"
    ASK_START = "现在开始吗？"
    PROGRESS = "请语言模型写问法"
    NOT_STARTED = "没有请求语言模型，只按原文整理。"
    USED_SHORT = "请求了语言模型 {calls} 次，用了 {tokens} 个 token；{failed} 次没有得到能用的回答。"
    USED = "请求了 {calls} 次，用了 {tokens} 个 token，{seconds:.0f} 秒；{failed} 次没有得到能用的回答。"
    STOPPED = "语言模型接连 {count} 次没有回答（{why}），先停下。得到的已经存好，再运行一次就接着做。"
    REFUSED = "服务器不接受这把钥匙（LLM_KEY）或这个模型（LLM_MODEL）：{why}"
    UNREACHABLE = "连不上"
    TIMED_OUT = "等不到回答"
    TOO_OFTEN = "请求太频繁"
    SERVER_FAULT = "对方出错（{status}）"


class DraftingInChat:
    """``/draft``, in the chat and on the admins' page."""

    BUTTON = "整理：自动做成要点"
    BY_HAND = "《{title}》的要点是人写的，不用自动整理。要重新整理，请在服务器上用 python -m bot draft。"
    WITH_MODEL = "请语言模型写问法"
    PATTERNS_ALONE = "不用语言模型，只按原文整理"
    PROGRESS = "正在整理：语言模型写好了 {done} / {count} 个要点。做好了告诉您，也可以点下面看看。"
    LOOK = "看看做到哪了"
    NOTHING_RUNS = "现在没有在整理。发“整理”开始。"
    FAILED = "整理没有做成，现在用的知识库没有变。语言模型写好的已经存下，再发一次“整理”就接着做。"
    SCORES = "检验题 {count} 道：现在答对 {before} 道，整理后答对 {after} 道。"
    QUIZ = "答题用的题 {count} 道。要点都标着“自动做的”，以后可以逐个看、逐个改。"
    KEPT = "{files} 是人写的或改过的，原样留着，没有换成自动做的。"
    NOTE = "自动整理"
