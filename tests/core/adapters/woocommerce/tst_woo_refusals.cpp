// What a site's refusals mean, by their codes and by the words of those that have none.
#include "core/adapters/store/woocommerce/rest_errors.h"
#include "tests/support/patience.h"

using namespace aiva;

namespace {

JsonDocument parsed(const QByteArray& json) {
    const auto document = JsonDocument::parse(json);
    if (!document) qFatal("the test's JSON is broken: %s", json.constData());
    return *document;
}

} // namespace

class TestWooRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsRefusalsApart_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<ErrorCause>("cause");
        const auto row = [](const char* name, int status, const char* code, const char* message, ErrorKind kind,
                            ErrorCause cause) {
            QTest::newRow(name) << status << QByteArray(code) << QByteArray(message) << kind << cause;
        };
        const char* key = "woocommerce_rest_authentication_error";
        row("key", 401, key, "Consumer key is invalid.", ErrorKind::Auth, ErrorCause::TokenRefused);
        row("secret", 401, key, "Consumer secret is invalid.", ErrorKind::Auth, ErrorCause::TokenRefused);
        row("signature", 401, key, "Invalid signature - provided signature does not match.", ErrorKind::Auth,
            ErrorCause::TokenRefused);
        row("clock", 401, key, "Invalid timestamp.", ErrorKind::Auth, ErrorCause::ClockSkew);
        row("write-only key", 401, key, "The API key provided does not have read permissions.", ErrorKind::Auth,
            ErrorCause::ScopeMissing);
        row("a language we do not read", 401, key, "Nein.", ErrorKind::Auth, ErrorCause::TokenRefused);
        row("parts lost", 401, "woocommerce_rest_authentication_missing_parameter", "", ErrorKind::Auth,
            ErrorCause::HeaderBlocked);
        row("stranger", 401, "woocommerce_rest_cannot_view", "", ErrorKind::Auth, ErrorCause::HeaderBlocked);
        row("no manager", 403, "woocommerce_rest_cannot_view", "", ErrorKind::Auth, ErrorCause::ScopeMissing);
        row("no WooCommerce", 404, "rest_no_route", "", ErrorKind::NotFound, ErrorCause::NoRestApi);
        row("no such order", 404, "woocommerce_rest_shop_order_invalid_id", "", ErrorKind::NotFound, ErrorCause::None);
        row("parameter", 400, "rest_invalid_param", "", ErrorKind::Invalid, ErrorCause::None);
        row("critical error", 500, "internal_server_error", "", ErrorKind::Network, ErrorCause::None);
    }
    void tellsRefusalsApart() {
        QFETCH(const int, status);
        QFETCH(const QByteArray, code);
        QFETCH(const QByteArray, message);
        QFETCH(const ErrorKind, kind);
        QFETCH(const ErrorCause, cause);
        const JsonDocument document =
            parsed("{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"data\":{\"status\":1}}");
        const auto refusal = readRefusal(document.root(), status);
        QVERIFY(refusal);
        const Error error = refusalError(*refusal);
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.cause, cause);
        QVERIFY(message.isEmpty() || !error.detail.contains(QString::fromUtf8(message)));
    }

    void doesNotTakeAnythingForARefusal() {
        const JsonDocument document = parsed(R"([{"code":"x"}])");
        QVERIFY(!readRefusal(document.root(), 401));
        const JsonDocument other = parsed(R"({"error":"no"})");
        QVERIFY(!readRefusal(other.root(), 404));
    }
};

QTEST_GUILESS_MAIN(TestWooRefusals)
#include "tst_woo_refusals.moc"
