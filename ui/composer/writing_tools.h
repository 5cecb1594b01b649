// What puts words into the text besides typing: canned replies, blocks from elsewhere, earlier versions, the quote.
// Each is one step to undo. Nothing goes into a text that is being handed over.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/conversation_query.h"
#include "core/readmodel/mailbox_query.h"

#include <QObject>

namespace aiva {

class CannedRepliesPopover;
class OpenDraft;
class ReplyEdit;
class SendBar;
struct ComposerSources;

class WritingTools final : public QObject {
    Q_OBJECT
public:
    // All outlive it; what opens is a child of the bar's, above it.
    WritingTools(const Clock& clock, OpenDraft& draft, SendBar& bar, const ComposerSources& sources, QObject* parent);

    // At the cursor, on lines of its own. `html` is the same block for mail that shows HTML.
    void appendBlock(const QString& text, const QString& html);
    void insertCanned(const CannedReply& reply);
    void openCanned();
    void openMore();
    // The mail that is answered, at the end, to be answered line by line.
    void quoteInline();
    void copy();
    // What is open was opened for another text.
    void closeAll();

Q_SIGNALS:
    void inserted(); // a canned reply, with variables that may be empty
    void quoted();
    void saveToServerAsked(aiva::ConversationId conversation);

private:
    void restore(ConversationId conversation, const DraftVersionView& version);

    const Clock& m_clock;
    OpenDraft& m_draft;
    ReplyEdit& m_editor;
    SendBar& m_bar;
    const ComposerSources& m_sources;
    CannedRepliesPopover* m_canned = nullptr;
};

} // namespace aiva
