// One attachment: name, size, Open, Save as…, a look at pictures on request, and a word of warning for what can do more
// than be looked at. Opens and reads nothing by itself.
#pragma once

#include "core/base/result.h"
#include "core/readmodel/conversation_query.h"

#include <QWidget>

#include <functional>

class QLabel;

namespace aiva {

class AttachmentRow final : public QWidget {
    Q_OBJECT
public:
    using ContentSource = std::function<Result<QByteArray>(AttachmentId)>; // may be empty: then no preview

    AttachmentRow(const AttachmentView& attachment, const ContentSource& content, QWidget* parent = nullptr);

Q_SIGNALS:
    void openAsked(aiva::AttachmentId id, const QString& name);
    void saveAsked(aiva::AttachmentId id, const QString& name);
    void grew();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildLine();
    void togglePreview();

    AttachmentView m_attachment;
    ContentSource m_content;
    QLabel* m_preview = nullptr; // made when first asked for
};

} // namespace aiva
