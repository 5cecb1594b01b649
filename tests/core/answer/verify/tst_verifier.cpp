// Every check against one customer's facts: what a reply may say, and what it may not.
#include "tests/core/answer/verify/plain_facts.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class VerifierTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void letsWhatTheFactsSay_data();
    void letsWhatTheFactsSay();
    void objects_data();
    void objects();
    void namesTheFactAndThePlace();
    void findsThePlaceBehindHiddenCharacters();
    void asksWhetherItIsSomebodyElses();
    void wantsAnAnswerToWhereIsMyOrder();
    void comparesDeclaredFactsBothWays();
    void refusesCardsOfOtherOrders();
    void keepsInstructionsInside();
    void acceptsLoggedDeedsOnly();
    void readsOrdersInTurn();
    void tellsParcelsApart();
    void refusesAnotherOrderThanTheMails();
    void refusesEndlessText();
    void looksAtTheStatusOfTheOrder_data();
    void looksAtTheStatusOfTheOrder();
};

void VerifierTest::letsWhatTheFactsSay_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("reply");
    const auto row = [](const char* language, const QString& reply) {
        QTest::newRow(qPrintable(reply.left(60).simplified())) << QString::fromLatin1(language) << reply;
    };
    row("en", u"Hi Anna,\n\nYour order #1042 has shipped with USPS."_s);
    row("en", u"Dear Ms Schmidt,\n\nyour order 1042 is on its way."_s);
    row("en", u"Hello there,\n\nyour order #1042 shipped on Monday, 11 May 2026."_s);
    row("en", u"Your tracking number is 9400 1118 9922 3197 4284 90."_s);
    row("en", u"You can follow it at https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490."_s);
    row("en", u"Your order #1042 came to $1,234.50, of which $14.50 was for the post."_s);
    row("en", u"The total of your order is 1234.50 USD."_s);
    row("en", u"Your order #1042 holds 2 x Blue Widget and 1 x Trail Bottle 750 ml."_s);
    row("en", u"Your order holds Blue Widget (x2) and 3 items in all."_s);
    row("en", u"We expect that it arrives on Friday."_s);
    row("en", u"Your order #1042 left us yesterday; it should arrive by May 15th."_s);
    row("en", u"Your order #1043 is being packed and will ship within 24 hours. #1042 is on its way."_s);
    row("en", u"You have 30 days to return it: https://acme.example/returns"_s);
    row("en", u"Delivery takes 5 to 7 business days."_s);
    row("en", u"Returns are free within 30 days of delivery."_s);
    row("en", u"We answer Monday to Friday from 9:00 to 17:00."_s);
    row("en", u"Please write to help@acme.example or call +1 (555) 010-2000."_s);
    row("en", u"Is anna@schmidt.example still right, and 12 Main Street?"_s);
    row("en", u"Please feel free to reply to this e-mail."_s);
    row("en", u"Your order #1042 has not been delivered yet."_s);
    row("en", u"Once it is delivered, you can send it back."_s);
    row("de", u"Hallo Anna,\n\nIhre Bestellung #1042 wurde am Montag, den 11. Mai 2026 mit USPS versandt."_s);
    row("de", u"Sehr geehrte Frau Schmidt,\n\nIhre Bestellung 1042 ist unterwegs und kostet 1.234,50 $."_s);
    row("de", u"Die Bestellung #1043 wird gerade verpackt und verlässt unser Lager innerhalb von 24 Stunden. #1042 ist "
              u"auf dem Weg."_s);
    row("de", u"Die Lieferung dauert 5 bis 7 Werktage."_s);
    row("fr", u"Bonjour Anna,\n\nvotre commande #1042 a été expédiée le lundi 11 mai 2026 avec USPS."_s);
    row("fr", u"Le total de votre commande est de 1 234,50 $ et la livraison prend 5 à 7 jours ouvrés."_s);
    row("fr",
        u"La commande #1043 est en cours de préparation et partira sous 24 heures. La commande #1042 est en route."_s);
    row("es", u"Hola Anna:\n\nsu pedido #1042 fue enviado el lunes 11 de mayo de 2026 con USPS."_s);
    row("es", u"El total de su pedido es de 1.234,50 USD y la entrega tarda de 5 a 7 días laborables."_s);
    row("es",
        u"El pedido #1043 se está preparando y saldrá en un plazo de 24 horas. El pedido #1042 está en camino."_s);
    row("ja", u"Anna様\n\nご注文 #1042 は5月11日（月）に発送いたしました。合計は1,234.50ドルです。"_s);
}

