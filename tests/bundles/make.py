"""Make the fixture of the present format, once: a small bundle, zipped, signed by a key that is thrown away."""

from __future__ import annotations

import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from minping.publication.archive import packed
from minping.publication.bundle import publish
from minping.publication.manifest import FORMAT
from minping.publication.sign import OwnKey, public_pem
from tests.publication.evaluations import evaluation_in

HERE = Path(__file__).parent


def main() -> None:
    """Write `bundle-v<N>.zip` and its key; an existing one is never replaced."""
    target = HERE / f"{FORMAT.replace('/', '-')}.zip"
    if target.exists():
        raise SystemExit(f"{target} stands for ever")
    key = OwnKey(Ed25519PrivateKey.generate(), HERE / "thrown-away", created=False)
    with tempfile.TemporaryDirectory() as folder:
        bundle = publish(evaluation_in(Path(folder) / "small"), Path(folder), key=key)
        paths = sorted(path for path in bundle.rglob("*") if path.is_file())
        content = {f"{bundle.name}/{path.relative_to(bundle).as_posix()}": path.read_bytes() for path in paths}
        target.write_bytes(packed(content))
    (HERE / "key.pem").write_text(public_pem(key.public), encoding="ascii")


if __name__ == "__main__":
    main()
