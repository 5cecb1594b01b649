#include "app/sandbox/server/request_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

Value toValue(const QJsonValue& json) {
    Value value;
    switch (json.type()) {
    case QJsonValue::Bool:
        value.kind = Value::Kind::Boolean;
        value.text = json.toBool() ? "true" : "false";
        break;
    case QJsonValue::Double: {
        const double number = json.toDouble();
        const auto whole = static_cast<qint64>(number);
        const bool integral = static_cast<double>(whole) == number;
        value.kind = integral ? Value::Kind::Integer : Value::Kind::Float;
        value.text = integral ? std::to_string(whole) : std::to_string(number);
        break;
    }
    case QJsonValue::String:
        value.kind = Value::Kind::Text;
        value.text = json.toString().toStdString();
        break;
    case QJsonValue::Array: {
        value.kind = Value::Kind::List;
        const QJsonArray items = json.toArray();
        for (const QJsonValue& item : items)
            value.items.push_back(toValue(item));
        break;
    }
    case QJsonValue::Object: {
        value.kind = Value::Kind::Object;
        const QJsonObject object = json.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            value.fields.emplace_back(it.key().toStdString(), toValue(it.value()));
        break;
    }
    default:
        break;
    }
    return value;
}

} // namespace

std::optional<GraphRequest> readGraphRequest(const std::string& body) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(body));
    const QJsonObject object = document.object();
    if (!object.value("query"_L1).isString()) return std::nullopt;
    GraphRequest request;
    request.query = object.value("query"_L1).toString().toStdString();
    request.operationName = object.value("operationName"_L1).toString().toStdString();
    request.variables = toValue(object.value("variables"_L1));
    return request;
}

RequestFields readFields(const std::string& body, const std::string& contentType) {
    RequestFields result;
    if (contentType.find("json") != std::string::npos) {
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
        for (auto it = object.begin(); it != object.end(); ++it)
            result.fields[it.key().toStdString()] = it.value().toString().toStdString();
        return result;
    }
    QString form = QString::fromStdString(body);
    form.replace('+'_L1, ' '_L1);
    const QUrlQuery query(form);
    const auto items = query.queryItems(QUrl::FullyDecoded);
    for (const auto& [name, value] : items)
        result.fields[name.toStdString()] = value.toStdString();
    return result;
}

} // namespace aiva::sandbox
