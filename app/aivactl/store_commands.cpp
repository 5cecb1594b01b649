#include "app/aivactl/browser_sign_in.h"
#include "app/aivactl/commands.h"
#include "app/aivactl/import_command.h"
#include "app/aivactl/json_views.h"
#include "app/aivactl/shop_parting.h"
#include "app/common/shopify_grant.h"
#include "app/common/store_connection.h"
#include "app/common/woocommerce_connection.h"

#include <QJsonArray>

namespace aiva::ctl {
namespace {

Result<StoreView> viewOf(Database& database, StoreId id) {
    AIVA_TRY(const auto query, StoreQuery::create(database));
    AIVA_TRY(const std::vector<StoreView> stores, query->stores());
    for (const StoreView& store : stores)
        if (store.store.id == id) return store;
    return Error{ErrorKind::NotFound, QStringLiteral("no store has this id")};
}

void printStore(const Context& context, const StoreView& view) {
    if (context.line.json) return printJson(storeJson(view));
    const StoreRow& store = view.store;
    printText(
        QStringLiteral("%1  %2  %3  %4  %5 customers, %6 orders, %7 products")
            .arg(store.id.value())
            .arg(store.name, store.domain, toWord(store.status))
            .arg(view.customers)
            .arg(view.orders)
            .arg(view.products) +
        (store.signedInUntil ? QStringLiteral(", signed in until ") + store.signedInUntil->isoText() : QString()));
}

Result<int> connectShopify(Context& context) {
    const CommandLine& line = context.line;
    const bool byToken = line.has("token-stdin");
    const bool byClient = line.has("client-id") && line.has("client-secret-stdin");
    const bool byBrowser = line.has("browser");
    if (!line.has("shop") || byToken == byClient)
        return printUsageError(QStringLiteral(
            "store connect shopify needs --shop and either --token-stdin or --client-id with --client-secret-stdin"));
    if (byBrowser ? byToken : line.has("port") || line.has("online"))
        return printUsageError(QStringLiteral(
            "--browser goes with --client-id and --client-secret-stdin, --online and --port with --browser"));
    const std::optional<quint16> redirect = redirectPort(line);
    if (!redirect) return WrongUsage;
    ShopifyCredentials credentials;
    credentials.shop = line.value("shop");
    credentials.baseUrl = line.value("base-url");
    credentials.clientId = line.value("client-id");
    if (line.has("online")) credentials.access = StoreAccess::Online;
    (byToken ? credentials.token : credentials.clientSecret) = readSecretLine();
    if (credentials.token.isEmpty() && credentials.clientSecret.isEmpty())
        return printUsageError(QStringLiteral("no secret came on standard input"));

    AIVA_TRY(auto open, openForWriting(context));
    HttpTransport http;
    if (byBrowser) {
        auto answer = signInWithBrowser(context, http, credentials, *redirect);
        if (const int* status = std::get_if<int>(&answer)) return *status;
        credentials.grant = std::get<SecretString>(answer);
    }
    AIVA_TRY(const auto port, tryShopify(http, context.clock, credentials));
    AIVA_TRY(const ShopFacts facts, waitFor(port->shop()));
    AIVA_CHECK(checkShopScopes(facts.scopes));
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(*open.workspace, *open.database));
    AIVA_TRY(const StoreRow row, saveShopify(*open.database, secrets, context.clock, credentials, facts));
    AIVA_TRY(const StoreView view, viewOf(*open.database, row.id));
    printStore(context, view);
    return Done;
}

// Nothing secret travels over http, but what the shop answers does: whoever types http should know.
void warnOfPlainHttp(const StoreRow& store) {
    if (isInsecureStore(store))
        printNote(QStringLiteral("%1 is read over plain http: customers' data can be read on the way; ask the host for "
                                 "https and connect it again")
                      .arg(store.domain));
}

Result<int> connectWooCommerce(Context& context) {
    const CommandLine& line = context.line;
    if (!line.has("url") || !line.has("key") || !line.has("secret-stdin"))
        return printUsageError(QStringLiteral("store connect woocommerce needs --url, --key and --secret-stdin"));
    WooCredentials credentials{line.value("url"), line.value("key"), readSecretLine()};
    if (credentials.consumerSecret.isEmpty())
        return printUsageError(QStringLiteral("no secret came on standard input"));

    AIVA_TRY(auto open, openForWriting(context));
    HttpTransport http;
    AIVA_TRY(const auto port, tryWooCommerce(http, context.clock, credentials));
    AIVA_TRY(const ShopFacts facts, waitFor(port->shop()));
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(*open.workspace, *open.database));
    AIVA_TRY(const StoreRow row, saveWooCommerce(*open.database, secrets, context.clock, credentials, facts));
    AIVA_TRY(const StoreView view, viewOf(*open.database, row.id));
    printStore(context, view);
    warnOfPlainHttp(view.store);
    return Done;
}

