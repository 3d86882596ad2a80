"""A wire service of one's own: what it answers is the test's to say, page by page.

The market plays the world as it usually is; this is for answers that the story has to
choose word for word, and for TLS.
"""

import http.server
import ssl
import subprocess
import threading
import time
from email.utils import formatdate

from harness import check_equal

DRIP_S = 0.05


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def parse_request(self):
        if hasattr(self.connection, "selected_alpn_protocol"):
            self.server.wire.protocols.append(self.connection.selected_alpn_protocol())
        return super().parse_request()

    def do_GET(self):
        wire = self.server.wire
        wire.asked.append((self.path, dict(self.headers)))
        answer = wire.answers.get(self.path, wire.answers.get(self.path.split("?")[0]))
        if isinstance(answer, list):  # one after another, the last one stays
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer is None:
            answer = (404, "<html><title>Not here</title></html>", {})
        status, body, headers = (answer + ({},))[:3]
        if status == "drip":
            return self.drip(body)
        data = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        return None

    def drip(self, body):
        """A byte now and then, for ever: only a limit on the whole ends it."""
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.close_connection = True
        try:
            for byte in iter(lambda: body.encode(), None):
                self.wfile.write(byte)
                self.wfile.flush()
                if self.server.wire.closing.wait(DRIP_S):
                    return
        except OSError:
            self.server.wire.left.set()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def get_request(self):
        self.wire.connections += 1
        return super().get_request()

    def handle_error(self, request, client_address):
        pass  # a client that leaves, or does not trust us, is part of the story


class Wire:
    """answers[path] = (status, body[, headers]), or a list of such; asked: (path, headers) in order;
    connections: how many were made; protocols: what each connection over TLS agreed on."""

    def __init__(self, context=None):
        self.answers, self.asked, self.protocols = {}, [], []
        self.connections = 0
        self.left, self.closing = threading.Event(), threading.Event()
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.wire = self
        if context is not None:
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "http" if context is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def count(self, path):
        return sum(asked == path for asked, _ in self.asked)


def certificate(folder, name):
    """A throw-away certificate for 127.0.0.1 and its key, in one file."""
    path = folder / f"{name}.pem"
    key, cert = folder / f"{name}.key", folder / f"{name}.crt"
    done = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", cert], capture_output=True, text=True, check=False)
    check_equal(done.returncode, 0, f"openssl: {done.stderr}")
    path.write_bytes(cert.read_bytes() + key.read_bytes())
    return path


def tls(pem, *protocols):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context


# ---- documents ------------------------------------------------------------------------

def rss(*items):
    return ("<?xml version='1.0'?><rss version='2.0' xmlns:ndaq='http://n/'><channel>"
            "<title>Wire</title>" + "".join(items) + "</channel></rss>")


def story(world, number, title):
    date = formatdate(time.time() + world.offset_s, usegmt=True)
    return (f"<item><title>{title}</title><link>https://w.example/{number}</link>"
            f"<pubDate>{date}</pubDate></item>")


def halt(symbol, clock, resumes=""):
    return (f"<item><title>{symbol}</title><ndaq:IssueSymbol>{symbol}</ndaq:IssueSymbol>"
            f"<ndaq:IssueName>{symbol} Inc.</ndaq:IssueName>"
            f"<ndaq:HaltDate>11/18/2026</ndaq:HaltDate><ndaq:HaltTime>{clock} .163"
            "</ndaq:HaltTime><ndaq:ReasonCode>LUDP</ndaq:ReasonCode>"
            f"<ndaq:ResumptionDate>{'11/18/2026' if resumes else ''}"
            f"</ndaq:ResumptionDate><ndaq:ResumptionTradeTime>{resumes}"
            "</ndaq:ResumptionTradeTime></item>")


def filing(number, clock, name="Apple Inc.", cik=320193):
    accession = f"0000950170-26-{number:06}"
    return (f"<entry><title>8-K - {name} ({cik:010}) (Filer)</title>"
            f"<link rel='alternate' href='https://www.sec.gov/Archives/edgar/data/{cik}/"
            f"{accession.replace('-', '')}/{accession}-index.htm'/>"
            f"<updated>2026-11-18T{clock}-05:00</updated>"
            "<category label='form type' term='8-K'/>"
            f"<id>urn:tag:sec.gov,2008:accession-number={accession}</id></entry>")


def atom(*entries):
    text = ("<?xml version='1.0' encoding='ISO-8859-1'?><feed "
            "xmlns='http://www.w3.org/2005/Atom'><title>Latest Filings</title>"
            + "".join(entries) + "</feed>")
    return text.encode("latin-1")
