// Paints a row of search results: a heading, or a hit with what matched set off from the rest.
#pragma once

#include "core/base/clock.h"
#include "ui/models/search_model.h"

#include <QStyledItemDelegate>

namespace aiva {

class SearchRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    SearchRowDelegate(const SearchModel& model, const Clock& clock, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintHit(QPainter& painter, const QStyleOptionViewItem& option, const SearchHit& hit) const;

    const SearchModel& m_model;
    const Clock& m_clock;
};

} // namespace aiva
