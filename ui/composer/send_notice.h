// The line that says what keeps a reply from leaving, or what went wrong, and offers what can be done about it. Shows
// one thing at a time; decides nothing.
#pragma once

#include "core/base/clock.h"
#include "ui/composer/answered_mail.h"
#include "ui/composer/send_gate.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>

namespace aiva {

class Banner;

class SendNotice final : public QObject {
    Q_OBJECT
public:
    // Both outlive it.
    SendNotice(Banner& banner, const Clock& clock, QObject* parent);

    // `reply`: the colleague's, when it is one that keeps it back.
    void show(const SendVerdict& verdict, const std::optional<ColleagueReply>& reply);
    // Told at once, or when that conversation is shown again.
    void fail(ConversationId conversation, const QString& sentence);
    // Another conversation is shown, or none (invalid): what failed of it meanwhile is told.
    void follow(ConversationId conversation);
    void forget(ConversationId conversation) { m_untold.remove(conversation); }
    bool tells(const SendVerdict& verdict) const { return m_kind == Kind::Verdict && m_verdict == verdict; }
    void clear();
    void clearFailure();
    // What was told holds no more, unless it is this.
    void clearVerdictBut(const SendVerdict& verdict);

Q_SIGNALS:
    void seen(); // the colleague's reply
    void takeOverAsked();
    void mailboxAsked();
    void attachAsked();
    void aged(); // what is told changes with the time

private:
    enum class Kind { None, Verdict, Failure };

    void tell(Kind kind, const QString& text, const QString& action);
    void act();

    Banner& m_banner;
    const Clock& m_clock;
    ConversationId m_conversation;
    QHash<ConversationId, QString> m_untold; // what failed of those that were not shown
    Kind m_kind = Kind::None;
    SendVerdict m_verdict;
    QTimer m_age; // runs while a colleague's reply is told
};

} // namespace aiva
