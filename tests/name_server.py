"""A name server on loopback that answers from a dictionary, over UDP."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.reversename
import dns.rrset

from briefing.ports.names import Unasked
from tests.fake_names import Zone

_IN = dns.rdataclass.IN


@contextmanager
def name_server(zone: Zone) -> Iterator[int]:
    """Its port, for the block. Unasked("timeout") is silence, others a failure."""
    server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), _handler(zone))
    server.daemon_threads = True
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(zone: Zone) -> type[socketserver.BaseRequestHandler]:
    held = {_key(name, kind): found for (name, kind), found in zone.items()}

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, socket = self.request
            query = dns.message.from_wire(data)
            answer = _answer(query, held)
            if answer is not None:
                socket.sendto(answer.to_wire(), self.client_address)

    return Handler


def _key(name: str, kind: str) -> tuple[str, str]:
    if kind == "PTR":
        return dns.reversename.from_address(name).to_text(), kind
    return f"{name.lower()}.", kind


def _answer(
    query: dns.message.Message, held: dict[tuple[str, str], object]
) -> dns.message.Message | None:
    (question,) = query.question
    name = question.name.to_text().lower()
    kind = dns.rdatatype.to_text(question.rdtype)
    made = dns.message.make_response(query)
    made.flags |= dns.flags.RA
    alias = held.get((name, "CNAME"))
    if alias:
        target = f"{alias[0]}."  # type: ignore[index]
        made.answer.append(dns.rrset.from_text(name, 60, _IN, "CNAME", target))
        name = target
    found = held.get((name, kind), ())
    if isinstance(found, Unasked):
        if found.reason == "timeout":
            return None
        made.set_rcode(dns.rcode.SERVFAIL)
    elif found:
        rows = [_row(kind, one) for one in found]  # type: ignore[attr-defined]
        made.answer.append(dns.rrset.from_text_list(name, 60, _IN, kind, rows))
    elif not any(one == name or one.endswith(f".{name}") for one, _ in held):
        made.set_rcode(dns.rcode.NXDOMAIN)
    return made


def _row(kind: str, value: str) -> str:
    if kind == "TXT":
        # A text of more than 255 bytes goes out as several strings.
        parts = [value[at : at + 200] for at in range(0, len(value), 200)]
        return " ".join('"' + one.replace('"', '\\"') + '"' for one in parts)
    if kind in {"MX", "PTR"} and not value.endswith("."):
        return f"{value}."
    return value
