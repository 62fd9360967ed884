"""Every bundle that was ever published can still be checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.publication.manifest import FORMAT
from minping.publication.verify import verify

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted(HERE.glob("bundle-v*.zip")), ids=lambda path: path.name)
def test_a_bundle_of_every_format_still_verifies(path: Path) -> None:
    found = {check.name: check.outcome for check in verify(path, public_key=HERE / "key.pem").checks}
    assert found == dict.fromkeys(found, "passed") | {"rerun": "skipped"}


def test_the_present_format_has_its_bundle() -> None:
    assert (HERE / f"{FORMAT.replace('/', '-')}.zip").is_file()
