// Reply · Reply all · Note: what is being written. The note is told apart by colour, icon and word.
#pragma once

#include "core/domain/names.h"

#include <QWidget>

class QAbstractButton;

namespace aiva {

class KindSwitch final : public QWidget {
    Q_OBJECT
public:
    explicit KindSwitch(QWidget* parent = nullptr);

    void setKind(DraftKind kind);
    DraftKind kind() const { return m_kind; }

Q_SIGNALS:
    void kindChosen(aiva::DraftKind kind);

private:
    DraftKind m_kind = DraftKind::Reply;
    QList<QAbstractButton*> m_buttons; // in DraftKind's order
};

} // namespace aiva
