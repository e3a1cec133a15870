"""The users' side of the server, one module a theme; importing the package fills the registry."""

from tests.standin.control import asking as asking
from tests.standin.control import speaking as speaking
from tests.standin.control import steering as steering
from tests.standin.control import stocking as stocking
from tests.standin.control import voting as voting
from tests.standin.control import watching as watching
from tests.standin.control.registry import ACTIONS as ACTIONS
