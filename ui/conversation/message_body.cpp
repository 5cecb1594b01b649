#include "ui/conversation/message_body.h"

#include "ui/conversation/fold_button.h"
#include "ui/conversation/message_text.h"
#include "ui/conversation/safe_text_view.h"
#include "ui/models/relative_time.h"
#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>
#include <QPlainTextEdit>

#include <algorithm>

namespace aiva {

namespace {

constexpr qsizetype shownAtOnce = 16'000; // characters; more is laid out only on request
constexpr qsizetype longestLine = 2'000;  // a text view breaks down on one endless line
constexpr int longHeight = 480;
constexpr size_t mostKept = 4; // views, and folds, kept for the next message

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

MessageBody::MessageBody(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_nothing(textLabel(tr("(no text)"), TextStyle::Body, &Colors::textMuted, this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(size::grid);
    m_nothing->hide();
}

void MessageBody::showMessage(const MessageView& message, const QString& spokenName) {
    forget();
    m_spokenName = spokenName;
    const auto segments = segmentsOf(message.text, message.folded);
    if (segments.empty()) m_layout->addWidget(m_nothing);
    m_nothing->setVisible(segments.empty());
    for (const TextSegment& segment : segments) {
        const bool isLong = segment.text.size() > shownAtOnce + shownAtOnce / 4;
        if (segment.isFolded) {
            addFold(segment,
                    segment.isSignature  ? tr("signature")
                    : segment.lines == 1 ? tr("1 quoted line")
                                         : tr("%n quoted lines", nullptr, segment.lines),
                    isLong);
            continue;
        }
        addText(brokenLines(beginningOf(segment.text, shownAtOnce)));
        if (isLong) addFold(segment, tr("Show all %1").arg(sizeText(segment.text.size())), isLong);
    }
    for (size_t i = m_shownViews; i < m_views.size(); ++i)
        m_views[i]->hide();
    for (size_t i = m_shownFolds; i < m_folds.size(); ++i)
        m_folds[i].button->hide();
    orderChildren();
}

// A screen reader walks children as they stand in their parent, not as they lie on the screen.
void MessageBody::orderChildren() {
    QWidgetList inOrder;
    for (int i = 0; i < m_layout->count(); ++i)
        inOrder << m_layout->itemAt(i)->widget();
    const auto place = [this](QWidget* widget) { return children().indexOf(widget); };
    const auto isBefore = [&](QWidget* a, QWidget* b) { return place(a) < place(b); };
    if (std::is_sorted(inOrder.begin(), inOrder.end(), isBefore)) return;
    for (QWidget* widget : inOrder)
        widget->raise();
}

// Keeps the widgets, and nothing of what they showed.
void MessageBody::forget() {
    while (QLayoutItem* item = m_layout->takeAt(0))
        delete item; // not its widget
    for (Fold& fold : m_folds) {
        delete fold.body;
        fold.text.clear();
    }
    for (; m_folds.size() > mostKept; m_folds.pop_back())
        delete m_folds.back().button;
    for (; m_views.size() > mostKept; m_views.pop_back())
        delete m_views.back();
    m_shownViews = 0;
    m_shownFolds = 0;
}

SafeTextView* MessageBody::newView() {
    auto* view = new SafeTextView(this);
    connect(view, &SafeTextView::linkActivated, this, &MessageBody::linkActivated);
    return view;
}

void MessageBody::addText(const QString& text) {
    if (m_shownViews == m_views.size()) m_views.push_back(newView());
    SafeTextView* view = m_views[m_shownViews++];
    view->setAccessibleName(m_spokenName);
    view->showText(text, Theme::colors().textPrimary);
    m_layout->addWidget(view);
    view->show();
}

void MessageBody::addFold(const TextSegment& segment, const QString& caption, bool isLong) {
    const size_t index = m_shownFolds++;
    if (index == m_folds.size()) {
        auto* button = new FoldButton(caption, this);
        connect(button, &FoldButton::toggled, this, [this, index](bool isOpen) { toggleFold(index, isOpen); });
        m_folds.push_back({button, {}, false, {}});
    }
    Fold& fold = m_folds[index];
    fold.text = segment.text;
    fold.isLong = isLong;
    const QSignalBlocker quiet(fold.button);
    fold.button->setChecked(false);
    fold.button->setText(caption);
    m_layout->addWidget(fold.button, 0, Qt::AlignLeft);
    fold.button->show();
}

void MessageBody::toggleFold(size_t index, bool isOpen) {
    Fold& fold = m_folds[index];
    if (isOpen && fold.body == nullptr) {
        fold.body = foldedText(fold);
        m_layout->insertWidget(m_layout->indexOf(fold.button) + 1, fold.body);
    }
    if (fold.body != nullptr) fold.body->setVisible(isOpen);
    m_layout->activate();
    updateGeometry(); // now, not with the next round of events
    Q_EMIT grew();
}

QWidget* MessageBody::foldedText(const Fold& fold) {
    if (fold.isLong) {
        auto* whole = new QPlainTextEdit(brokenLines(fold.text), this); // lays out only what it shows
        whole->setReadOnly(true);
        whole->setFont(Theme::font(TextStyle::Body));
        whole->setFixedHeight(longHeight);
        whole->setAccessibleName(tr("Whole text"));
        return whole;
    }
    SafeTextView* view = newView();
    view->setAccessibleName(m_spokenName);
    view->showText(fold.text, Theme::colors().textSecondary);
    return view;
}

} // namespace aiva
