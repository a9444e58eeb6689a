"""A save is whole or did not happen: at every step, on a full disk, through links, beside others."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cxmapper.errors import ChangedOnDisk, SaveProblem
from cxmapper.storage import writing
from cxmapper.storage.fingerprint import Fingerprint
from cxmapper.storage.writing import Expect, write_file

OLD = b"the old map " * 1000
NEW = b"a new and longer map " * 20_000
STEPS = ("created", "written", "synced", "read back", "kept", "backed up", "replaced", "done")
BEFORE_THE_SWAP = STEPS[: STEPS.index("replaced")]

posix_only = pytest.mark.skipif(os.name == "nt", reason="modes, links and forks of POSIX")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "map.cxmap"
    path.write_bytes(OLD)
    return path


def left_over(folder: Path) -> list[Path]:
    return list(folder.glob(".~*"))


def at_step(wanted: str, act: Callable[[], None]) -> Callable[[str], None]:
    def step(name: str) -> None:
        if name == wanted:
            act()

    return step


def test_all_steps_are_told_in_order(old: Path) -> None:
    told: list[str] = []
    written = write_file(old, NEW, expect=Fingerprint.of(OLD), backup=True, step=told.append)
    assert tuple(told) == STEPS
    assert old.read_bytes() == NEW
    assert written == Fingerprint.of(NEW) == Fingerprint.of_file(old)
    assert Path(f"{old}.bak").read_bytes() == OLD
    assert left_over(old.parent) == []


@posix_only
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_old_map_or_the_new_one_is_there(old: Path, step: str) -> None:
    program = (
        "import os, signal, sys\n"
        "from cxmapper.storage.fingerprint import Fingerprint\n"
        "from cxmapper.storage.writing import write_file\n"
        "path, wanted = sys.argv[1:]\n"
        "def step(name):\n"
        "    if name == wanted: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"write_file(path, {NEW[:21]!r} * 20_000, expect=Fingerprint.of_file(path), backup=True, step=step)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(old), step], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert old.read_bytes() == (OLD if step in BEFORE_THE_SWAP else NEW)
    backup = Path(f"{old}.bak")
    assert not backup.exists() or backup.read_bytes() == OLD
    write_file(old, NEW, expect=Fingerprint.of_file(old), backup=True)  # and the next save works
    assert old.read_bytes() == NEW


@pytest.mark.parametrize("step", BEFORE_THE_SWAP)
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), RuntimeError("bug"), KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_the_old_map_and_nothing_else(
    old: Path, step: str, error: BaseException
) -> None:
    def fail() -> None:
        raise error

    expected = SaveProblem if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        write_file(old, NEW, expect=Fingerprint.of(OLD), backup=True, step=at_step(step, fail))
    assert old.read_bytes() == OLD
    assert left_over(old.parent) == []


def test_a_map_changed_while_it_is_being_written_is_not_overwritten(old: Path) -> None:
    theirs = b"what a colleague saved meanwhile"

    def colleague_saves() -> None:
        old.write_bytes(theirs)

    with pytest.raises(ChangedOnDisk):
        write_file(old, NEW, expect=Fingerprint.of(OLD), step=at_step("read back", colleague_saves))
    assert old.read_bytes() == theirs
    assert left_over(old.parent) == []


def test_a_map_changed_before_costs_neither_a_write_nor_the_backup(old: Path) -> None:
    backup, told = Path(f"{old}.bak"), list[str]()
    backup.write_bytes(b"the version before")
    with pytest.raises(ChangedOnDisk):
        write_file(old, NEW, expect=Fingerprint.of(NEW), backup=True, step=told.append)
    assert told == []
    assert backup.read_bytes() == b"the version before"


def test_a_change_of_the_same_size_and_time_is_seen(old: Path) -> None:
    known, before = Fingerprint.of_file(old), old.stat()
    old.write_bytes(OLD.replace(b"old", b"odd"))
    os.utime(old, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (old.stat().st_size, old.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    with pytest.raises(ChangedOnDisk, match="changed by somebody else") as caught:
        write_file(old, NEW, expect=known)
    assert str(caught.value).startswith(str(old))


def test_a_file_that_came_or_went_is_a_change(tmp_path: Path, old: Path) -> None:
    with pytest.raises(ChangedOnDisk):
        write_file(old, NEW, expect=None)
    with pytest.raises(ChangedOnDisk):
        write_file(tmp_path / "gone", NEW, expect=Fingerprint.of(OLD))
    assert not (tmp_path / "gone").exists()
    write_file(old, NEW, expect=Expect.ANYTHING)
    write_file(tmp_path / "new", NEW, expect=Expect.ANYTHING)
    assert old.read_bytes() == (tmp_path / "new").read_bytes() == NEW


@posix_only
def test_links_are_written_through(tmp_path: Path, old: Path) -> None:
    (tmp_path / "far").mkdir()
    link, dangling = tmp_path / "far" / "link.cxmap", tmp_path / "dangling.cxmap"
    link.symlink_to("../map.cxmap")
    dangling.symlink_to("far/made.cxmap")
    write_file(link, NEW, expect=Fingerprint.of(OLD), backup=True)
    write_file(dangling, NEW, expect=None)
    assert link.is_symlink()
    assert dangling.is_symlink()
    assert old.read_bytes() == (tmp_path / "far" / "made.cxmap").read_bytes() == NEW
    assert (tmp_path / "map.cxmap.bak").read_bytes() == OLD


@posix_only
def test_a_link_planted_at_the_backup_harms_nobody(tmp_path: Path, old: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    Path(f"{old}.bak").symlink_to(victim)
    write_file(old, NEW, expect=Fingerprint.of(OLD), backup=True)
    assert victim.read_bytes() == b"mine"
    assert not Path(f"{old}.bak").is_symlink()
    assert Path(f"{old}.bak").read_bytes() == OLD


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666])
def test_the_mode_is_kept(old: Path, mode: int) -> None:
    old.chmod(mode)
    write_file(old, NEW, expect=Fingerprint.of(OLD))
    assert stat.S_IMODE(old.stat().st_mode) == mode


@posix_only
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_that_the_person_chose(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_file(tmp_path / "new", NEW, expect=None)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == mode


@posix_only
def test_nobody_else_may_read_what_is_being_written_over_a_private_map(old: Path) -> None:
    old.chmod(0o600)
    modes: list[int] = []
    look = at_step("written", lambda: modes.extend(p.stat().st_mode & 0o777 for p in left_over(old.parent)))
    write_file(old, NEW, expect=Fingerprint.of(OLD), step=look)
    assert modes == [0o600]


def test_the_backup_is_a_copy_where_there_are_no_links(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_file(old, NEW, expect=Fingerprint.of(OLD), backup=True)
    assert (old.read_bytes(), Path(f"{old}.bak").read_bytes()) == (NEW, OLD)


def test_short_writes_are_carried_on(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, bytes(data[:1000])))
    write_file(old, NEW, expect=Fingerprint.of(OLD))
    assert old.read_bytes() == NEW


def test_a_disk_that_stores_something_else_is_noticed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, bytes(data).replace(b"n", b"m")))
    with pytest.raises(SaveProblem, match="the disk failed"):
        write_file(old, NEW, expect=Fingerprint.of(OLD))
    assert old.read_bytes() == OLD


@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
def test_an_error_of_the_disk_is_said_and_the_old_map_stays(
    old: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(writing.os, call, fail)
    with pytest.raises(SaveProblem, match="was not saved: the disk failed"):
        write_file(old, NEW, expect=Fingerprint.of(OLD), backup=True)
    assert old.read_bytes() == OLD
    assert left_over(old.parent) == []


@posix_only
@pytest.mark.parametrize(
    ("number", "raises"), [(errno.EIO, True), (errno.EINVAL, False), (errno.EACCES, False)]
)
def test_a_folder_that_is_not_confirmed(
    old: Path, number: int, raises: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def fail_on_folders(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(number, "no")
        fsync(file)

    monkeypatch.setattr(os, "fsync", fail_on_folders)
    if raises:
        with pytest.raises(SaveProblem, match="was written, but the disk did not confirm it"):
            write_file(old, NEW, expect=Fingerprint.of(OLD))
    else:
        write_file(old, NEW, expect=Fingerprint.of(OLD))
    assert old.read_bytes() == NEW


def held(turns: int) -> Callable[[str, str], None]:
    """`os.replace` on a Windows where a virus scanner holds the file for some turns."""
    replace, count = os.replace, iter(range(100))

    def fail_first(source: str, target: str) -> None:
        if next(count) < turns:
            problem = PermissionError(errno.EACCES, "held")
            problem.winerror = 32  # type: ignore[attr-defined, unused-ignore]
            raise problem
        replace(source, target)

    return fail_first


@pytest.mark.parametrize("turns", [0, 1, 7])
def test_a_file_held_for_a_moment_is_waited_for(
    old: Path, turns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(os, "replace", held(turns))
    source = old.parent / "source"
    source.write_bytes(NEW)
    writing._replace(str(source), str(old), sleep=slept.append)
    assert old.read_bytes() == NEW
    assert len(slept) == turns
    assert sum(slept) < 4


def test_a_file_held_for_good_is_said(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", held(99))
    monkeypatch.setattr(writing, "_TRIES", 1)
    with pytest.raises(SaveProblem, match="another program has it open; close it there and try again"):
        write_file(old, NEW, expect=Fingerprint.of(OLD))
    assert old.read_bytes() == OLD


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere/map.cxmap", "the folder is not there"),
        ("map.cxmap/map.cxmap", "the folder is not there"),
        ("folder", "there is a folder of that name"),
        ("x" * 300, "the name is too long"),
        ("x" * 253, "the name is too long"),  # with .bak
        ("pipe", "a device or a pipe"),
        ("circle", "leads round in a circle"),
        ("read-only", "it is read-only; save under another name"),
    ],
)
@posix_only
def test_what_can_not_be_written_is_said(tmp_path: Path, old: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    for other in ("read-only", "x" * 253):
        (tmp_path / other).write_bytes(OLD)
    (tmp_path / "read-only").chmod(0o444)
    with pytest.raises(SaveProblem) as caught:
        write_file(tmp_path / name, NEW, expect=Expect.ANYTHING, backup=True)
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / name} was not saved: ")
    assert left_over(tmp_path) == []
    assert old.read_bytes() == OLD


@posix_only
@pytest.mark.skipif(os.name != "nt" and os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_where_one_may_not_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(SaveProblem, match="you may not write there"):
            write_file(tmp_path / "a", NEW, expect=None)
    finally:
        tmp_path.chmod(0o755)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if os.name == "nt" or os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("size", [100_000, 126_000, 150_000, 250_000, 258_048, 262_144, 300_000, 2_000_000])
@pytest.mark.parametrize("backup", [True, False])
def test_a_full_disk(small_disk: Path, size: int, backup: bool) -> None:
    path = small_disk / "map.cxmap"
    path.write_bytes(OLD)
    data = os.urandom(size)
    try:
        write_file(path, data, expect=Fingerprint.of(OLD), backup=backup)
    except SaveProblem as problem:
        assert size > 200_000, "there was room"
        assert "the disk is full; make room, or save it elsewhere" in str(problem)  # noqa: PT017
        assert path.read_bytes() == OLD
    else:
        assert path.read_bytes() == data
        assert size < 250_000, "there was no room"
    assert left_over(small_disk) == []
