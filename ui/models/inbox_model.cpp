#include "ui/models/inbox_model.h"

#include "ui/models/inbox_text.h"
#include "ui/models/increasing_run.h"

#include <QScopedValueRollback>
#include <QTimer>

#include <algorithm>

namespace aiva {

namespace {

constexpr int firstPage = 100;
constexpr int largestFetch = 500;
constexpr int refreshPage = 100; // a deeper list takes more slices, not longer ones

InboxKey keyOf(const InboxRow& row) {
    return {row.lastMessageAt, row.id};
}

} // namespace

InboxModel::InboxModel(Source source, const Clock& clock, QObject* parent)
    : QAbstractListModel(parent), m_source(std::move(source)), m_clock(clock), m_cache(cachedRows) {}

void InboxModel::setFilter(const InboxFilter& filter) {
    const QScopedValueRollback changing(m_changing, true);
    beginResetModel();
    m_filter = filter;
    m_keys.clear();
    m_cache.clear();
    m_refresh.reset();
    m_pinned = {};
    m_atEnd = false;
    const auto rows = m_source.page(m_filter, std::nullopt, firstPage);
    if (rows) {
        remember(*rows);
        for (const InboxRow& row : *rows)
            m_keys.push_back(keyOf(row));
        m_atEnd = rows->size() < firstPage;
    } else {
        m_atEnd = true;
    }
    endResetModel();
    if (!rows) Q_EMIT failed(rows.error());
}

void InboxModel::setPinned(ConversationId id) {
    m_pinned = id;
}

int InboxModel::rowOf(ConversationId id) const {
    const auto found = std::find_if(m_keys.begin(), m_keys.end(), [&](const InboxKey& key) { return key.id == id; });
    return found == m_keys.end() ? -1 : static_cast<int>(found - m_keys.begin());
}

ConversationId InboxModel::idAt(int row) const {
    return row >= 0 && row < rowCount() ? m_keys[static_cast<size_t>(row)].id : ConversationId();
}

std::optional<InboxRow> InboxModel::rowAt(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    const InboxRow* found = cached(row);
    return found ? std::optional(*found) : std::nullopt;
}

bool InboxModel::fetchThrough(const InboxKey& key, int atMost) {
    while (!m_atEnd && (m_keys.empty() || comesBefore(m_keys.back(), key))) {
        if (rowCount() >= atMost) return false;
        fetchMore({});
    }
    return true;
}

int InboxModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

QVariant InboxModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
    const InboxRow* row = cached(index.row());
    if (!row) return {};
    return role == Qt::AccessibleTextRole ? spokenInboxRow(*row, m_clock.now()) : row->subject;
}

bool InboxModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && !m_atEnd && !m_changing;
}

void InboxModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent)) return;
    const QScopedValueRollback changing(m_changing, true);
    const int limit = std::clamp(rowCount() / 4, firstPage, largestFetch);
    const auto after = m_keys.empty() ? std::nullopt : std::optional(m_keys.back());
    auto rows = m_source.page(m_filter, after, limit);
    if (!rows) {
        m_atEnd = true;
        Q_EMIT failed(rows.error());
        return;
    }
    m_atEnd = rows->size() < static_cast<size_t>(limit);
    remember(*rows);
    // A row that moved down since the list was read would come twice.
    std::erase_if(*rows, [this](const InboxRow& row) { return row.id == m_pinned && rowOf(row.id) >= 0; });
    if (rows->empty()) return;
    std::vector<InboxKey> keys;
    std::transform(rows->begin(), rows->end(), std::back_inserter(keys), keyOf);
    insertRun(m_keys.size(), keys.data(), keys.data() + keys.size());
}

bool InboxModel::comesBefore(const InboxKey& a, const InboxKey& b) const {
    const bool older = a.at != b.at ? a.at < b.at : a.id < b.id;
    const bool same = a.at == b.at && a.id == b.id;
    return m_filter.sort == InboxSort::Oldest ? older : !older && !same;
}

// Contents of a row, read again in a window around it when they were dropped. Null when the conversation is gone.
const InboxRow* InboxModel::cached(int row) const {
    const ConversationId id = m_keys[static_cast<size_t>(row)].id;
    if (const InboxRow* found = m_cache.object(id)) return found;
    const int start = std::max(0, row - firstPage / 2);
    const auto after = start == 0 ? std::nullopt : std::optional(m_keys[static_cast<size_t>(start - 1)]);
    if (const auto rows = m_source.page(m_filter, after, firstPage)) remember(*rows);
    if (const InboxRow* found = m_cache.object(id)) return found;
    if (const auto single = m_source.row(id); single && *single) remember({**single});
    return m_cache.object(id);
}

void InboxModel::remember(const std::vector<InboxRow>& rows) const {
    for (const InboxRow& row : rows)
        m_cache.insert(row.id, new InboxRow(row));
}

void InboxModel::refresh() {
    if (m_refresh) {
        m_refreshAgain = true;
        return;
    }
    m_refreshAgain = false;
    m_refresh.emplace();
    if (readRefreshPage()) return;
    // The rest of a deep list, page by page between events. A new filter drops m_refresh and with it this loop.
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this, timer] {
        if (!m_refresh || readRefreshPage()) timer->deleteLater();
    });
    timer->start(0);
}

