"""Question banks that people bring and take along."""

from typing import ClassVar


class Banks:
    """How a question bank is read, shown, saved and written."""

    HELP = "题库：读 Excel、Word、文本等格式的题目，也可以导出。"
    IMPORT_HELP = "读一份题库，逐题列出读到了什么、哪些读不懂。加 --save 才存进数据库。"
    EXPORT_HELP = "导出题目：默认是当前文档的题库；--bank 指定存下的题库，--from 转换一份题库文件。"
    LIST_HELP = "列出存下的题库。"
    REMOVE_HELP = "删掉一份存下的题库。"
    FILE_ARGUMENT = "题库文件：.xlsx、.csv、.docx、.txt、.json、.xml（Moodle、QTI）、.gift、.zip（QTI）。"
    SAVE_HELP = "存进数据库。有读不懂的题时不存，除非加 --skip-faults。"
    SKIP_HELP = "只存读懂的题，读不懂的略去。"
    NAME_HELP = "题库的名称；不写就用文件名。"
    FORMAT_HELP = "导出成哪种格式：xlsx、gift、aiken、moodle、qti 或 docx。"
    OUTPUT_HELP = "写进这个文件。"
    BANK_HELP = "存下的题库的名称。"
    FROM_HELP = "转换这份题库文件，不用数据库。"
    ANSWERS_HELP = "印出来的试卷带不带答案（只用于 docx）。"
    JSONL_HELP = "一题一行 JSON，供别的程序读。"
    FORCE_HELP = "文件已经有了也覆盖。"
    NO_OUTPUT = "请用 -o 指明写进哪个文件，例如：python -m bot bank export --format xlsx -o 题库.xlsx"
    NO_FORMAT = "没有“{format}”这种格式。可以写：{known}。"
    EXISTS = "{file} 已经有了。请换一个文件名，或者加 --force 覆盖。"
    CANNOT_WRITE = "写不进 {file}。请看看文件夹在不在、能不能写。"
    CANNOT_READ = "{file} 打不开。请检查路径和读取权限。"
    NOTHING_TO_EXPORT = "没有可以导出的题目。"
    ONE_ORIGIN = "--bank 和 --from 只能用一个。"
    NO_BANK = "没有叫“{name}”的题库。存下的有：{names}。"
    NO_BANKS = "还没有存下题库。请先运行：python -m bot bank import 文件 --save"
    SAVED = "存下了题库“{name}”：{count} 题。"
    SAVED_AGAIN = "题库“{name}”换成了这一份：{count} 题。"
    REMOVED = "删掉了题库“{name}”。"
    NOT_SAVED = "有 {count} 处读不懂，所以没有存。请照上面说的改好再来，或者加 --skip-faults 只存读懂的题。"
    NOT_SAVED_YET = "这是试读，还没有存。加 --save 存进数据库。"
    LISTED_BANK = "{name}：{count} 题，{day} 存下"
    WRITTEN = "写好了 {file}：{count} 题。"
    LOST = "{format} 装不下的：{what}"
    LEFT_OUT = "{kind} {count} 题，没有写进去"
    FIELD_LOST = "{field}（{count} 题）"
    FIELDS: ClassVar = {
        "explanation": "解析", "chapter": "章节", "difficulty": "难度", "source": "出处", "accepted": "几种答案写法",
        "answers": "答案",
    }  # fmt: skip

    KINDS: ClassVar = {
        "single": "单选题",
        "several": "多选题",
        "true_false": "判断题",
        "fill": "填空题",
        "order": "排序题",
    }
    SHOWN = "{number}. 〔{kind}〕{stem}"
    SHOWN_OPTION = "   {letter}. {option}"
    SHOWN_ANSWER = "   答案：{answer}"
    SHOWN_EXPLANATION = "   解析：{explanation}"
    SHOWN_CHAPTER = "   章节：{chapter}"
    SHOWN_SOURCE = "   原文：{quote}（{citation}）"
    SHOWN_NO_SOURCE = "   原文：在当前文档里没有找到依据"
    SHOWN_NOTE = "   ※ {place}：{note}"
    SHOWN_FAULT = "✗ {place}：{message}{shown}"
    SHOWN_STEM = "（“{stem}”）"
    COUNTED = "读到 {count} 题：{kinds}。"
    NOTHING_READ = "一道题也没有读到。"
    FAULTS = "读不懂的有 {count} 处。"
    LINKED = "其中 {count} 题在当前文档里找到了依据。"
    OR = " 或 "

    LINE = "第 {line} 行"
    ROW = "第 {line} 行"
    SHEET_ROW = "工作表“{sheet}”第 {line} 行"
    FILE_PLACE = "文件 {file}"
    ITEM = "第 {number} 题"
    LIST_ITEM = "{list} 第 {number} 题"

    NO_STEM = "没有题干。请补上题目的文字。"
    NO_ANSWER = "没有答案。请在题后写“答案：”，或者在答案一栏填上。"
    NO_OPTIONS = "没有选项。请把选项写成 A. B. C. D.，或者填进选项各栏。"
    FEW_OPTIONS = "只有一个选项。请至少写两个。"
    MANY_OPTIONS = "选项超过 {limit} 个。请拆成几道题。"
    SAME_OPTIONS = "选项 {one} 和 {other} 一样。请改掉一个。"
    ANSWER_BEYOND = "答案“{answer}”里有选项里没有的字母。请改答案，或者补上这个选项。"
    ANSWER_UNREAD = "答案“{answer}”看不懂。选择题请写字母（如 B、ABD），判断题请写“正确”或“错误”。"
    SINGLE_SEVERAL = "标的是单选题，答案却有几个（{answer}）。请改题型或答案。"
    NOT_JUDGED = "判断题的答案“{answer}”看不出是对是错。请写“正确”或“错误”。"
    BAD_ORDER = "排序题的答案“{answer}”要把每个选项各写一次，例如 BADC。"
    NOT_AUTOMATIC = "{kind}没有固定的答案，不能自动判分，没有收。请改成选择、判断或填空，或者从题库里去掉。"
    THIS_KIND = "这种题"
    STEM_LONG = "题干有 {length} 个字，太长（上限 {limit}）。请看看是不是几道题连在了一起。"
    TEXT_LONG = "有一项文字有 {length} 个字，太长（上限 {limit}）。请看看是不是几道题连在了一起。"
    OTHER_ANSWER = "和{place}是同一道题，答案却不同。请查清楚，删掉一道。"
    TWO_ANSWERS = "括号里的答案是“{inline}”，后面写的答案是“{answer}”，不一样。请改成一样的。"
    NUMBER_TWICE = "答案里第 {number} 题的答案对不上题目。请检查题号。"
    ANSWER_WITHOUT_QUESTION = "答案表里的第 {number} 题找不到题目。请检查题号。"
    NOT_A_QUESTION = "“{text}”看不出是哪一题的。请放到题目里，或者删掉。"
    MEDIA = "题里有图片或附件，没有读。"
    TAGS = "题里有公式或特别的排版，只读了文字。"

    GAP_IN_OPTIONS = "选项里没有 {letter}，请看看是不是漏了或粘在了别的选项里。"
    GLUED = "选项 {one} 和 {other} 粘在一起，分开了，请核对。"
    ANSWER_IN_STEM = "题干后面带着答案（“{text}”），去掉了。"
    ANSWER_IN_STEM_OTHER = "题干后面带着“{text}”，和答案不一样，去掉了。请核对答案。"
    HALF_BRACKET = "题干里的括号不成对，空格可能印坏了，请对照原卷。"
    NO_BLANK = "题干里看不出空在哪里，请对照原卷。"
    STATISTIC = "答案后面带着“{text}”，去掉了。"
    STRAY = "题干下面有一行和选项一样（“{text}”），去掉了。"
    OPTIONS_GONE = "原来像是选择题，选项没有了，按填空题读。"
    ESSAY = "问答题"
    MATCHING = "连线题"
    LINE_BREAKS = "题干里的换行（{count} 题）"
    LIKE_OPTION = "题干写得像选项的 {count} 题，没有写进去"
    TOLERANCE = "原来允许误差（{text}），现在要照原数答。"
    PARTIAL = "原来答对一部分也给分，现在全对才给分。"
    SKIPPED_LINE = "{place}“{text}”不是题目，没有读。"
    SAME_TWICE = "{place}和{first}是同一道题，只留了一道。"
    NOT_BANK = "这份文件里没有认得出的题目。表格请有“题干”“答案”等表头；文字请写成“1. 题干”“A. 选项”“答案：B”。"
    NOT_JSON = "JSON 写得不对：第 {line} 行第 {column} 列。请检查逗号、引号和括号。"
    NOT_XML = "XML 写得不对：第 {line} 行。请重新导出一份。"
    UNKNOWN_XML = "这份 XML 不是 Moodle 题库，也不是 QTI 2.1 的题目。请在原来的系统里重新选格式导出。"
    NOT_GIFT = "这一题的花括号 { } 没有配上，或者答案写得不对。请对照 GIFT 格式检查。"
    UNKNOWN_TYPE = "“{kind}”这种题型不能自动判分，没有收。"
    UNKNOWN_FILE = "这种文件不是题库。请给 {known} 里的一种。"
    MANY_QUESTIONS = "题目超过 {limit} 道，不读取。请拆成几份。"
    EMPTY_ARCHIVE = "压缩包里没有 QTI 题目。"

    CHAT_WORD = "题库"
    CHAT_SEND = "把题库文件发过来就行：Excel（.xlsx）、Word（.docx）、文本或者 CSV。我先把读到的题给您看，点一下才存。"
    CHAT_PLAY = "发“答题 题库 {name}”就从里面出题。"
    CHAT_READ = "题库“{name}”"
    CHAT_UNREAD = "“{name}”没有读成。{why}"
    CHAT_NOTED = "有 {count} 题请看一眼，附的文件里用 ※ 标着。"
    CHAT_FILE = "{name}-读到的题.txt"
    CHAT_SAVE = "存下这 {count} 题"
    CHAT_SAVE_READ = "只存读懂的 {count} 题"
    CHAT_REPLACES = "已经有一份题库叫“{name}”（{count} 题，{day} 存的）。存下就换成这一份，原来的不再保留；不想换，就改个文件名再发。"
    CHAT_DROP = "不要了"
    CHAT_DROPPED = "好的，没有存。"
    CHAT_GONE = "这份题库已经不在等了，请再发一次文件。"

    HEADINGS: ClassVar = (
        "题型",
        "题干",
        *(f"选项{letter}" for letter in "ABCDEFGHIJKL"),
        "答案",
        "解析",
        "章节",
        "难度",
        "出处",
    )
    SHEET = "题库"
    TRUE_WORD = "正确"
    FALSE_WORD = "错误"
    PAPER_TITLE = "试卷"
    PAPER_TOTAL = "共 {count} 题"
    PAPER_NAME = "单位：____________　姓名：____________　得分：____________"
    PAPER_SECTION = "{ordinal}、{kind}（{count} 题）"
    PAPER_ANSWER = "答案：{answer}"
    PAPER_EXPLANATION = "解析：{explanation}"
    PAPER_CHAPTER = "章节：{chapter}"
    PAPER_DIFFICULTY = "难度：{difficulty}"
    PAPER_SOURCE = "出处：{source}"
    NO_PASSAGE = "这道题来自题库，在文档里没有找到依据。"
    OWN_WORDS = "题库的解析：{text}"
    ORDER_ASKED = "{stem}（按先后打出字母，比如 BACD）"
    ORDER_OPTION = "{letter}. {option}"
    AIKEN_ANSWER = "ANSWER: {letter}"
