"""Each thing that a bare machine may lack, taken away by itself."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cxmapper.app import preflight
from cxmapper.errors import MachineLacks

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays by name are Linux's")
DEAD = ":7431"


def _lacks(environment: dict[str, str]) -> str:
    with pytest.raises(MachineLacks) as caught:
        preflight.check_machine(environment)
    assert caught.value.status == 3
    assert "\n" not in str(caught.value)
    return str(caught.value)


def _without(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """Make ctypes fail on libraries whose path holds `missing`, as the loader does."""
    load = ctypes.CDLL

    def fail(name: Any, *args: Any, **kwargs: Any) -> Any:
        if missing in str(name):
            raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")
        return load(name, *args, **kwargs)

    monkeypatch.setattr(ctypes, "CDLL", fail)


def test_offscreen_needs_no_display() -> None:
    preflight.check_machine({"QT_QPA_PLATFORM": "offscreen:size=800x600"})


@pytest.mark.parametrize("name", ["nonsense", "nonsense:size=1", "Nonsense;riddle"])
def test_a_platform_that_is_not_there(name: str) -> None:
    words = _lacks({"QT_QPA_PLATFORM": name, "DISPLAY": ":0"})
    assert "nonsense" in words
    assert "offscreen" in words


def test_of_several_platforms_the_first_that_is_there_counts() -> None:
    preflight.check_machine({"QT_QPA_PLATFORM": "nonsense;offscreen"})
    assert not preflight.live_display({"QT_QPA_PLATFORM": "nonsense;offscreen"})


@linux
def test_a_platform_by_name_whose_file_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch, "libqlinuxfb")
    assert "system library" in _lacks({"QT_QPA_PLATFORM": "linuxfb"})


def test_a_pyside_that_keeps_its_plugins_elsewhere_is_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(preflight, "_plugin_folder", lambda: tmp_path / "nowhere")
    preflight.check_machine({"QT_QPA_PLATFORM": "offscreen"})


def test_pyside_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "pip install" in _lacks({"QT_QPA_PLATFORM": "offscreen"})


def test_a_library_that_qt_needs_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import PySide6

    problem = "libEGL.so.1: cannot open shared object file: No such file or directory"

    class Broken:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "PySide6.QtWidgets":
                raise ImportError(problem)

    monkeypatch.delitem(sys.modules, "PySide6.QtWidgets", raising=False)
    monkeypatch.delattr(PySide6, "QtWidgets", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    words = _lacks({"QT_QPA_PLATFORM": "offscreen"})
    assert "libEGL.so.1" in words
    assert "install" in words


@linux
def test_no_display_at_all() -> None:
    assert "no display" in _lacks({})
    assert "no display" in _lacks({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nowhere"})


@linux
def test_a_library_of_the_xcb_plugin_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch, "libqxcb")
    words = _lacks({"DISPLAY": DEAD})
    assert "libxcb-cursor.so.0" in words
    assert "install" in words


@linux
def test_a_display_that_does_not_answer() -> None:
    assert DEAD in _lacks({"DISPLAY": DEAD})


@linux
def test_wayland_without_its_plugin_falls_back_to_x(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "wayland-0").touch()
    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    _without(monkeypatch, "libqwayland")
    assert "no X server" in _lacks({**environment, "DISPLAY": DEAD})
    assert "system library" in _lacks(environment)


@linux
def test_wayland_with_its_plugin_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "wayland-0").touch()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: None)
    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    preflight.check_machine(environment)
    preflight.check_machine({**environment, "QT_QPA_PLATFORM": "wayland-egl"})


@pytest.mark.parametrize(
    ("release", "tool"),
    [("ID=fedora\n", "dnf"), ("ID=x\nID_LIKE=arch\n", "pacman"), ("ID=debian\n", "apt-get"), ("", "apt-get")],
)
@linux
def test_the_mend_is_in_the_words_of_the_system(
    release: str, tool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_a, **_k: release)
    _without(monkeypatch, "libqxcb")
    assert tool in _lacks({"DISPLAY": DEAD})


@linux
def test_nobody_could_see_a_window() -> None:
    assert not preflight.live_display({})
    assert not preflight.live_display({"DISPLAY": DEAD})
    assert not preflight.live_display({"DISPLAY": DEAD, "QT_QPA_PLATFORM": "offscreen"})


@linux
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_live_display() -> None:
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        display = f":{server.stdout.readline().decode().strip()}"
        try:
            assert preflight.live_display({"DISPLAY": display})
            preflight.check_machine({"DISPLAY": display})
        finally:
            server.terminate()
