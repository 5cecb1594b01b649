#include "core/domain/html/html_text.h"
#include "core/domain/mail/flowed_text.h"
#include "core/domain/mail/quoted_text.h"
#include "core/domain/reply/draft.h"
#include "core/domain/reply/reply_recipients.h"
#include "core/domain/reply/reply_text.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

QList<MailAddress> list(const QString& text) {
    return addressesFromText(text);
}

QString said(const QList<MailAddress>& addresses) {
    QStringList texts;
    for (const MailAddress& address : addresses)
        texts << addressText(address);
    return texts.join(", "_L1);
}

const QStringList own{u"support@acme.example"_s, u"Help@Acme.example"_s};

} // namespace

class ReplyRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhomAReplyGoesTo_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("replyTo");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("cc");
        QTest::addColumn<bool>("isOutbound");
        QTest::addColumn<QString>("reply");
        QTest::addColumn<QString>("allTo");
        QTest::addColumn<QString>("allCc");
        const QString us = u"support@acme.example"_s;
        QTest::newRow("one writer") << u"Ada <ada@x.org>"_s << u""_s << us << u""_s << false << u"Ada <ada@x.org>"_s
                                    << u"Ada <ada@x.org>"_s << u""_s;
        QTest::newRow("others in To and Cc")
            << u"ada@x.org"_s << u""_s << us + u", bob@x.org"_s << u"cy@x.org, HELP@acme.example"_s << false
            << u"ada@x.org"_s << u"ada@x.org"_s << u"bob@x.org, cy@x.org"_s;
        QTest::newRow("Reply-To wins over From") << u"shop-form@host.net"_s << u"Ada <ada@x.org>"_s << us << u""_s
                                                 << false << u"Ada <ada@x.org>"_s << u"Ada <ada@x.org>"_s << u""_s;
        QTest::newRow("several Reply-To") << u"ada@x.org"_s << u"ada@x.org, bob@x.org"_s << us << u""_s << false
                                          << u"ada@x.org, bob@x.org"_s << u"ada@x.org, bob@x.org"_s << u""_s;
        QTest::newRow("mailing list stands once") << u"Ada <ada@x.org>"_s << u"list@x.org"_s << u"list@x.org"_s << us
                                                  << false << u"list@x.org"_s << u"list@x.org"_s << u""_s;
        QTest::newRow("duplicates in another spelling")
            << u"Ada@X.org"_s << u""_s << us + u", ada@x.org"_s << u"ADA@x.org, bob@x.org, Bob@x.org"_s << false
            << u"Ada@X.org"_s << u"Ada@X.org"_s << u"bob@x.org"_s;
        QTest::newRow("our own mail goes on to its readers") << us << u""_s << u"ada@x.org"_s << u"bob@x.org"_s << true
                                                             << u"ada@x.org"_s << u"ada@x.org"_s << u"bob@x.org"_s;
        QTest::newRow("Reply-To is us: the others remain")
            << u"ada@x.org"_s << us << us << u"bob@x.org"_s << false << us << u"bob@x.org"_s << u""_s;
        QTest::newRow("written to ourselves") << us << u""_s << us << u""_s << false << us << us << u""_s;
        QTest::newRow("what is no address is left out") << u"ada@x.org"_s << u""_s << us << u"undisclosed recipients"_s
                                                        << false << u"ada@x.org"_s << u"ada@x.org"_s << u""_s;
    }

    void findsWhomAReplyGoesTo() {
        QFETCH(const QString, from);
        QFETCH(const QString, replyTo);
        QFETCH(const QString, to);
        QFETCH(const QString, cc);
        QFETCH(const bool, isOutbound);
        const AnsweredMail mail{list(from).value(0), list(replyTo), list(to), list(cc), isOutbound};
        const DraftRecipients reply = replyRecipients(DraftKind::Reply, mail, own);
        QTEST(said(reply.to), "reply");
        QVERIFY(reply.cc.isEmpty() && reply.bcc.isEmpty());
        const DraftRecipients all = replyRecipients(DraftKind::ReplyAll, mail, own);
        QTEST(said(all.to), "allTo");
        QTEST(said(all.cc), "allCc");
        QVERIFY(replyRecipients(DraftKind::Note, mail, own).isEmpty());
    }

    void readsAddressesAsPeoplePasteThem() {
        const auto found =
            list(u"\"Lovelace, Ada\" <ada@x.org>; bob@x.org,\nCy Young <cy@x.co.uk>\nnobody, <a b@x.org>"_s);
        QCOMPARE(found.size(), 5);
        QCOMPARE(found[0], (MailAddress{u"Lovelace, Ada"_s, u"ada@x.org"_s}));
        QCOMPARE(found[1], (MailAddress{{}, u"bob@x.org"_s}));
        QCOMPARE(found[2], (MailAddress{u"Cy Young"_s, u"cy@x.co.uk"_s}));
        QVERIFY(found[3].email.isEmpty() && found[3].name == u"nobody"_s);
        QVERIFY(found[4].email.isEmpty());
    }

    void tellsAddressesFromOthers() {
        for (const QString& good : {u"a@b.co"_s, u"first.last+tag@sub.example.com"_s, u"o'neil@x.org"_s,
                                    u"грета@почта.рф"_s, u"a@xn--80ak6aa92e.com"_s})
            QVERIFY2(isMailAddress(good), qPrintable(good));
        for (const QString& bad :
             {u""_s, u"a"_s, u"a@"_s, u"@b.co"_s, u"a@b"_s, u"a b@c.de"_s, u"a@b..de"_s, u".a@b.de"_s, u"a.@b.de"_s,
              u"a@-b.de"_s, u"a@b.de\nBcc: x@y.de"_s, u"a@b.de>"_s, u"a@b@c.de"_s, u"a..b@c.de"_s})
            QVERIFY2(!isMailAddress(bad), qPrintable(bad));
    }

    void answersSubjectsWithOneRe_data() {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("answer");
        QTest::newRow("plain") << u"Where is it?"_s << u"Re: Where is it?"_s;
        QTest::newRow("answered") << u"Re: Where is it?"_s << u"Re: Where is it?"_s;
        QTest::newRow("stacked") << u"RE: AW: Antw: SV: Where"_s << u"Re: Where"_s;
        QTest::newRow("counted") << u"Re[2]: Re(3): Where"_s << u"Re: Where"_s;
        QTest::newRow("forwarded") << u"Fwd: Where"_s << u"Re: Fwd: Where"_s;
        QTest::newRow("a word that looks alike") << u"Reorder: Where"_s << u"Re: Reorder: Where"_s;
        QTest::newRow("list") << u"[shop] Where"_s << u"Re: [shop] Where"_s;
        QTest::newRow("empty") << u"  "_s << u"Re:"_s;
        QTest::newRow("header in a subject") << u"Hi\r\nBcc: all@x.org"_s << u"Re: Hi Bcc: all@x.org"_s;
        QTest::newRow("full-width colon") << u"回复：订单"_s << u"Re: 订单"_s;
    }

    void answersSubjectsWithOneRe() {
        QFETCH(const QString, subject);
        QTEST(replySubject(subject), "answer");
        QCOMPARE(replySubject(replySubject(subject)), replySubject(subject));
    }

    void quotesInTheCustomersLanguage_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("line");
        QTest::newRow("en") << u"en_GB"_s << u"On Feb 24, 2026 at 09:41, John Okafor wrote:"_s;
        QTest::newRow("de") << u"de"_s << u"Am 24.02.2026 um 09:41 schrieb John Okafor:"_s;
        QTest::newRow("fr") << u"fr"_s << u"Le 24 févr. 2026 à 09:41, John Okafor a écrit :"_s;
        QTest::newRow("es") << u"es"_s << u"El 24 feb 2026 a las 09:41, John Okafor escribió:"_s;
        QTest::newRow("another") << u"hu"_s << u"On Feb 24, 2026 at 09:41, John Okafor wrote:"_s;
        QTest::newRow("unknown") << QString() << u"On Feb 24, 2026 at 09:41, John Okafor wrote:"_s;
    }

    void quotesInTheCustomersLanguage() {
        QFETCH(const QString, language);
        const QuotedMail mail{{u"John Okafor"_s, u"john@x.org"_s}, *UtcTime::parseIso("2026-02-24T09:41:00Z"), {}};
        QTEST(attributionLine(mail, language, QTimeZone::utc()), "line");
    }

    void quotesSoThatOthersFoldIt() {
        const QuotedMail mail{
            {u"John"_s, u"john@x.org"_s}, UtcTime(0), u"Hi,\n\nwhere is it? \n> earlier\n>> earliest\n-- \nJohn\n\n"_s};
        const QString quote = quoteText(mail, u"en"_s, QTimeZone::utc());
        QCOMPARE(quote, u"On Jan 1, 1970 at 00:00, John wrote:\n> Hi,\n>\n> where is it?\n>> earlier\n>>> earliest\n"
                        "> --\n> John"_s);
        QCOMPARE(unwrapFlowed(quote, FlowedSpace::Keep).count(u'\n'), quote.count(u'\n'));
        const QString mailText = u"It is here.\n\n"_s + quote;
        const auto folded = foldedRanges(mailText);
        QCOMPARE(unfoldedText(mailText, folded), u"It is here."_s);
    }

    void putsTheSignatureAboveTheQuote() {
        const ReplyParts parts{u"It is here.\n"_s, {}, u"Kim\nAcme\n"_s, {}, u"On … wrote:\n> Hi"_s, {}};
        QCOMPARE(composedReply(parts).text, u"It is here.\n\n-- \nKim\nAcme\n\nOn … wrote:\n> Hi"_s);
        QVERIFY(composedReply(parts).html.isEmpty());
    }

    void addsNoSecondSignatureMark() {
        QCOMPARE(signatureBlock(u"-- \nKim"_s), u"-- \nKim"_s);
        QCOMPARE(signatureBlock(u"--\nKim"_s), u"--\nKim"_s);
        QCOMPARE(signatureBlock(u" \n"_s), QString());
    }

    void leavesOutWhatIsEmpty() {
        QCOMPARE(composedReply({u"Yes."_s, {}, {}, {}, {}, {}}).text, u"Yes."_s);
        QCOMPARE(composedReply({{}, {}, u"Kim"_s, {}, {}, {}}).text, u"-- \nKim"_s);
    }

    void saysTheSameInBothForms_data() {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("signature");
        QTest::addColumn<QString>("signatureHtml");
        QTest::newRow("formatted") << u"<div><b>It is</b> here.</div>"_s << u"Kim\nAcme"_s << QString();
        QTest::newRow("formatted signature") << QString() << u"Kim\nAcme"_s << u"<b>Kim</b><br>Acme"_s;
        QTest::newRow("both") << u"<div>It is here.</div>"_s << u"Kim\nAcme"_s << u"Kim<br><i>Acme</i>"_s;
        QTest::newRow("its own mark") << u"<div>It is here.</div>"_s << u"-- \nKim & Acme"_s << QString();
    }

    void saysTheSameInBothForms() {
        QFETCH(const QString, html);
        QFETCH(const QString, signature);
        QFETCH(const QString, signatureHtml);
        const QuotedMail mail{{u"J <i>"_s, u"j@x.org"_s}, UtcTime(0), u"Where\nis <it>?"_s};
        const ComposedReply whole =
            composedReply({u"It is here."_s, html, signature, signatureHtml, quoteText(mail, u"en"_s, QTimeZone::utc()),
                           quoteHtml(mail, u"en"_s, QTimeZone::utc())});
        QVERIFY(!whole.html.isEmpty());
        QCOMPARE(htmlToText(whole.html).simplified().remove(u'>'), whole.text.simplified().remove(u'>'));
    }

    void showsWhichFactsChanged() {
        const OrderFactsMap then{{1, {u"#1"_s, {{u"total"_s, u"5"_s}, {u"cancelled"_s, u""_s}}}}, {2, {u"#2"_s, {}}}};
        OrderFactsMap now = then;
        QVERIFY(factDifferences(then, now).empty());
        now[1].fields[u"total"_s] = u"4"_s;
        now[3] = {u"#3"_s, {{u"total"_s, u"9"_s}}};
        const auto found = factDifferences(then, orderFactsFromJson(toJson(now)));
        QCOMPARE(found.size(), size_t(2));
        QCOMPARE(found[0], (FactDifference{u"#3"_s, u"new"_s, {}, u"9"_s}));
        QCOMPARE(found[1], (FactDifference{u"#1"_s, u"total"_s, u"5"_s, u"4"_s}));
        QVERIFY(orderFactsFromJson(u"nonsense"_s).isEmpty());
    }

    void keepsRecipientsAsText() {
        const DraftRecipients recipients{list(u"Ä <a@x.org>"_s), list(u"b@x.org"_s), {}};
        QCOMPARE(draftRecipientsFromJson(toJson(recipients)), std::optional(recipients));
        QVERIFY(!draftRecipientsFromJson(QString()));
        QVERIFY(!draftRecipientsFromJson(u"[1]"_s));
    }
};

QTEST_GUILESS_MAIN(ReplyRulesTest)
#include "tst_reply_rules.moc"
