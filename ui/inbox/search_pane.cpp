#include "ui/inbox/search_pane.h"

#include "ui/inbox/search_row_delegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/overlay_bar.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>

namespace aiva {

namespace {
constexpr int pauseMs = 30;
constexpr int limitPerKind = 20;
} // namespace

SearchPane::SearchPane(Search search, const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_search(std::move(search))
    , m_model(clock)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_note(new QLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QWidget(this);
    bar->setFixedHeight(size::bar);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(2 * size::grid, 0, 2 * size::grid, 0);
    line->addWidget(m_field);
    column->addWidget(bar);
    m_field->setAccessibleName(tr("Search"));
    m_field->setPlaceholderText(tr("Orders, people, messages"));
    m_field->setFont(Theme::font(TextStyle::Dense));
    m_field->installEventFilter(this);
    m_note->setFont(Theme::font(TextStyle::Dense));
    m_note->setWordWrap(true);
    m_note->setMargin(4 * size::grid);
    m_note->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_note->setTextFormat(Qt::PlainText);
    QPalette palette = m_note->palette();
    palette.setColor(QPalette::WindowText, Theme::colors().textSecondary);
    m_note->setPalette(palette);
    column->addWidget(m_note);
    m_list->setAccessibleName(tr("Search results"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new SearchRowDelegate(m_model, clock, m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    new OverlayBar(*m_list);
    m_list->setMouseTracking(true);
    column->addWidget(m_list, 1);

    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &SearchPane::ask);
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_pause.start(); });
    connect(m_list, &QListView::clicked, this, &SearchPane::choose);
    connect(m_list, &QListView::activated, this, &SearchPane::choose);
    show({});
}

void SearchPane::start() {
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void SearchPane::ask() {
    const int generation = ++m_generation;
    const QString text = m_field->text().trimmed();
    if (text.isEmpty()) {
        show({});
        return;
    }
    whenDone(m_search(text, limitPerKind), this, [this, generation](const Result<std::vector<SearchHit>>& hits) {
        if (generation == m_generation && hits) show(*hits);
    });
}

void SearchPane::show(const std::vector<SearchHit>& hits) {
    m_model.setHits(hits);
    const bool asked = !m_field->text().trimmed().isEmpty();
    m_note->setVisible(hits.empty());
    m_list->setVisible(!hits.empty());
    m_note->setText(asked ? tr("Nothing found. Try an order number, a name, an address, or a word from the message.")
                          : tr("An order number, a name, an e-mail address, or words from a message."));
    if (!hits.empty()) m_list->setCurrentIndex(m_model.index(m_model.firstHit()));
}

bool SearchPane::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        Q_EMIT closed();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void SearchPane::step(int by) {
    for (int row = m_list->currentIndex().row() + by; row >= 0 && row < m_model.rowCount(); row += by) {
        if (!m_model.entry(row).hit) continue;
        m_list->setCurrentIndex(m_model.index(row));
        return;
    }
}

void SearchPane::choose(const QModelIndex& index) {
    if (index.isValid() && m_model.entry(index.row()).hit) Q_EMIT hitChosen(*m_model.entry(index.row()).hit);
}

} // namespace aiva
