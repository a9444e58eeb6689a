"""Whether this machine can show a window at all, asked before Qt is.

Where a library or a display is missing, Qt raises an ImportError full of .so names, or ends the
process by abort(), which no Python can catch. So each thing is tried here first, by itself, and
what fails becomes one sentence with its mend. Importing this module imports nothing of PySide6.
"""

from __future__ import annotations

import ctypes
import importlib.util
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from cxmapper.errors import MachineLacks
from cxmapper.locale import msg

_DEBIAN = (
    "sudo apt-get install libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxkbcommon-x11-0 libxcb-shape0"
)
_FEDORA = (
    "sudo dnf install glib2 mesa-libGL mesa-libEGL libxkbcommon libxkbcommon-x11 fontconfig dbus-libs "
    "xcb-util-cursor xcb-util-wm xcb-util-keysyms"
)
_ARCH = (
    "sudo pacman -S glib2 libglvnd libxkbcommon libxkbcommon-x11 fontconfig dbus xcb-util-cursor "
    "xcb-util-wm xcb-util-keysyms"
)
# Platforms that Qt can run on without anything to show a window.
_NEED_NO_DISPLAY = ("offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay")
_WAYLANDS = ("wayland", "wayland-egl", "wayland-brcm")
_LIBRARY = re.compile(r"lib[\w.+-]+\.so(?:\.\d+)*")

Environment = Mapping[str, str]


def check_machine(environment: Environment) -> None:
    """Find out whether a window can be shown, with the variables of `environment`.

    Raises MachineLacks with the mend where PySide6, a library it needs, or a display is missing.
    """
    if importlib.util.find_spec("PySide6") is None:
        raise MachineLacks(
            msg("the window needs PySide6, which is not installed; run: python -m pip install cxmapper")
        )
    try:
        from PySide6 import QtWidgets  # noqa: F401  the question is only whether it loads
    except ImportError as problem:
        raise _lacks_library(str(problem)) from problem
    _check_platform(environment)
    if sys.platform.startswith("linux") and _platform(environment) not in _NEED_NO_DISPLAY:
        _check_display(environment)


def live_display(environment: Environment) -> bool:
    """Whether somebody could see a window now. Asks the display only, and does not load Qt."""
    if _platform(environment) in _NEED_NO_DISPLAY:
        return False
    if not sys.platform.startswith("linux"):
        return True
    return _wayland_socket(environment) or _x_server_answers(environment.get("DISPLAY", ""))


def _check_platform(environment: Environment) -> None:
    """Refuse a platform that is asked for by name and is not there: Qt would end by abort()."""
    there, asked = _plugins(), _asked(environment)
    if not asked or not there:
        return
    name = _platform(environment)
    if name not in there:
        raise MachineLacks(
            msg(
                "QT_QPA_PLATFORM asks Qt to show windows by way of {name}, which is not installed; "
                "unset it, or set it to one of: {names}",
                name=name,
                names=", ".join(sorted(there)),
            )
        )
    # Those of X and Wayland are tried with their display.
    problem = _why_not_loadable(there[name].name) if name in _NEED_NO_DISPLAY else None
    if problem is not None:
        raise _lacks_library(problem)


def _plugins() -> dict[str, Path]:
    """The platform plug-ins by name; none where PySide6 has them elsewhere, as those of systems do."""
    files = (path for path in _plugin_folder().glob("*q*") if path.suffix in (".so", ".dll", ".dylib"))
    found = {path.stem.removeprefix("lib").removeprefix("q"): path for path in files}
    # Wayland goes by several names, in one file or several.
    wayland = next((path for name, path in sorted(found.items()) if name.startswith("wayland")), None)
    return found if wayland is None else {**dict.fromkeys(_WAYLANDS, wayland), **found}


def _plugin_folder() -> Path:
    spec = importlib.util.find_spec("PySide6")
    (package, *_) = (spec.submodule_search_locations if spec is not None else None) or [""]
    below = "plugins" if sys.platform == "win32" else "Qt/plugins"
    return Path(package, below, "platforms")


def _check_display(environment: Environment) -> None:
    wayland = _wayland_socket(environment) and _platform(environment) != "xcb"
    if wayland and _why_not_loadable("libqwayland*.so") is None:
        return
    if not environment.get("DISPLAY"):
        if wayland:
            raise _lacks_library(_why_not_loadable("libqwayland*.so") or "")
        raise MachineLacks(
            msg(
                "there is no display to show a window on (DISPLAY and WAYLAND_DISPLAY lead nowhere); "
                "run it on a desktop, or under xvfb-run -a, or use the commands, which need none: "
                "cxmapper --help"
            )
        )
    problem = _why_not_loadable("libqxcb.so")
    if problem is not None:
        raise _lacks_library(problem)
    if not _x_server_answers(environment["DISPLAY"]):
        raise MachineLacks(
            msg(
                "no X server answers at DISPLAY={display}; set DISPLAY to one that runs, or use xvfb-run -a",
                display=environment["DISPLAY"],
            )
        )


def _lacks_library(problem: str) -> MachineLacks:
    found = _LIBRARY.search(problem)
    library = found.group() if found else problem
    return MachineLacks(
        msg(
            "the window needs the system library {library}, which does not load; install it with: {mend}",
            library=library,
            mend=_mend(),
        )
    )


def _mend() -> str:
    """The line that installs what Qt needs, in the words of this system's package manager."""
    if not sys.platform.startswith("linux"):
        return "python -m pip install --force-reinstall PySide6-Essentials"
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8", errors="replace").lower()
    except OSError:
        release = ""
    if re.search(r"^id(_like)?=.*(fedora|rhel)", release, re.MULTILINE):
        return _FEDORA
    return _ARCH if re.search(r"^id(_like)?=.*arch", release, re.MULTILINE) else _DEBIAN


def _platform(environment: Environment) -> str:
    """The platform plug-in that Qt would take of those asked for by name; empty where none is."""
    there, asked = _plugins(), _asked(environment)
    return next((name for name in asked if name in there), asked[0] if asked else "")


def _asked(environment: Environment) -> list[str]:
    """The platform plug-ins that are asked for by name, without their options."""
    parts = environment.get("QT_QPA_PLATFORM", "").split(";")
    return [name for name in (part.split(":")[0].strip().lower() for part in parts) if name]


def _wayland_socket(environment: Environment) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    return bool(name) and (Path(environment.get("XDG_RUNTIME_DIR", "/")) / str(name)).exists()


def _why_not_loadable(pattern: str) -> str | None:
    """Why Qt's platform plug-in of that file name can't be loaded; None where it can."""
    folder = _plugin_folder()
    for plugin in sorted(folder.glob(pattern)):
        try:
            ctypes.CDLL(str(plugin))
        except OSError as problem:
            return str(problem)
        return None
    # A PySide6 of the system keeps its plug-ins elsewhere, and its package has seen to libraries.
    return None if "site-packages" not in str(folder) else pattern


def _x_server_answers(display: str) -> bool:
    """Whether the X server called `display` takes a connection; False where libxcb is missing."""
    if not display:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    fault = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not fault
