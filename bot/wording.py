"""Every sentence that a member or an admin sees, in one place.

Plain and warm, never an opinion about the document. Braces are filled with ``str.format``.
"""

from typing import ClassVar

# ── the conversation ────────────────────────────────────────────────────────────────────────────────────────

GREETING = "您好！我是学习助手，《{title}》的原文我都记得。想知道什么，直接问就行；我只引用原文，不添一个字。"
THANKS = "不客气，能帮上忙就好。还想知道什么，接着问。"
IDENTITY = "我是一个问答机器人，不是真人。我熟读《{title}》（{speaker}），您提问，我把原文里的那一段找出来，一字不改。"
HELP = (
    "您可以这样用我：\n"
    "· 直接提问，比如“{example}”\n"
    "· 发“目录”，按章节看全文\n"
    "· 接着上一句追问也行，比如“那农村呢”\n"
    "· 发“答题”做几道题，发“错题”复习，发“排行”看名次（在 Telegram 和终端里）\n"
    "· 答案下面可以点“上下文”看它在原文哪一段，也可以点一下，告诉我找得对不对\n"
    "· 想知道一条回答是怎么来的，发 /why\n"
    "讲话里没说到的，我会直说没有，不会编。"
)
FAREWELL = "好的，再见。想起什么随时来问。"
PRESENCE = "在的，请讲。想了解《{title}》里的什么？"
TROUBLE = (
    "不好意思，这次没帮上。可以换个说法再问一次，说得具体一点，比如“{example}”；\n"
    "也可以发“目录”自己找，或者在答案下面点 👎，管理员会看到。"
)
CHATTER = "我只会找《{title}》里的话，别的聊不来。想知道里面的什么，直接问，比如“{example}”；也可以发“目录”看看。"
EXAMPLES = "可以先试试这几个："

MENTIONED = "原文这样提到“{term}”："
SEVERAL_PLACES = "最像的是下面这几处，请看哪一处是您要的："
HEADINGS = "原文各部分这样开头："

SUGGEST = "您想问的是不是下面这几条？点一下，或者回复数字："
DECLINE = "《{title}》里没有说到这个，我就不乱答了。"
DECLINE_NEAR = "《{title}》里没有说到这一点。相近的内容有这些，点一下或者回复数字就能看："
DECLINE_PREMISE = "《{title}》里没有提到“{missing}”。相近的内容有这些，点一下或者回复数字就能看："
EMPTY = "我没看到文字。请用一句话问我，比如“{example}”。"
TOO_LONG = "这段话有点长，我抓不住重点。请用一句话问（{limit} 个字以内），比如“{example}”。"
ASK_WHAT = "请在后面写上问题，比如：/ask {example}"
ONLY_TEXT = "我只看得懂文字，图片、语音、表情和文件还不行。请把想问的打成一句话发给我。"
PICK_RANGE = "刚才只列了 {count} 条，请回复 1 到 {count} 之间的数字，或者直接提问。"


class Why:
    """How a verdict came about."""

    READ = "读到的是：“{question}”"
    CONTEXT = "接着前一句一起读的：“{context}”"
    NEAREST = "找到的相近内容（把握从高到低，1 是完全确定）："
    MATCH = "· {title}：把握 {score:.2f}，最近的问法是“{phrasing}”"
    REASONS: ClassVar = {
        "match": "有一处明显比别处更像，所以直接引用了它。",
        "close": "有几处差不多像，或者把握不大，所以请您来选。",
        "gap": "它很像知识库里记着的一个“原文没有说到”的问题，所以没有回答。",
        "premise": "问题里说到的“{missing}”在原文里找不到，所以没有回答。",
        "weak": "找到了沾边的内容，但把握太小，所以没有当作回答。",
        "unrelated": "原文里没有找到沾边的内容。",
        "empty": "没有读到文字。",
        "too_long": "内容太长，没有当作一个问题来读。",
        "smalltalk": "这是一句招呼或客气话，不是在问原文的内容。",
    }
    OUTLINE = "问的是原文的结构，所以引用了各部分的开头。"
    MENTIONED = "问的是“{term}”是什么。原文用到了它，所以引用了用到它的地方。"
    SEVERAL = "有几处差不多像，所以一起列了出来。"
    NOTHING_YET = "您还没有问过问题。先问一个，或者在 /why 后面直接写上问题。"


CONTEXT_BUTTON = "上下文"
HELPFUL_BUTTON = "👍"
UNHELPFUL_BUTTON = "👎"
OUTLINE_BUTTON = "目录"
BACK_TO_OUTLINE = "返回目录"
OUTLINE = "《{title}》目录，点一节看里面的要点："
SECTION_EMPTY = "这一节没有单列的要点。"

THANKS_HELPFUL = "谢谢，记下了。"
THANKS_UNHELPFUL = "谢谢指出，已经记下，管理员会看到。"
FEEDBACK_EXPIRED = "这条回答已经过去太久，记不上了。请重新问一次再评价。"
FEEDBACK_FAILED = "这次没记上，请过一会儿再点。"

UNKNOWN_POINT = "这一条已经不在知识库里了，可能刚更新过。请发“目录”看看现在有哪些内容。"
UNKNOWN_SECTION = "这一节已经不在知识库里了。请发“目录”看看现在的章节。"
UNKNOWN_ACTION = "这个按钮已经失效了，请重新提问。"
UNKNOWN_COMMAND = "没有这个命令。发“帮助”看看我会什么，或者直接提问。"
FAILED = "抱歉，刚才出了点问题，没能回答您。请再问一次；如果还不行，把编号 {request_id} 告诉管理员。"

# ── settings and start ──────────────────────────────────────────────────────────────────────────────────────

BAD_SETTING = "设置有误：{names}。请对照 .env.example 改正后再启动。"

# ── faults of a knowledge folder ────────────────────────────────────────────────────────────────────────────


