#include "core/adapters/mail/imap/fetch_runs.h"

#include "core/adapters/mail/imap/fetched_items.h"
#include "core/adapters/mail/imap/uid_set.h"
#include "core/adapters/mail/mime/mail_decoder.h"

#include <QHash>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr size_t kMostUpdates = 5'000'000;
}

struct FetchRun::Batch {
    QHash<quint32, ServerMessage> messages;
};

FetchRun::FetchRun(QString folder, std::vector<quint32> uids, MailDecodeQueue& decoder,
                   ImapAnswer<std::vector<ServerMessage>> answer)
    : AnsweringRun(std::move(folder), std::move(answer))
    , m_uids(std::move(uids))
    , m_wanted(m_uids.begin(), m_uids.end())
    , m_sets(uidSets(m_uids))
    , m_decoder(decoder)
    , m_batch(std::make_shared<Batch>()) {}

FetchRun::~FetchRun() = default;

void FetchRun::begin() {
    withFolder([this] { fetchSet(0); });
}

void FetchRun::fetchSet(size_t index) {
    if (index == m_sets.size()) return finish();
    const QByteArray items = session().hasCondStore() ? " (UID FLAGS MODSEQ INTERNALDATE BODY.PEEK[])"
                                                      : " (UID FLAGS INTERNALDATE BODY.PEEK[])";
    command(
        ImapCommand("UID FETCH " + m_sets[index] + items), [this, index](const ImapResponse&) { fetchSet(index + 1); },
        [this](ImapResponse& response) { take(response); });
}

void FetchRun::take(ImapResponse& response) {
    const auto fetched = bodyOf(response);
    if (!fetched || !m_wanted.contains(fetched->uid)) return; // of another run, or of nobody
    const auto update = flagUpdateOf(response);
    if (!update) return;
    m_wanted.remove(fetched->uid);
    ServerMessage message{update->uid, update->modSeq, update->flags, {}};
    // The body moves to the decoder; NIL is a message that went away meanwhile.
    const auto body = std::make_shared<ImapValue>(std::move(*fetched->body));
    if (body->kind == ImapValue::Kind::Nil) return;
    m_decoder.decode(body->bytes.size(), [batch = m_batch, message, body, date = fetched->internalDate] {
        ServerMessage decoded = message;
        decoded.message = std::make_shared<const Result<MessageRecord>>(
            body->isTooLarge ? Result<MessageRecord>(Error{ErrorKind::Invalid, u"message too large"_s})
                             : decodeMail(body->bytes, date));
        batch->messages.insert(decoded.uid, std::move(decoded));
    });
}

void FetchRun::finish() {
    m_decoder.run([batch = m_batch, uids = m_uids, answer = answerer()] {
        std::vector<ServerMessage> messages;
        messages.reserve(uids.size());
        for (const quint32 uid : uids) {
            const auto found = batch->messages.find(uid);
            if (found == batch->messages.end()) continue;
            messages.push_back(*std::move(found));
            batch->messages.erase(found);
        }
        answer(std::move(messages));
    });
    end();
}

void FetchRawRun::begin() {
    withFolder([this] {
        command(
            ImapCommand("UID FETCH " + QByteArray::number(m_uid) + " (UID BODY.PEEK[])"),
            [this](const ImapResponse&) { finish(); },
            [this](ImapResponse& response) {
                if (const auto fetched = bodyOf(response); fetched && fetched->uid == m_uid)
                    m_body = std::move(*fetched->body);
            });
    });
}

void FetchRawRun::finish() {
    if (!m_body || m_body->kind == ImapValue::Kind::Nil)
        return refuseAndEnd({ErrorKind::NotFound, u"no such message in the folder"_s});
    if (m_body->isTooLarge) return refuseAndEnd({ErrorKind::Invalid, u"message too large"_s, ErrorCause::MailTooLarge});
    answer(std::move(m_body->bytes));
}

FlagsRun::FlagsRun(QString folder, const std::vector<quint32>& uids, ImapAnswer<std::vector<FlagUpdate>> answer)
    : AnsweringRun(std::move(folder), std::move(answer)), m_sets(uidSets(uids)) {}

void FlagsRun::begin() {
    withFolder([this] { fetchSet(0); });
}

void FlagsRun::fetchSet(size_t index) {
    if (index < m_sets.size())
        return command(
            ImapCommand("UID FETCH " + m_sets[index] + ' ' + flagItems()),
            [this, index](const ImapResponse&) { fetchSet(index + 1); },
            [this](ImapResponse& response) {
                auto update = flagUpdateOf(response);
                if (update && m_updates.size() < kMostUpdates) m_updates.push_back(*std::move(update));
            });
    std::stable_sort(m_updates.begin(), m_updates.end(),
                     [](const FlagUpdate& a, const FlagUpdate& b) { return a.uid < b.uid; });
    answer(std::move(m_updates));
}

void FindRun::begin() {
    withFolder([this] {
        // In brackets: SEARCH finds any part of a header, and one id may end in another.
        ImapCommand search("UID SEARCH HEADER Message-ID");
        search.string(m_messageId.startsWith(u'<') ? m_messageId.toUtf8() : ('<' + m_messageId.toUtf8() + '>'));
        command(
            search, [this](const ImapResponse&) { answer(std::move(m_found)); },
            [this](ImapResponse& response) {
                if (response.is("SEARCH")) m_found = searchedUids(response.text);
            });
    });
}

} // namespace aiva
