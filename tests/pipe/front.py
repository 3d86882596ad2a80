"""What stands between us and the upstreams: TLS, by a server that speaks HTTP/2 too, and
a network that loses connections without a word."""

import contextlib
import socket
import threading
from collections import namedtuple

from harness import free_port
from wire import certificate

# The port is the client's: one a connection.
Asked = namedtuple("Asked", "protocol port method path status")
PIECE = 65536


class Network:
    """Hands bytes on to a port.  cut: what is open now is silent from there on, and
    neither end is told; new connections are as good as ever."""

    def __init__(self, to_port):
        self.to_port = to_port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.living, self.lost = set(), set()  # pairs of sockets
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):  # closed: the story is over
            while True:
                near, _ = self.listener.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self.to_port))
                except OSError:
                    near.close()  # nobody is there
                    continue
                self.living.add((near, far))
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self.carry, args=pair, daemon=True).start()

    def carry(self, from_end, to_end):
        pair = {(from_end, to_end), (to_end, from_end)}
        with contextlib.suppress(OSError):
            while piece := from_end.recv(PIECE):
                if pair & self.lost:
                    return
                to_end.sendall(piece)
        if not pair & self.lost:
            self.living -= pair
            for end in (from_end, to_end):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def cut(self):
        """How many connections that were."""
        self.lost |= self.living
        return len(self.lost)

    def close(self):
        self.listener.close()
        for pair in self.living | self.lost:
            for end in pair:
                end.close()


class Front:
    """nghttpx before the market."""

    def __init__(self, world):
        self.world = world
        self.pem = certificate(world.dir, "front")
        self.port = free_port()
        self.network = Network(self.port)
        world.environment = {"SSL_CERT_FILE": str(self.pem)}
        world.front = f"https://127.0.0.1:{self.network.port}"
        self.open()

    def open(self):
        market = self.world.market.url.rpartition(":")[2]
        self.world.spawn("front", [
            "nghttpx", "--conf=/dev/null", "--no-ocsp",
            f"--frontend=127.0.0.1,{self.port}", f"--backend=127.0.0.1,{market}",
            "--accesslog-file=/dev/stdout",
            "--accesslog-format=$alpn $remote_port $method $path $status",
            str(self.pem), str(self.pem)])
        self.world.wait_for(self.is_open, "the front listens")

    def is_open(self):
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", self.port)) == 0

    def close(self):
        """In the middle of a word."""
        self.world.stop("front")

    def asked(self):
        lines = (self.world.dir / "front.out").read_text().splitlines()
        return [Asked(*line.split()) for line in lines if len(line.split()) == 5]
