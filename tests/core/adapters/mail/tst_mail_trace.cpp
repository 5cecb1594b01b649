#include "core/adapters/mail/mime/mail_decoder.h"
#include "core/domain/mail/sender_authentication.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestMailTrace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatServersWroteInItsOrder();
    void countsAuthors_data();
    void countsAuthors();
    void aFloodOfFieldsIsCut();
};

void TestMailTrace::keepsWhatServersWroteInItsOrder() {
    const auto mail = decodeMail("Received: from a\r\n\t(a [10.0.0.1]) by b with LMTP\r\n"
                                 "AUTHENTICATION-RESULTS: mx.one;\r\n dkim=pass\r\n\theader.d=c.example\r\n"
                                 "DKIM-Signature: x\r\n"
                                 "received: by c\r\n"
                                 "Authentication-Results: mx.two; none\r\n"
                                 "From: Ann <ann@c.example>\r\nSubject: x\r\n\r\nHello\r\n",
                                 UtcTime(1));
    QVERIFY(mail);
    const std::vector<TraceField> trace{{u"received"_s, u"from a (a [10.0.0.1]) by b with LMTP"_s},
                                        {u"authentication-results"_s, u"mx.one; dkim=pass header.d=c.example"_s},
                                        {u"received"_s, u"by c"_s},
                                        {u"authentication-results"_s, u"mx.two; none"_s}};
    QCOMPARE(mail->trace.size(), trace.size());
    for (size_t i = 0; i < trace.size(); ++i) {
        QCOMPARE(mail->trace.at(i).name, trace.at(i).name);
        QCOMPARE(mail->trace.at(i).value, trace.at(i).value);
    }
    QCOMPARE(trustedAuthenticationResults(mail->trace, u"mx.one"_s).size(), 1);
}

void TestMailTrace::countsAuthors_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<int>("authors");
    QTest::newRow("one") << QByteArray("From: a@b.example\r\n") << 1;
    QTest::newRow("none") << QByteArray() << 0;
    QTest::newRow("two in a field") << QByteArray("From: a@b.example, c@d.example\r\n") << 2;
    QTest::newRow("two fields") << QByteArray("From: a@b.example\r\nSubject: x\r\nFrom: c@d.example\r\n") << 2;
}

void TestMailTrace::countsAuthors() {
    QFETCH(const QByteArray, from);
    const auto mail = decodeMail(from + "Message-ID: <x@y>\r\n\r\nHello\r\n", UtcTime(1));
    QVERIFY(mail);
    QFETCH(const int, authors);
    QVERIFY2(authors > 1 ? mail->authors > 1 : mail->authors == authors, qPrintable(QString::number(mail->authors)));
}

// A field that was left out would move the sender's part up into ours: only the lowest may be missing.
void TestMailTrace::aFloodOfFieldsIsCut() {
    QByteArray raw = "Received: from x (" + QByteArray(20'000, 'y') + ") by mx.one with ESMTP\r\n";
    for (int i = 0; i < 300; ++i)
        raw += "Authentication-Results: mx.one; dmarc=pass\r\n";
    const auto mail = decodeMail(raw + "From: a@b.example\r\n\r\nHello\r\n", UtcTime(1));
    QVERIFY(mail);
    QCOMPARE(mail->trace.size(), size_t(100));
    QCOMPARE(mail->trace.front().name, u"received"_s);
    QVERIFY(trustedAuthenticationResults(mail->trace, u"mx.one"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestMailTrace)
#include "tst_mail_trace.moc"