// Reads one page of the refresh; true when it was the last and the result is applied.
bool InboxModel::readRefreshPage() {
    Refresh& refresh = *m_refresh;
    const auto after = refresh.keys.empty() ? std::nullopt : std::optional(refresh.keys.back());
    const auto rows = m_source.page(m_filter, after, refreshPage);
    if (!rows) {
        m_refresh.reset();
        Q_EMIT failed(rows.error());
        return true;
    }
    refresh.atEnd = rows->size() < refreshPage;
    for (const InboxRow& row : *rows) {
        refresh.keys.push_back(keyOf(row));
        const InboxRow* known = m_cache.object(row.id);
        if (!known || *known == row) continue;
        refresh.changed.push_back(row.id);
        m_cache.insert(row.id, new InboxRow(row));
    }
    const bool reached = refresh.atEnd || m_keys.empty() || !comesBefore(refresh.keys.back(), m_keys.back());
    if (!reached) return false;

    Refresh done = std::move(refresh);
    m_refresh.reset();
    keepPinned(done.keys);
    Q_EMIT aboutToRefresh();
    m_changing = true;
    apply(std::move(done.keys));
    m_changing = false;
    m_atEnd = done.atEnd;
    announce(done.changed);
    if (m_pinned.isValid() && rowOf(m_pinned) >= 0) {
        if (const auto row = m_source.row(m_pinned); row && *row) {
            remember({**row});
            announce({m_pinned});
        }
    }
    Q_EMIT refreshed();
    if (m_refreshAgain) QTimer::singleShot(0, this, &InboxModel::refresh);
    return true;
}

// The pinned row goes back behind the neighbour it stood behind.
void InboxModel::keepPinned(std::vector<InboxKey>& keys) const {
    if (!m_pinned.isValid()) return;
    const auto isPinned = [this](const InboxKey& key) { return key.id == m_pinned; };
    if (std::any_of(keys.begin(), keys.end(), isPinned)) return;
    auto old = std::find_if(m_keys.begin(), m_keys.end(), isPinned);
    if (old == m_keys.end()) return;
    if (const auto row = m_source.row(m_pinned); !row || !*row) return;
    auto place = keys.begin();
    const InboxKey pinned = *old;
    while (old != m_keys.begin()) {
        --old;
        const auto twin =
            std::find_if(keys.begin(), keys.end(), [&](const InboxKey& key) { return key.id == old->id; });
        if (twin == keys.end()) continue;
        place = twin + 1;
        break;
    }
    keys.insert(place, pinned);
}

// Turns the list into `keys` by removing and inserting runs; rows that keep their relative order are not touched.
void InboxModel::apply(std::vector<InboxKey> keys) {
    size_t head = 0;
    while (head < m_keys.size() && head < keys.size() && m_keys[head].id == keys[head].id)
        ++head;
    size_t oldEnd = m_keys.size();
    size_t newEnd = keys.size();
    while (oldEnd > head && newEnd > head && m_keys[oldEnd - 1].id == keys[newEnd - 1].id) {
        --oldEnd;
        --newEnd;
    }
    apply(keys, head, oldEnd, newEnd);
    m_keys = std::move(keys); // same ids in the same order; sort keys may be newer
}

void InboxModel::apply(std::vector<InboxKey> keys, size_t head, size_t oldEnd, size_t newEnd) {
    QHash<ConversationId, size_t> newPlace;
    for (size_t i = head; i < newEnd; ++i)
        newPlace.insert(keys[i].id, i);
    std::vector<qsizetype> places; // of the old rows in the new list; -1: gone
    for (size_t i = head; i < oldEnd; ++i) {
        const auto found = newPlace.constFind(m_keys[i].id);
        places.push_back(found == newPlace.constEnd() ? -1 : static_cast<qsizetype>(*found));
    }
    const std::vector<bool> stays = longestIncreasingRun(places);
    for (size_t i = oldEnd; i-- > head;) {
        if (stays[i - head]) continue;
        const size_t last = i;
        while (i > head && !stays[i - 1 - head])
            --i;
        removeRun(i, last);
    }
    for (size_t i = head; i < newEnd; ++i) {
        if (i < m_keys.size() && m_keys[i].id == keys[i].id) continue;
        size_t next = i + 1; // the run ends where a row that stayed comes next
        while (next < newEnd && !(i < m_keys.size() && m_keys[i].id == keys[next].id))
            ++next;
        insertRun(i, keys.data() + i, keys.data() + next);
        i = next - 1;
    }
}

void InboxModel::removeRun(size_t first, size_t last) {
    beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last));
    const auto begin = m_keys.begin();
    m_keys.erase(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last) + 1);
    endRemoveRows();
}

void InboxModel::insertRun(size_t at, const InboxKey* first, const InboxKey* last) {
    beginInsertRows({}, static_cast<int>(at), static_cast<int>(at) + static_cast<int>(last - first) - 1);
    m_keys.insert(m_keys.begin() + static_cast<std::ptrdiff_t>(at), first, last);
    endInsertRows();
}

void InboxModel::announce(const std::vector<ConversationId>& changed) {
    for (const ConversationId id : changed) {
        const int row = rowOf(id);
        if (row >= 0) Q_EMIT dataChanged(index(row), index(row));
    }
}

} // namespace aiva
