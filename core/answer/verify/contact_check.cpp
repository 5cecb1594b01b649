// Check 13 for e-mail addresses and telephone numbers: the store's own and the customer's own addresses, nobody else's.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/domain/email_address.h"
#include "core/domain/mail/mail_domains.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

bool isMailChar(QChar c) {
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || QStringView(u"._%+-'").contains(c);
}

Span mailAddressAround(QStringView text, int at) {
    int start = at;
    while (start > 0 && isMailChar(text.at(start - 1)))
        --start;
    int end = at + 1;
    while (end < text.size() && isMailChar(text.at(end)))
        ++end;
    while (end > at + 1 && !text.at(end - 1).isLetterOrNumber())
        --end;
    return {start, end - start};
}

FactList storeContactsNaming(const DraftReading& draft, const QString& address) {
    FactList same;
    for (const Fact* fact : draft.index().ofKinds({FactKind::StoreContact}))
        if (normalizedEmail(fact->value.trimmed()) == address) same.push_back(fact);
    for (const FactIndex::Policy& policy : draft.index().policies()) {
        const QString& said = policy.text.folded;
        for (qsizetype at = said.indexOf(address); at >= 0; at = said.indexOf(address, at + 1))
            if (mailAddressAround(said, static_cast<int>(said.indexOf(u'@', at))) ==
                Span{static_cast<int>(at), static_cast<int>(address.size())})
                same.push_back(policy.fact);
    }
    return same;
}

QStringList ownDomains(const DraftReading& draft) {
    QStringList domains = draft.input().facts.storeHosts;
    for (const Fact* fact : draft.index().ofKinds({FactKind::StoreContact}))
        domains << domainOf(fact->value);
    domains.removeAll(QString());
    return domains;
}

void judgeAddress(DraftReading& draft, Span span) {
    const QString address = normalizedEmail(draft.text().view(span).toString());
    FactList contacts = storeContactsNaming(draft, address);
    if (!contacts.empty()) return draft.prove(13, span, u"email"_s, std::move(contacts));
    const QStringList& own = draft.input().facts.customerEmails;
    const bool isOwn =
        std::any_of(own.begin(), own.end(), [&](const QString& email) { return normalizedEmail(email) == address; });
    if (isOwn) return draft.prove(13, span, u"email"_s, {});
    if (draft.isSomebodyElses(IdentityKind::Email, address))
        return draft.forbid(12, span, u"email"_s, u"somebody else's address"_s);
    if (isLookAlikeDomain(domainOf(address), ownDomains(draft)))
        return draft.forbid(13, span, u"email"_s, u"an address that looks like the store's"_s);
    draft.doubt(13, span, u"email"_s, u"not an address of the store"_s);
}

bool isPhoneChar(QChar c) {
    return c.isDigit() || QStringView(u" -./()").contains(c);
}

// Digits with the marks people write between them, up to the last digit.
Span phoneAt(QStringView text, int start) {
    int end = start + 1;
    int last = start;
    while (end < text.size() && isPhoneChar(text.at(end))) {
        if (text.at(end).isDigit()) last = end;
        ++end;
    }
    return {start, last + 1 - start};
}

FactList phonesEqualTo(const DraftReading& draft, const QString& digits) {
    FactList same;
    for (const Fact* fact : draft.index().ofKinds({FactKind::StoreContact}))
        if (!fact->value.contains(u'@') && plainNumber(fact->value) == digits) same.push_back(fact);
    for (const FactIndex::Policy& policy : draft.index().policies())
        if (digits.size() >= 7 && plainNumber(policy.text.text).contains(digits)) same.push_back(policy.fact);
    return same;
}

} // namespace

void checkMailAddresses(DraftReading& draft) {
    const QStringView text(draft.text().text);
    for (qsizetype at = text.indexOf(u'@'); at >= 0; at = text.indexOf(u'@', at + 1)) {
        const Span span = mailAddressAround(text, static_cast<int>(at));
        if (span.length < 3 || draft.isTaken({static_cast<int>(at), 1})) continue;
        judgeAddress(draft, span);
    }
}

void checkPhones(DraftReading& draft) {
    const QStringView text(draft.text().text);
    for (int i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool isInside = i > 0 && (text.at(i - 1).isLetterOrNumber() || text.at(i - 1) == u'#');
        if ((c != u'+' && c != u'(' && !c.isDigit()) || isInside) continue;
        const Span span = phoneAt(text, i);
        const QString digits = plainNumber(text.mid(span.start, span.length));
        if (digits.size() < 7 || draft.isTaken(span)) continue;
        FactList same = phonesEqualTo(draft, digits);
        const QString written = draft.text().view(span).toString();
        if (!same.empty())
            draft.prove(13, span, u"phone"_s, std::move(same));
        else if (draft.isSomebodyElses(IdentityKind::Phone, written))
            draft.forbid(12, span, u"phone"_s, u"somebody else's number"_s);
        else if (c == u'+')
            draft.doubt(13, span, u"phone"_s, u"not a number of the store"_s);
        i = span.end() - 1;
    }
}

} // namespace aiva
