// What goes out below one's own words: the signature as it will be sent, and the quoted mail folded under "…". The
// quote can be looked at, left out, or taken into the text to be answered line by line.
#pragma once

#include "core/domain/reply/draft.h"

#include <QWidget>

#include <functional>

namespace aiva {

class FoldButton;
class SubtleButton;
class TextBlock;

class BelowText final : public QWidget {
    Q_OBJECT
public:
    explicit BelowText(QWidget* parent = nullptr);

    // `quote` is asked for when it is looked at; empty function: there is nothing to quote.
    void setContent(const QString& signature, QuoteUse use, std::function<QString()> quote);

Q_SIGNALS:
    void useChosen(aiva::QuoteUse use);
    void inlineAsked(); // the quote into the text

private:
    void showQuote();

    std::function<QString()> m_quote;
    QuoteUse m_use = QuoteUse::Below;
    TextBlock* m_signature;
    QWidget* m_line;
    FoldButton* m_fold;
    SubtleButton* m_leave;
    SubtleButton* m_inline;
    TextBlock* m_text;
};

} // namespace aiva
