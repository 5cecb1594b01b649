#include "core/domain/answering/audit_entry.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class AuditEntryTest : public QObject {
    Q_OBJECT

    static AuditEntry entry() {
        return {AuditId(7),   UtcTime(1'770'000'000'123), u"aiva"_s, u"auto_sent"_s, StoreId(2),
                std::nullopt, u"{\"to\":\"ü\"}"_s,        u"ab"_s,   QString()};
    }

private Q_SLOTS:
    void encodesEveryFieldWithItsLengthInBytes() {
        QCOMPARE(canonicalBytes(entry()), "12:aiva audit 1,1:7,13:1770000000123,4:aiva,9:auto_sent,1:2,-,11:{\"to\":\""
                                          "\xc3\xbc\"},2:ab,"_ba);
    }

    void digestsThoseBytes() {
        // printf of the bytes above piped into sha256sum
        QCOMPARE(digestOf(entry()), u"d6cca9ebe6992bd4886a5e94d6a0314a743a768836cdd26c93c3c972d4879197"_s);
    }

    void everyFieldChangesTheDigest() {
        QStringList digests{digestOf(entry())};
        const auto with = [&](auto change) {
            AuditEntry changed = entry();
            change(changed);
            digests.append(digestOf(changed));
        };
        with([](AuditEntry& e) { e.id = AuditId(8); });
        with([](AuditEntry& e) { e.at = e.at.plusMs(1); });
        with([](AuditEntry& e) { e.actor = u"person"_s; });
        with([](AuditEntry& e) { e.kind = u"auto_queued"_s; });
        with([](AuditEntry& e) { e.store = std::nullopt; });
        with([](AuditEntry& e) { e.store = StoreId(3); });
        with([](AuditEntry& e) { e.conversation = ConversationId(2); });
        with([](AuditEntry& e) {
            e.store = std::nullopt;
            e.conversation = ConversationId(2);
        });
        with([](AuditEntry& e) { e.detail = u"{}"_s; });
        with([](AuditEntry& e) { e.previousDigest = QString(); });
        // A letter that crosses from one field into the next.
        with([](AuditEntry& e) {
            e.actor = u"aivaa"_s;
            e.kind = u"uto_sent"_s;
        });
        const qsizetype all = digests.size();
        digests.removeDuplicates();
        QCOMPARE(digests.size(), all);
    }

    void theDigestItselfIsNoPartOfIt() {
        AuditEntry other = entry();
        other.digest = u"abc"_s;
        QCOMPARE(digestOf(other), digestOf(entry()));
    }
};

QTEST_GUILESS_MAIN(AuditEntryTest)
#include "tst_audit_entry.moc"
