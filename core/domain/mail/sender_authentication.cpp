#include "core/domain/mail/sender_authentication.h"

#include "core/domain/email_address.h"
#include "core/domain/mail/authentication_results.h"
#include "core/domain/mail/mail_domains.h"
#include "core/domain/mail/sender_deceptions.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Of several results of one method (a mail may carry many signatures) the one that helps most counts.
int rankOf(const QString& result) {
    static const QStringList order{u"none"_s,      u"policy"_s,   u"neutral"_s, u"temperror"_s,
                                   u"permerror"_s, u"softfail"_s, u"fail"_s,    u"pass"_s};
    return static_cast<int>(order.indexOf(result));
}

class Findings {
public:
    explicit Findings(QString fromDomain) : m_fromDomain(std::move(fromDomain)) {}

    void take(const AuthenticationResult& result) {
        if (result.method == "dmarc"_L1) return takeDmarc(result);
        if (result.method == "spf"_L1) return takeDomain(result, "smtp.mailfrom"_L1, check.spf);
        if (result.method != "dkim"_L1) return;
        const bool byDomain = !result.property("header.d"_L1).isEmpty();
        takeDomain(result, byDomain ? "header.d"_L1 : "header.i"_L1, check.dkim);
    }

    SenderVerdict verdict() const {
        if (check.dmarc == "fail"_L1) return SenderVerdict::Failed;
        if (!check.alignedDomain.isEmpty()) return SenderVerdict::Verified;
        return check.spf == "fail"_L1 ? SenderVerdict::Failed : SenderVerdict::Unverified;
    }

    SenderCheck check;

private:
    // A DMARC result about another From than the one shown says nothing about it.
    void takeDmarc(const AuthenticationResult& result) {
        const QString about = normalizedDomain(result.property("header.from"_L1).section(u'@', -1));
        if (!about.isEmpty() && about != m_fromDomain) return;
        if (check.dmarc != "fail"_L1) check.dmarc = result.result; // two of them: the worse
        if (check.dmarc == "pass"_L1) check.alignedDomain = m_fromDomain;
    }

    void takeDomain(const AuthenticationResult& result, QLatin1String property, QString& word) {
        const QString domain = normalizedDomain(result.property(property).section(u'@', -1));
        const bool aligned = result.result == "pass"_L1 && isAlignedDomain(domain, m_fromDomain);
        if (aligned && check.alignedDomain.isEmpty()) check.alignedDomain = domain;
        if (word.isEmpty() || rankOf(result.result) > rankOf(word)) word = result.result;
    }

    QString m_fromDomain;
};

} // namespace

SenderCheck checkSender(const MessageRecord& message, const SenderContext& context) {
    Findings findings(domainOf(normalizedEmail(message.from.email)));
    const QStringList fields = trustedAuthenticationResults(message.trace, context.authservId);
    for (const QString& field : fields)
        if (const auto results = parseAuthenticationResults(field))
            for (const AuthenticationResult& result : results->results)
                findings.take(result);
    SenderCheck check = findings.check;
    check.verdict = findings.verdict();
    // An authenticated domain of several authors is anybody's.
    if (message.authors > 1 && check.verdict == SenderVerdict::Verified) check.verdict = SenderVerdict::Unverified;
    check.warnings = senderDeceptions(message, context,
                                      check.alignedDomain.isEmpty() ? SenderProof::None : SenderProof::Authenticated);
    if (!check.warnings.isEmpty() && check.verdict != SenderVerdict::Failed) check.verdict = SenderVerdict::Suspicious;
    return check;
}

} // namespace aiva
