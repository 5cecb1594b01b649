// Where a reply or a note is written. Keeps one document with its own undo history for each, hands every change to be
// saved at once, gives each conversation its text and cursor back, and says what keeps a reply from leaving. Sends
// nothing itself: what is asked for goes out as signals, which the shell takes to the desk.
#pragma once

#include "core/base/clock.h"
#include "core/desk/mail/mail_values.h"
#include "core/domain/reply/reply_text.h"
#include "core/readmodel/conversation_query.h"
#include "core/readmodel/mailbox_query.h"
#include "core/readmodel/outbox_query.h"
#include "ui/composer/address_field.h"
#include "ui/composer/draft_documents.h"
#include "ui/composer/outgoing_bar.h"
#include "ui/composer/reply_values.h"
#include "ui/composer/send_gate.h"
#include "ui/composer/text_marks.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

class QLabel;

namespace aiva {

class Banner;
class BelowText;
class CannedRepliesPopover;
class DraftDifference;
class FormatBar;
class AttachmentStrip;
class KindSwitch;
class NoteFrame;
class RecipientsBar;
class ReplyEdit;
class SendBar;
class TextBlock;

// What the composer asks for only when it needs it. Absent functions: it does without.
struct ComposerSources {
    std::function<std::vector<CannedReply>()> cannedReplies;
    std::function<std::optional<CustomerView>()> customer; // of the conversation shown
    std::function<std::optional<DraftBasis>(ConversationId)> basis;
    std::function<std::vector<DraftVersionView>(ConversationId)> versions;
    std::function<Result<QByteArray>(DraftAttachmentId)> attachment;
    AddressField::Suggestions addresses;
    SpellCheck spelling;
};

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
    bool isWriting(ConversationId conversation) const { return m_documents->holds(conversation); }
    ConversationId conversation() const { return m_view ? m_view->id : ConversationId(); }

    QString text() const;
    DraftKind kind() const;
    // At the cursor, on lines of its own; one step to undo. `html` is the same block for mail that shows HTML.
    void appendBlock(const QString& text, const QString& html);
    // Claims in the text are looked for from now on, a moment after each pause; absent: no more.
    void setClaimCheck(ClaimCheck check);
    void insertCannedReply(const CannedReply& reply);
    void attachFiles(const QStringList& paths);
    // As the kind, with the cursor in the text.
    void write(DraftKind kind);
    void focusEditor();
    void copyReply();
    void send(const std::optional<UtcTime>& at = {});
    // Takes the mail back while its undo window runs; false when none runs.
    bool undoSend();
    ReplyEdit* editor() const { return m_editor; }

public Q_SLOTS:
    void setSaved(aiva::ConversationId conversation, aiva::UtcTime at);
    void takeSavedToServer(aiva::ConversationId conversation);               // saveToServerAsked went well
    void takeQueued(aiva::ConversationId conversation, aiva::OutboxId mail); // sendAsked went well
    void takeRefused(aiva::ConversationId conversation, const aiva::Error& error);
    void takeBack(aiva::OutboxId mail); // cancelSendAsked went well
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
    void resumeAsked();  // the outbox is paused
    void mailboxAsked(); // none is connected

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Notice { None, Verdict, Failure, NoMailbox, Paused };

    void build();
    void connectParts();
    void addShortcuts();
    Writing* writing();
    const MailboxView* mailbox() const;
    void chooseKind(DraftKind kind);
    void attachDocument();
    void showParts();
    void showRecipients();
    void showBelow();
    void showAttachments();
    void loadImages();
    void keepCursor();
    void updateState();

    void textChanged();
    void emitDraft();
    void recordBasis();
    void takeRecipients();
    void checkStale();
    void acknowledge();

    SendSituation situation() const;
    ReplyRequest request(const std::optional<UtcTime>& at, Result<void>& outcome);
    qint64 sentBytes() const;
    QString writtenLanguage();
    void look(); // what can wait for a pause in typing
    void tell(Notice notice, const QString& text, const QString& action = {});
    void actOnNotice();
    void showVerdict(const SendVerdict& verdict);
    void showWeather();
    void addNote();
    void endSending();
    void act(OutboxAction action);

    void chooseFiles();
    void pasteImage(const QImage& image);
    void openCanned();
    void openMore();
    void restore(const DraftVersionView& version);
    void quoteInline();
    QString quote(const QuotedMail& mail) const;

    const Clock& m_clock;
    ComposerSources m_sources;
    std::vector<MailboxView> m_mailboxes;
    std::optional<ConversationView> m_view;
    DraftDocuments* m_documents;
    QHash<ConversationId, DraftKind> m_kinds; // as chosen in this session
    QTextDocument* m_blank;
    bool m_restoring = false;
    bool m_isStale = false;
    ConversationId m_sending; // handed over, not answered
    QString m_confirmed;      // the doubt a first press of Send has told
    Notice m_notice = Notice::None;
    SendVerdict m_verdict;
    OutboxWeather m_weather;
    QTimer m_pause;
    QTimer m_age; // runs while a colleague's reply is told

    KindSwitch* m_kindSwitch;
    RecipientsBar* m_recipients;
    QLabel* m_state;
    OutgoingBar* m_outgoing;
    DraftDifference* m_difference;
    Banner* m_banner;
    NoteFrame* m_frame;
    ReplyEdit* m_editor;
    TextMarks* m_marks;
    BelowText* m_below;
    AttachmentStrip* m_strip;
    TextBlock* m_weatherLine;
    SendBar* m_bar;
    FormatBar* m_formats;
    CannedRepliesPopover* m_canned = nullptr;
};

} // namespace aiva
