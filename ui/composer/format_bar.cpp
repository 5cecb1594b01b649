#include "ui/composer/format_bar.h"

#include "ui/composer/link_sheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"

#include <QBoxLayout>
#include <QTextEdit>
#include <QTextList>
#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

FormatBar::FormatBar(QTextEdit& edit, QWidget* parent) : QWidget(parent), m_edit(edit) {
    setAccessibleName(tr("Formatting"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    m_bold = new IconButton(Icon::Bold, tr("Bold"), u"Ctrl+B"_s);
    m_italic = new IconButton(Icon::Italic, tr("Italic"), u"Ctrl+I"_s);
    m_bullets = new IconButton(Icon::Bullets, tr("Bulleted list"), u"Ctrl+Shift+8"_s);
    m_numbers = new IconButton(Icon::Numbers, tr("Numbered list"), u"Ctrl+Shift+7"_s);
    m_link = new IconButton(Icon::Link, tr("Link"), u"Ctrl+L"_s);
    for (IconButton* button : {m_bold, m_italic, m_bullets, m_numbers, m_link}) {
        button->setCheckable(true);
        line->addWidget(button);
    }
    connect(m_bold, &QAbstractButton::clicked, this, &FormatBar::toggleBold);
    connect(m_italic, &QAbstractButton::clicked, this, &FormatBar::toggleItalic);
    connect(m_bullets, &QAbstractButton::clicked, this, &FormatBar::toggleBullets);
    connect(m_numbers, &QAbstractButton::clicked, this, &FormatBar::toggleNumbers);
    connect(m_link, &QAbstractButton::clicked, this, &FormatBar::editLink);
    connect(&edit, &QTextEdit::currentCharFormatChanged, this, &FormatBar::follow);
    connect(&edit, &QTextEdit::cursorPositionChanged, this, &FormatBar::follow);
}

void FormatBar::follow() {
    const QTextCharFormat format = m_edit.currentCharFormat();
    const QTextList* list = m_edit.textCursor().currentList();
    m_bold->setChecked(format.fontWeight() >= QFont::DemiBold);
    m_italic->setChecked(format.fontItalic());
    m_bullets->setChecked(list != nullptr && list->format().style() == QTextListFormat::ListDisc);
    m_numbers->setChecked(list != nullptr && list->format().style() == QTextListFormat::ListDecimal);
    m_link->setChecked(format.isAnchor());
}

void FormatBar::toggleBold() {
    QTextCharFormat format;
    format.setFontWeight(m_edit.fontWeight() >= QFont::DemiBold ? QFont::Normal : QFont::Bold);
    m_edit.mergeCurrentCharFormat(format);
    m_edit.setFocus(Qt::OtherFocusReason);
    follow();
}

void FormatBar::toggleItalic() {
    QTextCharFormat format;
    format.setFontItalic(!m_edit.fontItalic());
    m_edit.mergeCurrentCharFormat(format);
    m_edit.setFocus(Qt::OtherFocusReason);
    follow();
}

void FormatBar::toggleBullets() {
    toggleList(QTextListFormat::ListDisc);
}

void FormatBar::toggleNumbers() {
    toggleList(QTextListFormat::ListDecimal);
}

void FormatBar::toggleList(int style) {
    QTextCursor cursor = m_edit.textCursor();
    cursor.beginEditBlock();
    QTextList* list = cursor.currentList();
    if (list != nullptr && list->format().style() == style) {
        QTextBlockFormat plain;
        plain.setObjectIndex(-1);
        plain.setIndent(0);
        cursor.mergeBlockFormat(plain);
    } else {
        QTextListFormat format;
        format.setStyle(static_cast<QTextListFormat::Style>(style));
        cursor.createList(format);
    }
    cursor.endEditBlock();
    m_edit.setFocus(Qt::OtherFocusReason);
    follow();
}

void FormatBar::editLink() {
    auto* sheet = new LinkSheet(m_edit.currentCharFormat().anchorHref(), window());
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(sheet, &LinkSheet::chosen, this, &FormatBar::setLink);
    connect(sheet, &QDialog::finished, this, &FormatBar::follow);
    sheet->open();
}

void FormatBar::setLink(const QString& address) {
    const QUrl url = QUrl::fromUserInput(address.trimmed());
    const bool isLink =
        url.isValid() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1 || url.scheme() == "mailto"_L1);
    QTextCharFormat format;
    format.setAnchor(isLink);
    format.setAnchorHref(isLink ? url.toString() : QString());
    format.setFontUnderline(isLink);
    QTextCursor cursor = m_edit.textCursor();
    if (!cursor.hasSelection() && isLink && !m_edit.currentCharFormat().isAnchor()) {
        cursor.insertText(address.trimmed(), format);
    } else {
        if (!cursor.hasSelection()) cursor.select(QTextCursor::WordUnderCursor);
        cursor.mergeCharFormat(format);
    }
    m_edit.setFocus(Qt::OtherFocusReason);
    follow();
}

} // namespace aiva
