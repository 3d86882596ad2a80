"""Just enough of ZMTP 3.0 to say wrong things to a socket."""

import socket

GREETING = (b"\xff" + bytes(8) + b"\x7f" + b"\x03\x00" + b"NULL".ljust(20, b"\0")
            + b"\0" + bytes(31))
MORE, LONG, COMMAND = 1, 2, 4


def frame(body, flags=0):
    if len(body) < 256:
        return bytes([flags, len(body)]) + body
    return bytes([flags | LONG]) + len(body).to_bytes(8, "big") + body


def ready(socket_type):
    name, value = b"Socket-Type", socket_type.encode()
    return frame(b"\x05READY" + bytes([len(name)]) + name
                 + len(value).to_bytes(4, "big") + value, COMMAND)


def message(*parts):
    return b"".join(frame(part, MORE if i + 1 < len(parts) else 0)
                    for i, part in enumerate(parts))


def connect(path):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    s.settimeout(20)
    s.connect(str(path))
    return s


def say(path, socket_type, messages):
    """Sends each message as a peer of the type; waits until the other end has read
    all of it, or has had enough of us."""
    with connect(path) as s:
        try:
            s.sendall(GREETING + ready(socket_type) + b"".join(messages))
            s.shutdown(socket.SHUT_WR)
            while s.recv(65536):
                pass
        except (BrokenPipeError, ConnectionResetError):
            pass


def babble(path, noise):
    """Bytes that are no ZMTP at all."""
    with connect(path) as s:
        try:
            s.sendall(noise)
            s.shutdown(socket.SHUT_WR)
            while s.recv(65536):
                pass
        except (BrokenPipeError, ConnectionResetError):
            pass
