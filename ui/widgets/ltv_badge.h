// What a person is worth to the shop: "$450.00 LTV", amber when VIP. Stands in the CRM panel's identity card.
#pragma once

#include "ui/widgets/described.h"

#include <QWidget>

namespace aiva {

class LtvBadge : public QWidget, public Described {
    Q_OBJECT
public:
    enum class Rank { Ordinary, Vip };
    explicit LtvBadge(QWidget* parent = nullptr);
    // The amount as formatMoney gives it.
    void setAmount(const QString& amount, Rank rank);

    AccessibleFace face() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString shownText() const;

    QString m_amount;
    Rank m_rank = Rank::Ordinary;
};

} // namespace aiva
