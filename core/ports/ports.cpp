// Homes of the ports' virtual tables.
#include "core/ports/secret_store.h"
#include "core/ports/store_port.h"

namespace aiva {

StorePort::~StorePort() = default;
BulkDecoder::~BulkDecoder() = default;
ByteSink::~ByteSink() = default;
SecretStore::~SecretStore() = default;

} // namespace aiva
