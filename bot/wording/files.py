"""What is wrong with a knowledge file or an addition to it, and how to mend it."""

from typing import ClassVar


class Lint:
    """What is wrong with a knowledge file, and how to mend it."""

    FOLDER_MISSING = "找不到这个知识库文件夹或文件。请检查 KNOWLEDGE_DIR 或 --knowledge 后面的路径。"
    FOLDER_EMPTY = "这里没有能用的文档。请放入一份原文（.docx、.pdf、.xlsx、.md 或 .txt）；有要点的话再加 points.yaml，写法见 README“知识库文件”一节。"
    SEVERAL_DOCUMENTS = (
        "这里有几份文档（{names}）。请用 --knowledge 或 KNOWLEDGE_DIR 指明用哪一份，或者把要用的改名为 source。"
    )
    NO_DOCUMENT = "“{name}”不是能用的文档。请给一份 .docx、.pdf、.xlsx、.md 或 .txt，或者一个知识库文件夹。"
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
    MORE_FAULTS = "这个文件里另有 {count} 处要改，没有一一列出。请先改好上面的，再检查一次。"
    TOO_MANY_ENTRIES = (
        "文件里的条目超过 {limit} 条（每个键、每句问法都算一条），不读取。请确认放对了文件，或者拆成几份文档。"
    )
    TOO_MANY_POINTS = "要点有 {count} 个，最多 {limit} 个。请删去多余的，或者拆成几份文档。"
    NOT_A_FILE = "“{name}”不是普通文件（是{kind}），不读取。请换成一个普通的文本文件。"
    FILE_KINDS: ClassVar = {"folder": "文件夹", "device": "设备", "pipe": "管道或套接字"}
    WIDE_INDENT = "缩进里有全角空格或不断行空格，YAML 只认普通空格。请删掉这一行开头的空白，换成半角空格。"
    WIDE_COLON = "“{key}”后面是全角冒号“：”，YAML 只认半角的。请改成“{key}: ”，冒号后面空一格。"
    NO_SPACE = "“{key}:”后面少了一个空格，YAML 会把整行当成一句文字。请在冒号后面空一格。"
    WIDE_DASH = "这一行用“{dash}”开头，YAML 不当它是列表。请改成半角短横线加一个空格，也就是“- ”。"
    NO_DASH_SPACE = "短横线后面少了一个普通空格，YAML 不当它是列表。请写成“- ”，短横线后面空一格。"
    COMMENT = "从“ #”起会被当成注释，只读到“{text}”。“#”是内容的话，请给整句加上引号；真是注释，请在“#”后面空一格。"
    ALL_COMMENT = "“#”开头的内容会被当成注释，这一项就成了空的。请给整句加上引号。"
    WIDE_COMMA = "方括号或花括号里用了全角逗号，YAML 只认半角的。请改成半角逗号；逗号是内容的话，请给整句加上引号。"
    WIDE_COMMA_IN = (
        "“{text}”里的逗号是全角的，不会把它分成几条，整句算一条。要分开，请用半角逗号；就是一句的话，请加上引号。"
    )
    CURLY = "这里用了中文引号“”当引号，YAML 不认。请改成半角的双引号；本来就是文字的话，外面再加一层半角引号。"
    CURLY_AROUND = "{text} 外面的中文引号会算进内容里。要引号的作用，请用半角双引号；不需要就去掉。"
    OPEN_QUOTE = "从这一行开始的引号没有收尾。请补上另一半引号；文字里要用到这种引号时，外面换一种。"
    ANCHOR = "不支持 YAML 的锚点和引用（& 和 *）。请把内容直接写出来；文字以 & 或 * 开头时请加引号。"
    TOO_DEEP = "嵌套太深。请对照 README“知识库文件”一节的写法。"
    NOT_KNOWLEDGE = (
        "这不是知识库文件：里面没有 title、source 和 points。请对照 README“知识库文件”一节，或者发 /export 取一份来改。"
    )
    NOT_A_MAPPING = "{what} 这里应当是“键: 值”的写法。请检查缩进，冒号后要有空格。"
    NOT_A_LIST = "{key} 应当是一个列表。请写成每行以“- ”开头。"
    NOT_A_TEXT = "{key} 应当是一句文字。文字里有冒号加空格时，请用引号括起来，或者改用全角冒号“：”。"
    UNKNOWN_KEY = "不认识的键“{key}”。请检查拼写，这里可以写：{known}。"
    KEY_TWICE = "“{key}”写了两次，第 {line} 行已经有了。请合并成一处。"
    MISSING_KEY = "缺少“{key}”。请补上。"
    NOT_A_FLAG = "“{key}”只能写 true 或 false。请改一改，或者删掉这一项。"
    EMPTY_VALUE = "“{key}”是空的。请填写，或者删掉这一项。"
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
    TERM_NOT_QUOTED = "要点“{id}”的标题给“{term}”加了引号，原文里没有这样加引号的词。请照原文写，或者去掉引号。"
    FIGURE_NOT_IN_QUOTE = (
        "要点“{id}”标题里的“{figure}”不在它的引文里。请照引文改标题，或者把原文里说到它的那句也放进 quote。"
    )
    NOTHING_TO_MATCH = "“{text}”里没有可以匹配的文字。请改写或删掉。"
    CLAIMED_TWICE = "“{text}”在第 {line} 行（要点“{id}”）已经写过。一句问法只能归一处，请删掉一处或改得更具体。"
    QUOTE_LONG = "要点“{id}”的引文有 {length} 个字，手机上太长（上限 {limit}）。请拆成两个要点。"
    TITLE_LONG = "要点“{id}”的标题太长（上限 {limit} 个字）。请改短一些。"
    ASKED_TWICE = "这道题在第 {line} 行已经出过。请删掉一道，或者换一个问法。"
    TERM_TWICE = "“{text}”在这一组里写了两次，或者里面没有文字。请删掉。"

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
    RIGHT_LONGEST = "题目“{id}”的正确选项“{text}”比别的选项长得多，一看就能猜到。请把错的选项写得差不多长。"
    QUOTED_ALONE = "题目“{id}”只有对的选项带引号，或者只有错的带。请统一：都带，或者都不带。"
    DIGIT_SLIP = "题目“{id}”有错的选项和“{text}”只差一位数字，考的是眼力。请换成相差大一些的数。"
    NO_SUBJECT = "题目“{id}”没有写清楚问的是什么的数。请把主语写上。"
    DOUBLE = "题目“{id}”和第 {line} 行的题差不多。请删掉一道，或者换一个问法。"
    SAME_ANSWER = "题目“{id}”先不出：第 {line} 行问的也是这个要点，答案也一样。请删掉一道，或者换一个问法。"
    NOT_NEGATIVE = "题目“{id}”先不出：看选项是问“哪一项不是”，可是题目里没有“不”字。请把题目问清楚。"
    JUDGE_QUOTE = "题目“{id}”先不出：判断题要有依据。请写上 quote，指明依据的是哪一句原文。"
    QUESTION_BAD = "题目“{id}”先不出：{problem}请改一改这道题。"


