#include "ui/mailboxes/signature_edit.h"

#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QShortcut>
#include <QTextBlock>
#include <QTextEdit>
#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int editorHeight = 84;

bool isMailLink(const QString& href) {
    const QString scheme = QUrl(href).scheme();
    return scheme == "https"_L1 || scheme == "http"_L1 || scheme == "mailto"_L1;
}

template <typename Fn>
void eachFragment(const QTextBlock& block, Fn fn) {
    for (auto it = block.begin(); !it.atEnd(); ++it)
        fn(it.fragment().text(), it.fragment().charFormat());
}

bool isBold(const QTextCharFormat& format) {
    return format.fontWeight() > QFont::Medium;
}

} // namespace

QString signatureHtml(const QTextDocument& document) {
    if (document.toPlainText().trimmed().isEmpty()) return {};
    QStringList lines;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QString line;
        eachFragment(block, [&line](const QString& text, const QTextCharFormat& format) {
            QString piece = text.toHtmlEscaped();
            piece.replace(QChar::LineSeparator, "<br>"_L1);
            if (isBold(format)) piece = u"<b>%1</b>"_s.arg(piece);
            if (format.fontItalic()) piece = u"<i>%1</i>"_s.arg(piece);
            if (format.isAnchor() && isMailLink(format.anchorHref()))
                piece = u"<a href=\"%1\">%2</a>"_s.arg(format.anchorHref().toHtmlEscaped(), piece);
            line += piece;
        });
        lines << line;
    }
    return u"<p>"_s + lines.join("<br>"_L1) + u"</p>"_s;
}

QString signatureText(const QTextDocument& document) {
    QStringList lines;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QString line;
        eachFragment(block, [&line](const QString& text, const QTextCharFormat& format) {
            line += text;
            const QString href = format.anchorHref();
            const QString bare = href.section(u"://"_s, -1).section(u"mailto:"_s, -1);
            if (format.isAnchor() && isMailLink(href) && text != href && text != bare) line += u" <%1>"_s.arg(href);
        });
        lines << line.replace(QChar::LineSeparator, u'\n');
    }
    return lines.join(u'\n').trimmed();
}

SignatureEdit::SignatureEdit(QWidget* parent)
    : QWidget(parent)
    , m_editor(new QTextEdit(this))
    , m_bold(new SubtleButton(tr("Bold"), SubtleButton::Look::Quiet, this))
    , m_italic(new SubtleButton(tr("Italic"), SubtleButton::Look::Quiet, this))
    , m_link(new SubtleButton(tr("Link"), SubtleButton::Look::Quiet, this))
    , m_address(new QLineEdit(this))
    , m_preview(new TextBlock(TextStyle::MonoMicro, &Colors::textMuted, this)) {
    build();
    connect(m_editor, &QTextEdit::textChanged, this, &SignatureEdit::showPreview);
    connect(m_editor, &QTextEdit::cursorPositionChanged, this, &SignatureEdit::followCursor);
    connect(m_bold, &QAbstractButton::clicked, this, [this] {
        m_editor->setFontWeight(isBold(m_editor->currentCharFormat()) ? QFont::Normal : QFont::Bold);
        m_editor->setFocus(Qt::OtherFocusReason);
    });
    connect(m_italic, &QAbstractButton::clicked, this, [this] {
        m_editor->setFontItalic(!m_editor->fontItalic());
        m_editor->setFocus(Qt::OtherFocusReason);
    });
    connect(m_link, &QAbstractButton::clicked, this, &SignatureEdit::askForLink);
    connect(m_address, &QLineEdit::returnPressed, this, &SignatureEdit::applyLink);
    connect(new QShortcut(QKeySequence::Bold, m_editor, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated,
            m_bold, &QAbstractButton::click);
    connect(new QShortcut(QKeySequence::Italic, m_editor, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated,
            m_italic, &QAbstractButton::click);
    showPreview();
}

void SignatureEdit::build() {
    m_editor->setProperty("boxed", true);
    m_editor->setAcceptRichText(false);
    m_editor->setTabChangesFocus(true);
    m_editor->setFixedHeight(editorHeight);
    m_editor->setAccessibleName(tr("Signature"));
    m_bold->setToolTip(tr("Ctrl B"));
    m_italic->setToolTip(tr("Ctrl I"));
    m_address->setPlaceholderText(tr("https://… then Enter"));
    m_address->setAccessibleName(tr("Address of the link"));
    m_address->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::grid);
    auto* name = new TextBlock(TextStyle::Meta, &Colors::textSecondary, this);
    name->setText(tr("Signature"));
    auto* head = new QHBoxLayout;
    head->setSpacing(size::grid);
    head->addWidget(name, 1);
    for (SubtleButton* button : {m_bold, m_italic, m_link})
        head->addWidget(button);
    column->addLayout(head);
    column->addWidget(m_address);
    column->addWidget(m_editor);
    column->addWidget(m_preview);
}

void SignatureEdit::setSignature(const QString& text, const QString& html) {
    if (html.isEmpty())
        m_editor->setPlainText(text);
    else
        m_editor->setHtml(html);
    showPreview();
}

QString SignatureEdit::text() const {
    return signatureText(*m_editor->document());
}

QString SignatureEdit::html() const {
    return signatureHtml(*m_editor->document());
}

void SignatureEdit::askForLink() {
    m_address->setText(m_editor->currentCharFormat().anchorHref());
    m_address->show();
    m_address->setFocus(Qt::OtherFocusReason);
}

void SignatureEdit::applyLink() {
    QString href = m_address->text().trimmed();
    if (!href.isEmpty() && !href.contains(u':')) href.prepend(href.contains(u'@') ? "mailto:"_L1 : "https://"_L1);
    m_address->hide();
    QTextCursor cursor = m_editor->textCursor();
    QTextCharFormat format;
    const bool isLink = isMailLink(href);
    format.setAnchor(isLink);
    format.setAnchorHref(isLink ? href : QString());
    format.setFontUnderline(isLink);
    if (cursor.hasSelection())
        cursor.mergeCharFormat(format);
    else if (isLink)
        cursor.insertText(m_address->text().trimmed(), format);
    m_editor->setFocus(Qt::OtherFocusReason);
    showPreview();
}

void SignatureEdit::followCursor() {
    const QTextCharFormat format = m_editor->currentCharFormat();
    m_bold->setSpokenName(isBold(format) ? tr("Bold, on") : tr("Bold"));
    m_italic->setSpokenName(format.fontItalic() ? tr("Italic, on") : tr("Italic"));
}

void SignatureEdit::showPreview() {
    const QString plain = text();
    m_preview->setText(plain.isEmpty() ? tr("No signature.") : tr("In plain text mails:") + u"\n-- \n"_s + plain);
}

} // namespace aiva
