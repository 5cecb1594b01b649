#include "ui/composer/below_text.h"

#include "ui/conversation/fold_button.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int belowMostLines = 12; // of the quote as looked at

} // namespace

BelowText::BelowText(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::grid);
    m_signature = textLabel({}, TextStyle::Meta, &Colors::textMuted, this);
    m_signature->setTextFormat(Qt::PlainText);
    m_signature->setWordWrap(true);
    column->addWidget(m_signature);
    m_line = new QWidget(this);
    auto* line = new QHBoxLayout(m_line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(size::grid);
    m_fold = new FoldButton(tr("… quoted mail"), m_line);
    m_leave = new SubtleButton({}, SubtleButton::Look::Quiet, m_line);
    m_inline = new SubtleButton(tr("Answer inside it"), SubtleButton::Look::Quiet, m_line);
    line->addWidget(m_fold);
    line->addWidget(m_inline);
    line->addWidget(m_leave);
    line->addStretch();
    column->addWidget(m_line);
    m_text = textLabel({}, TextStyle::Meta, &Colors::textMuted, this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_text);
    connect(m_fold, &QAbstractButton::toggled, this, &BelowText::showQuote);
    connect(m_inline, &QAbstractButton::clicked, this, &BelowText::inlineAsked);
    connect(m_leave, &QAbstractButton::clicked, this, [this] {
        m_use = m_use == QuoteUse::Below ? QuoteUse::LeftOut : QuoteUse::Below;
        showQuote();
        Q_EMIT useChosen(m_use);
    });
    showQuote();
}

void BelowText::setContent(const QString& signature, QuoteUse use, std::function<QString()> quote) {
    m_signature->setText(signature);
    m_signature->setVisible(!signature.isEmpty());
    m_signature->setAccessibleName(tr("Signature: %1").arg(signature));
    m_quote = std::move(quote);
    m_use = use;
    m_fold->setChecked(false);
    showQuote();
    setVisible(!signature.isEmpty() || m_quote);
}

void BelowText::showQuote() {
    m_line->setVisible(static_cast<bool>(m_quote));
    const bool isBelow = m_use == QuoteUse::Below;
    const bool isOpen = m_quote && isBelow && m_fold->isChecked();
    m_fold->setVisible(isBelow);
    m_inline->setVisible(isOpen);
    m_leave->setVisible(isOpen || !isBelow);
    m_leave->setText(isBelow ? tr("Leave out") : tr("Quote the mail below"));
    m_text->setVisible(isOpen);
    if (!isOpen) return;
    const QStringList lines = m_quote().split(u'\n');
    QString text = lines.mid(0, belowMostLines).join(u'\n');
    if (lines.size() > belowMostLines)
        text += u'\n' + tr("… %n more lines", nullptr, static_cast<int>(lines.size()) - belowMostLines);
    m_text->setText(text);
}

} // namespace aiva
