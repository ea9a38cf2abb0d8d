"""Unions, people and the journal at the desk."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import Province, make_province, make_union, make_user
from tests.crowd import make_unions
from unions.access import Role
from unions.models import JournalEntry, Placement, Union, User

DECISION = {
    "number": "12/QĐ-CĐVC",
    "signer": "",
    "effective_on": "01/03/2026",
    "hand_over_by": "",
    "note": "",
    "confirmed": "1",
}
FOUNDING = DECISION | {
    "code": "STC",
    "name": "Công đoàn cơ sở Sở Tài chính",
    "short_name": "",
    "type": "agency",
    "level": "grassroots",
    "calendar": "calendar_year",
    "cluster": "Cụm 1",
    "place": "",
}
PERSON = {
    "full_name": "Đặng Thị Ổn",
    "username": "dang.on",
    "position": "Phó Chủ tịch",
    "phone": "0912 000 111",
    "email": "",
}


def _list(page: str) -> str:
    return reverse(f"admin:unions_{page}_changelist")


def _act(page: str, act: str, row: object = None) -> str:
    return reverse(f"admin:unions_{page}_{act}", args=[row.pk] if row else [])


def _sentences() -> list[str]:
    return list(JournalEntry.objects.order_by("pk").values_list("sentence", flat=True))


def _decide(client: Client, address: str, typed: dict[str, object]):
    """The answer to a decision that is confirmed as it was shown, or to one that cannot be."""
    page = client.post(address, typed)
    if "outlook" not in page.context:
        return page
    return client.post(address, typed | {"read": page.context["outlook"].mark})


def _found(client: Client, parent: Union, **changed: str):
    typed = FOUNDING | {"parent": parent.pk} | changed
    return _decide(client, _act("union", "found"), typed)


@pytest.mark.parametrize("term", ["y te", "Y TẾ", "sở  y\u00a0\t tế", "syt"])
def test_unions_are_found_without_accents_and_by_code(client, province: Province, term):
    client.force_login(province.officer)
    found = client.get(_list("union"), {"q": term}).context["cl"].result_list
    assert [union.code for union in found] == ["SYT"]


@pytest.mark.parametrize("term", ["le  thi anh", "CANBO", "canbo@"])
def test_people_are_found_by_any_name_without_accents(client, province: Province, term):
    client.force_login(province.officer)
    found = client.get(_list("user"), {"q": term}).context["cl"].result_list
    assert list(found) == [province.officer]


def test_people_are_found_by_their_union(client, province: Province):
    client.force_login(province.officer)
    found = client.get(_list("user"), {"q": "so noi vu"}).context["cl"].result_list
    assert list(found) == [province.chair_of_interior]


@pytest.mark.parametrize("page", ["union", "user"])
def test_a_list_costs_the_same_with_three_rows_and_with_thirty(
    client, province: Province, page, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(province.officer)
    with django_assert_max_num_queries(20) as few:
        client.get(_list(page))
    more = {f"D{number}": f"Đơn vị {number}" for number in range(30)}
    for number, union in enumerate(make_unions(province.root, more)):
        make_user(f"chutich{number}", Role.CHAIR, union, full_name=f"Người {number}")
    with django_assert_num_queries(len(few)):
        client.get(_list(page))


def test_rows_of_another_province_do_not_exist_here(client, province: Province):
    other = make_province(code="CDVC2", name="Công đoàn Viên chức tỉnh khác")
    theirs = make_union(other, code="XA", name="Công đoàn cơ sở ở xa")
    their_chair = make_user("chutich.xa", Role.CHAIR, theirs, full_name="Người Ở Xa")
    client.force_login(province.administrator)
    assert theirs not in client.get(_list("union")).context["cl"].result_list
    for page, own, foreign in [
        ("union", province.health, theirs),
        ("user", province.chair_of_health, their_chair),
    ]:
        address = f"admin:unions_{page}_change"
        assert client.get(reverse(address, args=[own.pk])).status_code == 200
        assert client.get(reverse(address, args=[foreign.pk])).status_code == 404


def test_the_page_of_a_union_holds_its_past(client, province: Province):
    client.force_login(province.inspector)
    page = client.get(reverse("admin:unions_union_change", args=[province.health.pk]))
    text = page.content.decode()
    for expected in ["Công đoàn cơ sở Sở Y tế", "Nguyễn Văn Ước", "Thành lập ngày 01/01/2020"]:
        assert expected in text
    assert (
        reverse("admin:indicators_submission_change", args=[province.health_submission.pk]) in text
    )


def test_a_union_is_founded_by_its_decision(client, province: Province):
    client.force_login(province.administrator)
    _found(client, province.root)
    placement = Placement.objects.get(union__code="STC")
    assert (placement.name, placement.parent, placement.valid_from) == (
        "Công đoàn cơ sở Sở Tài chính",
        province.root,
        date(2026, 3, 1),
    )
    assert _sentences()[-1] == "Thành lập Công đoàn cơ sở Sở Tài chính từ ngày 01/03/2026"


def test_a_code_already_used_is_told_beside_what_was_typed(client, province: Province):
    client.force_login(province.administrator)
    page = _found(client, province.root, code="SYT")
    assert page.context["form"].errors == {
        "code": ["Mã đơn vị “SYT” đã được dùng. Hãy chọn mã khác."]
    }
    assert page.context["form"]["name"].value() == "Công đoàn cơ sở Sở Tài chính"
    assert Union.objects.count() == 3


def test_a_merger_ends_one_union_and_names_the_other(client, province: Province):
    client.force_login(province.administrator)
    typed = DECISION | {"successor": province.interior.pk}
    _decide(client, _act("union", "merge", province.health), typed)
    province.health.refresh_from_db()
    assert province.health.ended_on == date(2026, 3, 1)
    event = province.health.events_as_predecessor.get()
    assert (list(event.successors.all()), event.decision_number) == (
        [province.interior],
        "12/QĐ-CĐVC",
    )
    assert _sentences()[-1] == (
        "Sáp nhập Công đoàn cơ sở Sở Y tế vào Công đoàn cơ sở Sở Nội vụ từ ngày 01/03/2026"
    )


def test_a_union_with_others_beneath_it_is_not_dissolved(client, province: Province):
    client.force_login(province.administrator)
    page = client.post(_act("union", "dissolve", province.root), DECISION)
    (sentence,) = page.context["form"].non_field_errors()
    assert "còn 2 đơn vị trực thuộc" in sentence
    _decide(client, _act("union", "dissolve", province.health), DECISION)
    ended = Union.objects.filter(ended_on__isnull=False)
    assert [union.code for union in ended] == ["SYT"]


@pytest.mark.parametrize("role", ["officer", "inspector"])
def test_only_the_administrator_changes_the_organisation_and_the_people(client, province, role):
    before = (Union.objects.count(), User.objects.count(), JournalEntry.objects.count())
    client.force_login(getattr(province, role))
    chair = province.chair_of_health
    for address in [
        _act("union", "found"),
        _act("union", "dissolve", province.health),
        _act("union", "merge", province.health),
        _act("user", "open_account"),
        *(_act("user", act, chair) for act in ["amend", "appoint", "relieve", "switch"]),
    ]:
        assert client.post(address, DECISION).status_code == 403, address
    assert before == (Union.objects.count(), User.objects.count(), JournalEntry.objects.count())
    client.force_login(province.administrator)
    assert client.get(_act("union", "dissolve", province.health)).status_code == 200


def _open_account(client: Client, province: Province, **changed: str):
    typed = {"role": "clerk", "union": province.health.pk, "valid_from": "01/03/2026"}
    return client.post(_act("user", "open_account"), PERSON | typed | changed)


def _link_on(page) -> str:
    return re.search(r"/mat-khau/dat-lai/[^\s<]+", page.content.decode())[0]


def test_a_new_person_gets_a_role_and_a_link_that_sets_a_password_once(client, province):
    client.force_login(province.administrator)
    link = _link_on(_open_account(client, province))
    user = User.objects.get(username="dang.on")
    assert (user.phone, user.email, user.has_usable_password()) == ("0912000111", None, False)
    assert [(a.role, a.union) for a in user.appointments.all()] == [("clerk", province.health)]
    stranger = Client()
    form = stranger.get(link, follow=True).redirect_chain[-1][0]
    secret = "mot-cum-tu-moi-2026"
    stranger.post(form, {"new_password1": secret, "new_password2": secret})
    assert Client().login(username="dang.on", password=secret)
    again = Client().get(link, follow=True)
    assert not again.context["validlink"]
    assert _sentences()[-3:] == [
        "Tạo tài khoản",
        "Phân công “Cán bộ nhập số liệu” ở Công đoàn cơ sở Sở Y tế",
        "Cấp liên kết đặt mật khẩu một lần",
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": "canbo"}, "Tên đăng nhập này đã có người dùng."),
        ({"username": "có dấu"}, "Tên đăng nhập chỉ gồm chữ thường không dấu"),
        ({"phone": "12"}, "Số điện thoại gồm 10 chữ số"),
        ({"email": "yte@vidu.vn"}, "Địa chỉ thư này đã có người dùng."),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_a_sentence(client, province, changed, sentence):
    client.force_login(province.administrator)
    page = _open_account(client, province, **changed)
    (told,) = page.context["form"].non_field_errors()
    assert told.startswith(sentence)
    assert User.objects.count() == 8


def test_a_person_is_corrected_and_the_journal_names_the_fields_alone(client, province):
    client.force_login(province.administrator)
    typed = PERSON | {"username": "chutich.yte", "email": "yte@vidu.vn"}
    client.post(_act("user", "amend", province.chair_of_health), typed)
    province.chair_of_health.refresh_from_db()
    assert province.chair_of_health.full_name == "Đặng Thị Ổn"
    assert _sentences()[-1] == "Sửa tài khoản: họ và tên, chức vụ, điện thoại"


def test_a_person_is_appointed_and_relieved(client, province: Province):
    client.force_login(province.administrator)
    clerk = province.clerk_of_health
    typed = {"role": "clerk", "union": province.interior.pk, "valid_from": "01/03/2026"}
    client.post(_act("user", "appoint", clerk), typed)
    appointment = clerk.appointments.get(union=province.interior)
    typed = {"appointment": appointment.pk, "valid_to": "01/04/2026"}
    client.post(_act("user", "relieve", clerk), typed)
    appointment.refresh_from_db()
    assert (appointment.valid_from, appointment.valid_to) == (date(2026, 3, 1), date(2026, 4, 1))
    assert [sentence.split("“")[0] for sentence in _sentences()[-2:]] == [
        "Phân công ",
        "Thôi phân công ",
    ]


def test_a_role_held_already_is_not_given_twice(client, province: Province):
    client.force_login(province.administrator)
    typed = {"role": "chair", "union": province.health.pk, "valid_from": "01/03/2026"}
    page = client.post(_act("user", "appoint", province.chair_of_health), typed)
    assert page.context["form"].non_field_errors() == [
        "Nguyễn Văn Ước đang giữ vai trò này ở Công đoàn cơ sở Sở Y tế."
    ]


def test_an_account_that_is_off_lets_nobody_in_until_it_is_on_again(client, province: Province):
    client.force_login(province.administrator)
    chair, switch = province.chair_of_health, _act("user", "switch", province.chair_of_health)
    client.post(switch)
    assert not Client().login(username=chair.username, password="Mat-khau-thu-1")
    client.post(switch)
    assert Client().login(username=chair.username, password="Mat-khau-thu-1")
    assert _sentences()[-2:] == ["Khoá tài khoản", "Mở lại tài khoản"]


def test_nobody_locks_themselves_out(client, province: Province):
    client.force_login(province.administrator)
    page = client.post(_act("user", "switch", province.administrator))
    (sentence,) = page.context["form"].non_field_errors()
    assert sentence.startswith("Không thể tự khoá tài khoản của mình.")
    province.administrator.refresh_from_db()
    assert province.administrator.is_active


def test_the_journal_is_read_by_those_who_may_and_changed_by_nobody(client, province: Province):
    entry = JournalEntry.objects.first()
    change = reverse("admin:unions_journalentry_change", args=[entry.pk])
    for role, status in [("inspector", 200), ("administrator", 200), ("officer", 403)]:
        client.force_login(getattr(province, role))
        assert client.get(_list("journalentry")).status_code == status
        assert client.get(change).status_code == status
        assert client.post(change, {"sentence": "khác"}).status_code == 403
    assert JournalEntry.objects.get(pk=entry.pk).sentence == entry.sentence


@pytest.mark.parametrize("page", ["union", "user", "journalentry"])
def test_nothing_is_added_changed_or_deleted_around_the_services(client, province, page):
    client.force_login(province.administrator)
    row = {"union": province.health, "user": province.officer}.get(
        page, JournalEntry.objects.first()
    )
    assert client.get(reverse(f"admin:unions_{page}_add")).status_code == 403
    for action in ["change", "delete"]:
        address = reverse(f"admin:unions_{page}_{action}", args=[row.pk])
        assert client.post(address, {"post": "yes"}).status_code == 403


def test_the_history_of_a_row_is_its_journal(client, province: Province):
    client.force_login(province.administrator)
    client.post(_act("user", "switch", province.chair_of_health))
    page = client.get(reverse("admin:unions_user_history", args=[province.chair_of_health.pk]))
    assert [entry.sentence for entry in page.context["entries"]] == ["Khoá tài khoản"]


def test_the_history_of_a_row_is_offered_to_readers_of_the_journal_alone(client, province):
    row = [province.health.pk]
    history = reverse("admin:unions_union_history", args=row)
    for role, status in [("inspector", 200), ("officer", 403)]:
        client.force_login(getattr(province, role))
        assert client.get(history).status_code == status
        page = client.get(reverse("admin:unions_union_change", args=row)).content.decode()
        assert (f'href="{history}"' in page) is (status == 200)


@pytest.mark.parametrize("key", ["abc", "1%00", "'", "99999999999999999999"])
@pytest.mark.parametrize("page", ["unions_union", "actionplan_period", "unions_user"])
def test_an_address_without_a_row_is_not_found(client, province: Province, page, key):
    client.force_login(province.administrator)
    address = reverse(f"admin:{page}_changelist")
    assert client.get(f"{address}{key}/change/").status_code == 404


@pytest.mark.parametrize("key", ["abc", "\x00", "99999999999999999999"])
def test_a_union_that_is_none_is_a_mistake_of_the_form(client, province: Province, key):
    client.force_login(province.administrator)
    page = _open_account(client, province, union=key)
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"union"}


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("officer", "clerk_of_health", 200),
        ("officer", "chair_of_health", 200),
        ("officer", "leader", 403),
        ("officer", "administrator", 403),
        ("officer", "officer", 403),
        ("inspector", "clerk_of_health", 403),
        ("administrator", "officer", 200),
    ],
)
def test_officers_hand_over_links_to_people_beneath_them(client, province, who, whom, status):
    person = getattr(province, whom)
    client.force_login(getattr(province, who))
    address = _act("user", "link", person)
    page = client.get(reverse("admin:unions_user_change", args=[person.pk])).content.decode()
    assert (f'href="{address}"' in page) is (status == 200)
    response = client.post(address)
    assert response.status_code == status
    assert ("Cấp liên kết đặt mật khẩu một lần" in _sentences()) is (status == 200)
    if status == 200:
        assert _link_on(response)


ALPHABET = ["An", "Ánh", "Bình", "Dung", "Đào", "Ê", "Giang", "Ôn", "Ơn", "Ước"]


@pytest.mark.parametrize("page", ["unions_union", "indicators_submission", "sorted by hand"])
def test_lists_stand_in_the_order_of_the_vietnamese_alphabet(client, province: Province, page):
    for place, name in enumerate(reversed(ALPHABET)):
        make_union(province.root, code=f"Z{place}", name=name)
    client.force_login(province.officer)
    asked = {"o": "2"} if page == "sorted by hand" else {}
    name = "indicators_submission" if asked else page
    rows = client.get(reverse(f"admin:{name}_changelist"), asked).context["cl"].result_list
    shown = [getattr(row, "placement", row).name for row in rows]
    assert [one for one in shown if one in ALPHABET] == ALPHABET


@pytest.mark.parametrize("asked", [{}, {"o": "0"}])
def test_people_stand_in_the_order_of_their_given_names(client, province: Province, asked):
    names = ["Vũ Thị Bình", "Bùi Văn Đào", "Cao Hà", "Đỗ An Hà", "Cao Văn Hà", "Bùi Thị Hạ"]
    for place, name in enumerate(reversed(names)):
        make_user(f"nguoi{place}", Role.CLERK, province.health, full_name=name)
    client.force_login(province.officer)
    people = client.get(reverse("admin:unions_user_changelist"), asked).context["cl"].result_list
    assert [one.full_name for one in people if one.full_name in names] == names
    page = client.get(reverse("admin:unions_union_change", args=[province.health.pk]))
    page = page.content.decode()
    assert sorted(names, key=page.index) == names
