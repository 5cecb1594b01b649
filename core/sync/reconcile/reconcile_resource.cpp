#include "core/sync/reconcile/reconcile_resource.h"

#include "core/domain/shop/order_history.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr size_t kAskAtOnce = 100;
constexpr size_t kRemoveAtOnce = 200;
// More is the work of a full sync.
constexpr size_t kMostRead = 5'000;

std::vector<std::string> slice(const std::vector<std::string>& ids, size_t from, size_t size) {
    const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(std::min(from, ids.size()));
    const auto end = ids.begin() + static_cast<std::ptrdiff_t>(std::min(from + size, ids.size()));
    return {begin, end};
}

} // namespace

ReconcileResource::ReconcileResource(ReconcileWork& work, Resource resource, QObject* parent)
    : QObject(parent), m_work(work), m_resource(resource) {}

void ReconcileResource::soon(void (ReconcileResource::*step)()) {
    QTimer::singleShot(0, this, step);
}

void ReconcileResource::start() {
    if (m_resource == Resource::Orders && m_work.isHistoryLimited) m_scope = m_work.now.plusDays(-kVisibleOrderDays);
    survey();
}

void ReconcileResource::survey() {
    const auto seen = m_work.books.comparison().survey(m_resource, m_scope, m_last);
    if (!seen) return fail(seen.error());
    m_work.books.of(m_resource).here += seen->rowsSince;
    if (seen->oldest) m_oldest = std::min(m_oldest.value_or(*seen->oldest), *seen->oldest);
    m_last = seen->last;
    if (seen->rows == RecordComparison::chunk) return soon(&ReconcileResource::survey);
    setScope();
    count();
}

// Everything the cache holds, of orders at least the days a first sync brings.
void ReconcileResource::setScope() {
    if (m_resource != Resource::Orders) return;
    const UtcTime window = m_work.now.plusDays(-kFirstOrderDays);
    if (!m_work.isHistoryLimited) m_scope = std::min(m_oldest.value_or(window), window);
    m_missing = std::max(m_scope, window);
}

RecordQuery ReconcileResource::query() const {
    RecordQuery query;
    query.resource = m_resource;
    if (m_resource == Resource::Orders) query.createdSince = m_scope;
    return query;
}

void ReconcileResource::count() {
    ask<std::optional<qint64>>([this] { return m_work.port.count(query()); },
                               [this](const Result<std::optional<qint64>>& counted) {
                                   if (!counted) return fail(counted.error());
                                   m_work.books.of(m_resource).source = *counted;
                                   if (auto forgotten = m_work.books.comparison().forgetMarks(); !forgotten)
                                       return fail(forgotten.error());
                                   sweep();
                               });
}

void ReconcileResource::sweep() {
    const qint64 total = m_work.books.of(m_resource).source.value_or(0);
    const qint64 size = m_pages > 0 ? m_marks / m_pages : 0;
    const auto batches = size > 0 ? static_cast<int>((total + size - 1) / size) : 0;
    Q_EMIT advanced(m_pages + 1, std::max(batches, batches > 0 ? m_pages + 1 : 0), m_marks, total);
    ask<MarkPage>([this] { return m_work.port.marks(query(), m_cursor); },
                  [this](const Result<MarkPage>& page) { takeMarks(page); });
}

void ReconcileResource::takeMarks(const Result<MarkPage>& page) {
    if (!page) return fail(page.error());
    if (!page->nextCursor.isEmpty() && page->nextCursor == m_cursor)
        return fail({ErrorKind::Invalid, u"the shop answered the same page again"_s});
    if (auto added = m_work.books.comparison().addMarks(page->marks); !added) return fail(added.error());
    m_marks += static_cast<qint64>(page->marks.size());
    ++m_pages;
    m_cursor = page->nextCursor;
    if (!m_cursor.isEmpty()) return sweep();
    m_last.clear();
    soon(&ReconcileResource::findNext);
}

void ReconcileResource::findNext() {
    const auto isOver = findChunk();
    if (!isOver) return fail(isOver.error());
    if (!*isOver) return soon(&ReconcileResource::findNext);
    m_last.clear();
    if (m_walk == Walk::Outdated) return judgeSweep();
    m_walk = m_walk == Walk::Unmarked ? Walk::Absent : Walk::Outdated;
    soon(&ReconcileResource::findNext);
}