void VerifierTest::letsWhatTheFactsSay() {
    QFETCH(QString, reply);
    QFETCH(QString, language);
    const VerifierVerdict verdict = verify(inputOf(reply, language));
    QCOMPARE(objections(verdict).join(u'\n'), QString());
    QVERIFY(verdict.passed());
}

void VerifierTest::objects_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("reply");
    QTest::addColumn<QString>("objection");
    const auto row = [](const char* language, const QString& reply, const QString& objection) {
        QTest::newRow(qPrintable(reply.left(60).simplified())) << QString::fromLatin1(language) << reply << objection;
    };
    // 1 order names
    row("en", u"Your order #1044 is here."_s, u"1 unproven #1044"_s);
    row("en", u"Your order 1044 is here."_s, u"1 unproven 1044"_s);
    row("en", u"Your order #2001 is here."_s, u"1 forbidden #2001"_s);
    row("en", u"Your order # 1044 is here."_s, u"1 unproven # 1044"_s);
    row("de", u"Ihre Bestellung mit der Nummer 1044 ist da."_s, u"1 unproven 1044"_s);
    // 2 tracking numbers
    row("en", u"The number is 9400111899223197428491."_s, u"2 unproven 9400111899223197428491"_s);
    row("en", u"The number is 1Z999AA10123456784."_s, u"2 forbidden 1Z999AA10123456784"_s);
    row("en", u"The number is 1Z999AA10123456785."_s, u"2 unproven 1Z999AA10123456785"_s);
    row("en", u"The number is 94001118992231974284901."_s, u"19 unproven 94001118992231974284901"_s);
    // 3 and 13 links
    row("en", u"See https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428491"_s,
        u"3 unproven https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428491"_s);
    row("en", u"See https://tools.usps.com/go/Other"_s, u"3 unproven https://tools.usps.com/go/Other"_s);
    row("en", u"See https://too1s.usps.com/go/x"_s, u"13 forbidden https://too1s.usps.com/go/x"_s);
    row("en", u"See https://acrne.example/returns"_s, u"13 forbidden https://acrne.example/returns"_s);
    row("en", u"See https://аcme.example/returns"_s, u"13 forbidden https://аcme.example/returns"_s);
    row("en", u"See https://xn--cme-7ka.example/"_s, u"13 forbidden https://xn--cme-7ka.example/"_s);
    row("en", u"See https://acme.example@evil.test/"_s, u"13 forbidden https://acme.example@evil.test/"_s);
    row("en", u"See http://192.168.1.7/track"_s, u"13 forbidden http://192.168.1.7/track"_s);
    row("en", u"See https://parcels.test/track"_s, u"13 unproven https://parcels.test/track"_s);
    row("en", u"See parcels.com for more"_s, u"13 unproven parcels.com"_s);
    row("en", u"See https://acme.example/secret-page"_s, u"13 unproven https://acme.example/secret-page"_s);
    row("en", u"Write to help@acme.test please"_s, u"13 unproven help@acme.test"_s);
    row("en", u"Write to help@acrne.example please"_s, u"13 forbidden help@acrne.example"_s);
    row("en", u"Write to robert@miller.example please"_s, u"12 forbidden robert@miller.example"_s);
    row("en", u"Call +1 555 010 2001 please"_s, u"13 unproven +1 555 010 2001"_s);
    row("en", u"Call +1 555 010 9999 please"_s, u"12 forbidden +1 555 010 9999"_s);
    // 4 carriers
    row("en", u"It travels with UPS."_s, u"4 unproven UPS"_s);
    row("en", u"It travels with DHL Express."_s, u"4 unproven DHL Express"_s);
    row("fr", u"Votre colis est avec La Poste."_s, u"4 unproven La Poste"_s);
    // 5 money
    row("en", u"The total is $1,234.51."_s, u"5 unproven $1,234.51"_s);
    row("en", u"The total is €1,234.50."_s, u"5 unproven €1,234.50"_s);
    row("en", u"The total is 1,234.50."_s, u"19 unproven 1,234.50"_s);
    row("en", u"The total is 14 dollars and 50 cents."_s, u"5 unproven 14 dollars"_s);
    row("de", u"Der Betrag ist 1.234,60 $ und nicht mehr."_s, u"5 unproven 1.234,60 $"_s);
    // 6 dates
    row("en", u"It shipped on 12 May."_s, u"6 unproven 12 May"_s);
    row("en", u"It shipped on Tuesday, 11 May 2026."_s, u"6 unproven Tuesday, 11 May 2026"_s);
    row("en", u"It shipped on 11 May 2025."_s, u"6 unproven 11 May 2025"_s);
    row("en", u"It shipped on 8 May."_s, u"6 unproven 8 May"_s); // the day of the order
    row("en", u"You get it tomorrow."_s, u"6 unproven tomorrow"_s);
    row("en", u"You get it next week."_s, u"6 unproven next week"_s);
    row("en", u"You get it by Saturday."_s, u"6 unproven Saturday"_s);
    row("en", u"You get it in June."_s, u"6 unproven June"_s);
    row("de", u"Das Paket kommt am Donnerstag, den 15. Mai."_s, u"6 unproven Donnerstag, den 15. Mai"_s);
    // 7 durations
    row("en", u"It takes 48 hours."_s, u"7 unproven 48 hours"_s);
    row("en", u"It takes 24 days."_s, u"7 unproven 24 days"_s);
    row("en", u"It takes 5 to 8 business days."_s, u"7 unproven 5 to 8 business days"_s);
    row("en", u"It takes 5 to 7 days."_s, u"7 unproven 5 to 7 days"_s);
    row("en", u"It takes a few days."_s, u"7 unproven few days"_s);
    row("de", u"Das dauert noch einige Tage und nicht mehr."_s, u"7 unproven einige Tage"_s);
    // 8 status
    row("en", u"Your order #1042 was delivered."_s, u"8 unproven delivered"_s);
    row("en", u"Your order #1042 was cancelled."_s, u"8 unproven cancelled"_s);
    row("en", u"Your order #1042 was refunded."_s, u"8 unproven refunded"_s);
    row("en", u"Your order #1042 has not shipped yet."_s, u"8 unproven shipped"_s);
    row("en", u"Your order #1042 is being packed."_s, u"8 unproven being packed"_s);
    row("en", u"Your order #1042 has partially shipped."_s, u"8 unproven partially shipped"_s);
    row("de", u"Ihre Bestellung #1042 wurde zugestellt."_s, u"8 unproven zugestellt"_s);
    row("fr", u"Votre commande #1042 a été livrée."_s, u"8 unproven livrée"_s);
    row("es", u"Su pedido #1042 ha sido entregado."_s, u"8 unproven entregado"_s);
    // 9 done
    row("en", u"We have refunded your order #1042."_s, u"9 forbidden We have refunded"_s);
    row("en", u"I've updated your address."_s, u"9 forbidden I've updated"_s);
    row("de", u"Wir haben Ihre Adresse geändert."_s, u"9 forbidden haben Ihre Adresse geändert"_s);
    row("fr", u"Nous avons remboursé votre commande."_s, u"9 forbidden Nous avons remboursé"_s);
    row("es", u"Hemos cancelado su pedido #1042."_s, u"9 forbidden Hemos cancelado"_s);
    // 10 promises
    row("en", u"We will refund your order."_s, u"10 forbidden will refund"_s);
    row("en", u"Your order will be refunded."_s, u"10 forbidden refunded"_s);
    row("en", u"Returns are free."_s, u"10 forbidden free"_s);
    row("en", u"Here is a discount for you."_s, u"10 forbidden discount"_s);
    row("de", u"Wir garantieren Ihnen die Lieferung."_s, u"10 forbidden garantieren"_s);
    row("fr", u"Nous allons rembourser votre commande."_s, u"10 forbidden Nous allons rembourser"_s);
    row("es", u"Le reembolsaremos el pedido."_s, u"10 forbidden reembolsaremos"_s);
    // 11 items
    row("en", u"Your order holds 3 x Blue Widget."_s, u"11 unproven 3"_s);
    row("en", u"Your order holds Blue Widget (x3)."_s, u"11 unproven 3"_s);
    row("en", u"Your order #1042 holds one Red Mug."_s, u"11 unproven Red Mug"_s);
    row("en", u"Your order holds 4 items."_s, u"11 unproven 4"_s);
    row("en", u"Your order holds a “Green Widget”."_s, u"11 unproven Green Widget"_s);
    // 12 names
    row("en", u"Hi Robert,\n\nthank you for your order."_s, u"12 forbidden Robert"_s);
    row("en", u"Hi Lisa,\n\nthank you for your order."_s, u"12 unproven Lisa"_s);
    row("en", u"Dear Mr Jones,\n\nthank you for your order."_s, u"12 unproven Jones"_s);
    row("de", u"Hallo Lisa,\n\nvielen Dank für die Bestellung."_s, u"12 unproven Lisa"_s);
    row("en", u"Thank you. The parcel of Robert is with yours."_s, u"12 forbidden Robert"_s);
    // 14 numbers that must never be in a mail
    row("en", u"You paid with 4111 1111 1111 1111."_s, u"14 forbidden 4111 1111 1111 1111"_s);
    row("en", u"Send it to DE89 3704 0044 0532 0130 00."_s, u"14 forbidden DE89 3704 0044 0532 0130 00"_s);
    row("en", u"Use shpat_abcdef0123456789 for it."_s, u"14 forbidden shpat_abcdef0123456789"_s);
    // 15 and 16
    row("en", u"As an AI I cannot tell."_s, u"15 forbidden As an AI"_s);
    row("en", u"Hello {{customer.first_name}}!"_s, u"16 unproven {{customer.first_name}}"_s);
    row("en", u"Thank you, [your name here]"_s, u"16 unproven [your name here]"_s);
    row("en", u"Thank you <name>"_s, u"16 unproven <name>"_s);
    row("en", u"This is **important** to you."_s, u"16 unproven **"_s);
    row("en", u"..."_s, u"16 forbidden"_s);
    row("de", u"Thank you for your order. Where is the parcel that you have?"_s, u"16 unproven"_s);
    row("en", u"Thank you \u202e1042#\u202c for your order"_s, u"16 forbidden"_s);
    // 19 what is left
    row("en", u"That is 77 of them."_s, u"19 unproven 77"_s);
    row("en", u"That is twenty of them."_s, u"19 unproven twenty"_s);
    row("en", u"Say WELCOMEBACK at the till."_s, u"19 unproven WELCOMEBACK"_s);
    row("en", u"That is ½ of it."_s, u"19 unproven ½"_s);
    row("en", u"It is 50 % off."_s, u"19 unproven 50"_s);
    row("ja", u"三日でお届けできると思います。"_s, u"19 unproven 三日でお届けできると思います"_s);
}

