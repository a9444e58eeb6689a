"""What all tests share: an offscreen Qt that looks alike everywhere, and folders of their own.

The platform is chosen before anything imports PySide6. Tests that need no Qt never load it: every
fixture here that touches Qt does nothing until a test has asked for pytest-qt's `qapp`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ.pop("QT_STYLE_OVERRIDE", None)
os.environ.pop("WAYLAND_DISPLAY", None)

# The machines that run the tests are of very unequal speed: time limits are pytest-timeout's job.
settings.register_profile(
    "cxmapper", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("cxmapper")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["cxmapper-tests"]


@pytest.fixture(autouse=True)
def _folders_of_its_own(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing a test does may reach the home of the person who runs it."""
    name = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    home = tmp_path_factory.getbasetemp() / "homes" / name
    home.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    for folder in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{folder}_HOME", str(home / folder.lower()))
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home / "settings"))


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError(
        "a dialog that blocks was opened: use open() and signals, or mark the test real_dialogs"
    )


@pytest.fixture(autouse=True)
def _no_dialog_blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that nobody answers would hang the run, so it fails at once."""
    if "qapp" not in request.fixturenames or request.node.get_closest_marker("real_dialogs"):
        return
    from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

    for cls in (QDialog, QMessageBox, QFileDialog, QInputDialog):
        monkeypatch.setattr(cls, "exec", _refuse)
    for name in ("question", "warning", "information", "critical", "about"):
        monkeypatch.setattr(QMessageBox, name, staticmethod(_refuse))
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(_refuse))


@pytest.fixture(autouse=True)
def _no_window_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """A window that a test leaves open would take the focus from the next one."""
    yield
    if "qapp" not in request.fixturenames:
        return
    left = _close_all_windows(request.getfixturevalue("qapp"))
    assert not left, f"left open: {left}"


def _close_all_windows(app: Any) -> list[str]:
    import shiboken6
    from PySide6.QtCore import QEvent

    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in app.topLevelWidgets() if shiboken6.isValid(w) and w.isVisible()]
    names = [f"{type(w).__name__} {w.windowTitle()!r}" for w in left]
    for window in left:
        window.hide()
        window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.clipboard().clear()
    return names


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parent.parent
