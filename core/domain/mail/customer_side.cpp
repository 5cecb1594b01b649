#include "core/domain/mail/customer_side.h"

#include "core/domain/email_address.h"
#include "core/domain/shop/order_names.h"

#include <algorithm>
#include <optional>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QStringView domainOf(QStringView address) {
    return address.mid(address.lastIndexOf(u'@') + 1);
}

bool isUnder(QStringView domain, QStringView parent) {
    return domain == parent || (domain.endsWith(parent) && domain[domain.size() - parent.size() - 1] == u'.');
}

// "amazon" of "marketplace.amazon.co.uk": the name below the public suffix, which has one or two short labels.
bool isBrand(QStringView domain, QStringView brand) {
    const QList<QStringView> labels = domain.split(u'.');
    for (qsizetype i = std::max<qsizetype>(0, labels.size() - 3); i < labels.size() - 1; ++i) {
        if (labels[i] != brand) continue;
        const bool suffixIsShort =
            std::all_of(labels.begin() + i + 1, labels.end(), [](QStringView label) { return label.size() <= 3; });
        if (suffixIsShort) return true;
    }
    return false;
}

// Marketplaces that give every buyer an address of their own: mail from there is that buyer's, like any other's.
bool isBuyersRelay(QStringView domain) {
    return (domain.startsWith("marketplace."_L1) && isBrand(domain, u"amazon")) ||
           (domain.startsWith("members."_L1) && isBrand(domain, u"ebay")) || isUnder(domain, u"relay.walmart.com");
}

// Platforms whose notices about many customers come from few addresses.
bool isPlatform(QStringView domain) {
    if (isBuyersRelay(domain)) return false;
    const auto is = [&](QStringView brand) { return isBrand(domain, brand); };
    return isUnder(domain, u"shopify.com") || isUnder(domain, u"shopifyemail.com") || is(u"amazon") || is(u"ebay") ||
           is(u"etsy") || is(u"walmart") || is(u"paypal");
}

// Addresses nobody writes from in person: forms and shop systems, whose Reply-To says who wrote.
bool isMachine(QStringView address) {
    QString local = address.left(address.indexOf(u'@')).toString();
    local.removeIf([](QChar c) { return c == u'-' || c == u'_' || c == u'.'; });
    static const QStringList names{u"noreply"_s,     u"donotreply"_s,    u"mailer"_s, u"notification"_s, u"wordpress"_s,
                                   u"woocommerce"_s, u"notifications"_s, u"forms"_s,  u"contactform"_s,  u"webform"_s};
    return std::any_of(names.begin(), names.end(),
                       [&](const QString& name) { return local == name || local.startsWith(name + u'+'); });
}

// The one person a machine's mail is to be answered to; absent when it names none, or several.
std::optional<MailAddress> answerTo(const MessageRecord& message, const QString& from, const QStringList& own) {
    std::optional<MailAddress> only;
    for (const MailAddress& address : message.replyTo) {
        const QString email = normalizedEmail(address.email);
        if (email.isEmpty() || email == from || own.contains(email) || isPlatform(domainOf(email))) continue;
        if (only && normalizedEmail(only->email) != email) return {};
        only = address;
    }
    return only;
}

CustomerSide sharedBy(const QString& sender, const MessageRecord& message, const MailAddress& shown) {
    CustomerSide side;
    side.customer.name = shown.name;
    side.sharedSender = sender;
    const QStringList names = orderNamesSaid(message.subject, message.text, message.folded);
    if (!names.isEmpty()) side.order = names.first();
    return side;
}

} // namespace

CustomerSide customerSideOfInbound(const MessageRecord& message, const QStringList& own) {
    const QString from = normalizedEmail(message.from.email);
    const bool isOwn = !from.isEmpty() && own.contains(from);
    const bool isShared = isPlatform(domainOf(from));
    if (isOwn || isShared || isMachine(from)) {
        if (const auto person = answerTo(message, from, own)) return {*person, {}, {}};
    }
    if (isOwn || isShared) return sharedBy(from, message, message.from);
    return {message.from, {}, {}};
}

CustomerSide customerSideOfOutbound(const MessageRecord& message, const QStringList& own) {
    for (const QList<MailAddress>* list : {&message.to, &message.cc})
        for (const MailAddress& address : *list) {
            const QString email = normalizedEmail(address.email);
            if (email.isEmpty() || own.contains(email)) continue;
            return isPlatform(domainOf(email)) ? sharedBy(email, message, address) : CustomerSide{address, {}, {}};
        }
    // To ourselves: a notice of our own shop system.
    if (!message.to.isEmpty() && !own.isEmpty()) return customerSideOfInbound(message, own);
    return message.to.isEmpty() ? CustomerSide() : CustomerSide{message.to.first(), {}, {}};
}

} // namespace aiva