void VerifierTest::objects() {
    QFETCH(QString, reply);
    QFETCH(QString, language);
    QFETCH(QString, objection);
    const QStringList found = objections(verify(inputOf(reply, language)));
    QVERIFY2(found.contains(objection), qPrintable(found.join(u'\n')));
}

void VerifierTest::namesTheFactAndThePlace() {
    const QString reply = u"Hi Anna, your order #1042 has shipped."_s;
    const VerifierInput input = inputOf(reply);
    const VerifierVerdict verdict = verify(input);
    const auto order = std::find_if(verdict.claims.begin(), verdict.claims.end(),
                                    [](const Claim& claim) { return claim.kind == "order_name"_L1; });
    QVERIFY(order != verdict.claims.end());
    QCOMPARE(order->start, reply.indexOf(u'#'));
    QCOMPARE(order->length, 5);
    QCOMPARE(order->text, u"#1042"_s);
    QCOMPARE(order->status, ClaimStatus::Proven);
    QCOMPARE(input.facts.byId(order->fact)->value, u"#1042"_s);
    QVERIFY(std::is_sorted(verdict.claims.begin(), verdict.claims.end(),
                           [](const Claim& a, const Claim& b) { return a.start < b.start; }));
}

void VerifierTest::findsThePlaceBehindHiddenCharacters() {
    const QString reply = u"Your\u200b order #10\u200b44 is here."_s;
    const VerifierVerdict verdict = verify(inputOf(reply));
    QCOMPARE(objections(verdict), QStringList{u"1 unproven #10\u200b44"_s});
    QCOMPARE(verdict.claims.front().start, reply.indexOf(u'#'));
}

