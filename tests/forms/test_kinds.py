"""What is typed is read as it is written in Swedish, and what can mean two things is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.forms import kinds
from model.forms.kinds import (
    UNITS,
    Amount,
    Choice,
    Code,
    Month,
    Percent,
    Quantity,
    Range,
    Text,
    Unreadable,
    Whole,
    Words,
    Year,
    YesNo,
    write_number,
)
from model.years import BEFORE, LATER

KRONOR = st.decimals(Decimal("-89999999999.99"), Decimal("89999999999.99"), places=2)


@pytest.mark.parametrize(
    ("text", "unit", "kronor"),
    [
        ("2500,5", "tkr", "2500500"),
        ("2 500,5", "tkr", "2500500"),
        ("2\u00a0500", "tkr", "2500000"),
        ("2\u202f500", "kr", "2500"),
        ("1.234.567", "kr", "1234567"),
        ("2,5", "mnkr", "2500000"),
        ("2,5 mnkr", "tkr", "2500000"),
        ("300 kr", "mnkr", "300"),
        ("0", "tkr", "0"),
        ("1,2340", "tkr", "1234"),
    ],
)
def test_an_amount_is_read_in_its_unit_unless_it_names_another(text, unit, kronor):
    assert Amount(unit).read(text) == Decimal(kronor)


@pytest.mark.parametrize("text", ["", "okänt", "TBD", "  "])
def test_what_is_not_known_is_nothing_and_not_zero(text):
    assert Amount().read(text.strip()) is None
    assert Quantity().read(text.strip()) is None


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("1,234", kinds.TWO_WAYS),
        ("1.234", kinds.TWO_WAYS),
        ("1,234.50", kinds.ENGLISH),
        ("–", kinds.DASH),
        ("många", kinds.NOT_AN_AMOUNT),
        ("10 %", kinds.NOT_AN_AMOUNT),
        ("5 EUR", kinds.FOREIGN),
        ("-5", kinds.NEGATIVE),
        ("10–20", kinds.ONE_FIGURE),
        ("högst 20", kinds.UPPER_BOUND),
        ("91 000 000 000", kinds.TOO_LARGE),
    ],
)
def test_an_amount_that_is_none_says_what_was_expected(text, template):
    with pytest.raises(Unreadable) as refused:
        Amount().read(text)
    assert refused.value.template == template


def test_where_a_range_may_stand_its_ends_are_read():
    assert Amount(ranges=True).read("80–110") == Range(low=Decimal(80_000), high=Decimal(110_000))
    assert Amount(ranges=True).read("minst 80") == Range(low=Decimal(80_000))
    assert Amount(ranges=True).read("80") == Range(mid=Decimal(80_000))
    assert Amount(ranges=True).read("") == Range()


@given(KRONOR, st.sampled_from(list(UNITS)))
def test_what_is_written_of_an_amount_is_read_as_the_same_amount(kronor, unit):
    kind = Amount(unit, negative=True)
    assert kind.read(kind.write(kronor)) == kronor


@given(st.decimals(-(10**9), 10**9, places=6))
def test_what_is_written_of_a_quantity_is_read_as_the_same_quantity(value):
    assert Quantity().read(Quantity().write(value)) == value


@given(st.decimals(0, 1, places=6))
def test_what_is_written_of_a_share_is_read_as_the_same_share(share):
    assert Percent().read(Percent().write(share)) == share


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234.5", "1\u202f234,5"),
        ("1.234", "1,2340"),
        ("-0.5", "−0,5"),
        ("1000000", "1\u202f000\u202f000"),
        ("1E+3", "1\u202f000"),
        ("0", "0"),
    ],
)
def test_a_number_is_written_with_every_digit_and_in_one_meaning(value, text):
    assert write_number(Decimal(value)) == text


@pytest.mark.parametrize("text", ["0,5", "1"])
def test_what_may_be_a_share_or_a_percentage_is_asked(text):
    with pytest.raises(Unreadable) as refused:
        Percent().read(text)
    assert refused.value.template == kinds.WHICH_SHARE


def test_a_percentage_is_a_share_of_one():
    assert Percent().read("33,3333 %") == Decimal("0.333333")
    assert Percent().read("40") == Decimal("0.4")
    with pytest.raises(Unreadable):
        Percent().read("140 %")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2027", 2027),
        ("before", BEFORE),
        ("före", BEFORE),
        ("t.o.m. 2025", BEFORE),
        ("tom 2025", BEFORE),
        ("senare", LATER),
        ("later", LATER),
        ("", None),
    ],
)
def test_a_year_is_read_in_both_languages(text, year):
    assert Year().read(text) == year


@pytest.mark.parametrize("text", ["27", "0", "9999", "snart", "2027,5"])
def test_a_year_that_is_none_is_refused(text):
    with pytest.raises(Unreadable):
        Year().read(text)


def test_before_is_no_answer_where_only_a_year_will_do():
    with pytest.raises(Unreadable):
        Year(open_ended=False).read("före")


def test_a_month_is_written_in_one_way():
    assert Month().read("2028-6") == "2028-06"
    assert Month().read("") == ""
    with pytest.raises(Unreadable):
        Month().read("2028-13")


def test_other_kinds():
    assert Whole().read("1 200") == 1200
    assert Words().read("range, tbd,, range") == ("range", "tbd")
    assert YesNo().read("") is None
    assert Code().read("0780") == "0780"
    assert Choice({"a": "A"}).read("a") == "a"
    for kind, text in (
        (Whole(), "1,5"),
        (YesNo(), "kanske"),
        (Code(), "780"),
        (Choice({"a": "A"}), "b"),
        (Text(limit=3), "fyra"),
    ):
        with pytest.raises(Unreadable):
            kind.read(text)
