"""Every sentence that a member or an admin sees, in one place.

Plain and warm, never an opinion about the document. Braces are filled with ``str.format``.

``conversation``
    what members are told when they ask
``files``
    what is wrong with a knowledge file or an addition to it, and how to mend it
``drafting``
    what is said while a folder is drafted from a document
``offers``
    what can be done in a channel: help, commands, refusals
``questions``
    questions of a quiz
``banks``
    question banks that people bring and take along
``quizzes``
    contests, their settings, reports of bad questions
``papers``
    competitions that last for days
``accounts``
    joining accounts of one person
``admins``
    who may do what, and what was done
``versions``
    versions of the knowledge and what differs between them
``misses``
    questions without an answer, and new points
``notices``
    notices to groups, quiet hours, limits
``rooms``
    the live room: its wall, its host's page, its players' pages
``room_notices``
    live rooms, as chats and the server tell of them
``shelf``
    several documents that one bot serves
``statistics``
    what is asked, as text, picture and page
``operators``
    what operators read: the command line, the database, settings
``doctor``
    what ``python -m bot doctor`` says
``channels``
    what stands in one channel only: Telegram, the web page, the terminal
"""

from bot.wording.accounts import Accounts
from bot.wording.admins import (
    Admin,
    Audits,
    Roles,
)
from bot.wording.banks import Banks
from bot.wording.channels import (
    TERMINAL_FILE,
    TERMINAL_HELLO,
    TERMINAL_NAME,
    TERMINAL_PROMPT,
    Telegram,
    Web,
)
from bot.wording.conversation import (
    ACKNOWLEDGED,
    AND_PLACE,
    ASK_WHAT,
    BACK_TO,
    BACK_TO_OUTLINE,
    BEGINNING,
    BEIJING_TIME,
    BUSY,
    BY,
    CHATTER,
    CONTEXT_BUTTON,
    CONTEXT_OF,
    CONTEXT_OF_SEVERAL,
    CORRECTED,
    CORRECTED_HERE,
    DECLINE,
    DECLINE_GAP,
    DECLINE_NEAR,
    DECLINE_PICK,
    DECLINE_PREMISE,
    DECLINE_PREMISE_NEAR,
    DOUBT,
    EMPTY,
    ENGLISH,
    EXAMPLES,
    FAILED,
    FAREWELL,
    FEEDBACK_DROPPED,
    FEEDBACK_ENOUGH,
    FEEDBACK_EXPIRED,
    FEEDBACK_FAILED,
    GREETING,
    HEADINGS,
    HELPFUL_BUTTON,
    HUMAN,
    IDENTITY,
    INSULT,
    MENTIONED,
    MORE_SECTIONS,
    NEAREST,
    NEAREST_TEXT,
    NEXT,
    NO_NEXT,
    NO_OPEN_QUESTION,
    NOT_FOUND_BEFORE,
    NOT_GIVEN,
    NOT_YET,
    NOT_YET_BEFORE,
    NOT_YET_NEAR,
    NOTHING_BEFORE,
    OFFERED_BEFORE,
    ONLY_TEXT,
    OUTLINE,
    OUTLINE_BUTTON,
    OUTLINE_SOURCE,
    PART_MISSING,
    PART_NEAR,
    PART_NOT_GIVEN,
    PART_NOT_SAID,
    PART_UNSURE,
    PICK_RANGE,
    PREPARING,
    PRESENCE,
    RESTART,
    SECTION_EMPTY,
    SEVERAL_PLACES,
    STOPPING,
    SUGGEST,
    SUGGEST_PICK,
    SUMMARY,
    SUMMARY_WHOLE,
    TABLE_CELL,
    TABLE_CELL_MARK,
    TABLE_ROW,
    THANKS,
    THANKS_HELPFUL,
    THANKS_REASON,
    THANKS_UNHELPFUL,
    TOO_LONG,
    TROUBLE,
    TROUBLE_PRESS,
    TROUBLE_TYPE,
    UNHELPFUL_BUTTON,
    UNKNOWN_ACTION,
    UNKNOWN_COMMAND,
    UNKNOWN_POINT,
    UNKNOWN_SECTION,
    UNSURE,
    WHOLE_BY_SECTION,
    WHOLE_FILE,
    WHOLE_HERE,
    WHOLE_NAME,
    WHOLE_PAGE,
    WHY_SO,
    YOUR_ID,
    LookedUp,
    Why,
)
from bot.wording.doctor import (
    Doctor,
)
from bot.wording.drafting import Drafting, DraftingInChat
from bot.wording.files import (
    Amending,
    Document,
    Lint,
    Reading,
)
from bot.wording.misses import (
    Misses,
    NewPoint,
)
from bot.wording.notices import (
    Notices,
)
from bot.wording.offers import Offers
from bot.wording.operators import (
    BAD_ENV_FILE,
    BAD_SETTING,
    SETTING_EXAMPLES,
    Calibrate,
    Cli,
    Eval,
    Storage,
)
from bot.wording.papers import Papers
from bot.wording.questions import Quiz
from bot.wording.quizzes import (
    ChatRefusals,
    Contests,
    QuizSettings,
    Reports,
)
from bot.wording.room_notices import RoomNotices
from bot.wording.rooms import Rooms
from bot.wording.shelf import Shelf
from bot.wording.statistics import (
    Console,
    Insight,
)
from bot.wording.versions import (
    Difference,
    Samples,
    Versions,
)