void VerifierTest::asksWhetherItIsSomebodyElses() {
    VerifierInput input = inputOf(u"Hi Robert,\n\nwrite to robert@miller.example about #2001."_s);
    QCOMPARE(objections(verify(input)),
             QStringList({u"12 forbidden Robert"_s, u"12 forbidden robert@miller.example"_s, u"1 forbidden #2001"_s}));
    input.belongsToSomebodyElse = nullptr;
    QCOMPARE(objections(verify(input)),
             QStringList({u"12 unproven Robert"_s, u"13 unproven robert@miller.example"_s, u"1 unproven #2001"_s}));
}

void VerifierTest::wantsAnAnswerToWhereIsMyOrder() {
    VerifierInput input = inputOf(u"Hi Anna, thank you for your message."_s);
    input.author = VerifierInput::Author::Model;
    QCOMPARE(objections(verify(input)), QStringList{u"17 unproven"_s});
    input.reply = u"Your order #1042 has shipped."_s;
    input.declaredFacts = {u"F1"_s, u"F3"_s};
    QCOMPARE(objections(verify(input)), QStringList{u"17 unproven"_s}); // the tracking number
    input.reply = u"Your order #1042 has shipped: 9400111899223197428490."_s;
    input.declaredFacts << u"F10"_s;
    QCOMPARE(objections(verify(input)), QStringList());
    input.intent = Intent::Complaint;
    input.reply = u"Hi Anna, thank you for your message."_s;
    input.declaredFacts.clear();
    QCOMPARE(objections(verify(input)), QStringList());
}

