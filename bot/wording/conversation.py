"""What members are told when they ask."""

from typing import ClassVar

GREETING = "您好！我是学习助手，《{title}》的原文我都记得。想知道什么，直接问就行；引用的原文，我一字不改。"
THANKS = "不客气，能帮上忙就好。还想知道什么，接着问。"
IDENTITY = "我是一个问答机器人，不是真人。我熟读《{title}》{by}，您提问，我把原文里的那一段找出来，一字不改。"
BY = "（{speaker}）"
FAREWELL = "好的，再见。想起什么随时来问。"
PRESENCE = "在的，请讲。想了解《{title}》里的什么？"
TROUBLE = "不好意思，这次没帮上。可以换个说法再问一次，说得具体一点，比如“{example}”；\n也可以发“目录”自己找{judge}。"
TROUBLE_PRESS = "，或者在答案下面点 👎，管理员会看到"
TROUBLE_TYPE = "，或者看完答案发 👎，管理员会看到"
CHATTER = "我只会找《{title}》里的话，别的聊不来。想知道里面的什么，直接问，比如“{example}”；也可以发“目录”看看。"
INSULT = "我只找《{title}》里的话，不评论人。想知道里面的什么，直接问就行。"
HUMAN = "我是自动问答，后面没有人工。我只找《{title}》里的话；别的事情，请直接找所在单位或群里的管理员。"
RESTART = "好的，前面的都放下了。想知道《{title}》里的什么，直接问就行。"
ENGLISH = "This document is in Chinese; please ask in Chinese. 这份文件是中文的，请用中文问我，比如“{example}”。"
NO_OPEN_QUESTION = "这会儿没有题在等您作答。想知道原文里的什么，直接问就行。"
SUMMARY = "我只引用原文，一字不改，不替它做总结。《{title}》是分这几部分讲的，选一部分看看："
SUMMARY_WHOLE = "我只引用原文，一字不改，不替它做总结。《{title}》里想知道哪一点，直接问就行。"
UNSURE = "没关系，不清楚的就问我，我把原文里的那一段找给您看。"
ACKNOWLEDGED = "好的。还想知道什么，随时问。"
DOUBT = "这是照原文引的，出自“{citation}”。点“{button}”，可以看它前后是怎么说的。"
AND_PLACE = "”“"
WHY_SO = "原文就是这样说的，理由我不替它讲。点“{button}”，可以看它前后的话；想知道我是怎么找到的，发 /why。"
NEXT = "原文接下来说到："
NO_NEXT = "后面没有了。发“目录”，可以看别的内容。"
NOT_FOUND_BEFORE = "刚才那一句，我在原文里没有找到答案。换个说法再问一次试试；想知道是怎么找的，发 /why。"
OFFERED_BEFORE = "刚才那一句，我还拿不准问的是哪一处，所以列了几条请您选。选一条看看，或者把问题说得再完整些。"
NOT_YET_BEFORE = "语义索引还在准备，刚才那一句我现在还拿不准。请过几分钟再问一次。"
NOTHING_BEFORE = "您想接着问哪一句？请把问题写完整，比如“{example}”。"
EXAMPLES = "可以先试试这几个："

MENTIONED = "原文这样提到“{term}”："
CORRECTED = "原文没有“{corrected}”，原文是："
CORRECTED_HERE = "这里不是“{corrected}”，原文是："
TABLE_ROW = "表里这一行：{cells}"
TABLE_CELL = "{name}：{cell}"
TABLE_CELL_MARK = "；"
SEVERAL_PLACES = "最像的是下面这几处，请看哪一处是您要的："
NEAREST = "我没有把握原文哪一句正好回答了这个问题。最接近的原文是："
CONTEXT_OF = "看前后文：{place}"
CONTEXT_OF_SEVERAL = "看前后文：{place}等处"
PART_NOT_SAID = "“{asked}”：原文没有说到。"
PART_NEAR = "“{asked}”：我没有把握原文哪一处正好回答了它，请把这一问单独再说一遍，我把最接近的原文找给您。"
PART_MISSING = "“{asked}”：原文没有提到“{missing}”。"
PART_NOT_GIVEN = "“{asked}”：{sentence}"
PART_UNSURE = "“{asked}”：我拿不准问的是哪一处，请把这一问单独再说一遍。"
HEADINGS = "原文各部分这样开头："


class LookedUp:
    """What stands above a passage that was asked for by its place, its order or a count."""

    LEADS: ClassVar = {
        "place": "原文是这样的：",
        "around": "原文前后是这样说的：",
        "beginning": "这里的原文比较长，开头是：",
        "beginnings": "这里的原文比较长，各处这样开头：",
        "where": "“{asked}”在原文的这里：",
        "mentions": "“{asked}”在原文里一共出现 {count} 次：",
        "items": "原文里的这 {count} 处是：",
        "figures": "原文里的{asked}有这些：{listed}。它们在：",
    }
    BEHIND = "原文接着说："
    BEFORE = "原文在这前面说："
    LAST = "这已经是最后一{counter}了，后面没有别的内容："
    FIRST = "这已经是第一{counter}了，前面没有别的内容："
    COUNT = "{asked}一共 {count} {counter}。"
    COUNT_OF_ALL = "原文一共 {count} {counter}。"
    LAST_COUNTED = "最后是这一处："
    LEFT = "还有 {left} 处没有列出来。"
    NONE_THERE = "原文里没有{asked}。"
    NO_SUCH_PLACE = "原文里没有{asked}，一共只有 {count} {counter}。"


