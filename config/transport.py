"""A folder of messages as the queue, such that a message that is cut short harms nobody.

Kombu's own writes a message where readers already look, and a reader that meets half of one ends.
Messages of the portal only wake the worker, so that one that is lost costs a minute at most.
"""

import logging
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem, virtual
from kombu.utils.json import dumps, loads

_ADDRESS = {"exchange", "routing_key"}

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Messages appear whole; one that cannot be read stays aside, in the folder of those taken."""

    # Kombu's own bases call the message by two names
    def _put(  # type: ignore[override]
        self, queue: str, payload: dict[str, Any], **_options: Any
    ) -> None:
        """Write under another name in another folder, then let it appear."""
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        written = self._aside() / f"{name}.part"
        try:
            written.write_text(dumps(payload), encoding="utf-8")
            written.replace(Path(self.data_folder_out, name))
        except OSError as problem:
            raise ChannelError(f"No message can be left in {self.data_folder_out}.") from problem

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        """The oldest message of `queue` that can be read; Empty if there is none."""
        for path in sorted(Path(self.data_folder_in).iterdir()):
            if path.name.partition(".")[2] == f"{queue}.msg" and (payload := self._take(path)):
                return payload
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        """Which queues are bound; none, if the file that says so was cut short."""
        try:
            return list(super().get_table(exchange))
        except ValueError:
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Bind a queue; what was cut short is written anew."""
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)
        except ValueError:
            self._exchange_file(exchange).unlink(missing_ok=True)
            super()._queue_bind(exchange, routing_key, pattern, queue)

    def _take(self, path: Path) -> dict[str, Any] | None:
        """What a file says; None if another worker was quicker, or if it says nothing."""
        taken = self._aside() / path.name
        try:
            path.rename(taken)
        except OSError:
            return None
        try:
            payload = self._read(taken)
        except Exception:  # there are as many ways to fail as there are ways to be damaged
            logger.warning("A message cannot be read and is set aside: %s", taken.name)
            return None
        taken.unlink()
        return payload

    def _read(self, taken: Path) -> dict[str, Any]:
        payload: dict[str, Any] = loads(taken.read_text(encoding="utf-8"))
        message = self.message_to_python(payload)
        if message.body is None or not set(message.delivery_info) >= _ADDRESS:
            raise ValueError("It has no body, or no address to be put back to.")
        return payload

    def _aside(self) -> Path:
        folder = Path(self.processed_folder)
        folder.mkdir(parents=True, exist_ok=True)
        return folder


class Transport(filesystem.Transport):
    """The transport of addresses that begin with filesystem:// (config/celery.py)."""

    Channel = Channel
    # of its own: what is bound there is known to these channels alone
    global_state = virtual.BrokerState()
