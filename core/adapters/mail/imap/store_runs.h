// Work that changes messages: flags, conditional flags, append, move, erase. Begun by ImapMailbox.
#pragma once

#include "core/adapters/mail/imap/imap_run.h"

#include <optional>

namespace aiva {

class StoreRun final : public AnsweringRun<bool> {
public:
    StoreRun(QString folder, const std::vector<quint32>& uids, FlagChange change, const QStringList& flags,
             ImapAnswer<bool> answer);

private:
    void begin() override;
    void storeSet(size_t index);

    std::vector<QByteArray> m_sets;
    FlagChange m_change;
    QStringList m_flags;
    QByteArray m_list;
};

// UID STORE n (UNCHANGEDSINCE m): losing the race is an OK with [MODIFIED n] (RFC 7162 §3.1.3).
class ConditionalStoreRun final : public AnsweringRun<ConditionalStore> {
public:
    struct Request {
        quint32 uid = 0;
        quint64 modSeq = 0;
        FlagChange change = FlagChange::Add;
        QStringList flags;
    };
    ConditionalStoreRun(QString folder, Request request, ImapAnswer<ConditionalStore> answer)
        : AnsweringRun(std::move(folder), std::move(answer)), m_request(std::move(request)) {}

private:
    void begin() override;
    void store(const QByteArray& flags);
    void onAnswered(const ImapResponse& response);
    void lookAgain();
    void take(const ImapResponse& response);

    Request m_request;
    quint64 m_modSeqAfter = 0;
    bool m_isThere = false;
};

class AppendRun final : public AnsweringRun<AppendedMail> {
public:
    AppendRun(QString folder, const QByteArray& mail, const QStringList& flags, ImapAnswer<AppendedMail> answer)
        : AnsweringRun(std::move(folder), std::move(answer)), m_mail(mail), m_flags(flags) {}

private:
    void begin() override;

    QByteArray m_mail;
    QStringList m_flags;
};

class MoveRun final : public AnsweringRun<bool> {
public:
    MoveRun(QString folder, const std::vector<quint32>& uids, QString target, ImapAnswer<bool> answer);

private:
    void begin() override;
    void moveSet(size_t index);
    void copySet(size_t index);

    std::vector<QByteArray> m_sets;
    QString m_target;
};

class EraseRun final : public AnsweringRun<bool> {
public:
    EraseRun(QString folder, const std::vector<quint32>& uids, ImapAnswer<bool> answer);

private:
    void begin() override;
    void eraseSet(size_t index);

    std::vector<QByteArray> m_sets;
};

} // namespace aiva
