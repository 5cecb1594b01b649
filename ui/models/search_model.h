// What a search found as rows of a list: a heading for each kind, then its hits. The search pane fills it.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/search_query.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace aiva {

class SearchModel final : public QAbstractListModel {
    Q_OBJECT
public:
    struct Entry {
        QString heading;              // not empty: a heading, no hit
        std::optional<SearchHit> hit; //
    };

    explicit SearchModel(const Clock& clock, QObject* parent = nullptr);

    // Orders, people, messages; the order within each kind is the search's.
    void setHits(const std::vector<SearchHit>& hits);
    const Entry& entry(int row) const { return m_entries[static_cast<size_t>(row)]; }
    int firstHit() const; // -1: none

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    const Clock& m_clock;
    std::vector<Entry> m_entries;
};

// A snippet cut at its marks (U+0002 … U+0003): the parts that matched and those that did not, in order.
struct SnippetPart {
    QString text;
    bool matched = false;

    bool operator==(const SnippetPart&) const = default;
};
std::vector<SnippetPart> snippetParts(const QString& snippet);

} // namespace aiva