void VerifierTest::comparesDeclaredFactsBothWays() {
    VerifierInput input = inputOf(u"Your order #1042 came to $1,234.50."_s);
    input.author = VerifierInput::Author::Playbook;
    input.intent = Intent::Other;
    input.declaredFacts = {u"F1"_s, u"F5"_s};
    QCOMPARE(objections(verify(input)), QStringList());
    input.declaredFacts = {u"F1"_s};
    QCOMPARE(objections(verify(input)), QStringList{u"18 unproven $1,234.50"_s});
    input.declaredFacts = {u"F1"_s, u"F5"_s, u"F6"_s};
    QCOMPARE(objections(verify(input)), QStringList{u"18 unproven"_s});
    input.declaredFacts = {u"F1"_s, u"F5"_s, u"F99"_s};
    QCOMPARE(objections(verify(input)), QStringList{u"18 unproven"_s});
}

void VerifierTest::refusesCardsOfOtherOrders() {
    VerifierInput input = inputOf(u"Hi Anna, thank you."_s);
    input.cards = {u"#1042"_s};
    QCOMPARE(objections(verify(input)), QStringList());
    input.cards = {u"#2001"_s};
    QCOMPARE(objections(verify(input)), QStringList{u"1 forbidden"_s});
}

void VerifierTest::keepsInstructionsInside() {
    VerifierInput input = inputOf(u"Thank you. Always answer in the voice of the store, please."_s);
    input.secrets = {u"You write for a shop. Always answer in the voice of the store and never guess."_s,
                     u"MARK-a7f3"_s};
    QCOMPARE(objections(verify(input)), QStringList{u"15 forbidden Always answer in the voice of"_s});
    input.reply = u"Thank you. mark-a7f3"_s;
    QVERIFY(objections(verify(input)).contains(u"15 forbidden mark-a7f3"_s));
}

void VerifierTest::acceptsLoggedDeedsOnly() {
    VerifierInput input = inputOf(u"We have cancelled your order #1043, as you asked. #1042 is on its way."_s);
    QVERIFY(objections(verify(input)).contains(u"9 forbidden We have cancelled"_s));
    Fact done;
    done.id = u"F90"_s;
    done.kind = FactKind::ActionDone;
    done.value = u"cancel"_s;
    done.order = u"#1043"_s;
    input.facts.facts.push_back(done);
    QVERIFY(!objections(verify(input)).join(u' ').contains("9 forbidden"_L1));
    input.reply = u"We have refunded your order #1043, as you asked. #1042 is on its way."_s;
    QVERIFY(objections(verify(input)).contains(u"9 forbidden We have refunded"_s));
}

void VerifierTest::readsOrdersInTurn() {
    QCOMPARE(objections(verify(inputOf(u"Order #1042 came to $1,234.50. Order #1043 came to $20.00."_s))),
             QStringList());
    QCOMPARE(objections(verify(inputOf(u"Order #1042 came to $20.00. Order #1043 came to $1,234.50."_s))),
             QStringList({u"5 unproven $20.00"_s, u"5 unproven $1,234.50"_s}));
}

void VerifierTest::tellsParcelsApart() {
    VerifierInput input = inputOf({});
    const auto add = [&](FactKind kind, const QString& value) {
        Fact fact;
        fact.id = u"F%1"_s.arg(80 + input.facts.facts.size());
        fact.kind = kind;
        fact.value = value;
        fact.order = u"#1042"_s;
        fact.parcel = 2;
        input.facts.facts.push_back(fact);
    };
    add(FactKind::Carrier, u"UPS"_s);
    add(FactKind::TrackingNumber, u"1Z12345E0205271688"_s);
    input.reply = u"Order #1042:\nUSPS 9400111899223197428490\nUPS 1Z12345E0205271688"_s;
    QCOMPARE(objections(verify(input)), QStringList());
    input.reply = u"Order #1042:\nUPS 9400111899223197428490\nUSPS 1Z12345E0205271688"_s;
    QCOMPARE(objections(verify(input)), QStringList({u"4 unproven UPS"_s, u"4 unproven USPS"_s}));
    input.reply = u"Order #1042 comes with UPS 9400111899223197428490 and USPS 1Z12345E0205271688."_s;
    QVERIFY(!verify(input).passed());
}

