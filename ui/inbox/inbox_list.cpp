#include "ui/inbox/inbox_list.h"

#include "ui/inbox/inbox_row_delegate.h"

#include "ui/widgets/overlay_bar.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace aiva {

namespace {
constexpr int restoreAtMost = 5000; // rows read to find the place of the last session
constexpr int everyMinuteMs = 60'000;
} // namespace

InboxList::InboxList(InboxModel& model, const Clock& clock, QWidget* parent) : QListView(parent), m_model(model) {
    setAccessibleName(tr("Conversations"));
    setItemDelegate(new InboxRowDelegate(model, clock, this));
    setModel(&model);
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    new OverlayBar(*this);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setFrameShape(NoFrame);
    verticalScrollBar()->setSingleStep(InboxRowDelegate::rowHeight / 2);

    connect(&model, &InboxModel::aboutToRefresh, this, &InboxList::holdPlace);
    connect(&model, &InboxModel::refreshed, this, &InboxList::keepPlace);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        m_chosen = {};
        m_model.setPinned({});
    });
    connect(this, &QListView::doubleClicked, this,
            [this](const QModelIndex& index) { Q_EMIT conversationOpened(m_model.idAt(index.row())); });
    // Ages and waiting times move on without the model changing.
    connect(&m_minute, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    m_minute.start(everyMinuteMs);
}

bool InboxList::choose(ConversationId id) {
    const int row = m_model.rowOf(id);
    if (row < 0) return false;
    setChosen(m_model.index(row));
    return true;
}

void InboxList::clearChoice() {
    m_following = false;
    selectionModel()->clear();
    m_following = true;
    m_chosen = {};
    m_model.setPinned({});
}

void InboxList::chooseNext(int step, Reach reach) {
    const int row = m_chosen.isValid() ? m_model.rowOf(m_chosen) + step : 0;
    if (row >= m_model.rowCount() && m_model.canFetchMore({})) m_model.fetchMore({});
    if (row < 0 || row >= m_model.rowCount()) return;
    setChosen(m_model.index(row), reach);
}

void InboxList::setChosen(const QModelIndex& index, Reach reach) {
    const bool isBack = reach == Reach::Extend && selectionModel()->isSelected(index);
    if (isBack) selectionModel()->select(currentIndex(), QItemSelectionModel::Deselect);
    selectionModel()->setCurrentIndex(index, reach == Reach::Extend ? QItemSelectionModel::Select
                                                                    : QItemSelectionModel::ClearAndSelect);
    scrollTo(index);
}

std::vector<ConversationId> InboxList::selected() const {
    QList<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    std::vector<ConversationId> ids;
    for (const int row : rows)
        ids.push_back(m_model.idAt(row));
    return ids;
}

void InboxList::selectOnlyChosen() {
    const int row = m_chosen.isValid() ? m_model.rowOf(m_chosen) : -1;
    if (row >= 0)
        selectionModel()->setCurrentIndex(m_model.index(row), QItemSelectionModel::ClearAndSelect);
    else
        selectionModel()->clearSelection();
}

void InboxList::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QListView::selectionChanged(selected, deselected);
    if (m_following) Q_EMIT selectionChangedTo(static_cast<int>(selectionModel()->selectedRows().size()));
}

void InboxList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (!m_following || !current.isValid()) return;
    const ConversationId id = m_model.idAt(current.row());
    if (id == m_chosen) return;
    m_chosen = id;
    m_model.setPinned(id);
    Q_EMIT conversationChosen(id);
}

void InboxList::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_chosen.isValid()) {
        Q_EMIT conversationOpened(m_chosen);
        return;
    }
    // Letters are the desk's shortcuts, not a search by typing.
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Space) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void InboxList::holdPlace() {
    m_following = false;
    m_selected.clear();
    if (const auto several = selected(); several.size() > 1) m_selected = {several.begin(), several.end()};
    m_visible.clear();
    const QModelIndex topRow = indexAt({1, 1});
    m_topOffset = topRow.isValid() ? -visualRect(topRow).top() : 0;
    if (!topRow.isValid() || verticalScrollBar()->value() == 0) return;
    const int rows = viewport()->height() / InboxRowDelegate::rowHeight + 2;
    for (int row = topRow.row(); row < qMin(topRow.row() + rows, m_model.rowCount()); ++row)
        m_visible << m_model.index(row);
}

void InboxList::keepPlace() {
    executeDelayedItemsLayout();
    const QModelIndex current = currentIndex();
    if (m_chosen.isValid() && m_model.idAt(current.row()) != m_chosen) {
        const int row = m_model.rowOf(m_chosen);
        if (row >= 0)
            selectionModel()->setCurrentIndex(m_model.index(row), QItemSelectionModel::ClearAndSelect);
        else
            selectionModel()->clear();
    } else if (!m_chosen.isValid()) {
        selectionModel()->clear();
    }
    for (qsizetype i = 0; i < m_visible.size(); ++i) {
        if (!m_visible[i].isValid()) continue;
        const int offset = m_topOffset - static_cast<int>(i) * InboxRowDelegate::rowHeight;
        verticalScrollBar()->setValue(m_visible[i].row() * InboxRowDelegate::rowHeight + offset);
        break;
    }
    if (m_visible.isEmpty()) verticalScrollBar()->setValue(0);
    m_visible.clear();
    restoreSelection();
    m_following = true;
    if (!m_selected.isEmpty()) Q_EMIT selectionChangedTo(static_cast<int>(selectionModel()->selectedRows().size()));
}

// Rows that moved were taken out and put in again: they lost their mark on the way.
void InboxList::restoreSelection() {
    if (m_selected.isEmpty()) return;
    QItemSelection marks;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (m_selected.contains(m_model.idAt(row))) marks.select(m_model.index(row), m_model.index(row));
    selectionModel()->select(marks, QItemSelectionModel::Select);
}

InboxList::Place InboxList::place() const {
    Place place;
    const auto keyAt = [this](int row) -> std::optional<InboxKey> {
        const auto found = m_model.rowAt(row);
        return found ? std::optional(InboxKey{found->lastMessageAt, found->id}) : std::nullopt;
    };
    if (m_chosen.isValid()) place.chosen = keyAt(m_model.rowOf(m_chosen));
    const QModelIndex topRow = indexAt({1, 1});
    if (verticalScrollBar()->value() > 0 && topRow.isValid()) {
        place.top = keyAt(topRow.row());
        place.topOffset = -visualRect(topRow).top();
    }
    return place;
}

void InboxList::restore(const Place& place) {
    if (place.chosen) {
        m_model.fetchThrough(*place.chosen, restoreAtMost);
        choose(place.chosen->id);
    }
    if (!place.top || !m_model.fetchThrough(*place.top, restoreAtMost)) return;
    const int row = m_model.rowOf(place.top->id);
    if (row < 0) return;
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(row * InboxRowDelegate::rowHeight + place.topOffset);
}

} // namespace aiva
