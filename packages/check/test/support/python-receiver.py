"""A receiver of Visibuild's deliveries in plain Python, as one would write it by hand. It prints a line for each it handles."""
import hmac, json, threading, time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = b"python-receiver-secret-0123456789"
LIMIT = 1_048_576
states, lock = {}, threading.Lock()


class Receiver(BaseHTTPRequestHandler):
    timeout = 1

    def do_POST(self):
        try:
            length = int(self.headers.get("Content-Length", ""))
        except ValueError:
            return self.answer(411)
        if not 0 <= length <= LIMIT:
            return self.answer(413)
        try:
            body = self.rfile.read(length)
        except TimeoutError:
            return self.answer(408)
        if not self.is_authentic(body):
            return self.answer(401)
        key = json.loads(body)["id"]
        with lock:
            state = states.setdefault(key, "new")
            if state == "new":
                states[key] = "running"
        if state != "new":
            return self.answer(200 if state == "handled" else 503)
        print(json.dumps({"handled": key}), flush=True)
        states[key] = "handled"
        self.answer(204)

    def is_authentic(self, body):
        moment = self.headers.get("X-Visibuild-Timestamp", "")
        given = self.headers.get("X-Visibuild-Signature", "").encode("latin-1", "replace")
        if not (moment.isascii() and moment.isdigit() and len(moment) < 13):
            return False
        expected = "sha256=" + hmac.new(SECRET, moment.encode() + b"." + body, sha256).hexdigest()
        return hmac.compare_digest(given, expected.encode()) and abs(time.time() - int(moment)) <= 300

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
print(f"listening on http://127.0.0.1:{server.server_port}/hook", flush=True)
server.serve_forever()
