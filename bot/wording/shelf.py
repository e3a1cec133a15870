"""What is said of several documents that one bot serves."""


class Shelf:
    """书架, and answers of another document than the one that is read."""

    ONE = "这里现在只有一份文件：《{title}》。直接问就行。"
    LIST = "书架上有 {count} 份文件，这里现在读的是《{title}》。要换一份，{pick}："
    BUTTON = "书架（{count} 份文件）"
    CHOSEN = "换好了：从现在起，问题、目录和答题都按《{title}》来。"
    BACK = "换回《{title}》"
    ALREADY = "这里读的就是《{title}》。"
    NO_SUCH = "书架上没有“{wanted}”。发“书架”看看有哪几份。"
    ADMINS = "群里读哪一份，由群管理员来换。您可以私聊我，自己选一份。"
    ELSEWHERE = "不过《{title}》里说到了这个："
    ELSEWHERE_BUTTON = "看《{title}》怎么说"
    FROM = "《{title}》"
    NOT_ASKED = "没有记下您刚才问的是什么，请再问一次。"
    GONE = "这个按钮说的是另一份文件，那份现在不在书架上。"
    PICK = "点一下或者回复数字"
    PICK_TYPED = "回复数字"
