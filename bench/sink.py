"""An SMTP server that takes everything and keeps nothing but a count."""

from __future__ import annotations

import itertools
import socket
import threading
from typing import BinaryIO

_ANSWERS = {
    b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n",
    b"HELO": b"250 sink\r\n",
    b"MAIL": b"250 2.1.0 ok\r\n",
    b"RCPT": b"250 2.1.5 ok\r\n",
    b"RSET": b"250 2.0.0 ok\r\n",
    b"NOOP": b"250 2.0.0 ok\r\n",
    b"QUIT": b"221 2.0.0 bye\r\n",
}


def serve(listening: socket.socket) -> None:
    """Takes letters on this socket; XCOUNT answers how many it took."""
    counter = itertools.count()
    taken = [0]
    while True:
        client, _ = listening.accept()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(
            target=_talk, args=(client, counter, taken), daemon=True
        ).start()


def _talk(
    client: socket.socket, counter: itertools.count[int], taken: list[int]
) -> None:
    with client, client.makefile("rb", buffering=65_536) as lines:
        client.sendall(b"220 sink\r\n")
        for line in lines:
            word = line[:4].upper()
            if word == b"DATA":
                client.sendall(b"354 go on\r\n")
                _read_letter(lines)
                taken[0] = next(counter) + 1
                client.sendall(b"250 2.0.0 taken\r\n")
            elif word == b"XCOU":
                client.sendall(b"250 %d\r\n" % taken[0])
            else:
                client.sendall(_ANSWERS.get(word, b"502 5.5.1 unknown\r\n"))
            if word == b"QUIT":
                return


def _read_letter(lines: BinaryIO) -> None:
    for line in lines:
        if line == b".\r\n":
            return
