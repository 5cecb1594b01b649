#include "core/adapters/store/shopify/bulk_answers.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;
using State = BulkStatus::State;

State stateOf(const std::string& status) {
    if (status == "COMPLETED") return State::Completed;
    if (status == "FAILED") return State::Failed;
    if (status == "CANCELED") return State::Cancelled;
    if (status == "EXPIRED") return State::Expired;
    return State::Running; // CREATED, RUNNING, CANCELING and what may come
}

Result<BulkStatus> readOperation(std::optional<JsonObject> operation, const std::vector<ApiFault>& faults) {
    if (!operation) {
        if (!faults.empty()) return faultError(faults.front());
        return Error{ErrorKind::NotFound, u"the shop does not know this bulk operation"_s};
    }
    std::string problem;
    JsonReader reader(*operation, problem);
    BulkStatus status;
    status.operationId = QString::fromStdString(reader.requiredText("id"));
    status.state = stateOf(reader.text("status"));
    status.errorCode = QString::fromStdString(reader.text("errorCode"));
    status.objectCount = reader.integer("objectCount").value_or(0);
    const QString whole = QString::fromStdString(reader.text("url"));
    const QString partial = QString::fromStdString(reader.text("partialDataUrl"));
    status.isPartial = status.state != State::Completed && whole.isEmpty() && !partial.isEmpty();
    status.url = status.isPartial ? partial : whole;
    if (!problem.empty()) return Error{ErrorKind::Invalid, u"the bulk operation has no id"_s};
    return status;
}

std::optional<JsonObject> payloadOf(const GraphQlAnswer& answer, std::string_view field) {
    std::string ignored;
    return JsonReader(answer.data, ignored).object(field);
}

Error noPayload(const GraphQlAnswer& answer) {
    if (!answer.faults.empty()) return faultError(answer.faults.front());
    return {ErrorKind::Invalid, u"the answer lacks what was asked for"_s};
}

} // namespace

Result<BulkStatus> readBulkStarted(const GraphQlAnswer& answer) {
    const auto payload = payloadOf(answer, "bulkOperationRunQuery");
    if (!payload) return noPayload(answer);
    if (const auto error = userError(*payload)) return *error;
    std::string ignored;
    return readOperation(JsonReader(*payload, ignored).object("bulkOperation"), answer.faults);
}

Result<BulkStatus> readBulkStatus(const GraphQlAnswer& answer) {
    return readOperation(payloadOf(answer, "bulkOperation"), answer.faults);
}

Result<bool> readBulkCancelled(const GraphQlAnswer& answer) {
    const auto payload = payloadOf(answer, "bulkOperationCancel");
    if (!payload) return noPayload(answer);
    std::string ignored;
    // An operation that had already ended is refused with a userError and still named: nothing is left to cancel.
    const bool isNamed = JsonReader(*payload, ignored).object("bulkOperation").has_value();
    if (const auto error = userError(*payload); error && !isNamed) return *error;
    return true;
}

} // namespace aiva
