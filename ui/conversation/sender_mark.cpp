#include "ui/conversation/sender_mark.h"

#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"

#include <QCoreApplication>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SenderMark)
};

QString proof(const SenderCheck& check) {
    if (check.dmarc == "pass"_L1) return u"dmarc"_s;
    return check.dkim == "pass"_L1 ? u"dkim"_s : u"spf"_s;
}

// The one that matters most to whoever is about to answer.
QString pointsElsewhere(const SenderCheck& check) {
    if (check.warnings.contains("reply_to_elsewhere"_L1)) return Words::tr("replies go to another address");
    if (check.warnings.contains("look_alike_domain"_L1)) return Words::tr("the domain looks like another one");
    if (check.warnings.contains("name_contains_address"_L1)) return Words::tr("the name shows another address");
    if (check.warnings.contains("look_alike_address"_L1)) return Words::tr("the address looks like a known one");
    if (check.warnings.contains("own_domain_unproven"_L1)) return Words::tr("it claims to come from us");
    if (check.warnings.contains("no_from"_L1)) return Words::tr("it names no sender");
    if (check.warnings.contains("several_from"_L1)) return Words::tr("it names several senders");
    return check.dmarc == "fail"_L1 ? Words::tr("its domain does not vouch for it")
                                    : Words::tr("something in it points elsewhere");
}

QString results(const SenderCheck& check) {
    QStringList all;
    const std::pair<const char*, QString> said[] = {{"DMARC", check.dmarc}, {"DKIM", check.dkim}, {"SPF", check.spf}};
    for (const auto& [name, word] : said)
        if (!word.isEmpty()) all << QString::fromLatin1(name) + u' ' + word;
    return all.join(u", "_s);
}

} // namespace

SenderWords senderWords(const SenderCheck& check) {
    const QString said = results(check);
    const auto with = [&said](const QString& sentence) {
        return said.isEmpty() ? sentence : sentence + u"\n"_s + said;
    };
    switch (check.verdict) {
    case SenderVerdict::Verified:
        return {u"✓ "_s + proof(check),
                with(check.alignedDomain.isEmpty()
                         ? Words::tr("Sender verified")
                         : Words::tr("Sender verified: really from %1").arg(check.alignedDomain)),
                &Colors::ok};
    case SenderVerdict::Unverified:
        return {Words::tr("not verified"), with(Words::tr("Sender not verified: nothing proves who sent this mail")),
                &Colors::textMuted};
    case SenderVerdict::Suspicious:
        return {u"⚠ "_s + Words::tr("Not verified: %1").arg(pointsElsewhere(check)),
                with(Words::tr("Sender not verified: %1").arg(pointsElsewhere(check))), &Colors::warning};
    case SenderVerdict::Failed:
        return {u"⚠ "_s + Words::tr("Not verified: %1").arg(pointsElsewhere(check)),
                with(Words::tr("Sender check failed: %1").arg(pointsElsewhere(check))), &Colors::danger};
    }
    return {};
}

bool isSenderWarning(const SenderCheck& check) {
    return check.verdict == SenderVerdict::Suspicious || check.verdict == SenderVerdict::Failed;
}

void showSenderMark(TextBlock* mark, const SenderCheck& check) {
    const SenderWords words = senderWords(check);
    mark->setText(words.shown);
    mark->setColor(words.color);
    mark->setToolTip(words.spoken);
    mark->setAccessibleName(words.spoken);
}

} // namespace aiva
