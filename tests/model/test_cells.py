from __future__ import annotations

from minping.model.cells import WORDS, State, state_name


def test_every_state_has_words_in_both_languages_and_one_bit_of_a_byte() -> None:
    assert set(WORDS) == set(State)
    assert sum(int(state) for state in State) == 255
    assert all(words.zh and words.en for words in WORDS.values())


def test_states_add_up_to_a_name() -> None:
    assert state_name(int(State.MISSING | State.IMPUTED)) == "missing+imputed"
    assert state_name(int(State.NOT_APPLICABLE)) == "not_applicable"
    assert state_name(0) == ""
