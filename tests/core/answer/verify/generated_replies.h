// Replies over the invented shop's orders in four languages, made of pieces that know which fact they say, so that a
// test can change exactly one. For the mutation tests of the verifier.
#pragma once

#include "app/sandbox/world/world.h"
#include "core/answer/verify/verifier.h"

#include <QDate>
#include <QHash>
#include <QSet>
#include <QStringList>

#include <optional>
#include <vector>

namespace aiva::test {

struct Piece {
    enum class Kind { Words, Name, Order, Carrier, Number, Link, Amount, Day, Quantity, Duration, Status };
    Kind kind = Kind::Words;
    QString text;
    QString fact; // id
    QDate day;    // Day
    bool weekday = false;
    Money money;      // Amount
    qint64 count = 0; // Quantity
};

struct GeneratedReply {
    QString language;
    Intent intent = Intent::OrderStatus;
    FactSet facts;
    std::vector<Piece> pieces;
    QStringList lies; // other states' sentences, each untrue of this order
    QStringList declaredFacts;
    UtcTime sentAt;

    QString text() const;
};

// As `language` writes it; the same number always in one of two spellings.
QString spokenDay(QDate day, const QString& language, bool weekday);
QString spokenAmount(const Money& money, const QString& language);

// The facts of a customer's newest orders; absent when there are none or none of them is of a state replies speak of.
std::optional<GeneratedReply> replyFor(const sandbox::World& world, qint64 customer, const QString& language);

// What the shop knows of everybody else.
class OtherPeople {
public:
    explicit OtherPeople(const sandbox::World& world);
    bool owns(const GeneratedReply& reply, IdentityKind kind, const QString& value) const;
    const QStringList& names() const { return m_nameList; }
    const QStringList& emails() const { return m_emailList; }
    const QStringList& phones() const { return m_phoneList; }
    const QStringList& numbers() const { return m_numberList; }
    const QStringList& orders() const { return m_orderList; }

private:
    QHash<IdentityKind, QSet<QString>> m_known;
    QStringList m_nameList, m_emailList, m_phoneList, m_numberList, m_orderList;
};

} // namespace aiva::test
