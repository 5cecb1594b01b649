#include "core/domain/mail/sender_deceptions.h"

#include "core/domain/email_address.h"
#include "core/domain/mail/mail_domains.h"

#include <QRegularExpression>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostReplyTo = 20;

// "Ann <ann@customer.example>" <eve@evil.example>: many programs show the name alone.
bool namesAnotherAddress(const MailAddress& from) {
    static const QRegularExpression address(u"[^\\s<>\"'(),;:@]+@[^\\s<>\"'(),;:@]+\\.[^\\s<>\"'(),;:@]+"_s);
    const QString own = normalizedEmail(from.email);
    auto matches = address.globalMatch(from.name.left(500));
    while (matches.hasNext()) {
        const QString named = normalizedEmail(matches.next().captured());
        if (!named.isEmpty() && named != own) return true;
    }
    return false;
}

bool repliesElsewhere(const MessageRecord& message, const QString& fromDomain) {
    const QList<MailAddress> replyTo = message.replyTo.mid(0, kMostReplyTo);
    return std::any_of(replyTo.begin(), replyTo.end(), [&](const MailAddress& one) {
        const QString domain = domainOf(normalizedEmail(one.email));
        return !domain.isEmpty() && !isRelatedDomain(domain, fromDomain);
    });
}

QStringList domainsOf(const QStringList& addresses) {
    QStringList domains;
    for (const QString& address : addresses)
        domains << domainOf(address);
    domains.removeAll(QString());
    domains.removeDuplicates();
    return domains;
}

// "jon.smith@" for "john.smith@" of the same or a like domain.
bool isLikeKnownAddress(const QString& from, const QStringList& known) {
    if (from.isEmpty() || known.contains(from)) return false;
    const QString skeleton = lookAlikeSkeleton(from);
    return std::any_of(known.begin(), known.end(), [&](const QString& one) {
        return lookAlikeSkeleton(one) == skeleton || isOneEditAway(one, from);
    });
}

} // namespace

QStringList senderDeceptions(const MessageRecord& message, const SenderContext& context, SenderProof proof) {
    QStringList warnings;
    const QString from = normalizedEmail(message.from.email);
    const QString domain = domainOf(from);
    if (domain.isEmpty()) warnings << u"no_from"_s;
    if (message.authors > 1) warnings << u"several_from"_s;
    if (namesAnotherAddress(message.from)) warnings << u"name_contains_address"_s;
    if (domain.isEmpty()) return warnings;
    if (repliesElsewhere(message, domain)) warnings << u"reply_to_elsewhere"_s;
    // A provider's domain of ours is everybody's: then only the address itself is ours.
    QStringList ours = domainsOf(context.ownAddresses) + context.ownDomains;
    ours.removeIf([](const QString& one) { return widelyKnownDomains().contains(one); });
    const QStringList known = ours + domainsOf(context.knownAddresses) + widelyKnownDomains();
    if (isLookAlikeDomain(domain, known)) warnings << u"look_alike_domain"_s;
    if (isLikeKnownAddress(from, context.knownAddresses)) warnings << u"look_alike_address"_s;
    const bool claimsToBeUs =
        context.ownAddresses.contains(from) ||
        std::any_of(ours.begin(), ours.end(), [&](const QString& one) { return isAlignedDomain(one, domain); });
    if (claimsToBeUs && proof == SenderProof::None) warnings << u"own_domain_unproven"_s;
    return warnings;
}

} // namespace aiva