class Lint:
    """What is wrong with a knowledge file, and how to mend it."""

    FOLDER_MISSING = "找不到这个知识库文件夹。请检查 KNOWLEDGE_DIR 或 --knowledge 后面的路径。"
    FOLDER_EMPTY = "这个文件夹里没有 points.yaml。请放入知识库文件，写法见 README“知识库文件”一节。"
    SEVERAL_FOLDERS = "这里有几份知识库（{names}），请用 --knowledge 或 KNOWLEDGE_DIR 指明用哪一份。"
    CANNOT_OPEN = "文件打不开（{reason}）。请检查文件是否存在、是否有读取权限。"
    FILE_LARGE = "文件超过 {limit} MB，不读取。请确认放对了文件。"
    NOT_UTF8 = "文件不是 UTF-8 编码。请用记事本或编辑器“另存为”，编码选 UTF-8。"
    GBK = "文件不是 UTF-8 编码，看起来是 GBK（ANSI）。请用记事本打开它，“另存为”，编码选 UTF-8，再发一次。"
    UTF16 = "文件不是 UTF-8 编码，而是 UTF-16（记事本里叫 Unicode）。请“另存为”，编码选 UTF-8，再发一次。"
    NUL = "文件里有空字节（NUL），不是纯文本，或者没有存好。请用记事本“另存为”，编码选 UTF-8，再检查这一行。"
    CUT_OFF = "文件断在最后一个字的中间，很可能没有传完或没有存完。请重新复制一份完整的文件。"
    EMPTY_FILE = "文件是空的。请写入 title、source、sections 和 points。"
    TOO_LARGE = "文件超过 {limit} 个字符，不读取。请拆成几份文档。"
    BAD_CHARACTER = "有一个不可见的控制字符（{code}），YAML 不允许。请删掉它。"
    TAB = "缩进里有制表符（Tab），YAML 只认空格。请把 Tab 换成空格。"
    NOT_YAML = "YAML 格式不对（{problem}）。请检查这一行和上一行的缩进、冒号后的空格和引号是否成对。"
    OPEN_QUOTE = "从这一行开始的引号没有收尾。请补上另一半引号；文字里要用到这种引号时，外面换一种。"
    ANCHOR = "不支持 YAML 的锚点和引用（& 和 *）。请把内容直接写出来；文字以 & 或 * 开头时请加引号。"
    TOO_DEEP = "嵌套太深。请对照 README“知识库文件”一节的写法。"
    NOT_A_MAPPING = "{what} 这里应当是“键: 值”的写法。请检查缩进，冒号后要有空格。"
    NOT_A_LIST = "{key} 应当是一个列表。请写成每行以“- ”开头。"
    NOT_A_TEXT = "{key} 应当是一句文字。文字里有冒号加空格时，请用引号括起来。"
    UNKNOWN_KEY = "不认识的键“{key}”。请检查拼写，这里可以写：{known}。"
    KEY_TWICE = "“{key}”写了两次。请合并成一处。"
    MISSING_KEY = "缺少“{key}”。请补上。"
    EMPTY_VALUE = "“{key}”是空的。请填写，或者删掉这一项。"
    NO_POINTS = "没有任何要点（points）。请至少写一个。"
    BAD_SOURCE_NAME = "source 里不能带路径。请只写本文件夹里的文件名，例如 source.txt。"
    SOURCE_MISSING = "本文件夹里没有原文文件“{name}”。请放进来，或者改正 source 一行。"
    BAD_ID = "id“{id}”不合规则。请只用小写字母、数字和短横线，以字母或数字开头，最长 {limit} 个字符。"
    ID_TWICE = "id“{id}”在第 {line} 行已经用过。请换一个没用过的 id。"
    BAD_SECTION_ID = "章节 id“{id}”不合规则。请只用字母、数字和点，例如 2.1。"
    SECTION_TWICE = "章节 id“{id}”在第 {line} 行已经用过。请换一个。"
    NO_SUCH_SECTION = "sections 里没有“{section}”这一节。请改正 section，或者在 sections 里补上。"
    BEGINS_NOT_IN_SOURCE = "章节“{id}”的 begins 在原文里找不到。请从原文复制这一节开头的几个字。"
    NOT_VERBATIM = "要点“{id}”的引文与原文不一致：{hint}。请从原文重新复制，标点也要一样。"
    HINT_NOWHERE = "原文里找不到这样开头的话"
    HINT_UNTIL = "到“{good}”为止一致，后面的“{bad}”原文里不是这样"
    FACT_NOT_IN_QUOTE = "“{value}”不在要点“{id}”的引文里。请照引文改 value，一字不差。"
    FIGURE_NOT_IN_QUOTE = (
        "要点“{id}”标题里的“{figure}”不在它的引文里。请照引文改标题，或者把原文里说到它的那句也放进 quote。"
    )
    NOTHING_TO_MATCH = "“{text}”里没有可以匹配的文字。请改写或删掉。"
    CLAIMED_TWICE = "“{text}”在第 {line} 行（要点“{id}”）已经写过。一句问法只能归一处，请删掉一处或改得更具体。"
    QUOTE_LONG = "要点“{id}”的引文有 {length} 个字，手机上太长（上限 {limit}）。请拆成两个要点。"
    TITLE_LONG = "要点“{id}”的标题太长（上限 {limit} 个字）。请改短一些。"
    ASKED_TWICE = "这道题在第 {line} 行已经出过。请删掉一道，或者换一个问法。"
    TERM_TWICE = "“{text}”在这一组里写了两次，或者里面没有文字。请删掉。"
    UNCOVERED = "原文这一处没有任何要点引用：“{text}”。请补一个要点，或者扩大相邻要点的引文。"

    GOLDEN_POINT_GONE = "检验题“{text}”要的要点“{id}”没有了。请改成现有要点的 id，或者删掉这一题。"
    GOLDEN_IS_PHRASING = (
        "检验题“{text}”和 points.yaml 里要点“{id}”的写法一字不差，检验不出什么。请换成别人会用的另一种说法。"
    )
    GOLDEN_SEVERAL = "几个要点都算答对时，请只写 several，后面是 id 的列表；只有一个就只写 point。"

    POINT_GONE = "题目“{id}”先不出：没有“{point}”这个要点。请改成现有要点的 id。"
    QUOTE_GONE = "题目“{id}”先不出：它的 quote 在要点“{point}”的引文里找不到了。请照现在的引文核对答案，再改 quote。"
    ANSWER_GONE = "题目“{id}”先不出：“{text}”不在它依据的原文里。请照原文核对；问“哪一项不是”时，wrong 要都在原文里。"
    WRONG_IS_TRUE = (
        "题目“{id}”先不出：错误选项“{text}”也在它依据的原文里，可能有两个对的。请换掉它，或用 quote 指明更短的一句。"
    )
    SAME_ANSWER = "题目“{id}”先不出：第 {line} 行问的也是这个要点，答案也一样。请删掉一道，或者换一个问法。"
    NOT_NEGATIVE = "题目“{id}”先不出：看选项是问“哪一项不是”，可是题目里没有“不”字。请把题目问清楚。"
    JUDGE_QUOTE = "题目“{id}”先不出：判断题要有依据。请写上 quote，指明依据的是哪一句原文。"
    QUESTION_BAD = "题目“{id}”先不出：{problem}请改一改这道题。"


# ── quizzes ─────────────────────────────────────────────────────────────────────────────────────────────────


