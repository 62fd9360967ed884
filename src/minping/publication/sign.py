"""Sign: bytes and an Ed25519 key in, a signature file out; and the check of one, with the key's owner if known.

The private key stays in `$MINPING_HOME/keys` (or `~/.config/minping/keys`), readable by its owner alone, or in the
file that the caller names. Keys of others that are to be trusted lie beside it in `known/*.pem`. The signature is
over the very bytes of the manifest, so `openssl pkeyutl -verify -rawin` can check it without this software.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from minping.errors import BundleError, Place, Problem
from minping.words import Text, both

ALGORITHM = "Ed25519"
OWN = "signing.pem"
MOST_BYTES = 10_000  #: a key or signature file above this is not one


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key to sign with."""

    private: Ed25519PrivateKey
    path: Path
    created: bool  #: True: it was made just now, and its owner should be told where it lies

    @property
    def public(self) -> bytes:
        """The public half, 32 raw bytes."""
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that fits its content."""

    public_key: bytes
    key_id: str
    known_as: str  #: file name of the trusted key; empty where the key is not known here


def key_id(public: bytes) -> str:
    """The short name of a public key: the first 16 hex digits of its SHA-256.

    >>> key_id(bytes(32))
    '66687aadf862bd77'
    """
    return hashlib.sha256(public).hexdigest()[:16]


def keys_folder() -> Path:
    """Where keys lie: `$MINPING_HOME/keys`, or `~/.config/minping/keys`."""
    home = os.environ.get("MINPING_HOME")
    return (Path(home) if home else Path.home() / ".config" / "minping") / "keys"


def own_key(path: Path | None = None) -> OwnKey:
    """The key to sign with: the one in `path`, or this user's own, made on first need.

    Raises:
        BundleError: the file can't be read, written or used.
    """
    if path is not None:
        return OwnKey(_private_key(path), path, created=False)
    path = keys_folder() / OWN
    if path.exists():
        return OwnKey(_private_key(path), path, created=False)
    return OwnKey(_new_key(path), path, created=True)


def public_key(path: Path) -> bytes:
    """The raw public key in a PEM file (a private key's public half will do).

    Raises:
        BundleError: the file can't be read or holds no Ed25519 key.
    """
    content = _content_of(path)
    with suppress(ValueError, TypeError, UnsupportedAlgorithm):
        found = load_pem_public_key(content)
        if isinstance(found, Ed25519PublicKey):
            return found.public_bytes(Encoding.Raw, PublicFormat.Raw)
    with suppress(BundleError):
        return OwnKey(_private_key(path), path, created=False).public
    found_there = Text("不是 Ed25519 公钥", "no Ed25519 public key")
    fix = Text("要发布单位的公钥文件（PEM）", "ask the publisher for the PEM file of the public key")
    raise BundleError(Problem("bad-key", Place(str(path)), found_there, both("PEM"), fix))


def known_keys() -> dict[bytes, str]:
    """Public keys trusted here -> the name of the file that says so; unreadable files are passed over."""
    folder = keys_folder()
    found: dict[bytes, str] = {}
    for path in (folder / OWN, *sorted((folder / "known").glob("*.pem"))):
        with suppress(BundleError):
            found[public_key(path)] = path.name
    return found


def sign(content: bytes, key: OwnKey) -> str:
    """The text of `signature.json` over `content`; the same key and content always give the same text."""
    return _text(key.public, key.private.sign(content))


def check(content: bytes, signature: str, known: Mapping[bytes, str], place: Place) -> Signature:
    """Check a `signature.json` over `content`.

    Raises:
        BundleError: it can't be read, or it is not the signature of this content.
    """
    public, signed = _parts(signature, place)
    if signature != _text(public, signed):  # one way to write it, so that no byte of the file can be changed
        raise _unreadable(place)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed, content)
    except (InvalidSignature, ValueError):
        found = Text("签名与 manifest.json 不符", "the signature doesn't fit manifest.json")
        fix = Text(
            "清单或签名被改动过：请向发布单位重新索取", "one of them was changed: ask the publisher for the bundle"
        )
        raise BundleError(Problem("bad-signature", place, found, both(""), fix)) from None
    return Signature(public, key_id(public), known.get(public, ""))


def public_pem(public: bytes) -> str:
    """A raw public key as PEM, to be handed to others (their `keys/known`)."""
    pem = Ed25519PublicKey.from_public_bytes(public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem.decode()


def _text(public: bytes, signed: bytes) -> str:
    said = {
        "algorithm": ALGORITHM,
        "key_id": key_id(public),
        "public_key": public_pem(public),
        "signature": base64.b64encode(signed).decode(),
        "signed": "manifest.json",
    }
    return json.dumps(said, indent=2) + "\n"


def _parts(signature: str, place: Place) -> tuple[bytes, bytes]:
    """The raw public key and the raw signature of a `signature.json`."""
    try:
        said = json.loads(signature)
        public = load_pem_public_key(said["public_key"].encode())
        if not isinstance(public, Ed25519PublicKey):
            raise TypeError
        signed = base64.b64decode(said["signature"], validate=True)
        return public.public_bytes(Encoding.Raw, PublicFormat.Raw), signed
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, UnsupportedAlgorithm):
        raise _unreadable(place) from None


def _unreadable(place: Place) -> BundleError:
    found = Text("不是可读的签名文件", "not a readable signature")
    allowed = Text("民评写出的 signature.json（Ed25519）", "signature.json as minping writes it (Ed25519)")
    fix = Text("向发布单位重新索取成果包", "ask the publisher for the bundle again")
    return BundleError(Problem("bad-signature", place, found, allowed, fix))


def _private_key(path: Path) -> Ed25519PrivateKey:
    content = _content_of(path)
    try:
        found = load_pem_private_key(content, password=None)
    except TypeError:
        words = Text("私钥带口令", "the key is protected by a password")
        raise _unusable(path, words) from None
    except (ValueError, UnsupportedAlgorithm):
        raise _unusable(path, Text("不是 PEM 格式的私钥", "not a private key in PEM")) from None
    if not isinstance(found, Ed25519PrivateKey):
        raise _unusable(path, Text("私钥不是 Ed25519 类型", "the key is not an Ed25519 key"))
    return found


def _new_key(path: Path) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    except FileExistsError:  # another run was faster; its key is the one
        return _private_key(path)
    except OSError as error:
        raise _unusable(path, Text(f"无法新建密钥：{error.strerror}", f"can't be created: {error.strerror}")) from None
    with suppress(OSError):
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        path.with_suffix(".public.pem").write_text(public_pem(raw), encoding="ascii")
    return key


def _content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unusable(path, Text(f"无法读取：{error.strerror}", f"can't be read: {error.strerror}")) from None
    if len(content) > MOST_BYTES:
        raise _unusable(path, Text("文件过大，不是密钥", "too large for a key"))
    return content


def _unusable(path: Path, found: Text) -> BundleError:
    allowed = Text("PEM 格式的 Ed25519 密钥", "an Ed25519 key in PEM")
    fix = Text(
        "用 openssl genpkey -algorithm ed25519 生成，或不指定以使用本机密钥",
        "make one with openssl genpkey -algorithm ed25519, or name none to use your own",
    )
    return BundleError(Problem("bad-key", Place(str(path)), found, allowed, fix))
