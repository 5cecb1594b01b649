"""The durable half of the SMTP server: what it accepted, and its delivery into Maildirs, each exactly once.

accept() returns only after the mail and its envelope are on disk under one name (write, fsync, rename, fsync of the
folder). Delivery derives the Maildir name from queue id and recipient, so repeating it after a crash changes nothing.
"""
import hashlib
import itertools
import json
import os
import time

LOCAL_DOMAINS = ("shop.example", "home.example")


class Spool:
    def __init__(self, root):
        self.root = root
        self.counter = itertools.count()
        for name in ("spool", "spool/tmp", "delivered", "mail"):
            os.makedirs(os.path.join(root, name), exist_ok=True)
        with open(os.path.join(root, "users"), encoding="utf-8") as file:
            self.users = {line.split(":")[0] for line in file}

    def local_user(self, address):
        """The user an address belongs to; "" for an unknown one of ours; None outside."""
        local, _, domain = address.rpartition("@")
        if domain.lower() not in LOCAL_DOMAINS:
            return None
        user = local.lower().partition("+")[0]
        return user if user in self.users else ""

    def accept(self, envelope, mail, sent_folder_of=None):
        now = time.time_ns()
        queue_id = f"{now // 10**9}.M{now // 1000 % 10**6:06d}P{os.getpid()}Q{next(self.counter):06d}"
        header = dict(envelope, queueId=queue_id, sentFolderOf=sent_folder_of)
        temporary = os.path.join(self.root, "spool/tmp", queue_id)
        with open(temporary, "wb") as file:
            file.write(json.dumps(header).encode() + b"\n" + mail)
            file.flush()
            os.fsync(file.fileno())
        final = os.path.join(self.root, "spool", queue_id + ".mail")
        os.rename(temporary, final)
        self.sync_folder(os.path.join(self.root, "spool"))
        return final

    @staticmethod
    def sync_folder(path):
        folder = os.open(path, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def deliver_all(self):
        for name in sorted(os.listdir(os.path.join(self.root, "spool"))):
            if name.endswith(".mail"):
                self.deliver(os.path.join(self.root, "spool", name))

    def deliver(self, path):
        with open(path, "rb") as file:
            header = json.loads(file.readline())
            mail = file.read()
        for recipient in dict.fromkeys(header["recipients"]):
            user = self.local_user(recipient)
            if user:
                trace = (f"Return-Path: <{header['from']}>\r\nDelivered-To: <{recipient}>\r\n"
                         f"Received: from {header['helo']} by localhost with ESMTP id {header['queueId']};\r\n"
                         f" {header['date']}\r\n").encode()
                self.deliver_once(header["queueId"], recipient, user, "", trace + mail)
        if header.get("sentFolderOf"):
            self.deliver_once(header["queueId"], "sent", header["sentFolderOf"], ".Sent", mail)

    def deliver_once(self, queue_id, recipient, user, folder, mail):
        key = queue_id + "R" + hashlib.sha256(recipient.lower().encode()).hexdigest()[:12]
        marker = os.path.join(self.root, "delivered", key)
        if os.path.exists(marker):
            return
        maildir = os.path.join(self.root, "mail", user, folder)
        for name in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(maildir, name), exist_ok=True)
        if not any(name.startswith(key) for part in ("new", "cur") for name in os.listdir(os.path.join(maildir, part))):
            temporary = os.path.join(maildir, "tmp", key)
            with open(temporary, "wb") as file:
                file.write(mail.replace(b"\r\n", b"\n"))
                file.flush()
                os.fsync(file.fileno())
            # A message filed as sent has been read: it goes where seen messages live.
            target = ("cur/" + key + ":2,S") if folder else ("new/" + key)
            os.rename(temporary, os.path.join(maildir, target))
        with open(marker, "wb"):
            pass
