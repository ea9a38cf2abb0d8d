"""Evidence is handed out to whoever may see the union, as a file and nothing else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.builders import PDF, Province
from unions.models import Evidence
from unions.services import evidence


@pytest.fixture
def file(province: Province) -> Evidence:
    upload = SimpleUploadedFile("Quy chế dân chủ “2025”.pdf", PDF)
    return evidence.keep(province.health, upload, by=province.chair_of_health)


def test_a_file_comes_under_its_own_name_as_an_attachment(client, province: Province, file):
    client.force_login(province.chair_of_health)
    response = client.get(reverse("evidence", args=[file.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''Quy%20ch%E1%BA%BF%20d%C3%A2n%20ch%E1%BB%A7%20"
        "%E2%80%9C2025%E2%80%9D.pdf"
    )


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("clerk_of_health", 200),
        ("officer", 200),
        ("inspector", 200),
        ("leader", 200),
        ("chair_of_interior", 404),
        ("viewer", 404),
    ],
)
def test_a_file_is_there_for_those_who_see_the_union(client, province, file, person, status):
    client.force_login(getattr(province, person))
    response = client.get(reverse("evidence", args=[file.pk]))
    response.close()
    assert response.status_code == status


def test_an_anonymous_visitor_is_asked_to_log_in(client, file):
    path = reverse("evidence", args=[file.pk])
    assert client.get(path).url == f"/dang-nhap/?next={path}"
