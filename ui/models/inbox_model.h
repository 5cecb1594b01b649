// The inbox list as a Qt model over keyset pages. Knows the order (ids and sort keys) of the rows fetched so far and
// keeps a bounded cache of their contents; refresh() moves, adds and removes rows without a reset, so selection and
// scroll survive a sync. Never reads more than a page at once.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/inbox_query.h"

#include <QAbstractListModel>
#include <QCache>

#include <functional>

namespace aiva {

class InboxModel final : public QAbstractListModel {
    Q_OBJECT
public:
    // InboxQuery's two reads.
    struct Source {
        std::function<Result<std::vector<InboxRow>>(const InboxFilter&, std::optional<InboxKey>, int)> page;
        std::function<Result<std::optional<InboxRow>>(ConversationId)> row;
    };
    static constexpr int cachedRows = 2000;

    InboxModel(Source source, const Clock& clock, QObject* parent = nullptr);

    void setFilter(const InboxFilter& filter);
    const InboxFilter& filter() const { return m_filter; }
    // Reads again what is shown; deep lists in slices, so that no event waits longer than one page.
    void refresh();
    // Stays in the list although it no longer fits the filter, until something else is pinned: the row being read.
    void setPinned(ConversationId id);

    int rowOf(ConversationId id) const; // -1: not among the rows fetched
    ConversationId idAt(int row) const; // invalid outside
    std::optional<InboxRow> rowAt(int row) const;
    // Fetches until the conversation with that key is in, or would be. False when `atMost` rows did not reach it.
    bool fetchThrough(const InboxKey& key, int atMost);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void aboutToRefresh();
    void refreshed();
    void failed(const aiva::Error& error);

private:
    bool comesBefore(const InboxKey& a, const InboxKey& b) const;
    const InboxRow* cached(int row) const;
    void remember(const std::vector<InboxRow>& rows) const;
    bool readRefreshPage();
    void keepPinned(std::vector<InboxKey>& keys) const;
    void apply(std::vector<InboxKey> keys);
    void apply(std::vector<InboxKey> keys, size_t head, size_t oldEnd, size_t newEnd);
    void removeRun(size_t first, size_t last);
    void insertRun(size_t at, const InboxKey* first, const InboxKey* last);
    void announce(const std::vector<ConversationId>& changed);

    Source m_source;
    const Clock& m_clock;
    InboxFilter m_filter;
    std::vector<InboxKey> m_keys;
    bool m_atEnd = false;
    ConversationId m_pinned;
    mutable QCache<ConversationId, InboxRow> m_cache;
    // A refresh under way.
    struct Refresh {
        std::vector<InboxKey> keys;
        std::vector<ConversationId> changed;
        bool atEnd = false;
    };
    std::optional<Refresh> m_refresh;
    bool m_refreshAgain = false;
    bool m_changing = false; // rows are being moved: nothing may fetch in between
};

} // namespace aiva
