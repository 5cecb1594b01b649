// An internal note between the messages: icon, label and amber border say at a glance that no customer ever sees it.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/conversation_query.h"

#include <QWidget>

namespace aiva {

class NoteBlock final : public QWidget {
    Q_OBJECT
public:
    NoteBlock(const NoteView& note, const Clock& clock, QWidget* parent = nullptr);

Q_SIGNALS:
    void linkActivated(const QUrl& url);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace aiva