__all__ = [
    "ACKNOWLEDGED",
    "AND_PLACE",
    "ASK_WHAT",
    "BACK_TO",
    "BACK_TO_OUTLINE",
    "BAD_ENV_FILE",
    "BAD_SETTING",
    "BEGINNING",
    "BEIJING_TIME",
    "BUSY",
    "BY",
    "CHATTER",
    "CONTEXT_BUTTON",
    "CONTEXT_OF",
    "CONTEXT_OF_SEVERAL",
    "CORRECTED",
    "CORRECTED_HERE",
    "DECLINE",
    "DECLINE_GAP",
    "DECLINE_NEAR",
    "DECLINE_PICK",
    "DECLINE_PREMISE",
    "DECLINE_PREMISE_NEAR",
    "DOUBT",
    "EMPTY",
    "ENGLISH",
    "EXAMPLES",
    "FAILED",
    "FAREWELL",
    "FEEDBACK_DROPPED",
    "FEEDBACK_ENOUGH",
    "FEEDBACK_EXPIRED",
    "FEEDBACK_FAILED",
    "GREETING",
    "HEADINGS",
    "HELPFUL_BUTTON",
    "HUMAN",
    "IDENTITY",
    "INSULT",
    "MENTIONED",
    "MORE_SECTIONS",
    "NEAREST",
    "NEAREST_TEXT",
    "NEXT",
    "NOTHING_BEFORE",
    "NOT_FOUND_BEFORE",
    "NOT_GIVEN",
    "NOT_YET",
    "NOT_YET_BEFORE",
    "NOT_YET_NEAR",
    "NO_NEXT",
    "NO_OPEN_QUESTION",
    "OFFERED_BEFORE",
    "ONLY_TEXT",
    "OUTLINE",
    "OUTLINE_BUTTON",
    "OUTLINE_SOURCE",
    "PART_MISSING",
    "PART_NEAR",
    "PART_NOT_GIVEN",
    "PART_NOT_SAID",
    "PART_UNSURE",
    "PICK_RANGE",
    "PREPARING",
    "PRESENCE",
    "RESTART",
    "SECTION_EMPTY",
    "SETTING_EXAMPLES",
    "SEVERAL_PLACES",
    "STOPPING",
    "SUGGEST",
    "SUGGEST_PICK",
    "SUMMARY",
    "SUMMARY_WHOLE",
    "TABLE_CELL",
    "TABLE_CELL_MARK",
    "TABLE_ROW",
    "TERMINAL_FILE",
    "TERMINAL_HELLO",
    "TERMINAL_NAME",
    "TERMINAL_PROMPT",
    "THANKS",
    "THANKS_HELPFUL",
    "THANKS_REASON",
    "THANKS_UNHELPFUL",
    "TOO_LONG",
    "TROUBLE",
    "TROUBLE_PRESS",
    "TROUBLE_TYPE",
    "UNHELPFUL_BUTTON",
    "UNKNOWN_ACTION",
    "UNKNOWN_COMMAND",
    "UNKNOWN_POINT",
    "UNKNOWN_SECTION",
    "UNSURE",
    "WHOLE_BY_SECTION",
    "WHOLE_FILE",
    "WHOLE_HERE",
    "WHOLE_NAME",
    "WHOLE_PAGE",
    "WHY_SO",
    "YOUR_ID",
    "Accounts",
    "Admin",
    "Amending",
    "Audits",
    "Banks",
    "Calibrate",
    "ChatRefusals",
    "Cli",
    "Console",
    "Contests",
    "Difference",
    "Doctor",
    "Document",
    "Drafting",
    "DraftingInChat",
    "Eval",
    "Insight",
    "Lint",
    "LookedUp",
    "Misses",
    "NewPoint",
    "Notices",
    "Offers",
    "Papers",
    "Quiz",
    "QuizSettings",
    "Reading",
    "Reports",
    "Roles",
    "RoomNotices",
    "Rooms",
    "Samples",
    "Shelf",
    "Storage",
    "Telegram",
    "Versions",
    "Web",
    "Why",
]
