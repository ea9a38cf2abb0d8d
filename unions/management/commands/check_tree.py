"""Prove that the tree of unions holds together on every day."""

from typing import Any

from django.core.management.base import CommandError

from unions.management.operating import OperatorCommand
from unions.models import OrgEvent, Placement, Union
from unions.queries import event_faults, tree_faults, tree_remarks
from unions.services import events, lineage


class Command(OperatorCommand):
    help = (
        "Kiểm tra cây tổ chức: không hở, không chồng, không vòng, không đơn vị nào mồ côi, mọi sự"
        " kiện đúng như đã ghi, kế thừa đến nay khớp với các sự kiện, mỗi phiếu đúng đơn vị."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [*tree_faults(), *event_faults(), *lineage.faults(), *events.faults_above()]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"Cây tổ chức có {len(faults)} chỗ sai.", returncode=2)
        for remark in tree_remarks():
            self.stdout.write(f"Lưu ý: {remark}")
        counts = (Union.objects.count(), Placement.objects.count(), OrgEvent.objects.count())
        self.stdout.write("Cây tổ chức đúng: {} đơn vị, {} vị trí, {} sự kiện.".format(*counts))
