#include "app/intent_trainer/public_corpora.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr int kTaken = 3;

Result<QByteArray> contents(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::NotFound, u"cannot read "_s + path};
    return file.readAll();
}

// The collection has one label for what we keep apart; the words decide where they can.
TrainingMail returnsMail(const QString& text) {
    static const QRegularExpression refund(u"refund|money"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression exchange(u"exchang|replac"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression back(u"return"_s, QRegularExpression::CaseInsensitiveOption);
    TrainingMail mail{text, {}, {}};
    const auto sort = [&](Intent intent, const QRegularExpression& words) {
        (text.contains(words) ? mail.intents : mail.undecided).push_back(intent);
    };
    sort(Intent::Refund, refund);
    sort(Intent::Exchange, exchange);
    sort(Intent::Return, back);
    if (mail.intents.empty()) {
        mail.intents.push_back(Intent::Return);
        mail.undecided.pop_back();
    }
    return mail;
}

TrainingMail hint3Mail(const QString& label, const QString& original, const QString& text) {
    static const QHash<QString, Intent> same{{u"human"_s, Intent::HumanRequest}};
    if (original == "RESUME_DELIVERY"_L1) return {text, {}, {Intent::PolicyQuestion}};
    if (label == "return_exchange"_L1) return returnsMail(text);
    const auto intent = same.contains(label) ? same.value(label) : intentFromWord(label);
    if (!intent || *intent == Intent::Other) return {text, {}, {}};
    TrainingMail mail{text, {*intent}, {}};
    if (*intent == Intent::HumanRequest) mail.undecided.push_back(Intent::Complaint); // "Poor service" is one of them
    return mail;
}

} // namespace

Result<TrainingSet> hint3Mails(const QString& path) {
    AIVA_TRY(const QByteArray bytes, contents(path));
    TrainingSet mails;
    for (const QString& line : QString::fromUtf8(bytes).split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList columns = line.split(u'\t');
        if (columns.size() == 3) mails.push_back(hint3Mail(columns[0], columns[1], columns[2].trimmed()));
    }
    return mails;
}

bool isHeldOutBankingRow(int row) {
    return row % kTaken != 0;
}

Result<TrainingSet> bankingMails(const QString& path) {
    AIVA_TRY(const QByteArray bytes, contents(path));
    TrainingSet mails;
    int row = -1; // the header
    for (const QString& line : QString::fromUtf8(bytes).split(u'\n', Qt::SkipEmptyParts)) {
        if (row >= 0 && !isHeldOutBankingRow(row)) mails.push_back({line.left(line.lastIndexOf(u',')), {}, {}});
        ++row;
    }
    return mails;
}

Result<TrainingSet> clincMails(const QString& path) {
    AIVA_TRY(const QByteArray bytes, contents(path));
    const QJsonObject parts = QJsonDocument::fromJson(bytes).object();
    TrainingSet mails;
    int row = 0;
    for (const char* part : {"train", "oos_train"})
        for (const QJsonValue entry : parts.value(QLatin1String(part)).toArray()) {
            const bool isOurs = entry[1].toString() == "order_status"_L1;
            if (!isOurs && ++row % kTaken != 0) continue;
            mails.push_back(
                {entry[0].toString(), isOurs ? std::vector{Intent::OrderStatus} : std::vector<Intent>(), {}});
        }
    return mails;
}

} // namespace aiva
