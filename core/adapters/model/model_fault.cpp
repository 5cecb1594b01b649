#include "core/adapters/model/model_fault.h"

#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// The error object of either family, or a bare string.
struct Complaint {
    QString type;
    QString code;
    QString message;
};

Complaint readComplaint(const QJsonObject& error) {
    Complaint complaint;
    complaint.type = error["type"_L1].toString();
    complaint.code = error["code"_L1].toString();
    if (complaint.code.isEmpty()) complaint.code = error["details"_L1].toObject()["error_code"_L1].toString();
    complaint.message = error["message"_L1].toString().left(4000).toLower();
    return complaint;
}

Complaint complaintIn(const QByteArray& body) {
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    if (root["error"_L1].isObject()) return readComplaint(root["error"_L1].toObject());
    Complaint complaint;
    complaint.message = root["error"_L1].toString().left(4000).toLower();
    return complaint;
}

// An endpoint could write anything there.
QString cleanWord(const QString& word) {
    static const QRegularExpression shape(u"^[a-z_]{1,60}$"_s);
    return shape.match(word).hasMatch() ? word : QString();
}

bool isOneOf(const QString& word, std::initializer_list<QLatin1StringView> words) {
    return std::any_of(words.begin(), words.end(), [&](QLatin1StringView each) { return word == each; });
}

bool isAboutMoney(const Complaint& complaint, int status) {
    return status == 402 || complaint.type == "billing_error"_L1 || complaint.type == "insufficient_quota"_L1 ||
           isOneOf(complaint.code, {"insufficient_quota"_L1, "billing_hard_limit_reached"_L1, "billing_not_active"_L1,
                                    "enforced_spend_limit_reached"_L1});
}

bool isAboutTheModel(const Complaint& complaint, int status) {
    return status == 404 || complaint.code == "model_not_found"_L1;
}

int statusOf(const Complaint& complaint) {
    static const std::array<std::pair<QLatin1StringView, int>, 10> table{{{"overloaded_error"_L1, 529},
                                                                          {"rate_limit_error"_L1, 429},
                                                                          {"rate_limit_exceeded"_L1, 429},
                                                                          {"api_error"_L1, 500},
                                                                          {"server_error"_L1, 500},
                                                                          {"timeout_error"_L1, 504},
                                                                          {"authentication_error"_L1, 401},
                                                                          {"permission_error"_L1, 403},
                                                                          {"invalid_request_error"_L1, 400},
                                                                          {"not_found_error"_L1, 404}}};
    for (const auto& [word, status] : table)
        if (complaint.type == word || complaint.code == word) return status;
    return 500;
}

ModelFault faultOf(int status, const Complaint& complaint, const QString& requestId) {
    QString detail = u"the model's endpoint answered %1"_s.arg(status);
    if (const QString word = cleanWord(complaint.code.isEmpty() ? complaint.type : complaint.code); !word.isEmpty())
        detail += u' ' + word;
    if (!requestId.isEmpty()) detail += u" (request %1)"_s.arg(requestId);
    const auto final = [&](ErrorKind kind, ErrorCause cause = ErrorCause::None) {
        return ModelFault{{kind, detail, cause}, false, {}, complaint.message};
    };
    const auto passing = [&](ErrorKind kind, ErrorCause cause = ErrorCause::None) {
        return ModelFault{{kind, detail, cause}, true, {}, complaint.message};
    };
    if (isAboutMoney(complaint, status)) return final(ErrorKind::Refused, ErrorCause::SpendLimit);
    if (status == 401 || status == 403) return final(ErrorKind::Auth, ErrorCause::TokenRefused);
    if (isAboutTheModel(complaint, status)) return final(ErrorKind::NotFound, ErrorCause::ModelMissing);
    if (status == 429 || status == 503 || status == 529) return passing(ErrorKind::RateLimited, ErrorCause::ModelBusy);
    if (status == 408 || status == 504) return passing(ErrorKind::Timeout);
    if (status == 409) return passing(ErrorKind::Conflict);
    if (status >= 500) return passing(ErrorKind::Network);
    if (status >= 300 && status < 400) return final(ErrorKind::Refused, ErrorCause::RedirectRefused);
    return final(ErrorKind::Invalid);
}

QString requestIdOf(const HttpResponse& response) {
    static const QRegularExpression shape(u"^[A-Za-z0-9_-]{1,64}$"_s);
    const QString id = QString::fromLatin1(response.header("request-id"));
    return shape.match(id).hasMatch() ? id : response.requestId;
}

std::optional<qint64> positiveNumber(const QByteArray& text, double factor) {
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    if (!isNumber || !std::isfinite(value) || value < 0) return {};
    return static_cast<qint64>(std::ceil(std::min(value * factor, 1e12)));
}

} // namespace

std::optional<qint64> toldWaitMs(const HttpResponse& response, const Clock& clock) {
    if (const auto ms = positiveNumber(response.header("retry-after-ms"), 1)) return ms;
    const QByteArray told = response.header("retry-after");
    if (const auto ms = positiveNumber(told, 1000)) return ms;
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(told), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid()) return {};
    date.setTimeSpec(Qt::UTC);
    return std::max<qint64>(0, UtcTime(date.toMSecsSinceEpoch()).msSince(clock.now()));
}

ModelFault faultOfResponse(const HttpResponse& response, const Clock& clock) {
    ModelFault fault = faultOf(response.status, complaintIn(response.body), requestIdOf(response));
    fault.afterMs = toldWaitMs(response, clock);
    const QByteArray should = response.header("x-should-retry");
    const bool isFinal = fault.error.cause == ErrorCause::SpendLimit || fault.error.kind == ErrorKind::Auth;
    if (should == "false") fault.mayRetry = false;
    if (should == "true" && !isFinal) fault.mayRetry = true;
    return fault;
}

ModelFault faultInStream(const QJsonObject& error) {
    const Complaint complaint = readComplaint(error);
    return faultOf(statusOf(complaint), complaint, {});
}

ModelFault faultOfTransport(const Error& error) {
    const bool neverArrived = error.kind == ErrorKind::Network &&
                              (error.cause == ErrorCause::None || error.cause == ErrorCause::ConnectionReset);
    return {error, neverArrived};
}

ModelFault malformedFault(const char* what) {
    return {{ErrorKind::Invalid, QString::fromLatin1(what), ErrorCause::AnswerMalformed}};
}

} // namespace aiva
