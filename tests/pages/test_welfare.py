"""困难群众公开: a printed total that its parts do not make up."""

import pytest

from .driving import DINGHAI, open_page, text_of


@pytest.mark.parametrize("name", ["overview", "welfare"])
def test_the_welfare_total_of_2023_stands_as_printed(served, name):
    text = text_of(open_page(name, opened=True, agency=DINGHAI, year=2023))
    assert "77" in text
    assert "88 条" not in text.replace("相加为 88 条", "")


@pytest.mark.parametrize("name", ["gaps", "quality"])
def test_the_welfare_total_of_2023_is_flagged(served, name):
    text = text_of(open_page(name, opened=True, agency=DINGHAI, year=2023))
    assert "合计 77，各项 12 + 12 + 12 + 12 + 12 + 12 + 12 + 4 = 88，差 11" in text
