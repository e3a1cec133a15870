"""What the bot can ask of the server, one module a theme; importing the package fills the registry."""

from tests.standin.methods import answering as answering
from tests.standin.methods import chatting as chatting
from tests.standin.methods import editing as editing
from tests.standin.methods import identity as identity
from tests.standin.methods import polling as polling
from tests.standin.methods import receiving as receiving
from tests.standin.methods import sending as sending
from tests.standin.methods import uploading as uploading
from tests.standin.methods.registry import METHODS as METHODS
