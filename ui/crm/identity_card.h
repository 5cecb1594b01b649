// The head of the CRM panel: avatar, name, address, lifetime value, facts and tags of one person.
#pragma once

#include "core/readmodel/customer_query.h"

#include <QLocale>
#include <QWidget>

#include <vector>

namespace aiva {

class Avatar;
class Chip;
class ElidedLabel;
class FactCell;
class FlowLayout;
class LtvBadge;
class TextBlock;

class IdentityCard : public QWidget {
    Q_OBJECT
public:
    explicit IdentityCard(QWidget* parent = nullptr);
    void setCustomer(const CustomerView& customer, const QLocale& locale);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Fact {
        QString caption;
        QString value;
        bool isVip = false;
    };
    static std::vector<Fact> factsOf(const CustomerView& customer, const QLocale& locale);
    void showChips(const CustomerView& customer);

    Avatar* m_avatar;
    ElidedLabel* m_name;
    ElidedLabel* m_email;
    ElidedLabel* m_otherContacts;
    LtvBadge* m_ltv;
    std::vector<FactCell*> m_facts;
    QWidget* m_chipField;
    FlowLayout* m_chipFlow;
    std::vector<Chip*> m_tags;
    std::vector<Chip*> m_stores;
    Chip* m_foldedTags;
    TextBlock* m_note;
};

QString precedenceWord(Precedence precedence);

} // namespace aiva
