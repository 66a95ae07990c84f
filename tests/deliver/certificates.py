"""A self-signed certificate for 127.0.0.1, made by the openssl program."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path


def make(folder: Path) -> Path:
    """One file with key and certificate."""
    place = folder / "server.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(place), "-out", f"{place}.crt"),
        ],
        check=True,
        capture_output=True,
    )
    with place.open("ab") as file:
        file.write(Path(f"{place}.crt").read_bytes())
    return place


def server_side(place: Path) -> ssl.SSLContext:
    """What a server shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    return context


def trusting(place: Path) -> ssl.SSLContext:
    """A client that knows this one certificate."""
    return ssl.create_default_context(cafile=f"{place}.crt")