Result<int> list(Context& context) {
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, StoreQuery::create(*open.database));
    AIVA_TRY(const std::vector<StoreView> stores, query->stores());
    if (context.line.json) {
        AIVA_TRY(const auto health, ApiHealthRepository::create(*open.database));
        QJsonArray array;
        for (const StoreView& store : stores) {
            QJsonObject json = storeJson(store);
            AIVA_TRY(const ApiHealth day, health->ofLastDay(store.store.id, context.clock.now()));
            json.insert(QStringLiteral("api"), apiHealthJson(day));
            array.append(json);
        }
        printJson({{QStringLiteral("stores"), array}});
        return Done;
    }
    for (const StoreView& store : stores)
        printStore(context, store);
    if (stores.empty()) printText(QStringLiteral("No store yet. Connect one with 'aivactl store connect shopify'."));
    return Done;
}

Result<int> rename(Context& context) {
    if (context.line.word(3).trimmed().isEmpty())
        return printUsageError(QStringLiteral("store rename needs an id and a name"));
    AIVA_TRY(const qint64 id, idArgument(context.line, 2));
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(StoreView view, viewOf(*open.database, StoreId(id)));
    AIVA_TRY(const auto stores, StoreRepository::create(*open.database));
    AIVA_CHECK(stores->rename(view.store.id, context.line.word(3).trimmed()));
    AIVA_TRY(view, viewOf(*open.database, StoreId(id)));
    printStore(context, view);
    return Done;
}

// C7: the data stays.
Result<int> disconnect(Context& context) {
    AIVA_TRY(const qint64 id, idArgument(context.line, 2));
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(StoreView view, viewOf(*open.database, StoreId(id)));
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(*open.workspace, *open.database));
    AIVA_TRY(const auto stores, StoreRepository::create(*open.database));
    // First, so that nothing begins meanwhile; and it stays so if the keychain should keep what it has.
    AIVA_CHECK(stores->setStatus(view.store.id, StoreStatus::Disconnected));
    partFromShop(context, open, view.store);
    if (const auto removed = forgetStore(*open.database, secrets, view.store); !removed) {
        if (removed.error().kind == ErrorKind::Conflict) return removed.error();
        AIVA_CHECK(stores->setStatus(view.store.id, StoreStatus::Disconnected, errorWords(removed.error())));
        return removed.error();
    }
    AIVA_TRY(view, viewOf(*open.database, StoreId(id)));
    printStore(context, view);
    if (!context.line.json)
        printText(QStringLiteral("What is cached of it stays, also when its shop asks for its end later; to delete it: "
                                 "aivactl privacy drop-store %1")
                      .arg(view.store.id.value()));
    return Done;
}

} // namespace

Result<int> runStore(Context& context) {
    const QString verb = context.line.word(1);
    if (verb == QLatin1String("import")) return importStore(context);
    if (verb == QLatin1String("list")) return list(context);
    if (verb == QLatin1String("rename")) return rename(context);
    if (verb == QLatin1String("disconnect")) return disconnect(context);
    if (verb == QLatin1String("connect") && context.line.word(2) == QLatin1String("shopify"))
        return connectShopify(context);
    if (verb == QLatin1String("connect") && context.line.word(2) == QLatin1String("woocommerce"))
        return connectWooCommerce(context);
    return printUsageError(
        QStringLiteral("store connect shopify or woocommerce, list, rename ID NAME or disconnect ID"));
}

} // namespace aiva::ctl
