"""Versions of the knowledge and what differs between them."""

from typing import ClassVar


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
        "speaker": "署名",
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


class Samples:
    """Questions made of a document's own words, to show that it answers."""

    TERM = "什么是{term}"
    FIGURE = "{term}是多少"
    HEADING = "{name}"
    SECTION = "{name}这一节说了什么"
    ARTICLE = "{label}是什么"


class Versions:
    """What admins are told of the knowledge and its versions."""

    CHECKED = "检查过了，还没有换上。"
    SAME = "和正在用的知识库完全一样，没有要换的。"
    CHANGES = "改动："
    NO_CHANGES = "要点和题目没有变，只是文件的写法不同。"
    GOLDEN_FINE = "{count} 道检验题的回答都没有变。"
    GOLDEN_CHANGED = "{count} 道检验题里，有 {changed} 道的回答变了："
    GOLDEN_MET = "新加的 {count} 道检验题都答对了。"
    GOLDEN_UNMET = "新加的 {count} 道检验题里，有 {unmet} 道答得不对："
    GOLDEN_NEW = "✗ 新检验题“{ask}”：{wanted}，换上以后{now}"
    GOLDEN_WANTED = "要答 {points}"
    GOLDEN_NONE = "要说没有"
    GOLDEN_BREAKS = "✗ “{ask}”：原来答“{was}”，换上以后{now}"
    GOLDEN_OTHER = "· “{ask}”：原来{was}，换上以后{now}"
    GOLDEN_QUOTE = "· “{ask}”：还是答“{title}”，只是引文变了"
    GOLDEN_LATER = (
        "语义索引还要准备一会儿：换上以后先按词语回答，拿不准的不答；准备好会把检验题再查一遍，有答错的告诉您。"
    )
    WORSE = "第 {number} 版的语义索引准备好了，检验题又查了一遍，有 {count} 道不如从前："
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
    DOCUMENT = "《{title}》：{units} 段（条），{characters} 字。"
    DOCUMENT_POINTS = "其中 {count} 条问答做成了要点。"
    OUTLINE = "目录："
    OUTLINE_MORE = "……另有 {count} 个小标题。"
    NO_OUTLINE = "没有小标题，按段落来读。"
    SAMPLES = "试着问了几句："
    SAMPLE = "问：{question}\n答：{answer}（{place}）"
    NO_SAMPLES = "试着问了几句，没有找到能直接回答的，请您自己问问看。"
    UNREAD = "没能读出来的："
    REPLACES = "这是另一份文档。换上以后只按它回答，现在这份的要点、题目和检验题都不再用；随时可以退回。"
    EDITION = "这是《{title}》的新一版。"
    PASSAGES_CHANGED = "改了 {count} 处：{places}"
    PASSAGES_ADDED = "新增 {count} 处：{places}"
    PASSAGES_REMOVED = "删去 {count} 处：{places}"
    PASSAGES_MOVED = "挪了地方 {count} 处：{places}"
    PASSAGES_SAME = "每一段的话都没有变。"
    AND_MORE = "……"
    WHICH = "这份文档有 {percent}% 的句子和正在用的《{title}》一样，看不出是它的新一版，还是另一份文档。请您选："
    IS_EDITION = "是新的一版"
    IS_ANOTHER = "是另一份文档"
    IS_ANOTHER_INSTEAD = "是另一份，换掉现在的"
    PUT_BESIDE = "放上书架，和别的一起用"
    INSTEAD = "换掉现在的"
    BESIDE_OR_INSTEAD = "放上书架，正在用的照旧，问题会找到说得到的那一份；换掉现在的，正在用的要点、题目和标准问题就都换成这一份的，以前的版本退得回来。"
    LIKE_ANOTHER = "这份文档有 {percent}% 的句子和书架上的《{title}》一样。是它的新一版，还是另一份文档？"
    PUT = "《{title}》放上书架了，现在就能问。"
    PUT_EDITION = "《{title}》换成新的一版了。"
    TAKE_AWAY = "从书架上拿下"
    TAKEN_AWAY = "《{title}》从书架上拿下了。"
    TAKEN_BACK = "发来的那一版《{title}》拿下了，现在用的是文件夹里原来的那一份。"
    READ_ALONE = "这里只读这一份"
    UNREADABLE = "“{name}”读不了，什么也没有改，原来的知识库照常在用。"
    APPLY = "应用"
    DISCARD = "放弃"
    APPLY_ANYWAY = "仍要应用"
    SURE = "换上以后，有 {count} 道检验题会答错：\n{lines}\n确定要换上吗？"
    CONFIRM = "确认应用"
    APPLIED = "换上了，现在是第 {number} 版。"
    DISCARDED = "放弃了，知识库没有变。"
    GONE = "这次检查已经过期了，请重新发一次。"
    LIVE = "这次改动已经换上了，不用再点：现在是第 {number} 版，{when}起就在用。"
    CHECKED_ANEW = "其间我重新启动过，或者知识库更新过，所以按现在的知识库重新检查了一遍，还没有换上。请再看一眼："
    NEWER = "其间知识库又更新过，刚才的比较不算数了。"

    FOLDER_TAKEN = "知识库文件夹里的文件变了，检查通过，已经换上，现在是第 {number} 版。"
    FOLDER_ASKS = "知识库文件夹里的文件变了，还没有换上，请您看看。"
    FOLDER_AND_UPLOADS = "现在用的不是文件夹里的那一份（发来过文件，或者退回过版本），换上文件夹里的会盖掉那些改动。"
    FOLDER_NOT_KEPT = "知识库文件夹里的文件变了，但是没能换上：{reason}请过一会儿发 /reload 再试。"
    FOLDER_BROKEN = "知识库文件夹里的文件变了，但是有毛病。"
    START_TAKEN = "重新启动时，知识库文件夹里的文件和上次不同，已经换上，现在是第 {number} 版。"
    START_BROKEN = "启动时知识库文件夹里的文件有毛病，仍用上次的第 {number} 版。"

    DOCUMENT_HELP = "请把文档（.docx、.pdf、.xlsx、.md、.txt）直接发给我，我会先读一遍给您看，再问您要不要换上。points.yaml、quiz.yaml、golden.yaml 也可以发。"

    TOGETHER = "{names} 一起检查过了，还没有换上。"
    ALONE = "{name} 单独看没有问题，和先前发来的 {others} 对不上，所以只看了它。还没有换上。"
    FORGET_FILES = "不要这些文件了"
    KEPT_FILE = "{names} 我先留着，{minutes} 分钟内把配套的文件也发来，会一起检查；不要了就点“不要这些文件了”。"

    DAMAGED = "第 {number} 版的记录损坏了，打不开。请换一个版本。"
    SALVAGED = "第 {number} 版打不开（可能是换了程序的版本），改用知识库文件夹里的；聊天里加的内容留下了 {kept} 处，丢了 {lost} 处。"

    FIRST_NOTE = "最初的知识库"
    FOLDER_NOTE = "文件夹里的文件变了"
    UPLOAD_NOTE = "发来了 {name}"
    ROLLBACK_NOTE = "退回第 {number} 版"
    NO_PLACE = "要加到的要点或章节已经不在知识库里了。"
    IN_THE_FILES = "这条已经写进知识库文件里了，请在文件里删掉再发给我。"

    HISTORY_OF = "《{title}》的版本，最新的在前："
    HISTORY_LINE = "第 {number} 版 · {when} · {author}\n  {note}{changes}"
    HISTORY_CHANGES = "（{changes}）"
    OLDER = "更早的"
    ROLL_BACK = "退回第 {number} 版"
    ROLL_BACK_WHICH = "退回哪一版？选一版就检查，没有问题马上换上。"
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
    EXPORT_WHERE = "请写上要写到哪个文件夹，比如：.venv/bin/python -m bot export -o 备份"
    EXPORT_NO_SUCH = "没有第 {number} 版，最新的是第 {last} 版。"
    EXPORT_DONE = "第 {number} 版已写到 {folder}：{names}。"
    EXPORT_NOT_EMPTY = "{folder} 里已经有文件，没有动它。换一个文件夹，或者加 --force。"
    EXPORT_NONE = "还没有保存过任何版本。先运行一次机器人：make run。"
    EXPORT_FAILED = "写不了 {folder}。请检查路径和写入权限。"
