// The walks along the inbox's indexes in one order: which conversations stand on a page of a split. Used by InboxQuery.
#pragma once

#include "core/readmodel/inbox_query.h"

namespace aiva {

// Whether conversations of this facet (conversations.inbox_facet) belong to the split, whatever else it asks for.
bool isIn(InboxView view, int facet);

class InboxWalks {
public:
    static Result<std::unique_ptr<InboxWalks>> create(Database& reader, InboxSort sort);

    // The keys of at most `limit` conversations behind `after`.
    Result<std::vector<InboxKey>> page(const InboxFilter& filter, std::optional<InboxKey> after, int limit);

private:
    explicit InboxWalks(InboxSort sort) : m_sort(sort) {}
    Result<void> collectFacets(const InboxFilter& filter, InboxKey from, int limit, std::vector<InboxKey>& keys);
    Result<void> collectNarrowed(const InboxFilter& filter, InboxKey from, int limit, std::vector<InboxKey>& keys);
    static Result<void> collect(Statement& statement, std::vector<InboxKey>& keys);

    InboxSort m_sort;
    Statement m_all;
    Statement m_byFacet;
    Statement m_vip;
    Statement m_ready;
    // Narrowed to a store, to somebody, to nobody.
    Statement m_byStore;
    Statement m_byAssignee;
    Statement m_unassigned;
    Statement m_vipNarrowed;
    Statement m_readyNarrowed;
};

} // namespace aiva
