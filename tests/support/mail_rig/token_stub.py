"""Answers whether an access token is good (RFC 7662), from tokens.json beside it: {"token": "user"}."""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Introspection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        with open(sys.argv[2], encoding="utf-8") as file:
            user = json.load(file).get(token)
        body = json.dumps({"active": "true", "username": user} if user else {"active": "false"}).encode()
        self.send_response(200 if user else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Introspection).serve_forever()
