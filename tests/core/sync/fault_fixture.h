// A small shop whose port fails as a test says, and the cache that is left when nothing fails.
#pragma once

#include "tests/core/sync/sync_fixture.h"
#include "tests/support/table_dump.h"

namespace aiva::test {

using Transport = SyncRequest::Transport;
using Call = FakeStorePort::Call;

inline const FakeShop& smallShop() {
    static const FakeShop shop = makeShop(60, 240, 10, SystemClock().now());
    return shop;
}

inline Error failure(ErrorKind kind, ErrorCause cause) {
    return {kind, QStringLiteral("as the shop said it"), cause};
}

inline QString count(SyncFixture& fixture, const char* table) {
    return rows(fixture.workspace.writer(), "SELECT count(*) FROM " + QByteArray(table)).front();
}

// The cache a faultless paged sync of the small shop leaves.
inline const QStringList& faultless() {
    static const QStringList dump = [] {
        SyncFixture fixture(smallShop());
        fixture.sync(SyncKind::Full, Transport::Paged);
        return dumpOfShopTables(fixture.workspace.writer());
    }();
    return dump;
}

} // namespace aiva::test
