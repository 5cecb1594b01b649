// One piece of work on the working connection: some commands and one answer. Begun by ImapEngine when the session is
// ready, ended by its answer; a lost line ends it with refuse(). Everything runs on the connection's thread.
#pragma once

#include "core/adapters/mail/imap/imap_session.h"

#include <functional>
#include <utility>

namespace aiva {

// May be called from any thread, once.
template <typename T>
using ImapAnswer = std::function<void(Result<T>)>;

class ImapRun {
public:
    explicit ImapRun(QString folder) : m_folder(std::move(folder)) {}
    virtual ~ImapRun();
    ImapRun(const ImapRun&) = delete;
    ImapRun& operator=(const ImapRun&) = delete;

    void start(ImapSession& session, ImapSession::Spellings& spellings, std::function<void()> ended);
    virtual void refuse(const Error& error) = 0;
    // Several reads of bodies of one folder may be under way at once, so that none waits for the server.
    virtual bool isRead() const { return false; }
    const QString& folder() const { return m_folder; }
    QByteArray wireFolder(const ImapSession& session, const ImapSession::Spellings& spellings) const;

protected:
    virtual void begin() = 0;
    void end();

    ImapSession& session() { return *m_session; }
    ImapSession::Spellings& spellings() { return *m_spellings; }
    QByteArray wireFolder() const { return wireFolder(*m_session, *m_spellings); }
    // Runs `next` with the folder selected; ends with the error otherwise.
    void withFolder(std::function<void()> next);
    // Runs a command; ends with its error unless it is OK.
    void command(const ImapCommand& command, std::function<void(const ImapResponse&)> ok,
                 ImapLink::Untagged untagged = {});
    void refuseAndEnd(const Error& error);
    // "(FLAGS MODSEQ)" where the server counts changes, else "(FLAGS)".
    QByteArray flagItems() const;

private:
    QString m_folder;
    ImapSession* m_session = nullptr;
    ImapSession::Spellings* m_spellings = nullptr;
    std::function<void()> m_ended;
};

template <typename T>
class AnsweringRun : public ImapRun {
public:
    AnsweringRun(QString folder, ImapAnswer<T> answer) : ImapRun(std::move(folder)), m_answer(std::move(answer)) {}
    void refuse(const Error& error) override { m_answer(error); }

protected:
    void answer(T value) {
        m_answer(std::move(value));
        end();
    }
    // To answer later, from elsewhere.
    const ImapAnswer<T>& answerer() const { return m_answer; }

private:
    ImapAnswer<T> m_answer;
};

} // namespace aiva
