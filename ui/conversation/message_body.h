// The plain text of a message: what was written now, with quotes and signature folded under it. Shows one message after
// another with the same views, as a text view costs more to make than to fill.
#pragma once

#include "core/readmodel/conversation_query.h"

#include <QPointer>
#include <QUrl>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace aiva {

class FoldButton;
class SafeTextView;
class TextBlock;
struct TextSegment;

class MessageBody final : public QWidget {
    Q_OBJECT
public:
    explicit MessageBody(QWidget* parent = nullptr);

    // `spokenName` names each text to a screen reader.
    void showMessage(const MessageView& message, const QString& spokenName);

Q_SIGNALS:
    void grew(); // or shrank: something was folded or unfolded
    void linkActivated(const QUrl& url);

private:
    struct Fold {
        FoldButton* button = nullptr;
        QString text;
        bool isLong = false;
        QPointer<QWidget> body; // made when first opened
    };

    void forget();
    void orderChildren();
    void addText(const QString& text);
    void addFold(const TextSegment& segment, const QString& caption, bool isLong);
    void toggleFold(size_t index, bool isOpen);
    QWidget* foldedText(const Fold& fold);
    SafeTextView* newView();

    QVBoxLayout* m_layout;
    TextBlock* m_nothing;
    QString m_spokenName;
    std::vector<SafeTextView*> m_views; // the first m_shownViews are shown
    size_t m_shownViews = 0;
    std::vector<Fold> m_folds; // the first m_shownFolds are shown
    size_t m_shownFolds = 0;
};

} // namespace aiva
