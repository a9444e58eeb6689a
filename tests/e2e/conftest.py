"""An X server of the test's own, the real program on it, and a real mouse and keyboard."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("driver.py")
TOOLS = ("Xvfb", "xdotool")
PATIENCE = 20.0

Point = tuple[int, int]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of an X server that nothing else uses."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().decode().strip()}"
        finally:
            server.terminate()


class Hand:
    """A mouse and a keyboard on the display, moved as slowly as a person's."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def _do(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self._environment, check=True, timeout=30)

    def drag(self, start: Point, end: Point, *, steps: int = 12, drop: bool = True) -> None:
        """Press at `start`, go to `end` in small steps, and let go there unless `drop` is false."""
        words: list[object] = ["mousemove", "--sync", *start, "sleep", 0.1, "mousedown", 1, "sleep", 0.05]
        for i in range(1, steps + 1):
            x, y = (round(a + (b - a) * i / steps) for a, b in zip(start, end, strict=True))
            words += ["mousemove", x, y, "sleep", 0.03]
        self._do(*words, "sleep", 0.15)
        if drop:
            self._do("mouseup", 1)

    def let_go(self) -> None:
        """Release the button that a drag without a drop holds."""
        self._do("mouseup", 1)

    def click(self, at: Point, times: int = 1) -> None:
        """Click the left button `times` times at a point of the screen."""
        self._do("mousemove", "--sync", *at, "sleep", 0.05, "click", "--repeat", times, "--delay", 70, 1)

    def type(self, text: str) -> None:
        """Type `text`, key by key."""
        self._do("type", "--delay", 15, text)

    def press(self, keys: str) -> None:
        """Press a key or a chord, such as `ctrl+z`."""
        self._do("key", keys)


class Program:
    """A running cxmapper: what its window shows can be asked, but not changed, from here."""

    def __init__(self, arguments: list[str], environment: dict[str, str], errors: Path) -> None:
        self._errors = errors
        with errors.open("wb") as err:
            self._process = subprocess.Popen(
                [sys.executable, str(DRIVER), *arguments],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err,
                env=environment, text=True, encoding="utf-8",
            )  # fmt: skip
        self.hand = Hand(environment)

    def ask(self, question: str, *arguments: object) -> Any:
        """The driver's answer to `question`; fails with what the program said if it is gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps([question, *arguments]) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        assert line, f"the program is gone: {self._errors.read_text(encoding='utf-8')}"
        answer = json.loads(line)
        assert "problem" not in answer, answer["problem"]
        return answer["answer"]

    def point(self, question: str, *arguments: object) -> Point:
        """Where on the screen the thing is that `question` names."""
        x, y = self.ask(question, *arguments)
        return x, y

    def wait(self, question: str, *arguments: object, until: Callable[[Any], bool] = bool) -> Any:
        """Ask until the answer is right; fail with the last answer when patience ends."""
        end = time.monotonic() + PATIENCE
        while True:
            answer = self.ask(question, *arguments)
            if until(answer):
                return answer
            assert time.monotonic() < end, f"{question} {arguments}: still {answer!r}"
            time.sleep(0.05)

    def ended(self) -> int:
        """The exit status, once the program has ended by itself."""
        return self._process.wait(timeout=PATIENCE)

    def kill(self) -> None:
        """End the program if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()


@pytest.fixture
def start(display: str, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Starts cxmapper with arguments on the display, as often as the test wants."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    running: list[Program] = []

    def start_one(*arguments: object, until: str = "active") -> Program:
        errors = tmp_path / f"errors-{len(running)}.txt"
        program = Program([str(a) for a in arguments], environment, errors)
        running.append(program)
        program.wait(until)
        return program

    yield start_one
    for program in running:
        program.kill()