class Quiz:
    """How questions of a quiz are put, what is wrong with one, and how the bank is listed."""

    TRUE = "对"
    FALSE = "错"
    GAP = "____"
    EXPLANATION = "原文：{quote}\n出处：{citation}"

    WHAT_IS = "根据原文，{ask}是什么？"
    AS_ASKED = "根据原文，{ask}？"
    HOW_MUCH = "根据原文，{ask}是多少？"
    HOW_MANY = "根据原文，{ask}有多少{unit}？"
    FILL = "按原文填空，横线处应当是哪一项？{sentence}"
    FILL_FIGURE = "按原文填上数字：{sentence}"
    TRUE_OR_FALSE = "判断对错，以原文为准：{sentence}"
    IN_LIST = "原文在横线处列举了几项，下列哪一项是其中之一？{sentence}"
    NOT_IN_LIST = "原文在横线处列举了几项，下列哪一项不在其中？{sentence}"
    SOME_IN_LIST = "原文在横线处列举了几项，下列哪些在其中？（多选）{sentence}"
    WHERE = "下面这句话出自哪一节？{sentence}"

    FEW_OPTIONS = "至少要有两个选项，其中至少一个是错的。"
    MANY_OPTIONS = "选项太多（上限 {limit} 个）。"
    QUESTION_LONG = "题目太长（上限 {limit} 个字）。"
    OPTION_LONG = "选项“{text}”太长（上限 {limit} 个字）。"
    EXPLANATION_LONG = "解析放不下（上限 {limit} 个字、{lines} 次换行），可能是章节标题太长。"
    SAME_OPTIONS = "选项“{text}”和另一个选项写法不同、意思一样。"
    TWO_TRUE = "选项“{wrong}”和正确选项“{right}”一个包含另一个，可能都算对。"
    ANSWER_VISIBLE = "题目里已经写着答案“{text}”。"

    KINDS: ClassVar = {
        "figure": "数字",
        "name": "名称",
        "blank": "填空",
        "member": "列举",
        "true_false": "判断",
        "several": "多选",
        "place": "出处",
        "written": "手写",
    }
    EMPTY = "这份知识库还出不了题。请在 points.yaml 里写 facts，或者在 quiz.yaml 里写题目。"
    LISTED = "{number}. 〔{kind}〕{question}"
    OPTION = "   {mark} {letter}. {option}"
    RIGHT_MARK = "✓"
    WRONG_MARK = "　"
    EXPLAINED = "   {explanation}"
    BY_KIND = "按题型：{counts}"
    BY_SECTION = "按章节：{counts}"
    TOTAL = "共 {count} 题。"
    RESTING = "另有 {count} 道手写题先不出，原因见 python -m bot check。"


# ── what admins do ──────────────────────────────────────────────────────────────────────────────────────────