void VerifierTest::refusesAnotherOrderThanTheMails() {
    QCOMPARE(objections(verify(inputOf(u"Your order #1043 is being packed."_s))), QStringList{u"1 unproven #1043"_s});
}

void VerifierTest::refusesEndlessText() {
    const VerifierVerdict verdict = verify(inputOf(QString(2'000'000, u'a')));
    QCOMPARE(objections(verdict), QStringList{u"16 forbidden"_s});
    QVERIFY(!verify(inputOf(u"thank you for this "_s.repeated(500))).passed());
}

void VerifierTest::looksAtTheStatusOfTheOrder_data() {
    QTest::addColumn<QString>("financial");
    QTest::addColumn<QString>("fulfillment");
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("isTrue");
    const auto row = [](const char* financial, const char* fulfillment, const QString& said, bool isTrue) {
        QTest::newRow(qPrintable(said + u" / "_s + QString::fromLatin1(fulfillment)))
            << QString::fromLatin1(financial) << QString::fromLatin1(fulfillment) << said << isTrue;
    };
    row("PAID", "UNFULFILLED", u"is being prepared"_s, true);
    row("PAID", "UNFULFILLED", u"has shipped"_s, false);
    row("PAID", "UNFULFILLED", u"has not shipped yet"_s, true);
    row("PAID", "UNFULFILLED", u"will ship soon"_s, true);
    row("PAID", "UNFULFILLED", u"has been paid"_s, true);
    row("PENDING", "UNFULFILLED", u"has been paid"_s, false);
    row("PENDING", "UNFULFILLED", u"has not been paid"_s, true);
    row("PAID", "PARTIALLY_FULFILLED", u"has partially shipped"_s, true);
    row("PAID", "PARTIALLY_FULFILLED", u"has shipped"_s, false);
    row("PAID", "FULFILLED", u"will ship soon"_s, false);
    row("PAID", "DELIVERED", u"was delivered"_s, true);
    row("PAID", "DELIVERED", u"is on its way"_s, false);
    row("PAID", "DELIVERED", u"has not been delivered"_s, false);
    row("REFUNDED", "UNFULFILLED", u"was refunded"_s, true);
    row("REFUNDED", "UNFULFILLED", u"will ship soon"_s, false);
    row("PARTIALLY_REFUNDED", "FULFILLED", u"was refunded"_s, false);
    row("PARTIALLY_REFUNDED", "FULFILLED", u"was partially refunded"_s, true);
    row("PAID", "ON_HOLD", u"is on hold"_s, true);
    row("PAID", "ON_HOLD", u"is being packed"_s, false);
    row("completed", "completed", u"has shipped"_s, true);
    row("VOIDED", "UNFULFILLED", u"was cancelled"_s, true);
}

void VerifierTest::looksAtTheStatusOfTheOrder() {
    QFETCH(QString, said);
    VerifierInput input = inputOf(u"Your order #7 %1."_s.arg(said));
    input.facts.orderNames = {u"#7"_s};
    input.facts.subjectOrder = u"#7"_s;
    input.facts.facts.clear();
    const auto add = [&](FactKind kind, const QString& value) {
        Fact fact;
        fact.id = u"F%1"_s.arg(input.facts.facts.size());
        fact.kind = kind;
        fact.value = value;
        fact.order = u"#7"_s;
        input.facts.facts.push_back(fact);
    };
    QFETCH(QString, financial);
    QFETCH(QString, fulfillment);
    add(FactKind::OrderName, u"#7"_s);
    add(FactKind::FinancialStatus, financial);
    add(FactKind::FulfillmentStatus, fulfillment);
    const VerifierVerdict verdict = verify(input);
    QFETCH(bool, isTrue);
    QVERIFY2(verdict.passed() == isTrue, qPrintable(objections(verdict).join(u'\n')));
}

QTEST_GUILESS_MAIN(VerifierTest)
#include "tst_verifier.moc"
