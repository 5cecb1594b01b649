#include "ui/models/inbox_text.h"

#include "ui/models/relative_time.h"

#include <QCoreApplication>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct SpokenRow {
    Q_DECLARE_TR_FUNCTIONS(aiva::InboxText)
};

} // namespace

QString spokenInboxRow(const InboxRow& row, UtcTime now) {
    QStringList words;
    if (row.unreadCount > 0) words << SpokenRow::tr("unread");
    if (row.precedence == Precedence::Vip) words << SpokenRow::tr("VIP");
    words << row.fromName << row.subject;
    if (!row.storeName.isEmpty()) words << row.storeName;
    if (row.hasDraft) words << SpokenRow::tr("draft");
    if (row.customerSpokeLast && row.answerState == u"ready"_s) words << SpokenRow::tr("an answer is ready");
    if (row.customerSpokeLast && row.answerState == u"check"_s) words << SpokenRow::tr("an answer is to be checked");
    if (row.customerSpokeLast && row.answerState == u"blocked"_s) words << SpokenRow::tr("the answer needs you");
    if (row.outgoing == Outgoing::OnItsWay) words << SpokenRow::tr("a reply is on its way");
    if (row.outgoing == Outgoing::NeedsYou) words << SpokenRow::tr("a reply is held");
    if (!row.answering.isEmpty()) words << SpokenRow::tr("%1 is answering").arg(row.answering);
    if (row.isMine)
        words << SpokenRow::tr("assigned to you");
    else if (row.assigneeSlot > 0)
        words << SpokenRow::tr("assigned to %1").arg(row.assigneeName);
    if (row.status == ConversationStatus::Done)
        words << SpokenRow::tr("done");
    else if (row.customerSpokeLast)
        words << SpokenRow::tr("waiting %1").arg(waitingText(row.lastMessageAt, now));
    words << ageText(row.lastMessageAt, now) << row.snippet;
    return words.join(u", "_s);
}

} // namespace aiva
