// Earlier conversations with the same person, newest first: subject and day, opened by click or Enter.
#pragma once

#include "core/readmodel/customer_query.h"
#include "ui/widgets/painted_button.h"

#include <QLocale>

#include <vector>

class QVBoxLayout;

namespace aiva {

class PastConversationRow : public PaintedButton {
    Q_OBJECT
public:
    explicit PastConversationRow(QWidget* parent = nullptr);
    void setConversation(const QString& subject, const QString& day);
    QSize sizeHint() const override;

protected:
    void paint(QPainter& painter) override;

private:
    QString m_day;
};

class PastConversationList : public QWidget {
    Q_OBJECT
public:
    explicit PastConversationList(QWidget* parent = nullptr);
    // Hides itself when there are none.
    void setConversations(const std::vector<PastConversation>& past, UtcTime now, const QLocale& locale);

Q_SIGNALS:
    void conversationRequested(aiva::ConversationId conversation);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_column;
    std::vector<PastConversationRow*> m_rows;
    std::vector<ConversationId> m_ids;
};

} // namespace aiva
