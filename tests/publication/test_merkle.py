"""Merkle trees against the published vectors of certificate transparency, and their proofs."""

from __future__ import annotations

import pytest

from minping.publication.merkle import file_entries, file_root, root

# google/certificate-transparency, merkletree/merkle_tree_test.cc: inputs, and the roots of their prefixes.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize(("size", "known"), ROOTS.items())
def test_the_root_is_that_of_the_certificate_transparency_vectors(size: int, known: str) -> None:
    assert root(INPUTS[:size]).hex() == known


def test_a_leaf_is_never_taken_for_an_inner_node() -> None:
    one, other = root([b"a"]), root([b"b"])
    assert root([one + other]) != root([b"a", b"b"])


def test_the_order_in_which_files_are_named_does_not_matter_and_names_do() -> None:
    files = {"b.csv": "00" * 32, "a.csv": "11" * 32}
    assert file_root(files) == file_root(dict(reversed(files.items())))
    assert file_root(files) != file_root({"b.csv": "11" * 32, "a.csv": "00" * 32})
    assert file_entries(files) == [b"11" * 32 + b"  a.csv\n", b"00" * 32 + b"  b.csv\n"]
