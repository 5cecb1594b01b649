#include "core/sync/files/mail_import.h"

#include "core/domain/email_address.h"

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr int kMessagesATransaction = 100;
constexpr qsizetype kMostCauses = 100;

} // namespace

MailImportBatch::MailImportBatch(ConversationRepository& conversations, Database& writer,
                                 const QSet<QString>& ownAddresses)
    : m_conversations(conversations), m_writer(writer) {
    for (const QString& address : ownAddresses)
        m_ownAddresses.insert(normalizedEmail(address));
}

MailImportBatch::~MailImportBatch() = default;

Result<void> MailImportBatch::add(const QString& fileName, const Result<MessageRecord>& message) {
    ++m_counts.read;
    if (!message) {
        refuse(fileName, message.error());
        return {};
    }
    if (!m_transaction) {
        AIVA_TRY(m_transaction, Transaction::begin(m_writer));
    }
    const bool isOurs = m_ownAddresses.contains(normalizedEmail(message->from.email));
    const auto direction =
        isOurs ? ConversationRepository::Direction::Outbound : ConversationRepository::Direction::Inbound;
    const auto added = m_conversations.add(*message, direction);
    const bool isRefused = !added && added.error().kind == ErrorKind::Refused; // of somebody who was erased
    if (!added && !isRefused && added.error().kind != ErrorKind::Invalid) return added.error();
    if (!added)
        refuse(fileName, added.error());
    else
        ++(added->isNew ? m_counts.added : m_counts.known);
    return ++m_pending < kMessagesATransaction ? Result<void>() : commit();
}

void MailImportBatch::refuse(const QString& fileName, const Error& error) {
    ++m_counts.refused;
    if (m_counts.causes.size() < kMostCauses) m_counts.causes << u"%1: %2"_s.arg(fileName, error.detail);
}

Result<void> MailImportBatch::commit() {
    if (!m_transaction) return {};
    AIVA_CHECK(m_transaction->commit());
    m_transaction.reset();
    m_pending = 0;
    return {};
}

Result<MailImportCounts> importMail(MailFilePort& port, const QString& path, const QSet<QString>& ownAddresses,
                                    ConversationRepository& conversations, Database& writer,
                                    const std::function<bool(qint64 read)>& progress) {
    MailImportBatch batch(conversations, writer, ownAddresses);
    Result<void> written;
    const auto take = [&](const QString& fileName, Result<MessageRecord> message) {
        written = batch.add(fileName, message);
        if (!written) return false;
        return batch.counts().read % kMessagesATransaction != 0 || !progress || progress(batch.counts().read);
    };
    AIVA_CHECK(port.read(path, take));
    AIVA_CHECK(written);
    AIVA_CHECK(batch.commit());
    return batch.counts();
}

} // namespace aiva
