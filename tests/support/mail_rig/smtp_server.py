"""A submission server for tests: behaves like a real one, and misbehaves exactly as control.json says.

Usage: smtp_server.py DIR PLAIN_PORT TLS_PORT. DIR holds users, tokens.json, control.json, server.pem, server.key.
"""
import asyncio
import base64
import email.utils
import json
import logging
import os
import signal
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

from spool import Spool


logging.getLogger("mail.log").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", module="aiosmtpd")


class Control:
    """What the test wants, read afresh for each question."""

    def __init__(self, path):
        self.path = path
        self.stamp = None
        self.values = {}

    def __getitem__(self, key):
        stamp = os.stat(self.path)
        stamp = (stamp.st_ino, stamp.st_mtime_ns)
        if stamp != self.stamp:
            with open(self.path, encoding="utf-8") as file:
                self.values = json.load(file)
            self.stamp = stamp
        return self.values.get(key)


class Rig:
    def __init__(self, root):
        self.root = root
        self.control = Control(os.path.join(root, "control.json"))
        self.spool = Spool(root)
        self.greylisted = set()
        with open(os.path.join(root, "users"), encoding="utf-8") as file:
            self.passwords = dict(line.rstrip("\n").split(":{PLAIN}", 1) for line in file)

    def good_password(self, login, password):
        user = login.decode("utf-8", "replace").lower().partition("@")[0]
        known = self.passwords.get(user)
        return user if known is not None and known == password.decode("utf-8", "replace") else None

    def user_of_token(self, token):
        with open(os.path.join(self.root, "tokens.json"), encoding="utf-8") as file:
            return json.load(file).get(token)


class Handler:
    def __init__(self, rig):
        self.rig = rig
        self.control = rig.control

    async def pause(self, stage):
        delays = self.control["delaysMs"] or {}
        if delays.get(stage):
            await asyncio.sleep(delays[stage] / 1000)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        await self.pause("ehlo")
        session.host_name = hostname
        hidden = [word.upper() for word in self.control["hide"] or []]
        lines = [line[4:] for line in responses if line[4:] != "HELP"]
        lines += ["PIPELINING", "ENHANCEDSTATUSCODES"]
        lines = [line for line in lines if line.split()[0].upper() not in hidden]
        auth = self.control["auth"]
        lines = [f"AUTH {auth}" if line.startswith("AUTH") and auth else line for line in lines]
        return [("250-" if i + 1 < len(lines) else "250 ") + line for i, line in enumerate(lines)]

    async def handle_MAIL(self, server, session, envelope, address, options):
        await self.pause("mail")
        if self.control["replyToMail"]:
            return self.control["replyToMail"]
        limit = self.control["sizeLimit"]
        for option in options:
            if limit and option.upper().startswith("SIZE=") and int(option[5:]) > limit:
                return "552 5.3.4 Message size exceeds fixed limit"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await self.pause("rcpt")
        answers = self.control["replyToRecipient"] or {}
        answer = answers.get(address) or answers.get("*")
        if answer:
            return answer
        if self.control["greylist"]:
            triplet = (self.control["generation"], envelope.mail_from, address)
            if triplet not in self.rig.greylisted:
                self.rig.greylisted.add(triplet)
                return "450 4.7.1 Greylisted, please try again later"
        if self.rig.spool.local_user(address) == "":
            return "550 5.1.1 User doesn't exist"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        await self.pause("end")
        if self.control["drop"] == "before_accept":
            server.transport.abort()
            return "421 gone"
        if self.control["replyToMessage"]:
            return self.control["replyToMessage"]
        user = session.auth_data
        path = self.rig.spool.accept(
            {"from": envelope.mail_from, "recipients": envelope.rcpt_tos, "user": user or "",
             "helo": session.host_name, "tls": server.transport.get_extra_info("sslcontext") is not None, "options": envelope.mail_options,
             "date": email.utils.formatdate()},
            envelope.content, user if self.control["filesSent"] else None)
        if self.control["dieAfterAccept"]:
            os.kill(os.getpid(), signal.SIGKILL)
        self.rig.spool.deliver(path)
        if self.control["drop"] == "after_accept":
            server.transport.abort()
            return "421 gone"
        await self.pause("answer")
        return f"250 2.0.0 OK queued as {os.path.basename(path)[:-5]}"

    async def bearer(self, server, args, parse):
        blob = args[1] if len(args) > 1 else None
        raw = base64.b64decode(blob) if blob else await server.challenge_auth(b"")
        user = self.rig.user_of_token(parse(raw.decode("utf-8", "replace")))
        if user:
            return AuthResult(success=True, auth_data=user)
        await server.challenge_auth(b'{"status":"invalid_token"}')
        return AuthResult(success=False, handled=False)

    async def auth_XOAUTH2(self, server, args):
        return await self.bearer(server, args, lambda text: text.partition("auth=Bearer ")[2].split("\x01")[0])

    auth_OAUTHBEARER = auth_XOAUTH2


class Server(SMTP):
    """What aiosmtpd does not do by itself: fail at DATA, or in the middle of the mail."""

    async def smtp_DATA(self, arg):
        control = self.event_handler.control
        if control["replyToData"]:
            await self.push(control["replyToData"])
            return
        if control["drop"] == "in_data":
            await self.push("354 go ahead")
            await asyncio.sleep(0.05)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


async def main():
    root, plain_port, tls_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rig = Rig(root)
    rig.spool.deliver_all()
    loop = asyncio.get_running_loop()

    def tls_context():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(root, "server.pem"), os.path.join(root, "server.key"))
        return context

    def authenticate(server, session, envelope, mechanism, data):
        user = rig.good_password(data.login, data.password)
        return AuthResult(success=user is not None, handled=False, auth_data=user)

    def session(implicit_tls):
        plain = rig.control["plainTextAuth"] or implicit_tls
        server = Server(Handler(rig), data_size_limit=rig.control["sizeLimit"] or 52428800, enable_SMTPUTF8=True,
                        hostname="rig.shop.example", ident="Aiva test server", authenticator=authenticate,
                        tls_context=None if implicit_tls else tls_context(),
                        auth_required=not rig.control["noAuthNeeded"], auth_require_tls=not plain, timeout=60)
        return server

    # The plain port last: it is the one that is asked whether the server is up.
    await loop.create_server(lambda: session(True), "127.0.0.1", tls_port, ssl=tls_context())
    await loop.create_server(lambda: session(False), "127.0.0.1", plain_port)
    await asyncio.Event().wait()


asyncio.run(main())
