// The files and images that go along with a reply: chosen, dropped or pasted, read on the pool, and told to the desk,
// which keeps them. A file goes to the conversation it was chosen for, whichever is shown by then.
#pragma once

#include "core/base/error.h"
#include "core/domain/mail/message_record.h"
#include "core/readmodel/conversation_query.h"

#include <QObject>
#include <QStringList>

class QImage;

namespace aiva {

class AttachmentStrip;
class OpenDraft;
struct ComposerSources;

class AttachedFiles final : public QObject {
    Q_OBJECT
public:
    // All outlive it.
    AttachedFiles(OpenDraft& draft, AttachmentStrip& strip, const ComposerSources& sources, QObject* parent);

    void show();
    // Asks for files.
    void choose();
    void add(const QStringList& paths);
    void addImage(const QImage& image);
    // Answers of the desk. `refuse` is for those that were read but not kept, too.
    void take(ConversationId conversation, const DraftAttachmentView& file);
    void refuse(ConversationId conversation, const QString& name);

Q_SIGNALS:
    void attachAsked(aiva::ConversationId conversation, const aiva::AttachmentRecord& attachment);
    void detachAsked(aiva::DraftAttachmentId id);
    void failed(aiva::ConversationId conversation, const QString& name, const aiva::Error& error); // to be read

private:
    void addTo(ConversationId conversation, const QStringList& paths);
    void remove(DraftAttachmentId id);
    void loadImages();
    void showOf(ConversationId conversation);

    OpenDraft& m_draft;
    AttachmentStrip& m_strip;
    const ComposerSources& m_sources;
};

} // namespace aiva
