#include "ui/conversation/message_block.h"

#include "ui/conversation/attachment_row.h"
#include "ui/conversation/fold_button.h"
#include "ui/conversation/message_text.h"
#include "ui/conversation/safe_text_view.h"
#include "ui/models/relative_time.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shownAtOnce = 16'000; // characters; more is laid out only on request
constexpr qsizetype longestLine = 2'000;  // a text view breaks down on one endless line
constexpr int longHeight = 480;

QLabel* label(const QString& text, TextStyle style, ColorRole color) {
    TextBlock* label = textLabel(text, style, color);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QString names(const QList<MailAddress>& addresses) {
    QStringList names;
    for (const MailAddress& address : addresses)
        names << (address.name.isEmpty() ? address.email : address.name);
    return names.join(u", "_s);
}

QString brokenLines(const QString& text) {
    QString broken;
    broken.reserve(text.size());
    qsizetype column = 0;
    for (const QChar c : text) {
        column = c == u'\n' ? 0 : column + 1;
        broken += c;
        if (column == longestLine) {
            broken += u'\n';
            column = 0;
        }
    }
    return broken;
}

} // namespace

MessageBlock::MessageBlock(const MessageView& message, const HtmlSource& html, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_message(message), m_html(html), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(size::grid);
    const QString who = message.from.name.isEmpty() ? message.from.email : message.from.name;
    setAccessibleName(tr("Message from %1, %2").arg(who, formatTime(message.sentAt, clock.now(), QLocale())));
    addHeader(clock.now());
    m_text = new QWidget;
    m_textLayout = new QVBoxLayout(m_text);
    m_textLayout->setContentsMargins(0, 0, 0, 0);
    m_textLayout->setSpacing(size::grid);
    m_layout->addWidget(m_text);
    addText();
    addOriginal();
    addAttachments();
}

void MessageBlock::addHeader(UtcTime now) {
    auto* line = new QHBoxLayout;
    line->setSpacing(2 * size::grid);
    const MailAddress& from = m_message.from;
    line->addWidget(label(from.name.isEmpty() ? from.email : from.name, TextStyle::DenseStrong, &Colors::textPrimary));
    if (!from.name.isEmpty()) line->addWidget(label(from.email, TextStyle::Meta, &Colors::textSecondary));
    if (m_message.isOutbound) {
        line->addWidget(label(tr("to %1").arg(names(m_message.to)), TextStyle::Meta, &Colors::textMuted));
    } else if (!m_message.cc.isEmpty()) {
        line->addWidget(label(tr("cc %1").arg(names(m_message.cc)), TextStyle::Meta, &Colors::textMuted));
    }
    if (m_message.automated) line->addWidget(label(tr("automatic"), TextStyle::MonoMicro, &Colors::textMuted));
    line->addStretch();
    line->addWidget(label(formatTime(m_message.sentAt, now, QLocale()), TextStyle::MonoMicro, &Colors::textMuted));
    m_layout->addLayout(line);
}

SafeTextView* MessageBlock::newView() {
    auto* view = new SafeTextView(this);
    view->setAccessibleName(accessibleName());
    connect(view, &SafeTextView::linkActivated, this, &MessageBlock::linkActivated);
    return view;
}

QWidget* MessageBlock::textWidget(const QString& text, const QColor& color) {
    SafeTextView* view = newView();
    view->showText(text, color);
    return view;
}

void MessageBlock::addText() {
    const auto segments = segmentsOf(m_message.text, m_message.folded);
    if (segments.empty()) {
        m_textLayout->addWidget(label(tr("(no text)"), TextStyle::Body, &Colors::textMuted));
        return;
    }
    for (const TextSegment& segment : segments) {
        const QString begin = brokenLines(beginningOf(segment.text, shownAtOnce));
        const bool isLong = segment.text.size() > shownAtOnce + shownAtOnce / 4;
        if (segment.isFolded) {
            const QString what = segment.isSignature  ? tr("signature")
                                 : segment.lines == 1 ? tr("1 quoted line")
                                                      : tr("%n quoted lines", nullptr, segment.lines);
            addFolded(segment.text, what, isLong);
        } else if (isLong) {
            m_textLayout->addWidget(textWidget(begin, Theme::colors().textPrimary));
            addFolded(segment.text, tr("Show all %1").arg(sizeText(segment.text.size())), isLong);
        } else {
            m_textLayout->addWidget(textWidget(begin, Theme::colors().textPrimary));
        }
    }
}

void MessageBlock::addFolded(const QString& text, const QString& caption, bool isLong) {
    auto* fold = new FoldButton(caption, this);
    m_textLayout->addWidget(fold, 0, Qt::AlignLeft);
    auto* place = new QVBoxLayout;
    m_textLayout->addLayout(place);
    connect(fold, &FoldButton::toggled, this,
            [this, text, place, isLong, body = static_cast<QWidget*>(nullptr)](bool open) mutable {
                if (open && body == nullptr) {
                    if (isLong) {
                        auto* whole = new QPlainTextEdit(brokenLines(text), this); // lays out only what it shows
                        whole->setReadOnly(true);
                        whole->setFont(Theme::font(TextStyle::Body));
                        whole->setFixedHeight(longHeight);
                        whole->setAccessibleName(tr("Whole text"));
                        body = whole;
                    } else {
                        body = textWidget(text, Theme::colors().textSecondary);
                    }
                    place->addWidget(body);
                }
                if (body != nullptr) body->setVisible(open);
                Q_EMIT grew();
            });
}

void MessageBlock::addOriginal() {
    if (!m_message.hasHtml) return;
    auto* button = new FoldButton(tr("Original"), this);
    button->setToolTip(tr("The mail as it was laid out. Pictures from the network are not loaded."));
    m_layout->addWidget(button, 0, Qt::AlignLeft);
    connect(button, &FoldButton::toggled, this, [this](bool open) {
        if (open && m_original == nullptr) {
            m_original = newView();
            const auto html = m_html(m_message.id);
            if (html)
                m_original->showHtml(*html);
            else
                m_original->showText(tr("The original cannot be read."), Theme::colors().textSecondary);
            m_layout->insertWidget(m_layout->indexOf(m_text) + 1, m_original);
        }
        if (m_original != nullptr) m_original->setVisible(open);
        m_text->setVisible(!open);
        Q_EMIT grew();
    });
}

void MessageBlock::addAttachments() {
    bool first = true;
    for (const AttachmentView& attachment : m_message.attachments) {
        if (attachment.isInline && m_message.hasHtml) continue; // a picture of the layout, not something sent along
        if (std::exchange(first, false)) m_layout->addSpacing(size::grid);
        auto* row = new AttachmentRow(attachment, this);
        connect(row, &AttachmentRow::saveAsked, this, &MessageBlock::saveAttachmentAsked);
        m_layout->addWidget(row);
    }
}

} // namespace aiva
