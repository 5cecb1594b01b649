#include "tests/core/storage/conversations/generated_threads.h"

#include <QList>
#include <QRandomGenerator>

#include <algorithm>

namespace aiva::test {
namespace {

struct Mail {
    QByteArray id;
    QList<QByteArray> references;
    QByteArray inReplyTo;
    QByteArray subject;
    int minute = 0;
};

QByteArray written(const Mail& mail) {
    QByteArray text = "From: ann@x.example\r\nTo: help@shop.example\r\n";
    text += "Date: Mon, " + QByteArray::number(2 + mail.minute / 1440 % 20) + " Feb 2026 ";
    text += QByteArray::number(mail.minute / 60 % 24).rightJustified(2, '0') + ':' +
            QByteArray::number(mail.minute % 60).rightJustified(2, '0') + ":00 +0000\r\n";
    text += "Subject: " + mail.subject + "\r\n";
    if (!mail.id.isEmpty()) text += "Message-ID: <" + mail.id + ">\r\n";
    if (!mail.inReplyTo.isEmpty()) text += "In-Reply-To: <" + mail.inReplyTo + ">\r\n";
    if (!mail.references.isEmpty()) {
        text += "References:";
        for (const QByteArray& id : mail.references)
            text += " <" + id + ">\r\n";
    }
    return text + "\r\nText\r\n";
}

// What programs and people do to the headers of a mail.
void damage(Mail& mail, const std::vector<Mail>& earlier, QRandomGenerator& random) {
    switch (random.bounded(24)) {
    case 0:
        mail.references = mail.references.mid(std::max<qsizetype>(0, mail.references.size() - 2));
        break; // cut
    case 1:
        mail.references.clear();
        break; // In-Reply-To only
    case 2:
        mail.references.clear(), mail.inReplyTo.clear();
        break; // torn off
    case 3:
        std::reverse(mail.references.begin(), mail.references.end());
        break;
    case 4:
        mail.references << mail.id;
        break; // itself
    case 5:
        mail.references.prepend("lost-" + mail.id);
        break; // a root nobody has
    case 6:
        mail.references << earlier[size_t(random.bounded(int(earlier.size())))].id;
        break; // into another thread
    case 7:
        mail.id.clear();
        break;
    case 8:
        mail.id = earlier[size_t(random.bounded(int(earlier.size())))].id;
        break; // repeated
    default:
        break;
    }
    mail.references.removeAll(QByteArray());
}

} // namespace

std::vector<QByteArray> generatedThreads(int mails, quint32 seed) {
    QRandomGenerator random(seed);
    std::vector<Mail> all;
    while (static_cast<int>(all.size()) < mails) {
        std::vector<Mail> thread;
        const QByteArray tag = "t" + QByteArray::number(all.size());
        for (int i = 0, length = 1 + random.bounded(9); i < length; ++i) {
            Mail mail;
            mail.id = tag + '.' + QByteArray::number(i) + "@x.example";
            mail.subject = "Matter " + tag + '.' + QByteArray::number(i);
            mail.minute = static_cast<int>(all.size()) * 7 + i * 3;
            if (i > 0) {
                const Mail& parent = thread[size_t(random.bounded(i))];
                mail.references = parent.references;
                if (!parent.id.isEmpty()) mail.references << parent.id;
                mail.inReplyTo = parent.id;
                damage(mail, all.empty() ? thread : all, random);
            }
            thread.push_back(mail);
        }
        // Some circles, some mails lost, some late.
        if (thread.size() > 2 && random.bounded(8) == 0) thread.front().references = {thread.back().id};
        if (thread.size() > 2 && random.bounded(4) == 0)
            thread.erase(thread.begin() + random.bounded(int(thread.size())));
        if (random.bounded(4) == 0) std::reverse(thread.begin(), thread.end());
        for (Mail& mail : thread)
            mail.references.removeAll(QByteArray());
        all.insert(all.end(), thread.begin(), thread.end());
    }
    std::vector<QByteArray> box;
    for (const Mail& mail : all)
        box.push_back(written(mail));
    return box;
}

} // namespace aiva::test
