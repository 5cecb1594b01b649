// A shop's facts made by hand: one sender, orders in any state. For tests of what playbooks say.
#pragma once

#include "core/answer/playbooks/playbook_book.h"

namespace aiva::test {

UtcTime at(const char* iso);

class PlaybookWorld {
public:
    PlaybookWorld();

    void addOrder(const QString& name, const char* createdAt);
    void setStatus(const QString& order, const QString& fulfillment, const QString& financial = QStringLiteral("PAID"));
    // With carrier, number and link.
    int addParcel(const QString& order, const QString& carrier, const QString& number);
    int addBareParcel(const QString& order);
    void addMoment(const QString& order, FactKind kind, const char* when, int parcel = 0);
    void addFact(FactKind kind, const QString& value, const QString& label = {}, const QString& order = {},
                 int parcel = 0, const char* when = nullptr);
    void drop(FactKind kind);

    // One order in the state that playbook is for; #1042 of 10 May 2026, asked about at noon of 12 May.
    static PlaybookWorld forPlaybook(const QString& name);
    static QStringList playbookNames();

    PlaybookCase asked() const { return {reading, facts, now, namedOrders}; }

    IntentReading reading;
    FactSet facts;
    UtcTime now;
    QStringList namedOrders;

private:
    int m_parcels = 0;
};

} // namespace aiva::test
