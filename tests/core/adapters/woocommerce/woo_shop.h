// The sandbox's WooCommerce site and a store connected to it; the world behind the site can be made beside it.
#pragma once

#include "app/sandbox/sandbox_server.h"
#include "app/sandbox/world/world.h"
#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/woocommerce/woo_connection.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>

namespace aiva::test {

using namespace Qt::StringLiterals;

class WooShop {
public:
    struct Everything {
        RecordPage records;
        int pages = 0;
    };

    WooShop() {
        auto started = SandboxServer::start(options());
        if (!started) return;
        server = *std::move(started);
        m_sinceStart.start();
        store = storeWith(server->wooKey(), server->wooSecret().reveal());
    }

    // The same world in the server and beside it, whatever the second.
    SandboxOptions options() const {
        SandboxOptions shop;
        shop.now = now;
        shop.customers = 130;
        shop.orders = 260;
        shop.days = 60;
        shop.seed = 5;
        return shop;
    }

    std::unique_ptr<StorePort> storeWith(const QString& key, std::string_view secret) {
        WooConnection connection;
        connection.site = server->baseUrl();
        connection.consumerKey = key;
        connection.consumerSecret = SecretString(secret);
        auto made = makeWooStore(m_transport, m_clock, std::move(connection));
        return made ? *std::move(made) : nullptr;
    }

    // Empty when the site would not.
    QByteArray control(const QString& path, const QByteArray& json) {
        HttpRequest request;
        request.method = HttpRequest::Method::Post;
        request.url = QUrl(server->baseUrl() + path);
        request.policy.loopback = HttpPolicy::Loopback::Allowed;
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = json;
        const auto answer = await(m_transport.send(std::move(request)));
        return answer && answer->status == 200 ? answer->body : QByteArray();
    }

    Everything walk(const RecordQuery& query) {
        Everything all;
        QString cursor;
        do {
            const auto page = await(store->page(query, cursor));
            if (!page) {
                qWarning("%s", qPrintable(page.error().detail));
                return {};
            }
            ++all.pages;
            const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
            append(all.records.customers, page->customers);
            append(all.records.orders, page->orders);
            append(all.records.products, page->products);
            append(all.records.faults, page->faults);
            cursor = page->nextCursor;
        } while (!cursor.isEmpty() && all.pages < 100);
        return all;
    }

    // What the site's clock shows at least: it begins at `now`.
    UtcTime siteTime() const { return now.plusMs(m_sinceStart.elapsed()); }

    const UtcTime now = UtcTime(SystemClock().now().ms() / 1000 * 1000); // whole seconds, as a site keeps them
    std::unique_ptr<SandboxServer> server;

private:
    QElapsedTimer m_sinceStart;
    SystemClock m_clock;
    HttpTransport m_transport;

public:
    std::unique_ptr<StorePort> store; // goes first
};

} // namespace aiva::test