class Admin:
    """What admins are told, and members who try what only admins may."""

    REFUSED = "这是管理员才能做的，已经记下这次操作。需要的话，请联系管理员。"
    GONE = "这个按钮已经失效了，请重新发一次命令。"
    UNKNOWN = "这个命令现在用不了。"
    UNSURE = "现在没法确认您有没有这个权限，所以没有做。请过一会儿再试；还不行的话，请看看日志。"
    ROLES: ClassVar = {"owner": "所有者", "editor": "编辑", "host": "主持人"}
    HELP = "您是{role}，还可以用这些命令："
    HELP_LINE = "· /{name} {word}：{what}"
    COMMANDS: ClassVar = {
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
        "撤权：回复那个人的消息，发 /revoke；或者 /revoke 12345；也可以点下面的按钮。"
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
    WHOM = "没看出是给谁的。请回复那个人的消息发 /grant 编辑，或者写上编号：/grant 12345 编辑。"
    NO_MEMBER = "“{text}”不是一个人的编号。编号是一串数字，不是 @用户名，也不是群或频道的；最省事的是回复那个人的消息。"
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
    ROW = "{at} {who}\n　　{refused}{action}{detail}"
    DETAIL = "：{detail}"
    REFUSED = "✗ 被拒绝 · "
    OLDER = "更早的"
    NEWER = "更新的"
    NEWEST = "最新的"
    HOW = "只看一个人的：/audit 12345；只看一种操作的：/audit 授权。"
    BAD = "没看懂。可以这样发：/audit，/audit 12345（一个人的编号），/audit 授权（一种操作）。"
    ACTIONS: ClassVar = {
        "document": "发来文件",
        "console": "打开统计网页",
        "gy": "撤权",
        "ra": "应用改动",
        "rc": "确认应用改动",
        "rx": "放弃改动",
        "rb": "退回版本",
        "ml": "关联未答问题",
        "mc": "确认关联未答问题",
        "mi": "忽略未答问题",
        "mu": "撤销对未答问题的处理",
        "na": "添加新要点",
        "nc": "确认添加新要点",
        "sl": "要统计网页的链接",
        "ysend": "群发",
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
    }
    OTHER = "其他"


class Amending:
    """Why something cannot be added to a knowledge file, and what to do."""

    POINT_GONE = "知识库里没有“{id}”这个要点了，可能刚改过。请重新选一个要点。"
    SECTION_GONE = "知识库里没有“{section}”这一节了，可能刚改过。请重新选一节。"
    ID_TAKEN = "id“{id}”已经是另一个要点的了。请换一个没用过的 id。"
    UNUSUAL = "这个文件的写法比较特别，机器人放不进去，什么也没有改。请直接在文件里加，再把文件发来。"


class Difference:
    """What differs between two versions of the knowledge."""

    POINT = "要点"
    SECTION = "章节"
    QUESTION = "答题"
    REMOVED = "－ {kind}“{title}”"
    CHANGED = "～ {kind}“{title}”：{what}"
    ADDED = "＋ {kind}“{title}”"
    RESTED = "！ 答题“{title}”先不出了"
    SOURCE = "！ 原文改了：删去 {removed} 字，新增 {added} 字"
    HEADER = "～ {what}"
    FIELDS: ClassVar = {
        "title": "标题",
        "speaker": "讲话人",
        "golden": "检验题",
        "alike": "同类词",
        "section": "章节",
        "quote": "引文",
        "aliases": "别名",
        "questions": "问法",
        "facts": "数字和名称",
        "gaps": "没说到的问题",
        "begins": "开头几个字",
        "point": "要点",
        "question": "题目",
        "right": "正确选项",
        "wrong": "错误选项",
    }
    REPLACED = "{field}“{before}”改成“{after}”"
    MORE_OF = "{field}加了 {count} 条（“{text}”）"
    LESS_OF = "{field}少了 {count} 条（“{text}”）"
    MOVED = "{field}换了顺序"
    MORE = "另有 {count} 处"
    NOTHING = "内容没有变化。"
    LINES_MORE = "（另有 {count} 行）"
    TOO_LONG = "{name} 太长，不逐行比较：原有 {before} 行，现有 {after} 行"


class Versions:
    """What admins are told of the knowledge and its versions."""

    CHECKED = "检查过了，还没有换上。"
    SAME = "和正在用的知识库完全一样，没有要换的。"
    CHANGES = "改动："
    NO_CHANGES = "要点和题目没有变，只是文件的写法不同。"
    GOLDEN_FINE = "{count} 道检验题的回答都没有变。"
    GOLDEN_CHANGED = "{count} 道检验题里，有 {changed} 道的回答变了："
    GOLDEN_BREAKS = "✗ “{ask}”：原来答“{was}”，换上以后{now}"
    GOLDEN_OTHER = "· “{ask}”：原来{was}，换上以后{now}"
    ANSWERED_WITH = "答“{title}”"
    NOT_ANSWERED = "就不答了"
    WAS_NOT_ANSWERED = "不答"
    MINOR = "另有 {count} 处小毛病，不妨碍使用："
    IN_USE = "正在进行的答题用到了这次删掉的要点（{points}）。那场答题会按旧内容答完。"
    RESTING = "聊天里加的 {count} 处内容找不到位置（要点或章节没有了），先放着，要点回来就会再用上。"
    KEPT_ADDITIONS = "聊天里加的 {count} 处内容会留着。"
    REFUSED = "没有换上，原来的知识库照常在用。要改的地方有 {count} 处："
    MORE = "……另有 {count} 处，全部在附件里。"
    FAULTS_FILE = "毛病.txt"
    APPLY = "应用"
    DISCARD = "放弃"
    APPLY_ANYWAY = "仍要应用"
    SURE = "换上以后，有 {count} 道检验题会答错：\n{lines}\n确定要换上吗？"
    CONFIRM = "确认应用"
    APPLIED = "换上了，现在是第 {number} 版。"
    DISCARDED = "放弃了，知识库没有变。"
    GONE = "这次检查已经过期了，请重新发一次。"
    NEWER = "其间知识库又更新过，刚才的比较不算数了。"
    UNDO = "退回第 {number} 版"

    FOLDER_TAKEN = "知识库文件夹里的文件变了，检查通过，已经换上，现在是第 {number} 版。"
    FOLDER_ASKS = "知识库文件夹里的文件变了，还没有换上，请您看看。"
    FOLDER_AND_UPLOADS = "现在用的是聊天里发来的文件，换上文件夹里的会盖掉那些改动。"
    FOLDER_BROKEN = "知识库文件夹里的文件变了，但是有毛病。"
    START_TAKEN = "重新启动时，知识库文件夹里的文件和上次不同，已经换上，现在是第 {number} 版。"
    START_BROKEN = "启动时知识库文件夹里的文件有毛病，仍用上次的第 {number} 版。"

    DOCUMENT_HELP = (
        "请把 points.yaml、quiz.yaml、golden.yaml、原文（source.txt 或 .docx）直接发给我，我会先检查再问您要不要换上。"
    )

    TOGETHER = "{names}一起检查过了，还没有换上。"
    KEPT_FILE = "{name} 我先留着，{minutes} 分钟内把配套的文件也发来，会一起检查。"

    FIRST_NOTE = "最初的知识库"
    FOLDER_NOTE = "文件夹里的文件变了"
    UPLOAD_NOTE = "发来了 {name}"
    ROLLBACK_NOTE = "退回第 {number} 版"
    NO_PLACE = "要加到的要点或章节已经不在知识库里了。"
    IN_THE_FILES = "这条已经写进知识库文件里了，请在文件里删掉再发给我。"

    HISTORY = "知识库的版本，最新的在前："
    HISTORY_LINE = "第 {number} 版 · {when} · {author}\n  {note}{changes}"
    HISTORY_CHANGES = "（{changes}）"
    OLDER = "更早的"
    SHOW_DIFF = "看第 {number} 版的改动"
    ROLL_BACK = "退回第 {number} 版"
    ROLL_BACK_WHICH = "退回哪一版？点一下就检查，没有问题马上换上。"
    ROLLED_BACK = "已经退回第 {to} 版的内容，现在是第 {number} 版。"
    NO_SUCH_VERSION = "没有第 {number} 版。发 /history 看看有哪些。"
    ONLY_ONE = "现在只有一个版本，没有可以退回的。"
    THIS_ONE = "第 {number} 版就是正在用的。"
    NOT_A_NUMBER = "请写版本号，比如：/{command} 3。发 /history 看看有哪些。"
    DIFF_OF = "第 {number} 版的改动（{when}，{author}，{note}）："
    DIFF_FIRST = "这是最初的版本，没有可以比较的。"
    DIFF_FILE = "第{number}版改动.diff"
    EXPORTED = "这是正在用的第 {number} 版知识库的文件，改好发回给我就行。"
    AUTHOR_SYSTEM = "服务器上"
    WHEN = "{month}月{day}日 {hour}:{minute:02d}"

    EXPORT_HELP = "把正在用的知识库（包括聊天里加的内容）写成文件。"
    EXPORT_OUTPUT_HELP = "写到这个文件夹；没有就新建。"
    EXPORT_FORCE_HELP = "文件夹里已经有文件也照写，同名的会被盖掉。"
    EXPORT_VERSION_HELP = "要哪一版；不写就是正在用的。"
    EXPORT_DONE = "第 {number} 版已写到 {folder}：{names}。"
    EXPORT_NOT_EMPTY = "{folder} 里已经有文件，没有动它。换一个文件夹，或者加 --force。"
    EXPORT_NONE = "还没有保存过任何版本。先运行一次机器人：make run。"
    EXPORT_FAILED = "写不了 {folder}。请检查路径和写入权限。"


class Document:
    """What is wrong with a file that was sent, and how to mend it."""

    PATH_IN_NAME = "文件名里带着路径，不收。请只留文件名再发一次，例如 points.yaml。"
    UNKNOWN_NAME = "不认识这个文件名。请改成 {known}，或者发一份 .docx 当原文。"
    EMPTY = "文件是空的，没有改动知识库。请打开看看内容还在不在，存好再发一次。"
    NO_ZIP = "这个文件不是完整的 Word 文档，可能没有传完。请用 Word 打开它，另存为 .docx，再发一次。"
    NO_WORD = "这个文件里没有读得懂的 Word 正文。请用 Word 打开它，另存为 .docx，再发一次。"
    OLD_WORD = "这是旧版 .doc，或者加了密码。请用 Word 打开它，去掉密码，另存为 .docx，再发一次。"
    NO_TEXT = "文档里没有文字，可能是扫描的图片。请先转成文字，再发一次。"
    TOO_LARGE = "文档解开以后太大，不解开。请去掉图片和附件，或者把文字另存为 source.txt 再发。"
    PATH = "文档里有带路径的文件名，可能被动过手脚，不解开。请用 Word 重新另存为 .docx，再发一次。"
    DECLARATION = (
        "文档里有 Word 不会写的声明（DOCTYPE），可能被动过手脚，不读取。请用 Word 重新另存为 .docx，再发一次。"
    )


class Misses:
    """What is said about questions without an answer, and when they are dealt with."""

    NONE = "最近 {days} 天没有要处理的问题：没有答不上的，没有给了建议没人点的，也没有点 👎 的。"
    TITLE = "未答的问题（第 {number}/{total} 组）"
    TIMES = "问过 {times} 次：{kinds}"
    KINDS: ClassVar = {
        "decline": "没答上 {count} 次",
        "suggest": "给了建议没人点 {count} 次",
        "unhelpful": "👎 {count} 次",
    }
    WORDING = "· {text}（{times} 次）"
    MORE = "还有 {count} 种差不多的说法。"
    BECOMES = "关联到一个要点，“{questions}”就成为它的问法，马上生效："
    QUOTED = "”“"
    LINK = "关联：{title}"
    OTHER = "其他要点…"
    NEW = "新要点…"
    IGNORE = "忽略"
    NEXT = "下一组"
    BACK = "返回这一组"
    SECTIONS = "选一节，再选要点："
    CHANGED = "那一组已经处理过，或者刚有变化。现在最多人问的是这一组："

    LINKED = "已关联到“{title}”，现在就生效（版本 {number}）。"
    KNOWN = "这些问法“{title}”里本来就有，没有改动知识库；这一组不再列出。"
    ADDED = "已添加要点“{title}”，现在就生效（版本 {number}）。"
    IGNORED = "已忽略，这一组不再列出。"
    UNNOTED = "不过“已处理”没有记上，下次还会列出这一组，再处理一次就好。"
    UNDO = "撤销"
    UNDONE = "已撤销（版本 {number}），这一组会重新列出。"
    UNDONE_ONLY = "已撤销，这一组会重新列出。"
    UNDO_GONE = "这一次已经撤销过了。"
    REFUSED = "没有改动，知识库还是原来的。原因："
    REASON = "· {reason}"
    CONFIRM_WHY = "文件没有问题，但会改变下面这些标准问题的回答，要再确认一次："
    CONFIRM = "确认，照样改"

    AND = "、"
    NOTE_LINKED = "给“{title}”加问法：{questions}"
    NOTE_ADDED = "添加要点“{title}”"
    NOTE_UNDONE = "撤销对未答问题的处理"


class NewPoint:
    """The dialogue in which an admin makes a new point."""

    SECTION = "新要点放在哪一节？随时可以点“放弃”，或者发 /cancel。"
    FIRST = "“{section}”。请发引文开头的几个字，要和原文一样，比如“{example}”。"
    LAST = "从这里开始。请再发引文最后的几个字，整段不超过 {limit} 个字："
    GOES_ON = "{text}…"
    QUOTE = "引文就是这一段："
    ELSEWHERE = "这一段在“{section}”里，出处就写这一节。"
    TITLE = "请发标题（{limit} 个字以内），或者用引文的第一句：“{title}”。"
    TAKE_TITLE = "用第一句"
    NOWHERE = "原文里找不到“{words}”。请照原文再发一次，几个字就够。"
    NOWHERE_BEHIND = "在它后面的原文里找不到“{words}”。请照原文再发一次最后的几个字，或者重选开头。"
    SEVERAL = "“{words}”有 {count} 处。请往后多写几个字，再发一次。"
    SEVERAL_ENDS = "“{words}”在后面不止一处。请把最后一句多写几个字，再发一次。"
    FAR = "到“{words}”超过了 {limit} 个字，手机上太长。请选近一点的结尾，或者重选开头。"
    TITLE_BAD = "标题要有文字，不超过 {limit} 个字。请再发一次。"
    QUESTIONS = "人们会这样问它："
    QUESTION = "· {question}"
    MORE = "还可以再发几条问法，一行一条；好了就点“预览”。"
    NO_QUESTIONS = "还没有问法。请至少发一条，一行一条。"
    TOO_MANY = "问法最多 {limit} 条，多的没有加。"
    NOT_TAKEN = "没有加：“{question}”（{limit} 个字以内，要有文字）。"
    PREVIEW = "新要点是这样，还没有添加："
    TO_PREVIEW = "预览"
    CLEAR = "清空问法"
    AGAIN = "重选引文"
    EDIT_QUESTIONS = "改问法"
    ADD = "添加"
    DROP = "放弃"
    DROPPED = "好的，放弃了，知识库没有改动。"
    CANCEL_WORDS = ("/cancel", "取消", "放弃")
    GONE = "这次添加已经结束或者隔得太久了。请发 /misses 重新开始。"


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
    SAY_SAME_TITLE = "{title} · {mark}"
    SAY_PREVIEW = "要发到：{where}。群里看到的是这样："
    SAY_HELD_ONE = "（免打扰时段，{time} 以后才发。）"
    SAY_HELD_SOME = "（其中 {count} 个群正在免打扰时段，过后才发。）"
    SAY_SEND = "发送"
    SAY_DROP = "放弃"
    SAY_DROPPED = "好的，没有发。"
    SAY_GONE = "这条通知已经发过、放弃或换成新的了。要发的话，请重新写一次 /say。"
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
        "unsure": "网络中断，不知道有没有发到，没有再发；请到群里看一眼",
        "late": "拖得太久，已经不合适了，没有再发",
    }
    OUTCOME = "您的通知“{text}”后来的情况："
    MORE = "{groups}等"

    QUIET = "免打扰：每天 {hours}（{zone}）。这段时间我不主动发消息，每日一题、提醒和通知都等到过后；提问照常回答。"
    QUIET_OFF = "免打扰没有开。选一个时段，或者这样发：/quiet 22:00-7:00"
    QUIET_SET = "好的，每天 {hours}（{zone}）我不主动发消息，每日一题、提醒和通知都等到过后；提问照常回答。"
    QUIET_STOPPED = "好的，免打扰已关。"
    QUIET_BAD = "时段没看懂。请这样发：/quiet 22:00-7:00（开始和结束要不一样）；不要了就发 /quiet 关。"
    QUIET_ADMINS = "在群里只有群管理员和答题主持人可以设免打扰。"
    QUIET_NOT_HERE = "在这里我从不主动发消息，不用设免打扰。"
    QUIET_CHOICES = ("22:00-7:00", "21:00-8:00", "12:00-14:00")
    QUIET_STOP = "不要了"
    QUIET_OFF_WORDS = ("关", "关闭", "停", "取消", "不要了", "off")

    TOO_FAST = "您问得有点快，我缓一缓。请过 {seconds} 秒再问，这之前我先不回了。"
    TOO_FAST_HERE = "大家问得有点快，我缓一缓。请过 {seconds} 秒再问，这之前我在这里先不回了。"


