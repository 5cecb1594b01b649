#include "ui/crm/no_customer_view.h"

#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace aiva {
namespace {

constexpr size_t kMostCandidates = 8;
constexpr int kCandidateHeight = 44;
constexpr QChar kMatchStart(2);
constexpr QChar kMatchEnd(3);

} // namespace

CandidateRow::CandidateRow(QWidget* parent) : PaintedButton(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void CandidateRow::setCandidate(const QString& title, const QString& detail) {
    setText(title);
    m_detail = detail;
    setSpokenName(tr("Link to %1, %2", "name, address").arg(title, detail));
    update();
}

QSize CandidateRow::sizeHint() const {
    return {160, kCandidateHeight};
}

void CandidateRow::paint(QPainter& painter) {
    const Colors& c = Theme::colors();
    const QRectF area = QRectF(rect()).adjusted(0, 1, 0, -1);
    if (isHovered() || isFocusShown()) fillRounded(painter, area, size::radius, isDown() ? c.selected : c.hover);
    const qreal icon = isHovered() || isFocusShown() ? size::icon + 8 : 0;
    if (icon > 0) {
        const QRectF field(area.right() - size::icon - 8, area.center().y() - size::icon / 2.0, size::icon, size::icon);
        drawIcon(painter, Icon::Link, mirrored(*this, field), c.textSecondary);
    }
    const QRectF text = area.adjusted(8, 0, -8 - icon, 0);
    drawLine(painter, mirrored(*this, QRectF(text.left(), text.top() + 3, text.width(), 18)), QAbstractButton::text(),
             Theme::font(TextStyle::Dense), c.textPrimary);
    drawLine(painter, mirrored(*this, QRectF(text.left(), text.top() + 21, text.width(), 16)), m_detail,
             Theme::font(TextStyle::Meta), c.textSecondary);
}

NoCustomerView::NoCustomerView(QWidget* parent)
    : QWidget(parent)
    , m_sought(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_search(new QLineEdit(this))
    , m_noHits(new TextBlock(TextStyle::Meta, &Colors::textMuted, this))
    , m_undo(new SubtleButton(tr("Undo: match automatically"), SubtleButton::Look::Subtle, this)) {
    auto* title = new TextBlock(TextStyle::Title, &Colors::textPrimary, this);
    title->setText(tr("No customer found"));
    m_search->setPlaceholderText(tr("Link to customer…"));
    m_search->setAccessibleName(tr("Search for the customer to link"));
    m_search->setFont(Theme::font(TextStyle::Dense));
    m_search->addAction(makeIcon(Icon::Search, Theme::colors().textMuted), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(size::panelPadding, size::panelPadding, size::panelPadding, size::panelPadding);
    column->setSpacing(0);
    column->addWidget(title);
    column->addSpacing(size::grid);
    column->addWidget(m_sought);
    column->addSpacing(12);
    column->addWidget(m_search);
    column->addSpacing(size::grid);
    m_candidateColumn = new QVBoxLayout;
    m_candidateColumn->setSpacing(0);
    column->addLayout(m_candidateColumn);
    column->addWidget(m_noHits);
    column->addSpacing(8);
    column->addWidget(m_undo, 0, Qt::AlignLeading);
    column->addStretch(1);
    m_noHits->setText(tr("Nobody matches. Try another address, a name or an order number."));
    m_noHits->hide();
    connect(m_search, &QLineEdit::textChanged, this, &NoCustomerView::searchChanged);
    connect(m_undo, &SubtleButton::clicked, this, &NoCustomerView::undoRequested);
}

void NoCustomerView::setAddress(const QString& address, Known known, Undo undo) {
    m_undo->setVisible(undo == Undo::Offered);
    m_sought->setText(
        address.isEmpty() ? tr("The sender has no address to look for.")
        : known == Known::SoFar
            ? tr("Nobody known so far writes from %1. A first sync is not complete: they may come with it.")
                  .arg(address)
            : tr("Nobody in your stores writes from %1.").arg(address));
    if (m_address == address && !address.isEmpty()) return;
    m_address = address;
    const QSignalBlocker quiet(m_search);
    m_search->clear();
    setCandidates({}, {});
}

void NoCustomerView::setCandidates(const QString& sought, const std::vector<SearchHit>& hits) {
    if (sought != m_search->text()) return;
    m_profiles.clear();
    for (const SearchHit& hit : hits) {
        if (hit.kind == SearchHit::Kind::Message || !hit.profile.isValid()) continue;
        if (m_profiles.size() == kMostCandidates) break;
        if (std::find(m_profiles.begin(), m_profiles.end(), hit.profile) != m_profiles.end()) continue;
        const size_t at = m_profiles.size();
        if (m_rows.size() == at) {
            m_rows.push_back(new CandidateRow(this));
            m_candidateColumn->addWidget(m_rows.back());
            connect(m_rows.back(), &CandidateRow::clicked, this, [this, at] { Q_EMIT linkRequested(m_profiles[at]); });
        }
        m_profiles.push_back(hit.profile);
        QString detail = hit.snippet;
        m_rows[at]->setCandidate(hit.title, detail.remove(kMatchStart).remove(kMatchEnd));
        m_rows[at]->show();
    }
    for (size_t i = m_profiles.size(); i < m_rows.size(); ++i)
        m_rows[i]->hide();
    m_noHits->setVisible(m_profiles.empty() && !m_search->text().trimmed().isEmpty());
}

bool NoCustomerView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress && !m_profiles.empty()) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down) {
            m_rows.front()->setFocus(Qt::TabFocusReason);
            return true;
        }
        // Enter is safe only when there is nothing to choose.
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_profiles.size() == 1) {
            Q_EMIT linkRequested(m_profiles.front());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace aiva
