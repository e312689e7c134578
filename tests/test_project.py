"""The project's own files: dependencies, lock, and what README says of make."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import copy, which

import pytest

PROJECT = Path(__file__).parent.parent
PYPROJECT = (PROJECT / "pyproject.toml").read_text("utf-8")
LOCK = (PROJECT / "requirements.lock").read_text("utf-8")


def names(requirements: list[str]) -> set[str]:
    return {re.match(r"[\w.-]+", line)[0].lower() for line in requirements}


def declared() -> tuple[list[str], list[str]]:
    """What running needs (the build backend included), and what testing adds."""
    project = tomllib.loads(PYPROJECT)
    run = project["project"]["dependencies"] + project["build-system"]["requires"]
    return run, project["project"]["optional-dependencies"]["test"]


def locked(part: str) -> dict[str, list[str]]:
    """Each requirement of a part of the lock, with its options."""
    blocks = re.split(r"^(?=[\w])", re.sub(r"^#.*\n", "", part, flags=re.MULTILINE), flags=re.MULTILINE)
    return {block.split("\n", 1)[0]: block.splitlines()[1:] for block in blocks if block.strip()}


def test_every_dependency_says_why():
    """Each dependency is a line of its own with a comment on it."""
    run, test = declared()
    for requirement in run + test:
        assert re.search(rf'"{re.escape(requirement)}",?\]?\s+# \w.{{9,}}$', PYPROJECT, re.MULTILINE), (
            requirement
        )


def test_every_locked_requirement_is_exact_and_hashed():
    for requirement, options in locked(LOCK).items():
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^;]+)? \\", requirement), requirement
        assert options, requirement
        for option in options:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", option), option


def test_lock_names_no_index_and_no_address():
    assert not re.findall(r"https?:|file:|--index|--extra-index|--find-links|--trusted-host|@ ", LOCK)


def test_lock_has_all_that_is_declared():
    """Running needs the first part alone, the build backend included."""
    run, test = declared()
    first, second = (names(list(locked(part))) for part in LOCK.split("# --- test ---\n"))
    assert names(run) - first == set()
    assert names(test) - second == set()


@pytest.mark.skipif(not (PROJECT / ".git").exists() or not which("git"), reason="no git checkout here")
def test_no_tracked_file_names_a_path_of_one_machine():
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    paths = [PROJECT / name for name in listed.split("\0") if name]
    # An address may go through a folder of such a name; and this line is no path itself.
    machine = re.compile(rb"(?<![\w./-])/(?:root|work|home|Users|opt)/\w")
    assert [path for path in paths if path.is_file() and machine.search(path.read_bytes())] == []


def test_make_has_every_target_that_readme_names():
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    readme = "".join(path.read_text("utf-8") for path in PROJECT.glob("README*.md"))
    named = set(re.findall(r"(?:^|`)\s*(?:\$ )?make ([a-z]+)", readme, re.MULTILINE))
    assert {"run", "test"} <= named
    assert named - targets == set()


@pytest.mark.parametrize(("complete", "expected"), [("0", 0), ("1", 1)])
def test_a_skip_fails_only_a_run_that_must_be_complete(complete: str, expected: int, tmp_path: Path):
    """And what reads ../shared is left out by name where there is none, which is no skip."""
    project = tmp_path / "project"
    project.mkdir()
    copy(PROJECT / "pyproject.toml", project)
    copy(PROJECT / "tests" / "conftest.py", project)
    (project / "test_one.py").write_text(
        "import pytest\n"
        "def test_done(): pass\n"
        "def test_lacking(): pytest.skip('no chromium')\n"
        "def test_given(shared_folder): assert False\n"
        "@pytest.mark.shared\n"
        "def test_marked(): assert False\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "."],
        cwd=project,
        env={**os.environ, "DASHBOARD_TESTS_COMPLETE": complete},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed, 1 skipped, 2 deselected" in run.stdout
    assert "SKIPPED test_one.py::test_lacking - Skipped: no chromium" in run.stdout
    assert "LEFT OUT test_one.py::test_given" in run.stdout
    assert run.returncode == expected
