// What goes with the reply: each file with its name and size, removable, and how much of what mail servers take is
// used. A file removed by the keyboard leaves the keyboard at its neighbour.
#pragma once

#include "core/readmodel/conversation_query.h"

#include <QWidget>

#include <vector>

namespace aiva {

class AttachmentChip;
class SizeMeter;

class AttachmentStrip final : public QWidget {
    Q_OBJECT
public:
    explicit AttachmentStrip(QWidget* parent = nullptr);

    struct Content {
        std::vector<DraftAttachmentView> files;
        QStringList arriving; // names of files being read
        qint64 sentBytes = 0; // of the whole mail, as sent
        qint64 limit = 0;
    };
    void setContent(const Content& content);

Q_SIGNALS:
    void removeAsked(aiva::DraftAttachmentId id);
    void emptied(); // by the keyboard: it has nowhere to go here

private:
    void showFiles(const Content& content);

    QWidget* m_files;
    SizeMeter* m_meter;
    QList<AttachmentChip*> m_chips;
    std::vector<DraftAttachmentId> m_shown;
    QStringList m_arriving;
};

} // namespace aiva