SUGGEST = "您想问的是不是下面这几条？"
SUGGEST_PICK = "您想问的是不是下面这几条？{pick}："
DECLINE = "《{title}》里没有说到这个，我就不乱答了。"
DECLINE_NEAR = "我没有把握《{title}》里哪一处正好回答了这个问题。最接近的原文是这几处{pick}："
DECLINE_GAP = "《{title}》里没有说到这一点。相近的内容有这些{pick}："
PREPARING = "语义索引还在准备，稍后再问会更准。"
NOT_YET = "语义索引还在准备，这个问题我现在还拿不准。请过几分钟再问一次，或者先看看目录。"
NOT_YET_NEAR = "语义索引还在准备，这个问题我现在还拿不准，请过几分钟再问一次。字面上相近的有这些{pick}："
DECLINE_PREMISE = "《{title}》里没有提到“{missing}”，我就不乱答了。"
DECLINE_PREMISE_NEAR = "《{title}》里没有提到“{missing}”。相近的内容有这些{pick}："
DECLINE_PICK = "，{pick}就能看"
NOT_GIVEN = {
    "figure": "原文没有给出这个数。",
    "person": "原文没有说是谁。",
    "place": "原文没有说在哪里。",
    "time": "原文没有说是什么时候。",
    "contact": "原文没有给出电话或别的联系方式。",
    "members": "原文说到了它，但没有一项一项列出来。",
    "meaning": "原文说到了它，但没有解释这一点。",
    "scope": "原文说的不是这个范围。",
}
"""What kind of thing the source does not give → how that is said."""
NEAREST_TEXT = "最接近的原文："
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
    PASSAGE = "· {citation}“{title}”：把握 {score:.2f}"
    PARTS = "这句话里问了几件事，一件一件找的："
    PART = "{number}. “{asked}”"
    LAYERS: ClassVar = {
        "source": "整理好的要点里没有正好的，是在原文里一句一句比出来的。",
        "place": "问的是原文的位置、顺序或者次数，所以直接在原文里数着找。",
    }
    SOURCE_ALONE = "这份文件没有整理好的要点，是在原文里一句一句比出来的。"
    REASONS: ClassVar = {
        "match": "有一处明显比别处更像，所以直接引用了它。",
        "close": "有几处差不多像，或者把握不大，所以请您来选。",
        "gap": "它很像知识库里记着的一个“原文没有说到”的问题，所以没有回答。",
        "premise": "问题里说到的“{missing}”在原文里找不到，所以没有回答。",
        "not_given": "找到了相近的一处，但那里没有问题要的内容，所以没有当作回答。",
        "weak": "找到了沾边的内容，但把握太小，所以没有当作回答。",
        "unrelated": "原文里没有找到沾边的内容。",
        "preparing": "语义索引还在准备，只按词语比过，还拿不准，所以没有直接回答。",
        "empty": "没有读到文字。",
        "too_long": "内容太长，没有当作一个问题来读。",
        "smalltalk": "这是一句招呼或客气话，不是在问原文的内容。",
    }
    OUTLINE = "问的是原文的结构，所以引用了各部分的开头。"
    MENTIONED = "问的是“{term}”是什么。原文用到了它，所以引用了用到它的地方。"
    CORRECTED = "问题里的“{corrected}”和原文不一样，所以引用了原文的说法。"
    SEVERAL = "有几处差不多像，所以一起列了出来。"
    NOTHING_YET = "您还没有问过问题。先问一个，或者在 /why 后面直接写上问题。"


BEIJING_TIME = "北京时间"
CONTEXT_BUTTON = "看前后文"
HELPFUL_BUTTON = "👍"
UNHELPFUL_BUTTON = "👎"
OUTLINE_BUTTON = "目录"
BACK_TO_OUTLINE = "返回目录"
OUTLINE = "《{title}》目录，选一节看里面的要点："
BEGINNING = "开头"
OUTLINE_SOURCE = "《{title}》目录，选一节看原文："
MORE_SECTIONS = "后面还有 {count} 节"
BACK_TO = "返回“{title}”"
SECTION_EMPTY = "这一节没有单列的要点。"

WHOLE_PAGE = "《{title}》全文在这里：/read\n也可以从目录里挑一节看。"
WHOLE_FILE = "《{title}》全文在下面的文件里，和原文一字不差。也可以从目录里挑一节看。"
WHOLE_HERE = "《{title}》全文："
WHOLE_BY_SECTION = "《{title}》全文有 {length} 字，一条消息放不下。可以一节一节看，选一节："
WHOLE_NAME = "全文"

THANKS_HELPFUL = "谢谢，记下了。"
THANKS_UNHELPFUL = "谢谢指出，已经记下，管理员会看到。"
THANKS_REASON = "谢谢，原因也记下了。"
FEEDBACK_DROPPED = "好的，这个评价收回了。"
FEEDBACK_EXPIRED = "这条回答已经过去太久，记不上了。请重新问一次再评价。"
FEEDBACK_ENOUGH = "今天从这个网络来的评价已经很多，这一条没有记。谢谢。"
FEEDBACK_FAILED = "这次没记上，请过一会儿再试。"

UNKNOWN_POINT = "这一条已经不在知识库里了，可能刚更新过。请发“目录”看看现在有哪些内容。"
UNKNOWN_SECTION = "这一节已经不在知识库里了。请发“目录”看看现在的章节。"
UNKNOWN_ACTION = "这个按钮已经失效了，请重新提问。"
YOUR_ID = "您的编号是 {id}。让您当管理员的人，把它写进设置 ADMINS，或者用 /grant 授权给它。"
UNKNOWN_COMMAND = "没有这个命令。这里能用的有：{commands}。也可以直接提问。"
BUSY = "现在问的人太多，一时答不过来。请过几秒再问一次。"
STOPPING = "我正要停一下，这个问题还没来得及答。请过一会儿再问一次。"
FAILED = "抱歉，刚才出了点问题，没能回答您。请再问一次；如果还不行，把编号 {request_id} 告诉管理员。"
