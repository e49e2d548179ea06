import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.annotation.shares import Share, assign, parse_share
from zhibiao.errors import InputError

SIZES = st.lists(st.integers(500, 3000), min_size=1, max_size=60).map(
    lambda sizes: {f"r{i}": n for i, n in enumerate(sizes)}
)


@given(SIZES, st.floats(0, 1))
def test_the_part_asked_for_has_two_annotators(sizes: dict[str, int], double: float) -> None:
    owners = assign(sizes, [Share("a"), Share("b"), Share("c")], double=double)
    assert sum(len(set(one)) == 2 for one in owners.values()) == round(double * len(sizes))
    assert owners.keys() == sizes.keys()


@given(SIZES)
def test_loads_come_near_the_shares(sizes: dict[str, int]) -> None:
    owners = assign(sizes, [Share("a", 2), Share("b", 1)])
    load = {name: sum(sizes[r] for r, own in owners.items() if name in own) for name in "ab"}
    assert abs(load["a"] / 2 - load["b"]) <= max(sizes.values())


@given(SIZES, st.data())
def test_what_was_given_stays_given(sizes: dict[str, int], data: st.DataObject) -> None:
    names = data.draw(st.sets(st.sampled_from(sorted(sizes))))
    taken = dict.fromkeys(names, ("b",))
    owners = assign(sizes, [Share("a"), Share("b"), Share("new")], taken=taken)
    assert all(owners[name] == ("b",) for name in names)


@pytest.mark.parametrize(
    "told", ["", "=2", "anna=0", "anna=-1", "anna=x", "anna=inf", "../anna", ".", "an na", "anna/bo"]
)
def test_names_and_weights_that_are_none(told: str) -> None:
    with pytest.raises(InputError):
        parse_share(told)


@pytest.mark.parametrize(("names", "double"), [("a", 0.5), ("aa", 0.0), ("", 0.0), ("ab", 1.5)])
def test_shares_that_cannot_be(names: str, double: float) -> None:
    with pytest.raises(InputError):
        assign({"r": 1}, [Share(name) for name in names], double=double)