class Amending:
    """Why something cannot be added to a knowledge file, and what to do."""

    POINT_GONE = "知识库里没有“{id}”这个要点了，可能刚改过。请重新选一个要点。"
    SECTION_GONE = "知识库里没有“{section}”这一节了，可能刚改过。请重新选一节。"
    ID_TAKEN = "id“{id}”已经是另一个要点的了。请换一个没用过的 id。"
    UNUSUAL = "这个文件的写法比较特别，机器人放不进去，什么也没有改。请直接在文件里加，再把文件发来。"


class Document:
    """What is wrong with a file that was sent, and how to mend it."""

    PATH_IN_NAME = "文件名里带着路径，不收。请只留文件名再发一次，例如 points.yaml。"
    NEAR_NAME = "看起来是 {name}，但是文件名要一模一样（小写，结尾也要对）。请改名成 {name} 再发，内容不用动。"
    UNKNOWN_NAME = (
        "不认识这个文件名。请改成 {known}，或者发一份 .docx 当原文。"
        "知识库是四个文件：points.yaml 是要点，quiz.yaml 是题目，golden.yaml 是检验题，source.txt 是原文；"
        "发 /export 取回现在用的，改好原样发回就行。"
    )
    EMPTY = "文件是空的，没有改动知识库。请打开看看内容还在不在，存好再发一次。"
    NO_ZIP = "这个文件不是完整的 Word 文档，可能没有传完。请用 Word 打开它，另存为 .docx，再发一次。"
    NO_WORD = "这个文件里没有读得懂的 Word 正文。请用 Word 打开它，另存为 .docx，再发一次。"
    OLD_WORD = "这是旧版 .doc 之类的文档，或者加了密码。请用 Word 打开它，去掉密码，另存为 .docx，再发一次。"
    NO_TEXT = "文档里没有文字，可能是扫描的图片。请先转成文字，再发一次。"
    TOO_LARGE = "文档解开以后太大，不解开。请去掉图片和附件，或者把文字另存为 source.txt 再发。"
    PATH = "文档里有带路径的文件名，可能被动过手脚，不解开。请用 Word 重新另存为 .docx，再发一次。"
    DECLARATION = (
        "文档里有 Word 不会写的声明（DOCTYPE），可能被动过手脚，不读取。请用 Word 重新另存为 .docx，再发一次。"
    )
    MACRO = "文件里带宏，可能会运行程序，不打开。请用 Word 打开它，另存为不带宏的 .docx，再发一次。"
    DISGUISED = "文件名的结尾和里面的内容对不上：里面其实是{kind}。请把结尾改成 {ending} 再发。"
    CUT_OFF = "文件断在一个字的中间，很可能没有传完或没有存完。请重新复制一份完整的文件。"
    NOT_TEXT = "这个文件不是文字，里面是程序才认得的数据。请发 .docx、.pdf、.txt、.md 或 .xlsx。"
    ENCODING = "认不出这个文件的编码，读出来会是乱码。请用记事本打开它，“另存为”，编码选 UTF-8，再发一次。"
    MIXED = "文件里混着几种编码：第 {line} 行是 UTF-8，别的行不是，读出来总有一半是乱码。请把乱码的部分重新粘贴，“另存为”UTF-8，再发一次。"
    UNREADABLE = "这份文件里的字大多读不出来：用了只有原来的程序才认得的字体或符号。请用原来的程序另存为 .docx 或纯文本，再发一次。"
    RIGHT_TO_LEFT = "这份文件主要是从右往左写的文字，我只会用中文回答，读不了它。请发中文的版本。"
    LONG_LINE = "第 {line} 行有 {length} 个字，一整篇写在一行里，分不出段落。请按段落换行，存好再发一次。"
    ENDLESS = "文件里有一段连着 {limit} 多个字，中间没有一个标点或空格，不像文章。请检查是不是存错了文件。"
    NO_PDF = "这个 PDF 打不开，可能没有传完，或者损坏了。请重新导出一份再发。"
    PDF_PASSWORD = "这个 PDF 加了密码，打不开。请去掉密码，另存一份再发。"
    SCANNED = "这个 PDF 里没有文字，是扫描的图片。请先做文字识别（OCR），或者发 Word 原稿。"
    MANY_PAGES = "这个 PDF 超过 {limit} 页，不读取。请拆成几份。"
    TOO_LONG = "这份文件的字太多，不读取。请拆成几份，每份不超过 150 万字。"
    NO_SHEET = "这个表格打不开，可能没有传完，或者损坏了。请用 Excel 打开它，另存为 .xlsx，再发一次。"
    OLD_SHEET = "这是旧版 .xls 之类的表格，或者加了密码。请用 Excel 打开它，去掉密码，另存为 .xlsx，再发一次。"
    FILE_LARGE = "文件超过 {limit} MB，不读取。请去掉图片，或者把文字另存一份再发。"
    UNKNOWN_DOCUMENT = "这种文件读不了。请发 {known} 里的一种。"
    EMPTY_SHEET = "这个表格里没有文字。请检查是不是存错了文件。"
    TOO_SLOW = "这份文件读了 {seconds} 秒还没有读完，停下来了。请用原来的程序另存一份，或者拆成几份再发。"
    TOO_MUCH = "读这份文件要用的内存太多，停下来了。请去掉图片和附件，或者拆成几份再发。"
    CRASHED = "这份文件让读它的程序出了错，读不了。请用原来的程序另存一份再发。"


class Reading:
    """What of a document could not be read."""

    CHARACTERS = "有 {count} 个字符读不出来（特殊字体里的符号），略去了。"
    EMPTY_PAGES = "有 {count} 页没有文字，可能是图片：第 {pages} 页。"
    PDF_TABLE = "里面有表格。PDF 不记表格的格子，是按位置分的，请对照原件看一眼。"
    PICTURES = "图片 {count} 张，里面的字读不出来。"
    FORMULAS = "公式 {count} 个，没有读。"
    CHARTS = "图表和嵌入的对象 {count} 个，没有读。"
    COMMENTS = "批注 {count} 条，不是正文，没有读。"
    ONLY_TABLES = "全文都是表格，按一行一条来读。"
    SYMBOLS = "符号字体的符号 {count} 个，读不出来，略去了。"
    HIDDEN_SHEETS = "隐藏的工作表 {count} 张，没有读。"
    HALF_PAIRS = "有 {count} 行只有问题或只有答案，没有读。"
    SAME_PAIRS = "有 {count} 个问题出现了两次，只用第一次的答案。"
    MORE_PAIRS = "问答超过 {limit} 条，后面的 {count} 条只能按原文查找。"
