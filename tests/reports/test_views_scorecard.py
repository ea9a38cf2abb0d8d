"""The scorecard page and what it opens to: totals for many, submissions for those who may."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actionplan.models import Programme
from indicators.queries import Cut, addends
from indicators.queries import scorecard as results_of
from reports.definitions.results import table_rows
from reports.views import scorecard
from tests.builders import PDF, Province, approve, make_user
from tests.indicators.field import Field
from tests.reports.shapes import make_shapes
from tests.reports.years import NO_CANDIDATE, SUMS, VERDICTS, make_many, make_three
from unions.models import User
from unions.queries import node
from unions.services import evidence, unions
from unions.services.events import Decision


def page_of(client: Client, user: User, address: str) -> str:
    """The page as this person sees it."""
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_sums_verdicts_and_rules_stand_on_one_page(client: Client, db):
    make_three()
    page = page_of(client, User.objects.get(username="canbo"), "/ket-qua/CDVC/2025/")
    for code, written in SUMS.items():
        assert f'class="achieved">{written}</td>' in page.replace("\N{NO-BREAK SPACE}", " ")
        assert f"{code}. " in page
    assert page.count('<span class="state state-not_met">Chưa đạt</span>') == 3
    assert page.count('<span class="state state-exceeded">Vượt</span>') == 3
    assert "Chưa đạt" in VERDICTS.values()
    assert "Chỉ tiêu 2.1.3: 1 đơn vị không phát sinh, không tính vào mẫu số." in page


def test_the_pairs_behind_a_total_add_up_to_it(client: Client, db):
    make_three()
    client.force_login(User.objects.get(username="canbo"))
    rows = client.get("/ket-qua/CDVC/2025/2.1.3/").context["page"].object_list
    assert [(row.union_code, row.numerator, row.denominator) for row in rows] == [
        ("CA", None, None),
        ("AN", 3, 1),
        ("BA", 0, 1),
    ]


def test_those_who_may_read_submissions_find_them_behind_the_pairs(client, province: Province):
    submission = approve(province.health_submission, i2_1_3=NO_CANDIDATE)
    page = page_of(client, province.inspector, "/ket-qua/CDVC/2025/2.1.3/")
    assert f'<a href="/so-lieu/{submission.pk}/">Công đoàn cơ sở Sở Y tế</a>' in page
    assert NO_CANDIDATE in page
    assert "Chưa báo cáo" in page


def test_the_upper_federation_sees_totals_and_of_no_single_union(client, province: Province):
    approve(province.health_submission, i2_1_3=NO_CANDIDATE)
    page = page_of(client, province.viewer, "/ket-qua/CDVC/2025/")
    assert "0/1" in page
    for address in ("/ket-qua/CDVC/2025/2.1.3/", "/ket-qua/SYT/2025/", "/ket-qua/SYT/2025/2.1.1/"):
        assert address not in page
        assert client.get(address).status_code == 404
    assert "/ket-qua/CDVC/2025/2.1.3/" not in page_of(client, province.viewer, "/lanh-dao/")
    assert "/ket-qua/CDVC/2025/2.1.3/" in page_of(client, province.leader, "/ket-qua/CDVC/2025/")
    assert "/ket-qua/CDVC/2025/2.1.3/" in page_of(client, province.leader, "/lanh-dao/")


def test_a_fragment_is_the_table_alone(client: Client, province: Province):
    client.force_login(province.leader)
    response = client.get("/ket-qua/CDVC/2025/2.1.1/", headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div class="opened">')
    assert "<html" not in response.content.decode()


def test_many_pairs_come_in_pages(client: Client, province: Province, monkeypatch):
    monkeypatch.setattr(scorecard, "A_PAGE", 1)
    address = "/ket-qua/CDVC/2025/2.1.1/"
    assert "Trang 1/2" in page_of(client, province.leader, address)
    assert "Công đoàn cơ sở Sở Y tế" in page_of(client, province.leader, f"{address}?trang=2")


def test_a_chair_sees_the_own_results_and_no_neighbours(client: Client, province: Province):
    assert "Công đoàn cơ sở Sở Y tế" in page_of(
        client, province.chair_of_health, "/ket-qua/SYT/2025/"
    )
    for address in ("/ket-qua/SNV/2025/", "/ket-qua/CDVC/2025/", "/ket-qua/SNV/2025/2.1.1/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/ket-qua/KHONGCO/2025/",
        "/ket-qua/CDVC/2035/",
        "/ket-qua/CDVC/2025/?chuong-trinh=khong-co",
        "/ket-qua/CDVC/2025/9.9/",
        "/ket-qua/SYT/2025/2.1.6/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, province: Province, address):
    client.force_login(province.leader)
    assert client.get(address).status_code == 404


def test_who_may_see_no_totals_finds_nothing(client: Client, province: Province):
    client.force_login(province.clerk_of_health)
    assert client.get("/ket-qua/SYT/2025/").status_code == 404


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("/ket-qua/CDVC/2025/", 18),
        ("/ket-qua/CDVC/2025/?tu=2024&den=2026", 18),
        # one for the headcounts of those that have not answered
        ("/ket-qua/CDVC/2025/2.1.1/", 21),
    ],
)
def test_a_page_takes_a_stated_number_of_statements_whatever_the_size(
    client, db, django_assert_num_queries, count, address, statements
):
    make_many(count)
    client.force_login(User.objects.get(username="lanhdao"))
    with django_assert_num_queries(statements):
        assert client.get(address).status_code == 200


def choose(client: Client, address: str) -> str:
    """The page as the leader of the shapes sees it."""
    return page_of(client, User.objects.get(username="lanhdao"), address)


def test_a_range_a_cluster_and_a_type_are_chosen_by_a_form_and_named(client: Client, db):
    make_shapes()
    page = choose(client, "/ket-qua/CDVC/2025/?tu=2024&den=2025&cum=C%E1%BB%A5m+1&loai=agency")
    assert '<h1 id="bang">Bảng kết quả từ năm 2024 đến năm 2025</h1>' in page
    assert (
        "từ năm 2024 đến năm 2025, cụm thi đua “Cụm 1”, loại hình “Cơ quan hành chính, đảng, đoàn"
        " thể”." in page
    )
    # An alone: 90 of 100 and 168 of 200
    assert 'class="achieved">258/300 = 86%</td>' in page
    assert page.count("<details") >= 8
    assert '<option value="2024" selected>2024</option>' in page
    assert "Chỉ tiêu 5: bình quân các năm." in page
    assert '<strong class="number">2/2</strong> phiếu số liệu của công đoàn cơ sở' in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tu=2025&den=2024", "Khoảng năm bị ngược: từ 2025 đến 2024."),
        ("tu=2035", "Năm “2035” không có ở đây."),
        ("den=abc", "Năm “abc” không có ở đây."),
        ("cum=%00", "Cụm thi đua “\x00” không có ở đây."),
        ("cum=C%E1%BB%A5m+9", "Cụm thi đua “Cụm 9” không có ở đây."),
        ("loai=khac", "Loại hình “khac” không có ở đây."),
        ("loai=non_public", "Loại hình “non_public” không có ở đây."),
    ],
)
def test_a_choice_that_cannot_be_is_told_and_the_year_shown_instead(client, db, query, sentence):
    make_shapes()
    for address in ("/ket-qua/CDVC/2025/", "/ket-qua/CDVC/2025/1/"):
        page = choose(client, f"{address}?{query}")
        assert sentence in page
        assert "Đang xem năm 2025 của toàn đơn vị." in page
    assert "178/210" in page


def test_the_choice_goes_on_to_the_pairs_and_back(client: Client, db):
    make_shapes()
    chosen = "chuong-trinh=nhieu-dang&amp;tu=2024&amp;den=2025&amp;loai=agency"
    assert f'href="/ket-qua/CDVC/2025/1/?{chosen}"' in choose(
        client, "/ket-qua/CDVC/2025/?tu=2024&den=2025&loai=agency"
    )
    page = choose(client, "/ket-qua/CDVC/2025/1/?tu=2024&den=2025&loai=agency")
    assert f'href="/ket-qua/CDVC/2025/?{chosen}"' in page


def test_groups_and_parts_stand_beneath_and_what_is_missing_beside(client: Client, db):
    make_shapes()
    page = choose(client, "/ket-qua/CDVC/2025/")
    assert (
        '<tr class="depth-1"> <th scope="row"> <span class="name">Khu vực nhà nước</span>' in page
    )
    assert "1.1. Trong đó: Đoàn viên học tập trực tiếp</a>" in page
    for missing in (
        "1 người",
        "21 người",
        "1 đơn vị",
        "15 cuộc",
        "cần bớt 2 vụ",
        "17.500.000 đồng",
    ):
        assert f'<td data-label="Còn thiếu">{missing}</td>' in page
    assert "99,72%" in page
    assert "điều kiện tính: đoàn viên chính thức" in page


def test_the_opened_sum_tells_years_totals_and_what_is_missing(client: Client, db):
    make_shapes()
    page = choose(client, "/ket-qua/CDVC/2025/1.1/?tu=2024&den=2025").replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Năm 2024: 100/160 = 62,50%; vượt; 3/3 đã báo cáo" in page
    assert "Năm 2025: 84/210 = 40%; chưa đạt; 2/3 đã báo cáo" in page
    assert (
        '<th scope="row">Cộng</th> <td class="number">184</td> <td class="number">370</td>' in page
    )
    assert "<strong>184/370 = 49,73%</strong>; chỉ tiêu ≥ 50%" in page
    assert "Còn thiếu 1 người để đạt mức ≥ 50%" in page
    assert "Lưu ý: bình quân tỷ lệ của từng đơn vị là 53,89%" in page


def test_groups_close_the_opened_sum_with_their_own(client: Client, db):
    make_shapes()
    page = choose(client, "/ket-qua/CDVC/2025/2/")
    for name, top, bottom in (("Cộng", 1, 3), ("Khu vực nhà nước", 1, 2), ("Ngoài nhà nước", 0, 1)):
        assert (
            f'<th scope="row">{name}</th> <td class="number">{top}</td>'
            f' <td class="number">{bottom}</td>' in page
        )


def test_the_pairs_of_every_cut_add_up_to_its_line(client: Client, db):
    programme = make_shapes()
    place = node(programme.union)
    cuts = [
        Cut(place, 2024, 2024),
        Cut(place, 2024, 2025, "Cụm 1"),
        Cut(place, 2025, 2025, "", "agency"),
    ]
    for cut in cuts:
        for row in table_rows(results_of(programme, cut)):
            if row.code and row.code != "6":
                pairs = [one.pair for one in addends(programme, cut, row.code) if one.pair]
                total = row.outcome.total
                assert (total.numerator, total.denominator) == tuple(
                    map(sum, zip(*pairs, strict=True))
                )


def test_evidence_is_for_those_who_may_read_the_submission(client: Client, province: Province):
    submission = approve(province.health_submission)
    figure = submission.figures.get(indicator__code="2.1.1")
    upload = SimpleUploadedFile("danh sách.pdf", PDF)
    figure.evidence.add(evidence.keep(province.health, upload, by=province.chair_of_health))
    link = f'href="/minh-chung/{figure.evidence.get().pk}/">danh sách.pdf</a>'
    address = "/ket-qua/CDVC/2025/2.1.1/"
    assert link in page_of(client, province.inspector, address)
    client.force_login(province.viewer)
    assert client.get(address).status_code == 404


def test_nobody_in_a_cut_is_said_so(client: Client, db):
    make_shapes()
    page = choose(client, "/ket-qua/CDVC/2025/1/?cum=C%E1%BB%A5m+2&loai=non_state")
    assert "Không có đơn vị nào trong phạm vi này." in page


def test_years_that_were_not_opened_are_named(client: Client, db):
    make_shapes()
    page = choose(client, "/ket-qua/CDVC/2025/?tu=2024&den=2026")
    assert page.count("chưa mở kỳ báo cáo nên chưa có số liệu") == 1
    assert "Năm 2026 chưa mở kỳ báo cáo nên chưa có số liệu." in page


def test_a_mean_of_years_stands_beside_no_sums_that_it_is_not_made_of(client: Client, db):
    make_shapes()
    page = choose(client, "/ket-qua/CDVC/2025/5/?tu=2024&den=2025")
    closing = '<th scope="row">Cộng</th> <td class="number">{}</td> <td class="number">{}</td>'
    assert closing.format("–", "–") in page
    assert "Chỉ tiêu 5: bình quân các năm." in page
    # of one year the quotient is 5 over two unions
    assert closing.format(5, 2) in choose(client, "/ket-qua/CDVC/2025/5/")


def test_what_the_province_answers_itself_stands_in_no_cluster_and_no_type(client: Client, db):
    root = make_three()
    user = User.objects.get(username="canbo")
    type = root.current.type
    for query, status in ((f"?loai={type}", 404), ("", 200)):
        page = page_of(client, user, f"/ket-qua/CDVC/2025/{query}")
        assert ("2.1.6. " in page) is (status == 200)
        assert "2.1.1. " in page
        assert client.get(f"/ket-qua/CDVC/2025/2.1.6/{query}").status_code == status


@pytest.fixture
def divided(db) -> Field:
    """A union of the north, 41 of whose 100 people reached the aim, became three parts to seven."""
    field = Field()
    parts = {
        field.new(field.north, "X"): Decimal("0.3"),
        field.new(field.south, "Y"): Decimal("0.7"),
    }
    unions.split(field.a, parts, Decision(date(2025, 3, 1)), ends=True, by=None)
    make_user("canbo", "officer", field.root, full_name="Nguyễn Thị Cán Bộ")
    return field


def test_results_stand_where_the_heirs_are_when_that_is_asked(client: Client, divided: Field):
    officer, address = User.objects.get(username="canbo"), "/ket-qua/BAC/2024/"
    then = page_of(client, officer, address)
    assert 'class="achieved">71/150' in then
    assert "Công đoàn miền Bắc, năm 2024." in then
    now = page_of(client, officer, f"{address}?theo=now")
    assert 'class="achieved">42,30/80' in now
    assert "Công đoàn miền Bắc, năm 2024, theo tổ chức hiện nay." in now
    assert "1 đơn vị đã chia tách, một phần thuộc phạm vi này" in now
    assert '<option value="now" selected>Hiện nay</option>' in now
    assert "theo=now" in now.split("/ket-qua/BAC/2024/P/")[1][:60]


def test_the_pairs_of_today_name_the_heirs_and_the_part(client: Client, divided: Field):
    officer = User.objects.get(username="canbo")
    page = page_of(client, officer, "/ket-qua/BAC/2024/P/?theo=now")
    assert "CĐCS A</a> <span" in page
    assert "(nay thuộc CĐCS X (30%), CĐCS Y (70%))" in page
    assert '<td class="number">12,3</td> <td class="number">30</td>' in page
    page = page_of(client, officer, "/ket-qua/BAC/2024/U/?theo=now")
    assert "Không xác định được phần thuộc phạm vi này" in page


def test_an_organisation_that_is_none_is_told_beside_the_field(client: Client, divided: Field):
    page = page_of(client, User.objects.get(username="canbo"), "/ket-qua/BAC/2024/?theo=mai")
    assert "Cách tính theo tổ chức “mai” không có ở đây." in page
    assert 'class="achieved">71/150' in page


def test_the_page_of_today_asks_a_constant_number_of_statements(
    client: Client, divided: Field, django_assert_max_num_queries
):
    client.force_login(User.objects.get(username="canbo"))
    client.get("/ket-qua/BAC/2024/?theo=now")
    with django_assert_max_num_queries(18) as few:
        client.get("/ket-qua/BAC/2024/?theo=now")
    for number in range(4):
        union = divided.member(divided.north, f"M{number}", done=1, total=2, cases=1, did=1)
        unions.merge_into(union, divided.c, Decision(date(2025, 4, 1)), by=None)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/ket-qua/BAC/2024/?theo=now")


def test_the_opened_sum_of_money_is_in_full_and_its_target_has_a_unit(client: Client, db):
    make_shapes()
    page = choose(client, "/ket-qua/CDVC/2024/7/")
    assert "<strong>52.500.000 đồng</strong>; chỉ tiêu ≥ 50 triệu đồng" in page


def test_what_was_said_beside_a_figure_is_for_those_who_may_read_it(client, province: Province):
    submission = approve(province.health_submission)
    figure = submission.figures.get(indicator__code="2.1.3")
    figure.answers |= {"extra_admitted": 7}
    figure.remark = "Đơn vị mở lớp riêng."
    figure.save()
    address = "/ket-qua/CDVC/2025/2.1.3/"
    sentence = "Kèm theo chỉ tiêu 2.1.3: Số đoàn viên ưu tú được kết nạp: 7."
    page = page_of(client, province.inspector, address)
    assert "Giải trình: Đơn vị mở lớp riêng." in page
    assert ">Số đoàn viên ưu tú được kết nạp: 7<" in page
    assert sentence in page
    assert sentence in page_of(client, province.inspector, "/ket-qua/CDVC/2025/")
    shown = page_of(client, province.viewer, "/ket-qua/CDVC/2025/")
    assert sentence in shown
    assert "Giải trình" not in shown


def test_of_two_programmes_of_a_year_each_is_offered(client: Client, province: Province):
    first = province.programme
    client.force_login(province.officer)
    address = "/ket-qua/CDVC/2025/"
    assert "Chọn chương trình" not in client.get(address).content.decode()
    second = Programme.objects.get(pk=first.pk)
    second.pk, second.code, second.number = None, "sau", "31/CTr-CĐVC"
    second.term_from = first.term_from + 1
    second.save()
    page = client.get(address, {"chuong-trinh": first.code, "cum": ""})
    links = {link.programme.number: link.address for link in page.context["held"]}
    assert set(links) == {first.number, "31/CTr-CĐVC"}
    other = client.get(address + links["31/CTr-CĐVC"])
    assert other.context["programme"].code == "sau"
    assert f"{first.number}, nhiệm kỳ {first.term}</a>" in other.content.decode()


def test_the_desk_of_a_programme_leads_to_its_results(client: Client, province: Province):
    client.force_login(province.officer)
    desk = client.get(
        f"/quan-tri/actionplan/programme/{province.programme.pk}/change/", follow=True
    )
    link = f"/lanh-dao/?chuong-trinh={province.programme.code}"
    assert link in desk.content.decode()
    assert client.get(link).status_code == 200
