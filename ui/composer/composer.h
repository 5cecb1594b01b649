// Where a reply or a note is written. Gives each conversation its text and cursor back, hands every change to be saved
// at once, and says what keeps a reply from leaving. Sends nothing itself: what is asked for goes out as signals, which
// the shell takes to the desk. The work is its parts'; this puts them together and is the door to them.
#pragma once

#include "core/base/clock.h"
#include "core/desk/mail/mail_values.h"
#include "ui/composer/composer_parts.h"
#include "ui/composer/composer_sources.h"
#include "ui/composer/open_draft.h"
#include "ui/outbox/outbox_text.h"

#include <QTimer>
#include <QWidget>

namespace aiva {

class AttachedFiles;
class BasisGuard;
class DraftSurroundings;
class ReplySending;
class SendNotice;
class WritingTools;

class Composer final : public QWidget {
    Q_OBJECT
public:
    explicit Composer(const Clock& clock, QWidget* parent = nullptr);

    void setSources(ComposerSources sources);
    void setMailboxes(std::vector<MailboxView> mailboxes);
    void setOutgoing(const std::optional<OutboxView>& mail); // of the conversation shown
    void setWeather(const OutboxWeather& weather);

    // What is written here. Text typed in this session wins over what the read model still says.
    void showConversation(const ConversationView& conversation);
    void clear();
    void forget(ConversationId conversation); // it is there no longer, nor is what was written in it
    bool isWriting(ConversationId conversation) const { return m_draft->documents().holds(conversation); }
    ConversationId conversation() const { return m_draft->conversation(); }

    QString text() const;
    DraftKind kind() const { return m_draft->kind(); }
    // At the cursor, on lines of its own; one step to undo. `html` is the same block for mail that shows HTML.
    void appendBlock(const QString& text, const QString& html);
    // Claims in the text are looked for from now on, a moment after each pause; absent: no more.
    void setClaimCheck(ClaimCheck check);
    void insertCannedReply(const CannedReply& reply);
    // As the kind, with the cursor in the text.
    void write(DraftKind kind);
    void focusEditor();
    void copyReply();
    void send(const std::optional<UtcTime>& at = {});
    // Takes the mail back while its undo window runs; false when none runs.
    bool undoSend();
    ReplyEdit* editor() const { return m_parts.editor; }

public Q_SLOTS:
    void setSaved(aiva::ConversationId conversation, aiva::UtcTime at);
    void takeSavedToServer(aiva::ConversationId conversation);               // saveToServerAsked went well
    void takeQueued(aiva::ConversationId conversation, aiva::OutboxId mail); // sendAsked went well
    // sendAsked or noteAsked did not: what was handed over is the person's again.
    void takeRefused(aiva::ConversationId conversation, const aiva::Error& error);
    void takeBack(aiva::OutboxId mail); // cancelSendAsked went well
    // cancelSendAsked or takeOverAsked did not; what is handed over goes its way.
    void takeFailed(aiva::ConversationId conversation, const aiva::Error& error);
    void takeNoteAdded(aiva::ConversationId conversation);
    void takeAttached(aiva::ConversationId conversation, const aiva::DraftAttachmentView& file);
    void takeAttachRefused(aiva::ConversationId conversation, const QString& name, const aiva::Error& error);

Q_SIGNALS:
    void draftChanged(const aiva::Draft& draft); // on every change; the desk gathers them
    void sendAsked(const aiva::ReplyRequest& reply);
    void cancelSendAsked(aiva::OutboxId mail);
    void sendNowAsked(aiva::OutboxId mail);
    void resolveAsked(aiva::OutboxId mail, bool wasSent);
    void noteAsked(aiva::ConversationId conversation, const QString& text);
    void attachAsked(aiva::ConversationId conversation, const aiva::AttachmentRecord& attachment);
    void detachAsked(aiva::DraftAttachmentId id);
    void saveToServerAsked(aiva::ConversationId conversation);
    void takeOverAsked(aiva::ConversationId conversation, int holderSlot);
    void mailboxAsked(); // none is connected

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectText();
    void connectParts();
    void passOn();
    void chooseKind(DraftKind kind);
    void acknowledge();
    void showNews(const ConversationView& conversation);
    void showParts();
    void look(); // what can wait for a pause in typing

    const Clock& m_clock;
    ComposerSources m_sources;
    QTimer m_pause;
    const ComposerParts m_parts;
    OpenDraft* m_draft;
    DraftSurroundings* m_around;
    BasisGuard* m_guard;
    SendNotice* m_notice;
    ReplySending* m_sending;
    AttachedFiles* m_files;
    WritingTools* m_tools;
};

} // namespace aiva