class Insight:
    """The figures that admins see: in the chat, in the picture and on their page."""

    TITLE = "统计：{span}"
    SPAN = "近 {count} 天（{first}—{last}）"
    TODAY = "今天（{last}）"
    DATE = "{month}月{day}日"
    SHORT_DATE = "{month}/{day}"
    ASKED = "提问 {asked:,} 次：答上 {answered:,}（{share}），给建议 {suggested:,}，没答 {declined:,}。"
    ACTIVE = "提问的有 {count:,} 人。"
    MISSES = "没答上、也没有人点建议的：{count:,} 次。"
    THUMBS = "评价：有帮助 {helpful:,} 次，没帮助 {unhelpful:,} 次。"
    QUIZ = "答题 {answered:,} 次，答对 {share}。"
    NOTHING = "这段时间还没有人提问。"
    NO_QUIZ = "这段时间还没有人答题。"
    RANKED = "{place}. {title}　{number}"
    EACH_DAY = "{date}　提问 {asked:,}，没答 {declined:,}，{active:,} 人"
    EARLIER = "更早的 {count} 天见图。"
    EARLIER_UNSEEN = "更早的 {count} 天没有列出。"
    TIMES = "{count:,} 次"
    ACCURACY = "{share}（{right:,}/{answered:,}）"
    NO_SHARE = "—"
    GONE_POINT = "已删的要点 {id}"
    BAD_DAYS = "天数要在 1 到 {longest} 之间。比如：/stats 30。"
    NO_PICTURE = "没有图：画图的组件还没装。装上就有：.venv/bin/python -m pip install '.[pictures]'"
    DAYS = "近 {count} 天"
    OPEN = "打开管理页"
    LINK = "点这个链接打开管理页，{minutes} 分钟内有效，只能用一次。别转给别人："
    LINK_HERE = "还没有设置 PUBLIC_URL，所以这个链接只能在机器人所在的电脑上打开。"

    BY_DAY = "每天的提问"
    ACTIVE_BY_DAY = "每天提问的人"
    TOP = "问得最多的"
    WEAKEST = "答题最容易错的"
    ANSWERED = "答上"
    SUGGESTED = "给建议"
    DECLINED = "没答"
    MEMBERS = "人数"
    DAY_HEADING = "日期"
    POINT_HEADING = "要点"
    TIMES_HEADING = "次数"
    ACCURACY_HEADING = "答对"
    TILE_ASKED = "提问"
    TILE_ANSWERED = "答上"
    TILE_DECLINED = "没答"
    TILE_MEMBERS = "提问人数"


