// Work that reads messages: bodies, flags, searches. Begun by ImapMailbox.
#pragma once

#include "core/adapters/mail/imap/imap_run.h"
#include "core/adapters/mail/imap/mail_decode_queue.h"

#include <QSet>

#include <memory>

namespace aiva {

// Bodies, each decoded beside the line as soon as it has arrived; ends, and lets the next begin, before all are.
class FetchRun final : public AnsweringRun<std::vector<ServerMessage>> {
public:
    FetchRun(QString folder, std::vector<quint32> uids, MailDecodeQueue& decoder,
             ImapAnswer<std::vector<ServerMessage>> answer);
    ~FetchRun() override;
    bool isRead() const override { return true; }

private:
    struct Batch; // what is decoded so far; touched on the decoder's thread only

    void begin() override;
    void fetchSet(size_t index);
    void take(ImapResponse& response);
    void finish();

    std::vector<quint32> m_uids;
    QSet<quint32> m_wanted; // asked for and not taken yet
    std::vector<QByteArray> m_sets;
    MailDecodeQueue& m_decoder;
    std::shared_ptr<Batch> m_batch;
};

class FetchRawRun final : public AnsweringRun<QByteArray> {
public:
    FetchRawRun(QString folder, quint32 uid, ImapAnswer<QByteArray> answer)
        : AnsweringRun(std::move(folder), std::move(answer)), m_uid(uid) {}

private:
    void begin() override;
    void finish();

    quint32 m_uid;
    std::optional<ImapValue> m_body;
};

class FlagsRun final : public AnsweringRun<std::vector<FlagUpdate>> {
public:
    FlagsRun(QString folder, const std::vector<quint32>& uids, ImapAnswer<std::vector<FlagUpdate>> answer);

private:
    void begin() override;
    void fetchSet(size_t index);

    std::vector<QByteArray> m_sets;
    std::vector<FlagUpdate> m_updates;
};

class FindRun final : public AnsweringRun<std::vector<quint32>> {
public:
    FindRun(QString folder, const QString& messageId, ImapAnswer<std::vector<quint32>> answer)
        : AnsweringRun(std::move(folder), std::move(answer)), m_messageId(messageId) {}

private:
    void begin() override;

    QString m_messageId;
    std::vector<quint32> m_found;
};

} // namespace aiva
