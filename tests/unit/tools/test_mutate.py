"""Mutants are different programs, and their modules and tests are where the tool looks for them."""

import ast
from random import Random

from tests.tools.mutate import COUNT, PAIRS, ROOT, faults, mutants, shares

SOURCE = """\
def f(a, b):
    if a < 3 and b is not None:
        print(True)
    return a + 1 if b in (a, 2) else -b
"""


def test_every_module_and_every_test_that_is_named_is_there() -> None:
    named = {path for module, tests in PAIRS.items() for path in (module, *tests)}
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_fault_makes_another_program_that_can_be_compiled() -> None:
    found = [mutant.source for mutant in mutants(SOURCE, 100, Random(1))]
    assert len(found) == len(set(found)) == len(faults(ast.parse(SOURCE)))
    assert ast.unparse(ast.parse(SOURCE)) not in found
    for source in found:
        compile(source, "mutant", "exec")


def test_a_mutant_tells_its_line_and_what_stood_there() -> None:
    told = {str(mutant) for mutant in mutants(SOURCE, 100, Random(1))}
    assert told >= {
        "2: another comparison: a < 3",
        "2: and for or: a < 3 and b is not None",
        "2: if not: a < 3 and b is not None",
        "2: one more: 3",
        "3: not called: print(True)",
        "3: the other truth: True",
        "4: the other sign: a + 1",
    }


def test_the_same_seed_makes_the_same_mutants() -> None:
    assert [*mutants(SOURCE, 3, Random("7 a"))] == [*mutants(SOURCE, 3, Random("7 a"))]
    assert [*mutants(SOURCE, 3, Random("7 a"))] != [*mutants(SOURCE, 3, Random("7 b"))]


def test_the_shares_of_all_modules_are_all_mutants() -> None:
    assert sum(shares(COUNT).values()) == COUNT == 96
    assert set(shares(COUNT).values()) == {3, 4}
    assert len(PAIRS) == 25