class Console:
    """The page for admins."""

    NAME = "管理页"
    ENTER_TITLE = "进入管理页"
    ENTER_HINT = "点下面的按钮进入。链接只能用一次；进去以后，这个浏览器 12 小时内不用再要链接。"
    ENTER = "进入"
    LEAVE = "退出"
    OUTSIDE = "这一页只有管理员能看。请在和机器人的私聊里发 /stats，再点“打开管理页”，用它给的链接进来。"
    REFUSALS: ClassVar = {
        "altered": "这个链接不对，可能抄漏了一截。请在和机器人的私聊里发 /stats，重新要一个。",
        "expired": "这个链接过期了，只在十分钟内有效。请在和机器人的私聊里发 /stats，重新要一个。",
        "used": "这个链接已经用过了，一个链接只能用一次。请在和机器人的私聊里发 /stats，重新要一个。",
        "no right": "您没有看这一页的权限，已经记下这次操作。需要的话，请联系管理员。",
    }
    REASONS: ClassVar = {
        "altered": "链接不对",
        "expired": "链接过期了",
        "used": "链接用过了",
        "no right": "没有权限",
    }
    TABS = "管理"
    FIGURES = "统计"
    MISSES = "未答"
    VERSIONS = "版本"
    AUDIT = "操作记录"
    SPANS = "看多少天"
    DAYS = "{count} 天"
    NUMBERS = "看数字"
    MISSES_HINT = "没答上、没点建议或者评价为没帮助的问题，问法相近的归在一起。处理请在和机器人的私聊里发 /misses。"
    NO_MISSES = "没有要处理的问题。"
    TIMES = "{count:,} 次"
    NEAREST = "最接近的要点：{title}"
    VERSIONS_HINT = "每次更新都留着。退回请在和机器人的私聊里发 /history。"
    NO_VERSIONS = "还没有更新过。"
    VERSION = "第 {number} 版"
    AUDIT_HINT = "谁在什么时候做了什么，包括被拒绝的。"
    NO_AUDIT = "还没有记录。"
    REFUSED = "被拒绝"
    UNKNOWN_PERSON = "不知道是谁"
    MOMENT = "{date} {time}"


class QuizSettings:
    """What is said about how a chat usually plays."""

    SHOWN = "答题设置：{usual}。"
    HOW = "发 /quiz 没有写全的，就照这个来。选一项来改，也可以这样发：/settings 15 30 抢答 速度分"
    USUAL = "{mode}，{count}，{seconds}，{scoring}"
    UNITS: ClassVar = {"count": "{value} 题", "seconds": "每题 {value} 秒"}
    SCORINGS: ClassVar = {"right": "不算速度分", "speed": "算速度分"}
    CHANGE: ClassVar = {"count": "改题数", "seconds": "改时间", "mode": "改玩法", "scoring": "改速度分"}
    NOW = "现在是{value}。改成："
    BACK = "不改了"
    CHANGED = "改好了：{usual}。"
    NOT_READ = "没看懂。可以这样发：/settings 15 30 抢答，意思是平常 15 题、每题 30 秒、抢答。"
    ADMINS = "在群里只有群管理员和答题主持可以改答题设置。"


class Reports:
    """What is said about questions that somebody finds bad."""

    BUTTON = "举报题目"
    BOARD_BUTTON = "有题目不对？举报"
    WHICH = "哪道题不对？点一下，或者回复数字，管理员会来看："
    THANKS = "谢谢，已经记下，管理员会来看。"
    NOTHING_ASKED = "这里最近没有出过题，没有可以举报的。"
    GONE = "这道题已经不在题库里了，不用再管它。"

    NONE = "没有被举报的题目，也没有停用的。"
    LIST = "被举报或者已经停用的题目有 {count} 道，点开看看："
    STATE = "（{count} 人）"
    STATE_OUT = "（已停用）"
    PREVIOUS = "上一页"
    NEXT = "下一页"
    CARD = "{count} 人举报了这道题"
    CARD_OUT = "已停用，{count} 人举报"
    RIGHT_ANSWER = "正确答案：{answer}"
    TAKE_OUT = "停用：不再出这道题"
    TAKE_BACK = "恢复：可以再出"
    IGNORE = "忽略：举报作废"
    TO_LIST = "返回"
    OUT = "已停用，从现在起哪里都不会再出这道题。"
    BACK_IN = "已恢复，可以再出这道题。"
    IGNORED = "这道题的举报已经作废。"


# ── storage ─────────────────────────────────────────────────────────────────────────────────────────────────


class Storage:
    """What is wrong with the database, and how to mend it. Never an address, a path or a password."""

    BAD_URL = "DATABASE_URL 的写法不对。请对照 .env.example 改正；留空就用 DATA_DIR 里的 SQLite。"
    NO_DRIVER = (
        "DATABASE_URL 要用的数据库驱动不认识或没有安装。SQLite 请写 sqlite+aiosqlite:///…，"
        "PostgreSQL 请写 postgresql+asyncpg://… 并装好 asyncpg。"
    )
    NOT_WRITABLE = "数据库的文件夹或文件写不了。请检查 DATA_DIR（或 DATABASE_URL）是否写对、有没有写入权限。"
    DISK_FULL = "磁盘满了，数据库写不进去。请清出一些空间，不用重启。"
    DISK_FAULT = "读写数据库文件时磁盘出错。请检查磁盘，并尽快备份数据。"
    LOCKED = "数据库正被别的程序占着。请稍后再试；总是这样的话，看看是不是有工具打开了它，或机器人开重了。"
    NOT_A_DATABASE = "数据库文件已损坏，或者不是数据库。请恢复备份；没有备份就把它改名留存，重启后会新建一个。"
    NEWER_SCHEMA = "数据库是新版程序写的（结构 {stored}），本程序只认到 {known}。请升级程序，或恢复升级前的备份。"
    UNREACHABLE = "连不上数据库服务器，或者它暂时不能写入。请检查 DATABASE_URL 的地址、网络和数据库服务。"
    NO_ACCESS = "数据库服务器不让登录或写入。请检查 DATABASE_URL 里的用户名、密码、库名和权限。"
    REFUSED = "数据库没有接受这次操作。请再试一次；如果还不行，请管理员查看日志。"
    CLOSED = "程序正在退出，数据库已经关上，这次没有记上。请稍后再试。"


