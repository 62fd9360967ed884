"""Keys and signatures: made with care, refused when wrong, checkable without this software."""

from __future__ import annotations

import base64
import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from minping.errors import BundleError, Place
from minping.publication.sign import check, key_id, known_keys, own_key, public_key, public_pem, sign

CONTENT = b'{"format": "bundle/v1"}\n'


def code_of(error: pytest.ExceptionInfo[BundleError]) -> str:
    return error.value.problems[0].code


def test_a_key_is_made_on_first_need_for_its_owner_alone_and_kept(home: Path) -> None:
    first, second = own_key(), own_key()
    assert first.created
    assert not second.created
    assert first.public == second.public
    assert first.path == home / "keys" / "signing.pem"
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600


def test_the_key_lies_in_the_users_configuration_where_no_home_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MINPING_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert own_key().path == tmp_path / ".config" / "minping" / "keys" / "signing.pem"


def test_a_signature_fits_its_content_and_no_other() -> None:
    key = own_key()
    text = sign(CONTENT, key)
    assert check(CONTENT, text, {}, Place()).key_id == key_id(key.public)
    with pytest.raises(BundleError) as error:
        check(CONTENT + b" ", text, {}, Place())
    assert code_of(error) == "bad-signature"


def test_no_byte_of_a_signature_file_can_be_changed() -> None:
    text = sign(CONTENT, own_key())
    for at in range(len(text)):
        with pytest.raises(BundleError):
            check(CONTENT, text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :], {}, Place())
    with pytest.raises(BundleError):
        check(CONTENT, text + " ", {}, Place())


def test_signing_twice_gives_the_same_text() -> None:
    assert sign(CONTENT, own_key()) == sign(CONTENT, own_key())


def test_the_signature_of_another_key_under_this_keys_name_is_refused() -> None:
    told = json.loads(sign(CONTENT, own_key()))
    other = Ed25519PrivateKey.generate()
    told["signature"] = base64.b64encode(other.sign(CONTENT)).decode()
    with pytest.raises(BundleError):
        check(CONTENT, json.dumps(told, indent=2) + "\n", {}, Place())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "{" * 10_000,
        '{"algorithm": "none", "public_key": "", "signature": ""}',
        '{"algorithm": "Ed25519", "public_key": "no key", "signature": "AAAA"}',
        '{"algorithm": "Ed25519", "public_key": 1, "signature": "AAAA"}',
    ],
)
def test_what_is_no_signature_is_refused_in_words(text: str) -> None:
    with pytest.raises(BundleError) as error:
        check(CONTENT, text, {}, Place("signature.json"))
    assert code_of(error) == "bad-signature"
    assert error.value.problems[0].place.file == "signature.json"


def _pem(key: Ed25519PrivateKey | rsa.RSAPrivateKey, word: bytes = b"") -> bytes:
    how = BestAvailableEncryption(word) if word else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)


BAD_KEYS = {
    "empty": b"",
    "text": b"hello",
    "cut short": _pem(Ed25519PrivateKey.generate())[:60],
    "of another kind": _pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)),
    "with a password": _pem(Ed25519PrivateKey.generate(), b"secret"),
    "a public key": public_pem(bytes(32)).encode(),
    "far too large": _pem(Ed25519PrivateKey.generate()) + b"\n" * 20_000,
}


@pytest.mark.parametrize("kind", BAD_KEYS)
def test_a_key_file_that_is_wrong_is_refused_in_words(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(BAD_KEYS[kind])
    with pytest.raises(BundleError) as error:
        own_key(path)
    assert code_of(error) == "bad-key"
    assert error.value.problems[0].place.file == str(path)
    assert error.value.problems[0].found.zh
    assert error.value.problems[0].found.en


def test_a_key_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pem", tmp_path):
        with pytest.raises(BundleError) as error:
            own_key(path)
        assert code_of(error) == "bad-key"


def test_a_home_that_cannot_hold_a_key_is_said(home: Path) -> None:
    home.write_text("a file, not a folder")
    with pytest.raises(BundleError) as error:
        own_key()
    assert code_of(error) == "bad-key"


def test_a_public_key_is_read_from_either_half(tmp_path: Path) -> None:
    key = own_key()
    (tmp_path / "public.pem").write_text(public_pem(key.public))
    assert public_key(tmp_path / "public.pem") == public_key(key.path) == key.public


def test_keys_of_others_are_known_by_their_file_and_junk_is_passed_over(home: Path) -> None:
    mine, theirs = own_key(), Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    known = home / "keys" / "known"
    known.mkdir()
    (known / "audit-office.pem").write_text(public_pem(theirs))
    (known / "junk.pem").write_text("no key")
    assert known_keys() == {mine.public: "signing.pem", theirs: "audit-office.pem"}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
def test_openssl_can_check_the_signature(tmp_path: Path) -> None:
    told = json.loads(sign(CONTENT, own_key()))
    (tmp_path / "manifest.json").write_bytes(CONTENT)
    (tmp_path / "key.pem").write_text(told["public_key"])
    (tmp_path / "manifest.sig").write_bytes(base64.b64decode(told["signature"]))
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile manifest.sig"
    assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "manifest.json").write_bytes(CONTENT + b" ")
    assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode != 0
