"""Every long list has the same pager: odd page numbers and odd addresses lead to a page, and filters are kept."""

import pytest

from grants.domain.words import Role

from . import make

LISTS = (
    "/utlysningar", "/projektbank", "/arenden", "/beslut", "/projekt", "/utbetalningar", "/personer", "/organisationer",
    "/statistik/2024/underlag/received",
)  # fmt: skip


@pytest.mark.parametrize("number", ["0", "-1", "tre", "", "9" * 30, "9" * 5000])
def test_a_page_that_does_not_exist_shows_the_nearest(as_, number):
    client = as_(make.person(Role.OFFICER, also=(Role.DECIDER, Role.TREASURER, Role.KEEPER)))
    for address in LISTS:
        client.page(f"{address}?sida={number}")


def test_the_pager_keeps_what_the_address_says(as_):
    client = as_(make.person(Role.KEEPER))
    page = client.page("/organisationer?slag=municipality&endpoint=x&_external=1&_scheme=x")
    onwards = page.select_one(".pager a[rel=next]")["href"]
    assert onwards.startswith("/organisationer?slag=municipality")
    assert onwards.endswith("sida=2")
    assert client.page(onwards).select_one(".pager a[aria-current=page]").get_text(strip=True).endswith("2")