# ── the command line and the terminal ───────────────────────────────────────────────────────────────────────


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
    KNOWLEDGE_HELP = "用另一个知识库文件夹。"
    TEXT_HELP = "要问的问题。"
    JSONL_HELP = '从标准输入读题，每行一个 JSON 对象：{"id": …, "question": …, "history": […]}。'
    FOLDER_HELP = "要检查的知识库文件夹；不写就检查正在用的。"
    FILE_HELP = "题目文件，每行一个 JSON 对象，写法见 tests/eval/dev.jsonl。"
    JSON_HELP = "把分数写成 JSON。"

    EXPLAIN = "结论 {kind}，原因 {reason}，接着的上一句：{context}"
    EXPLAIN_MATCH = "  {score:.2f} {point}：最近的问法“{phrasing}” {numbers}"
    PREPARED = "准备好了。"
    CHECKED = "没有问题：{points} 个要点，{questions} 条问法。"
    FAULTS = "共 {count} 处问题。"
    NOT_JSON = '这一行不是 JSON 对象。每行要写成 {"id": …, "question": …}。'
    QUESTION_MISSING = '这一行缺少 question。每行要写成 {"id": …, "question": …}。'
    QUESTION_NO_TEXT = '这一行的 question 不是文字。要写成 "question": "问题"。'
    HISTORY_NO_LIST = '这一行的 history 不是由文字组成的列表。要写成 "history": ["前一个问题"]，没有就不写。'
    NO_QUESTION = "请写上问题，比如：.venv/bin/python -m bot ask 什么是三级联创；或者加 --jsonl 从标准输入读。"
    NO_FILE = "打不开文件 {name}。请检查路径。"
    WEB_AT = "网页已启动：{url}"
    TELEGRAM_UP = "Telegram 机器人已启动，正在收消息。"
    STOPPED = "已停止。"
    PORT_TAKEN = "端口 {port} 被占用了。请关掉占用它的程序，或者换一个 HTTP_PORT。"
    PORT_FORBIDDEN = "没有权限使用端口 {port}。请把 HTTP_PORT 换成 1024 以上的，例如 8080；对外的端口交给反向代理。"
    HOST_ELSEWHERE = "HTTP_HOST 写的地址 {host} 不是本机的。请改成 127.0.0.1；要让别的机器访问，写 0.0.0.0。"
    HOST_UNKNOWN = "HTTP_HOST 写的名字 {host} 找不到。请检查有没有写错，或者改成 127.0.0.1。"
    CANNOT_LISTEN = "网页没能在 {host} 的端口 {port} 上启动（{reason}）。请检查 HTTP_HOST 和 HTTP_PORT。"


class Doctor:
    """What `bot doctor` says: an item a line, with its mend. Never a token, an address or a password."""

    LINE = "{mark} {item}：{text}"
    GOOD = "都正常。"
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
    MEANING_FRESH = "装好了，还没有准备：第一次启动后约半分钟生效。可以先运行 .venv/bin/python -m bot prepare"
    URL = "PUBLIC_URL"
    URL_OK = "写法没有问题。"
    URL_NONE = "没有填，发给成员的链接会用不了。有域名就写上，例如 https://study.example.org。"
    URL_BAD = "写法不对。要写成 https://study.example.org 这样：http 或 https 开头，后面只有域名（和端口），没有路径、问号和密码。"
    URL_PLAIN = "是 http 开头的，路上的内容别人看得到。请给网页配上 https。"
    ADMINS = "ADMINS"
    ADMINS_OK = "{count} 位所有者，写法没有问题。"
    ADMINS_NONE = "没有填，谁都管不了机器人。请写上自己的编号，例如 telegram:12345。不知道编号：给机器人发 /stats，它会拒绝，日志里 person= 后面就是。"
    ADMINS_BAD = "第 {places} 个写法不对。要写成“渠道:编号”，逗号分隔，例如 telegram:12345；Telegram 的编号是一串数字，不是 @用户名，也不是群。"


TERMINAL_HELLO = "（输入问题后回车；输入编号选一条；输入“退出”或按 Ctrl-D 结束）"
TERMINAL_PROMPT = "问> "
TERMINAL_NAME = "您"
TERMINAL_FILE = "[文件 {name}，{size} KB：终端里不另存。要知识库的文件，请运行 python -m bot export]"

# ── Telegram ────────────────────────────────────────────────────────────────────────────────────────────────


class Telegram:
    """What is said on Telegram only."""

    HELLO_GROUP = (
        "大家好，我是学习助手，只引用原文，不添一个字。在群里这样问我：\n"
        "· 发 /ask 加上问题\n"
        "· 在消息里 @{username} 再写问题\n"
        "· 或者直接回复我的消息\n"
        "发 /quiz 可以一起答题。别的消息我不插话。"
    )
    ASK_IN_PRIVATE = "在私聊里问"
    OPEN_IN_PRIVATE = "问学习助手"
    TO_PRIVATE = "去私聊"
    SENT_APART = "已私信发给您。"
    WRITE_FIRST = "我还不能给您发私信。请先私聊我，发一句“开始”，再试一次。"
    FILE_TOO_LARGE = "这个文件超过 {limit} MB，Telegram 不让机器人取这么大的文件，所以没有处理。请换一个小一些的再发。"
    FILE_NOT_FETCHED = "文件没有取下来，什么都没有改动。请过一会儿再发一次。"
    FILE_NOT_SENT = "文件“{name}”没能发出来：可能太大，也可能这里不让机器人发文件。请在私聊里再试一次。"
    MENU_ASK = "提问，例如 /ask 加上问题"
    MENU_QUIZ = "答题：竞赛、挑战、抢答、分队"
    MENU_SKIP = "跳过这一题"
    MENU_STOP = "结束正在进行的答题"
    MENU_RANK = "排行：谁答对得多"
    MENU_WRONG = "错题：复习答错的题"
    MENU_ME = "我的：连续天数、正确率、薄弱处"
    MENU_DAILY = "每日一题：每天定时出一题"
    MENU_QUIET = "免打扰：哪段时间不主动发消息"
    MENU_SETTINGS = "答题设置：平常几题、几秒、怎么算分"
    MENU_REPORT = "举报题目：哪道题不对，告诉我们"
    MENU_FORGET = "忘记我：删掉关于我的记录"
    MENU_OUTLINE = "目录：按章节看全文"
    MENU_HELP = "帮助：怎么用我"
    MENU_START = "从头开始"
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


# ── the web page ────────────────────────────────────────────────────────────────────────────────────────────


