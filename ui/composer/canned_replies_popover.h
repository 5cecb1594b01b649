// The canned replies, filtered as one types; Enter inserts the chosen one at the cursor of the reply. Made when it is
// first asked for.
#pragma once

#include "core/domain/reply/canned_reply.h"

#include <QFrame>

#include <vector>

class QLineEdit;
class QListWidget;

namespace aiva {

class TextBlock;

class CannedRepliesPopover final : public QFrame {
    Q_OBJECT
public:
    explicit CannedRepliesPopover(QWidget* parent = nullptr);

    void setReplies(std::vector<CannedReply> replies);
    // With its lower edge at `anchor`'s upper one.
    void openAbove(const QWidget& anchor);
    QLineEdit* filter() const { return m_filter; }
    QListWidget* list() const { return m_list; }

Q_SIGNALS:
    void chosen(const aiva::CannedReply& reply);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void choose();

    std::vector<CannedReply> m_replies;
    std::vector<size_t> m_shown; // indexes of the rows
    QLineEdit* m_filter;
    QListWidget* m_list;
    TextBlock* m_empty;
};

} // namespace aiva
