// Homes of the ports' virtual tables.
#include "core/ports/claim_port.h"
#include "core/ports/mail_file_port.h"
#include "core/ports/mail_setup_port.h"
#include "core/ports/mail_writer_port.h"
#include "core/ports/mailbox_port.h"
#include "core/ports/model_port.h"
#include "core/ports/record_file_port.h"
#include "core/ports/secret_store.h"
#include "core/ports/store_port.h"
#include "core/ports/submission_port.h"
#include "core/ports/webhook_port.h"
#include "core/ports/webhook_pull_port.h"
#include "core/ports/webhook_subscription_port.h"

namespace aiva {

ClaimPort::~ClaimPort() = default;
MailSetupPort::~MailSetupPort() = default;
MailWriterPort::~MailWriterPort() = default;
MailboxPort::~MailboxPort() = default;
ModelPort::~ModelPort() = default;
RecordFile::~RecordFile() = default;
RecordFilePort::~RecordFilePort() = default;
SubmissionPort::~SubmissionPort() = default;
MailFilePort::~MailFilePort() = default;
ApiListener::~ApiListener() = default;
StorePort::~StorePort() = default;

void StorePort::setApiListener(std::shared_ptr<ApiListener>) {}

static Error comparisonNotSupported() {
    return {ErrorKind::Refused, QStringLiteral("this platform cannot be compared by id"), ErrorCause::NotSupported};
}

Future<MarkPage> StorePort::marks(const RecordQuery&, const QString&) {
    return readyFuture<MarkPage>(comparisonNotSupported());
}

Future<RecordPage> StorePort::lookup(Resource, const std::vector<std::string>&) {
    return readyFuture<RecordPage>(comparisonNotSupported());
}

BulkDecoder::~BulkDecoder() = default;
ByteSink::~ByteSink() = default;
SecretStore::~SecretStore() = default;
WebhookInbox::~WebhookInbox() = default;
WebhookKeys::~WebhookKeys() = default;

bool WebhookKeys::readAgain() {
    return false;
}

WebhookPull::~WebhookPull() = default;
WebhookSink::~WebhookSink() = default;
WebhookListener::~WebhookListener() = default;
WebhookDecoder::~WebhookDecoder() = default;
WebhookSubscriptionPort::~WebhookSubscriptionPort() = default;

} // namespace aiva
