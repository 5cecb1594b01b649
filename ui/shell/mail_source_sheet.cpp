#include "ui/shell/mail_source_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/models/relative_time.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QPlainTextEdit>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostShown = 2 << 20; // the rest is attachments in base64
constexpr qsizetype longestLine = 2'000; // a text view breaks down on one endless line
constexpr QSize sheetSize(760, 560);

// Control characters would be drawn as what they do.
QString shownText(const QByteArray& mail) {
    QString text;
    qsizetype column = 0;
    const QString raw = QString::fromUtf8(mail.left(mostShown));
    text.reserve(raw.size());
    for (const QChar c : raw) {
        if (c == u'\r') continue;
        column = c == u'\n' ? 0 : column + 1;
        const bool isControl = c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
        text += isControl && c != u'\n' && c != u'\t' ? QChar(QChar::ReplacementCharacter) : c;
        if (column == longestLine) {
            text += u'\n';
            column = 0;
        }
    }
    return text;
}

} // namespace

MailSourceSheet::MailSourceSheet(QWidget* parent)
    : Sheet(tr("The mail as it came"), parent), m_text(new QPlainTextEdit(this)) {
    m_text->setReadOnly(true);
    m_text->setFont(Theme::font(TextStyle::LineItem));
    m_text->setAccessibleName(tr("The mail as it came"));
    m_text->setPlaceholderText(tr("Asking the mail server…"));
    body()->addWidget(m_text, 1);
    auto* close = new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this);
    connect(close, &SubtleButton::clicked, this, &QDialog::accept);
    foot()->addStretch();
    foot()->addWidget(close);
    resize(sheetSize);
}

void MailSourceSheet::showMail(const QByteArray& mail) {
    m_text->setPlainText(shownText(mail));
    const QString whole = sizeText(mail.size());
    setTitle(windowTitle(), mail.size() > mostShown ? tr("the beginning of %1").arg(whole) : whole);
}

void MailSourceSheet::showError(const Error& error) {
    m_text->setPlaceholderText(errorSentence(error));
}

} // namespace aiva
