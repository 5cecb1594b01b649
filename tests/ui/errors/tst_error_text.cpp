#include "tests/support/patience.h"
#include "ui/errors/error_text.h"

#include <QSet>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestErrorText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatHappenedAndWhatToDoForEveryKindAndCause() {
        int pairs = 0;
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind)
            for (int cause = 0; cause <= static_cast<int>(kLastErrorCause); ++cause, ++pairs) {
                const Error error{static_cast<ErrorKind>(kind), u"customer 17 said no"_s,
                                  static_cast<ErrorCause>(cause)};
                const ErrorText text = errorText(error);
                const QString where = errorKindName(error.kind) + u'/' + errorCauseName(error.cause);
                QVERIFY2(!text.title.isEmpty() && !text.whatToDo.isEmpty(), qPrintable(where));
                QVERIFY2(!text.title.endsWith(u'.') && text.whatToDo.endsWith(u'.'), qPrintable(where));
                QVERIFY2(!text.title.contains(u"17"_s) && !text.whatToDo.contains(u"17"_s), qPrintable(where));
            }
        QCOMPARE(pairs, 10 * (static_cast<int>(kLastErrorCause) + 1));
    }

    void tellsEveryKindApart() {
        QSet<QString> titles;
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind)
            titles.insert(errorText({static_cast<ErrorKind>(kind), {}}).title);
        QCOMPARE(titles.size(), 10);
    }

    void tellsEveryCauseApart() {
        QSet<QString> titles;
        for (int cause = 1; cause <= static_cast<int>(kLastErrorCause); ++cause)
            titles.insert(errorText({ErrorKind::Network, {}, static_cast<ErrorCause>(cause)}).title);
        QCOMPARE(titles.size(), static_cast<int>(kLastErrorCause));
    }

    void aQueueIsNotAShop() {
        const QString role = errorSentence({ErrorKind::Auth, {}, ErrorCause::QueueRoleMissing});
        QVERIFY2(role.contains(u"Pub/Sub Subscriber"_s) && !role.contains(u"shop"_s), qPrintable(role));
        const QString key = errorSentence({ErrorKind::Auth, {}, ErrorCause::QueueKeyRefused});
        QVERIFY2(key.contains(u"service account"_s) && !key.contains(u"store"_s), qPrintable(key));
        QVERIFY(errorSentence({ErrorKind::Auth, {}, ErrorCause::KeyReadsOnly}).contains(u"Read/Write"_s));
    }

    void readsTheWordsOfAStoredRecord() {
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind)
            for (int cause = 0; cause <= static_cast<int>(kLastErrorCause); ++cause) {
                const QString kindWord = errorKindName(static_cast<ErrorKind>(kind));
                const QString words = cause == 0 ? kindWord : kindWord + u'/' + errorCauseName(ErrorCause(cause));
                const auto error = errorOfWords(words);
                QVERIFY2(error.has_value(), qPrintable(words));
                QCOMPARE(static_cast<int>(error->kind), kind);
                QCOMPARE(static_cast<int>(error->cause), cause);
            }
        QVERIFY(!errorOfWords({}));
        QVERIFY(!errorOfWords(u"nonsense/LoginRefused"_s));
        QCOMPARE(errorOfWords(u"Refused/NewWordOfALaterVersion"_s)->cause, ErrorCause::None);
    }
};

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_error_text.moc"