Result<bool> ReconcileResource::findChunk() {
    RecordComparison& comparison = m_work.books.comparison();
    auto found = m_walk == Walk::Unmarked ? comparison.unmarked(m_resource, m_scope, m_last)
                 : m_walk == Walk::Absent ? comparison.absent(m_resource, m_missing, m_last)
                                          : comparison.outdated(m_resource, m_last);
    if (!found) return found.error();
    std::vector<std::string>& into = m_walk == Walk::Unmarked ? m_suspects
                                     : m_walk == Walk::Absent ? m_toRead
                                                              : m_toRefresh;
    into.insert(into.end(), found->ids.begin(), found->ids.end());
    if (found->rows > 0) m_last = found->last;
    return found->rows < RecordComparison::chunk;
}

// A sweep that saw clearly less than the shop counts proves nothing about what it did not see.
void ReconcileResource::judgeSweep() {
    ResourceComparison& result = m_work.books.of(m_resource);
    const qint64 counted = result.source.value_or(0);
    result.isComplete = m_marks + std::max<qint64>(5, counted / 50) >= counted;
    if (!result.isComplete) {
        m_work.books.complain(m_resource, {}, u"the shop counts %1 and listed %2"_s.arg(counted).arg(m_marks));
        m_suspects.clear();
    }
    for (std::vector<std::string>* list : {&m_toRead, &m_toRefresh}) {
        if (list->size() <= kMostRead) continue;
        m_work.books.complain(m_resource, {}, u"%1 records differ: a full sync is needed"_s.arg(list->size()));
        list->resize(kMostRead);
    }
    m_asked = Asked::WhetherGone;
    m_next = 0;
    askNext();
}

void ReconcileResource::askNext() {
    const std::vector<std::string>& ids = m_asked == Asked::WhetherGone  ? m_suspects
                                          : m_asked == Asked::ForMissing ? m_toRead
                                                                         : m_toRefresh;
    if (m_next >= ids.size()) {
        m_next = 0;
        if (m_asked == Asked::WhetherGone) return removeNext();
        if (m_asked == Asked::ForOutdated) return finish();
        m_asked = Asked::ForOutdated;
        return askNext();
    }
    const std::vector<std::string> batch = slice(ids, m_next, kAskAtOnce);
    m_next += batch.size();
    ask<RecordPage>([this, batch] { return m_work.port.lookup(m_resource, batch); },
                    [this](const Result<RecordPage>& page) { takeAnswer(page); });
}

void ReconcileResource::takeAnswer(const Result<RecordPage>& page) {
    if (!page) return fail(page.error());
    if (auto booked = book(*page); !booked) return fail(booked.error());
    askNext();
}

Result<void> ReconcileResource::book(const RecordPage& page) {
    AIVA_TRY(const qint64 rows, m_work.books.put(m_resource, page));
    if (rows > 0) Q_EMIT changed();
    if (m_asked == Asked::WhetherGone) {
        m_gone.insert(m_gone.end(), page.gone.begin(), page.gone.end());
        return {};
    }
    ResourceComparison& result = m_work.books.of(m_resource);
    QStringList& list = m_asked == Asked::ForMissing ? result.missing : result.outdated;
    const auto note = [&list](const auto& records) {
        for (const auto& record : records)
            list << QString::fromStdString(record.externalId);
    };
    note(page.customers);
    note(page.orders);
    note(page.products);
    return {};
}

void ReconcileResource::removeNext() {
    if (m_next < m_gone.size()) {
        const std::vector<std::string> batch = slice(m_gone, m_next, kRemoveAtOnce);
        m_next += batch.size();
        if (auto removed = m_work.books.remove(m_resource, batch); !removed) return fail(removed.error());
        Q_EMIT changed();
        return soon(&ReconcileResource::removeNext);
    }
    m_asked = Asked::ForMissing;
    m_next = 0;
    askNext();
}

void ReconcileResource::finish() {
    Q_EMIT ended(std::nullopt);
}

void ReconcileResource::fail(const Error& error) {
    m_work.books.of(m_resource).isComplete = false;
    m_work.books.complain(m_resource, {}, u"%1: %2"_s.arg(errorWords(error), error.detail));
    Q_EMIT ended(error);
}

} // namespace aiva
