// One attachment: name, size, Save as…, and a word of warning for types that can run programs. Never opens anything.
#pragma once

#include "core/readmodel/conversation_query.h"

#include <QWidget>

namespace aiva {

class AttachmentRow final : public QWidget {
    Q_OBJECT
public:
    explicit AttachmentRow(const AttachmentView& attachment, QWidget* parent = nullptr);

Q_SIGNALS:
    void saveAsked(aiva::AttachmentId id, const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace aiva
