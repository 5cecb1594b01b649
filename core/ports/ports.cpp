// Homes of the ports' virtual tables.
#include "core/ports/mail_file_port.h"
#include "core/ports/secret_store.h"
#include "core/ports/store_port.h"

namespace aiva {

MailFilePort::~MailFilePort() = default;
StorePort::~StorePort() = default;
BulkDecoder::~BulkDecoder() = default;
ByteSink::~ByteSink() = default;
SecretStore::~SecretStore() = default;

} // namespace aiva
