#include "ui/conversation/order_choice.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// "#1042" as "#1042", or as "order 1042": the number alone counts when nothing else is glued to it.
bool names(const QString& text, const QString& orderName) {
    QString number = orderName;
    number.remove(u'#');
    if (number.isEmpty()) return false;
    for (qsizetype at = text.indexOf(number, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(number, at + 1, Qt::CaseInsensitive)) {
        const QChar before = at > 0 ? text[at - 1] : QChar(u' ');
        const qsizetype end = at + number.size();
        const QChar after = end < text.size() ? text[end] : QChar(u' ');
        const bool decimal = (after == u'.' || after == u',') && end + 1 < text.size() && text[end + 1].isDigit();
        const bool money = before == u'$' || before == u'€' || before == u'£' || before == u'.' || before == u',';
        if (!before.isLetterOrNumber() && !money && !after.isLetterOrNumber() && !decimal) return true;
    }
    return false;
}

} // namespace

const OrderView* orderInQuestion(const ConversationView& conversation, const CustomerView& customer) {
    if (customer.orders.empty()) return nullptr;
    for (auto message = conversation.messages.rbegin(); message != conversation.messages.rend(); ++message) {
        if (message->isOutbound) continue;
        const QString text = message->subject + u'\n' + message->text;
        for (const OrderView& order : customer.orders)
            if (names(text, order.name)) return &order;
    }
    return &customer.orders.front();
}

} // namespace aiva