class Web:
    """What stands on the web page, beside the conversation itself."""

    BOT = "学习助手"
    MEMBER = "我"
    BOT_INITIAL = "学"
    SAYS = "{who}说："
    HOME = "首页"
    SKIP = "跳到输入框"
    SKIP_TO_TEXT = "跳到正文"
    LOG = "对话"
    ASK = "输入问题"
    TOO_FAST = "请稍等一会儿再问。"
    PLACEHOLDER = "想知道什么，直接问"
    SEND = "发送"
    SEARCHING = "正在查找…"
    RELATED = "接着看"
    HELPFUL = "有帮助"
    UNHELPFUL = "没帮助"
    TOOLS = "对这条回答"
    FAILED = "没有发出去。请看一下网络，再点“重试”；您写的字还留在下面。"
    FAILED_PRESS = "没有发出去。请看一下网络，再点一次。"
    RETRY = "重试"
    NO_FILES = "还有文件，网页上不提供。请在 Telegram 上和我私聊，再要一次。"

    OUTLINE = "目录"
    OUTLINE_HINT = "点一节，看里面的要点。"
    COUNT = "{count} 条"
    BACK_TO_CHAT = "返回对话"
    PASSAGE_HINT = "黄底的是这一条，前后是原文里的上下文。"
    ASK_THIS = "问问看"
    PREVIOUS = "上一条"
    NEXT = "下一条"
    BEFORE_AND_AFTER = "前后的要点"
    PASSAGE_LINK = "{citation}，看原文"

    NOT_FOUND = "没有这个页面，可能地址抄漏了一截。"
    UNKNOWN_POINT = "这一条已经不在知识库里了，可能刚更新过。"
    UNKNOWN_SECTION = "这一节已经不在知识库里了，可能刚更新过。"
    WHAT_NOW = "可以看看目录里有哪些内容，或者直接提问。"
    WRONG_METHOD = "这个地址不支持这种请求方式。网页提问请从首页进；程序提问请用 POST /api/ask。"
    CROSS_SITE = "这次请求是从别的网站发来的，为了安全没有处理。请打开首页，直接在那里提问。"
    TOO_LARGE = "内容太长了（上限 64 KB），没有处理。请用一句话提问。"
    BAD_FORM = "没看懂发来的内容。请回到首页，重新提问。"
    ERROR = "抱歉，网页出了点问题。请返回上一页再试一次；如果还不行，把下面的编号告诉管理员。"
    ERROR_TITLE = "出了点问题"
    REQUEST_ID = "编号"

    API_NOT_JSON = '发来的不是 JSON。请求内容要写成 {"question": "问题"}。'
    API_NOT_OBJECT = '请求内容要是一个 JSON 对象，写成 {"question": "问题"}。'
    API_NO_QUESTION = '缺少 question，或者它不是文字。请写成 {"question": "问题"}。'
    API_BAD_SESSION = "session 要是一段不超过 {limit} 个字符的文字；不需要追问时可以不写。"
    API_ERROR = "出了点问题，没能回答。请再试一次；如果还不行，把编号 {request_id} 告诉管理员。"
    NOT_STORING = "问答正常，但数据库用不了，评价和没答上的问题暂时记不下。请管理员查看日志。"
    UNHEALTHY = "现在答不了问题，请管理员查看日志。"


# ── contests ────────────────────────────────────────────────────────────────────────────────────────────────


class Contests:
    """What is said when questions are played for."""

    MENU = "来答题吧。{mode}，每题 {seconds} 秒。{rule}选一种，或者这样发：/quiz 5 20 就业（5 题、每题 20 秒、关于“就业”）。"
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
    NOT_HERE = "这里只能提问，还不能答题，也没有排行、错题和每日一题。请在 Telegram 上或者终端里和我答题。"
    NO_TOPIC = "没有关于“{topic}”的题。换个说法，或者发“答题”从全部题目里选。"
    BEGINS = "答题开始：{title}，共 {count} 题，每题 {seconds} 秒。{rule}"
    TITLES: ClassVar = {
        "contest": "竞赛",
        "daily": "每日一题",
        "challenge": "挑战",
        "buzzer": "抢答",
        "teams": "分队赛",
    }
    RULES: ClassVar = {
        "contest": "答对得 1 分，同分看用时。",
        "daily": "",
        "challenge": "答错或者漏答就出局，看谁走得最远。",
        "buzzer": "每题只有最先答对的人得分，一人一次机会。",
        "teams": "按队里人均得分算。点一个队加入；不选的，答第一题时分到人少的队。",
    }
    RULE_SPEED = "答得越快分越高，满分 1000。"
    ON_TOPIC = "{title}（{topic}）"
    TEAM_NAMES = ("红队", "蓝队")
    RUNNING = "这里正在答题，等这一轮结束再开新的。"
    RUNNING_STOP = "这里正在答题。发起人和管理员可以发 /skip 跳过一题，发 /stop 结束。"
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
    JOINED = "您在{team}。"
    NO_TEAM = "没有这个队。"
    ON_THE_POLL = "请直接点题目里的选项作答。"

    QUESTION = "第 {number}/{total} 题（{seconds} 秒）"
    QUESTION_DAILY = "每日一题"
    SEVERAL = "（多选）"
    COLON = "："
    HOW_ONE = "回复字母或数字作答。"
    HOW_SEVERAL = "不止一个对：把字母写在一起回复，比如 AC。"
    OPTION = "{letter}. {option}"
    RIGHT = "✅ 答对了。"
    WRONG = "❌ 答错了。正确答案：{answer}"
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
    OUT = "{line}　出局"
    TEAM_MEMBERS = "队员："
    TEAM_SCORE = "{place} {name}（{members} 人）　人均 {points} 分"
    PLACE = "第 {place} 名"
    MEDALS = ("🥇", "🥈", "🥉")
    MORE = "……还有 {count} 人"
    NAMELESS = "一位成员"
    PAUSED = "连着 {count} 题没有人答，先停一停。想继续就点“继续”，{minutes} 分钟没有人点就结束。"
    LEFT = "上次的{title}还没有答完，接下来是第 {number}/{total} 题。想接着答就选“继续”，不答了就选“结束”。"
    RESUME = "继续"
    STOP = "结束"
    AGAIN = "再来一轮"
    UNSENT = "有 {count} 道题没能发出来，或者已经停用，没有算分。"

    RANK = "本群{period}排行（答对题数）"
    RANK_OVERALL = "{period}总排行（答对题数）"
    RANK_SCOPE = "看{scope}排行"
    RANK_BAD = "没看懂。可以这样发：/rank 周，/rank 月，/rank 总。"
    RANK_EMPTY = "这段时间还没有人答题。发 /quiz 开始一轮。"
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
    WRONG_NEXT = "错题本：还有 {open} 题没掌握，下一题在{when}复习。"
    WRONG_PRIVATE = "错题本只给您自己看，请在和我的私聊里发 /wrong。"
    REVIEW_BEGIN = "开始复习"
    REVIEW_NEXT = "下一题"
    REVIEW_DONE = "现在该复习的都复习完了。"
    REVIEW_GONE = "这道复习题已经过去了，请发 /wrong 重新开始。"
    REVIEW_LEFT = "复习（还有 {count} 题）"
    REMIND_ON = "每天提醒我复习"
    REMIND_OFF = "不再提醒"
    REMINDING = "好的，有该复习的题时，每天 {time} 提醒您。"
    NOT_REMINDING = "好的，不再提醒。"
    REMINDER = "有 {due} 道错题该复习了。"

    DAILY = "每日一题：每天 {time}（{zone}）。"
    DAILY_OFF = "每日一题没有开。选一个时间，或者这样发：/daily 8:00"
    DAILY_SET = "好的，每天 {time}（{zone}）出一题。"
    DAILY_STOPPED = "好的，不再出每日一题。"
    DAILY_AT = "每天 {time}"
    DAILY_STOP = "不要了"
    DAILY_BAD = "时间没看懂。请这样发：/daily 8:00，或者加上时区：/daily 8:00 Asia/Shanghai；不要了就发 /daily 关。"
    DAILY_ADMINS = "在群里只有管理员可以定每日一题的时间。"
    DAILY_OFF_WORDS = ("关", "关闭", "停", "取消", "不要了", "off")

    FORGET = "要把我记下的关于您的一切都删掉吗？包括答题记录、排名、错题和提醒，删了就找不回来。"
    FORGET_YES = "删掉"
    FORGOTTEN = "已经全部删掉了。"
    NOT_KEPT = "这次没记上，请过一会儿再试。"
    SECONDS = "{seconds:.1f}"
    DAY = "{month}月{day}日 {hour}:{minute:02d}"
