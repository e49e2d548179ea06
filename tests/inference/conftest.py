from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _importable_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process and its workers import ``fake_stages``."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "stages"))
