"""Every list of the desk filters by what it offers to filter by, and by nothing else.

A lookup that anyone may make up lets a reader guess what no page shows, sign by sign.
"""

from itertools import zip_longest
from urllib.parse import parse_qsl, urlencode

import pytest
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import IGNORED_PARAMS
from django.urls import reverse

from tests.builders import Province, hand_in

LISTS = sorted(admin.site._registry, key=lambda model: model._meta.label)
of_every_list = pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label_lower)


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def forged(model):
    """A lookup by part of each field, and by what lies one relation on."""
    for field in model._meta.get_fields():
        yield f"{field.name}__contains", "a"
        yield f"{field.name}__gte", "0"
        for beyond in field.related_model._meta.fields if field.is_relation else ():
            yield f"{field.name}__{beyond.name}__startswith", "a"


@of_every_list
def test_a_lookup_that_is_not_offered_is_refused(rf, province: Province, model):
    """Asked where the list is made up: these are hundreds, and a page each would say no more."""
    desk = admin.site._registry[model]
    taken = []
    for lookup, value in forged(model):
        request = rf.get(list_of(model), {lookup: value})
        request.user = province.administrator
        try:
            desk.get_changelist_instance(request)
        except (DisallowedModelAdminLookup, IncorrectLookupParameters):
            continue
        taken.append(lookup)
    assert taken == []


@of_every_list
def test_what_is_refused_is_told_by_a_page(client, province: Province, model):
    client.force_login(province.administrator)
    lookup, value = next(forged(model))
    answer = client.get(list_of(model), {lookup: value})
    # what cannot even be compared so leads back to the whole list
    assert answer.status_code == 400 or answer.url == f"{list_of(model)}?e=1"


def _ends(choices):
    """The first choices of a filter and its last: those between differ by their value alone."""
    return choices if len(choices) < 4 else [*choices[:2], choices[-1]]


def _together(shown):
    """Choices of different filters in one question each: what fails in one fails beside others."""
    of_each = [_ends(list(spec.choices(shown))) for spec in shown.filter_specs]
    for choices in zip_longest(*of_each, fillvalue={"query_string": "?"}):
        chosen = [parse_qsl(choice["query_string"].removeprefix("?"), True) for choice in choices]
        yield urlencode([pair for pairs in chosen for pair in pairs])


def made_up(rf, model, query: str, person):
    """A list as its page makes it up, with what it then shows: a page each would say no more."""
    request = rf.get(f"{list_of(model)}?{query}")
    request.user = person
    listed = admin.site._registry[model].get_changelist_instance(request)
    return listed, list(listed.result_list), listed.narrowed_by


@of_every_list
def test_what_a_list_offers_to_filter_by_it_filters_by(client, rf, province: Province, model):
    hand_in(province.health_submission)
    whole, *_ = made_up(rf, model, "", province.administrator)
    of_its_own = urlencode({name: "" for name in IGNORED_PARAMS if name != "e"})
    together = list(_together(whole))
    for query in [*together, "q=y+te", of_its_own]:
        made_up(rf, model, query, province.administrator)
    client.force_login(province.administrator)
    # drawn: the first that is chosen of each filter, sought in as well
    drawn = "&".join([*together[1:2], "q=y+te"])
    assert client.get(f"{list_of(model)}?{drawn}").status_code == 200


@pytest.mark.parametrize(
    "lookup", ["password", "password__startswith", "password__regex", "last_login__gte", "pk__in"]
)
def test_nobody_guesses_a_password_by_filtering(client, province: Province, lookup):
    client.force_login(province.officer)
    known = {"is_active__exact": "1", "username__exact": "quantri"}
    assert client.get(list_of(type(province.officer)), {"is_active__exact": "1"}).status_code == 200
    for asked in ({lookup: "1"}, known | {lookup: "1"}):
        assert client.get(list_of(type(province.officer)), asked).status_code == 400
