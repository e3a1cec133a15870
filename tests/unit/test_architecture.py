"""The papers are true: every module is in the map, every path in them exists, every link leads somewhere."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.config import ROOT

ARCHITECTURE = ROOT / "docs" / "ARCHITECTURE.md"
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CHINESE = [ROOT / "README.zh.md", *sorted(ROOT.glob("docs/zh/*.md"))]
OURS = ("bot/", "tests/", "docs/", "knowledge/")
"""What a path in a paper begins with; others, such as ``data/``, are made on the machine of whoever runs the bot."""


def name_of(paper: Path) -> str:
    return paper.relative_to(ROOT).as_posix()


def prose(paper: Path) -> str:
    """The text of a paper without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def modules() -> set[str]:
    """Every module under bot/. A package is named by its folder, so its ``__init__.py`` needs no line."""
    files = (file.relative_to(ROOT).as_posix() for file in ROOT.glob("bot/**/*.py"))
    return {file for file in files if not file.endswith("/__init__.py")}


def packages() -> set[str]:
    return {f"{file.parent.relative_to(ROOT).as_posix()}/" for file in ROOT.glob("bot/**/__init__.py")}


def mapped() -> tuple[list[str], list[str]]:
    """The folders and the modules that the map names."""
    folder, folders, found = "", [], []
    for line in prose(ARCHITECTURE).partition("## The map")[2].splitlines():
        if heading := re.match(r"### `(bot/[^`]*)`: \S", line):
            folder = heading[1]
            folders.append(folder)
        elif item := re.match(r"- `([^`/]+\.py)`: \S", line):
            found.append(folder + item[1])
    return folders, found


def proposed(module: str) -> str:
    """The line for a module as its docstring has it."""
    says = ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8"))) or ""
    folder, _, file = module.rpartition("/")
    return f"under {folder}/:  - `{file}`: {' '.join(says.partition('.')[0].replace('``', '`').split())}"


def test_every_module_has_one_line_in_the_map() -> None:
    _, found = mapped()
    missing = "\n".join(map(proposed, sorted(modules() - set(found))))
    gone = "\n".join(sorted(set(found) - modules()))
    twice = sorted({module for module in found if found.count(module) > 1})
    assert not missing, f"docs/ARCHITECTURE.md lacks these lines:\n{missing}"
    assert not gone, f"docs/ARCHITECTURE.md has lines for modules that are gone:\n{gone}"
    assert not twice


def test_every_package_has_a_heading_in_the_map() -> None:
    folders, _ = mapped()
    assert sorted(folders) == sorted(packages())


def listed_in(package: Path) -> set[str]:
    """The modules and packages that the docstring of a package lists, each at the beginning of a line."""
    says = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    lines = re.findall(r"^``[a-z_0-9]+/?``(?:, ``[a-z_0-9]+/?``)*(?: |$)", says, re.MULTILINE)
    return {name for line in lines for name in re.findall(r"[a-z_0-9]+", line)}


@pytest.mark.parametrize("name", sorted(packages() - {"bot/"}))
def test_a_package_whose_docstring_lists_modules_lists_all_that_it_has(name: str) -> None:
    package = ROOT / name
    listed = listed_in(package)
    modules = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert listed in (set(), modules - {"__init__"})


def paths_in(text: str) -> list[str]:
    return [path for path in re.findall(r"`([A-Za-z0-9_./-]+)`", text) if path.startswith(OURS)]


def alike(path: str) -> str:
    """Where a file of the same name is now, as far as there is one."""
    name = Path(path).name
    found = sorted(file.relative_to(ROOT).as_posix() for top in OURS for file in (ROOT / top).rglob(name))
    return f"there is {', '.join(found)}" if found else "there is none of its name"


def exists(path: str) -> bool:
    return (ROOT / path).exists()


@pytest.mark.parametrize("paper", [one for one in PAPERS if one.name != "CHANGELOG.md"], ids=name_of)
def test_every_path_in_a_paper_exists(paper: Path) -> None:
    """What CHANGELOG.md names was there at its time."""
    gone = [path for path in paths_in(prose(paper)) if "NAME" not in path and not exists(path)]
    assert not gone, "\n".join(f"{path} is gone; {alike(path)}" for path in gone)


def test_every_name_behind_a_path_stands_in_that_file() -> None:
    """`bot/x.py` `Class.method`: a name that follows a path is a name of that file."""
    named = [
        (path, name)
        for paper in PAPERS
        for path, name in re.findall(r"`(bot/[^`\s]+\.py)`\s`([A-Za-z_.]+)`", prose(paper))
    ]
    gone = [
        f"{path}: {name}"
        for path, name in named
        if exists(path)
        and not all(re.search(rf"\b{part}\b", (ROOT / path).read_text(encoding="utf-8")) for part in name.split("."))
    ]
    assert named and not gone, "\n".join(gone)


@pytest.mark.parametrize("paper", [ARCHITECTURE, ROOT / "CONTRIBUTING.md"], ids=name_of)
def test_every_class_in_a_paper_for_programmers_exists(paper: Path) -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in ROOT.glob("bot/**/*.py"))
    defined = set(re.findall(r"^(?:class )?([A-Z]\w+)(?=[(:\[]| =)", code, flags=re.MULTILINE))
    named = set(re.findall(r"`([A-Z][a-z]+[A-Za-z]*)(?=[`.(])", prose(paper)))
    assert named and not named - defined


def test_the_rules_of_import_are_those_of_the_linter() -> None:
    """Every contract has its reason, every layer is told."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    told = prose(ARCHITECTURE).partition("## Who may import whom")[2].partition("\n## ")[0]
    assert not [contract["name"] for contract in contracts if contract["name"] not in told]
    layers = [layer.strip() for contract in contracts for one in contract.get("layers", ()) for layer in one.split("|")]
    paths = [layer.replace(".", "/") for layer in layers]
    assert paths and not [path for path in paths if f"`{path}/`" not in told and f"`{path}.py`" not in told]


def anchors(paper: Path) -> set[str]:
    """The anchors of a paper's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(paper), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_every_link_between_papers_leads_somewhere(paper: Path) -> None:
    links = [*re.findall(r"\]\(([^)\s]+)\)", prose(paper)), *re.findall(r'src="([^"]+)"', prose(paper))]
    lost = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        address, _, anchor = link.partition("#")
        target = (paper.parent / address).resolve() if address else paper
        if not target.exists() or (anchor and unquote(anchor) not in anchors(target)):
            lost.append(link)
    assert not lost


@pytest.mark.parametrize("paper", CHINESE, ids=name_of)
def test_chinese_papers_have_one_punctuation(paper: Path) -> None:
    """Full-width marks beside Chinese, a space between Chinese and Latin letters or figures, “ ” for quotes."""
    text = re.sub(r"<[^>]+>", "", prose(paper))  # a picture's attributes
    text = re.sub(r"\]\([^)]*\)", "]", text)  # a link's address
    text = re.sub(r"`[^`\n]*`", "`c`", text)  # code
    han = "[\u4e00-\u9fff]"
    mixed = rf"{han}[,;:!?()\"]|[,;:!?(\"]{han}|{han}[A-Za-z0-9`@/]|[A-Za-z0-9`]{han}|[«»「」]"
    found = [text[max(hit.start() - 10, 0) : hit.end() + 10] for hit in re.finditer(mixed, text)]
    assert not found
