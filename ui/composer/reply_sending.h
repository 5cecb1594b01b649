// A reply's way to the outbox: what keeps it back, what is handed over and waits for its answer, and the way back while
// its undo window runs. Also hands over notes, which have no way out. Asks by signals; the desk answers the composer.
#pragma once

#include "core/base/clock.h"
#include "core/desk/mail/mail_values.h"
#include "ui/composer/send_gate.h"
#include "ui/outbox/outbox_text.h"

#include <QObject>
#include <QSet>

#include <optional>

namespace aiva {

class BasisGuard;
class OpenDraft;
class SendNotice;
struct ComposerParts;
struct ComposerSources;

class ReplySending final : public QObject {
    Q_OBJECT
public:
    // What it stands between; all outlive it.
    struct Around {
        const Clock& clock;
        const ComposerSources& sources;
        const ComposerParts& parts;
        OpenDraft& draft;
        BasisGuard& guard;
        SendNotice& notice;
    };
    ReplySending(const Around& around, QObject* parent);

    // The note, or the reply: at once, or at a time.
    void send(const std::optional<UtcTime>& at);
    // Tells what keeps it back already, while it is being written.
    void look();
    // Another text is open: a doubt told before is of the other.
    void restart();
    // The desk has answered what was handed over of that conversation: the text is the person's again.
    void end(ConversationId conversation);
    // Send and the text, as far as what is open is handed over.
    void showBusy();

    // The mail on its way that is shown; false when its undo window does not run.
    bool undo();
    void act(OutboxAction action);

    // Answers of the desk; see Composer.
    void takeQueued(ConversationId conversation, OutboxId mail);
    void takeRefused(ConversationId conversation, const Error& error);
    void takeBack(OutboxId mail);
    void takeFailed(ConversationId conversation, const Error& error);

Q_SIGNALS:
    void turned(); // a blank text stands where the sent one stood, or that one again
    void sendAsked(const aiva::ReplyRequest& reply);
    void noteAsked(aiva::ConversationId conversation, const QString& text);
    void cancelSendAsked(aiva::OutboxId mail);
    void sendNowAsked(aiva::OutboxId mail);
    void resolveAsked(aiva::OutboxId mail, bool wasSent);

private:
    bool isHandedOver() const;
    SendSituation situation() const;
    void tell(const SendVerdict& verdict);
    void keepBack(const SendVerdict& verdict);
    void handOver(const std::optional<UtcTime>& at);
    void addNote();
    void askBack(OutboxId mail);

    const Around m_around;
    QSet<ConversationId> m_handedOver; // not answered
    OutboxId m_takingBack;             // asked for, not answered
    QString m_confirmed;               // the doubt a first press of Send has told
    std::optional<UtcTime> m_doubted;  // when that was to leave
};

} // namespace aiva
