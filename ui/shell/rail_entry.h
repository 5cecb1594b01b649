// One line of the rail: a word, at its end a count of conversations or of mails.
#pragma once

#include "ui/widgets/painted_button.h"

namespace aiva {

class RailEntry final : public PaintedButton {
    Q_OBJECT
public:
    explicit RailEntry(const QString& text, QWidget* parent = nullptr);

    enum class Counted { Conversations, Mails };
    void setCount(qint64 count, Counted what = Counted::Conversations);
    QSize sizeHint() const override;

protected:
    void paint(QPainter& painter) override;

private:
    void describeCount();

    qint64 m_count = 0;
    Counted m_counted = Counted::Conversations;
};

} // namespace aiva
