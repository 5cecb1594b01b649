// Paints one conversation of the inbox: unread mark, name, age, subject, snippet and chips. Every row has the same
// height, so that a list of any length lays out at once. Reads rows from an InboxModel only.
#pragma once

#include "core/base/clock.h"
#include "ui/models/inbox_model.h"

#include <QFont>
#include <QStyledItemDelegate>

namespace aiva {

class InboxRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    InboxRowDelegate(const InboxModel& model, const Clock& clock, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    static constexpr int rowHeight = 100;

private:
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintText(QPainter& painter, const QRect& box, const InboxRow& row) const;
    QRect paintAssignee(QPainter& painter, const QRect& line, const InboxRow& row) const;
    void paintChips(QPainter& painter, const QRect& line, const InboxRow& row) const;

    const InboxModel& m_model;
    const Clock& m_clock;
    QFont m_dense;
    QFont m_denseStrong;
    QFont m_micro;
    QFont m_monoMicro;
};

} // namespace aiva
