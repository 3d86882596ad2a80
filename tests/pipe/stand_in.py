"""The stand-in market over HTTP: what it plays, what it saw, how it may go wrong."""

import json
import urllib.request
from collections import Counter


class Market:
    """The stand-in for the outside world, and its judge."""

    def __init__(self, url, pid):
        self.url = url
        self.pid = pid

    def call(self, path, body=None, method=None):
        data = body.encode() if isinstance(body, str) else body
        request = urllib.request.Request(self.url + path, data=data, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()

    def post(self, path, body=""):
        return json.loads(self.call(path, body, "POST"))

    def judge(self):
        return json.loads(self.call("/judge"))

    def group(self, name):
        return self.judge()["groups"][name]

    def in_flight(self):
        groups = self.judge()["groups"]
        return groups["finviz"]["in_flight"] + groups["yahoo"]["in_flight"]

    def requests(self, kind=None):
        rows = [json.loads(line) for line in
                self.call("/judge/requests").splitlines()]
        return [r for r in rows if kind is None or r["kind"] == kind]

    def messages(self):
        return json.loads(self.call("/judge/webhooks"))

    def told(self):
        """How many messages the webhook got about each candidate."""
        footers = [m["body"]["embeds"][0]["footer"]["text"] for m in self.messages()]
        return dict(Counter(footer.rsplit(" ", 1)[1] for footer in footers))

    def publish(self, n_or_stories):
        """n made-up stories, or a list of dicts word for word."""
        if isinstance(n_or_stories, int):
            return self.post(f"/control/publish?n={n_or_stories}")
        return self.post("/control/publish", json.dumps(n_or_stories))

    def fault(self, rows):
        return self.post("/control/fault", rows)

    def clear_faults(self):
        return self.post("/control/fault/clear")

    def set_latency(self, factor):
        return self.post(f"/control/latency?factor={factor}")

    def symbols(self, folder):
        """Writes the exchanges' files of its companies."""
        folder.mkdir(exist_ok=True)
        for name in ("nasdaqlisted.txt", "otherlisted.txt", "company_tickers.json"):
            (folder / name).write_text(self.call(f"/symbols/{name}"))
