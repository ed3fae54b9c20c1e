"""Where the platform keeps a program's cache, configuration and state."""

import os
import sys
from pathlib import Path

_NAME = "recoverykb"


def user_cache() -> Path:
    """The folder for what can be made anew."""
    if sys.platform == "linux":
        return _xdg("XDG_CACHE_HOME", ".cache")
    from platformdirs import user_cache_path

    return user_cache_path(_NAME)


CACHE_VARIABLE = "RECOVERYKB_CACHE"


def cache_folder() -> Path:
    """The folder for what the program makes anew: where ``RECOVERYKB_CACHE`` says, or the platform's."""
    override = os.environ.get(CACHE_VARIABLE)
    return Path(override) if override else user_cache()


def user_config() -> Path:
    """The folder for the configuration file."""
    if sys.platform == "linux":
        return _xdg("XDG_CONFIG_HOME", ".config")
    from platformdirs import user_config_path

    return user_config_path(_NAME)


def user_state() -> Path:
    """The folder for what must outlive a run and is no setting, such as drafts."""
    if sys.platform == "linux":
        return _xdg("XDG_STATE_HOME", os.path.join(".local", "state"))
    from platformdirs import user_state_path

    return user_state_path(_NAME)


def _xdg(variable: str, fallback: str) -> Path:
    """As platformdirs has it (XDG Base Directory Specification 0.8), without its import at every start."""
    chosen = os.environ.get(variable, "").strip()
    return Path(chosen or os.path.join(os.path.expanduser("~"), fallback), _NAME)
