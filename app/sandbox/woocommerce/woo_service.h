// The same invented shop as a WordPress site with WooCommerce: /wp-json/wc/v3/…, and /?rest_route=… alike. Knows
// nothing of sockets; ShopService passes on what is addressed to it, from many threads at once.
//
// POST /sandbox/woocommerce changes how the site behaves, any of:
//   {"permalinks":"plain|pretty","woocommerce":false,"v2":false,"hide_index":true,"strip_signature":true,
//    "may_read":false,"may_write":false,"manages":false,"revoked":true,"clock_skew":SECONDS,"language":"de",
//    "home":"http://…","notices":true,"hide_totals":true}
#pragma once

#include "app/sandbox/graph/record_index.h"
#include "app/sandbox/sandbox_options.h"
#include "app/sandbox/server/faults.h"
#include "app/sandbox/woocommerce/woo_gate.h"
#include "app/sandbox/woocommerce/woo_hooks.h"
#include "app/sandbox/woocommerce/woo_records.h"
#include "core/base/clock.h"

#include <QJsonObject>

#include <mutex>

namespace aiva::sandbox {

struct HttpQuestion;
struct HttpAnswer;

class WooService {
public:
    WooService(const World& world, RecordIndex& index, Faults& faults, const SandboxOptions& options,
               const Clock& clock);

    // A path of the REST API, or of the front page with a route in its query.
    static bool isAddressed(const HttpQuestion& question);
    HttpAnswer answer(const HttpQuestion& question);
    // Empty when it was understood, else why not.
    QString change(const QJsonObject& wanted);
    void setBaseUrl(const std::string& url);
    const std::string& key() const { return m_gate.key(); }
    const std::string& secret() const { return m_gate.secret(); }
    WooHooks& hooks() { return m_hooks; }
    // The address the site has for itself, as its webhooks name it.
    std::string home() const { return behaviour().home; }
    // The body of a webhook: the record as its REST address gives it; of a deleted one its number.
    std::string hookBody(World::Kind kind, std::int64_t index, bool isDeleted) const;

private:
    struct Behaviour {
        // False when there is no such control, or it takes no such value.
        bool set(const QString& name, const QJsonValue& value);

        bool plainPermalinks = false;
        bool hasWooCommerce = true;
        bool hasV2 = true;
        bool hidesIndex = false;
        bool stripsSignature = false;
        bool mayRead = true;
        bool mayWrite = true;
        bool manages = true;        // the key's owner may see the settings
        bool isRevoked = false;     // the key was deleted
        bool writesNotices = false; // PHP's, before the JSON
        bool hidesTotals = false;   // a cache drops the paging headers
        bool speaksGerman = false;
        std::int64_t clockSkew = 0;
        std::string home;
    };
    struct Asked {
        std::string method = "GET";
        std::string route; // "wc/v3/orders", without slashes at the ends
        std::string body;
        WooQuery query;
        WantedFields wanted;
        Behaviour behaviour;
        std::string number(const char* name, const char* otherwise) const;
    };
    using Indices = std::vector<std::int64_t>; // in the order asked for

    Behaviour behaviour() const;
    HttpAnswer cleanAnswer(const HttpQuestion& question, Asked& asked);
    std::optional<HttpAnswer> refused(const HttpQuestion& question, const Asked& asked);
    HttpAnswer dispatch(const Asked& asked);
    HttpAnswer index(const Asked& asked) const;
    HttpAnswer systemStatus() const;
    HttpAnswer webhooks(const Asked& asked, const std::vector<std::string>& parts);
    HttpAnswer list(const Asked& asked, World::Kind kind);
    HttpAnswer single(const Asked& asked, const std::string& collection, std::int64_t id, const std::string& rest);
    Indices indices(const Asked& asked, World::Kind kind);
    Indices customersByRegistration();
    void write(JsonText& out, const Asked& asked, World::Kind kind, std::int64_t index) const;
    std::optional<HttpAnswer> struck(const std::string& route);

    const World& m_world;
    RecordIndex& m_index;
    Faults& m_faults;
    const SandboxOptions& m_options;
    const Clock& m_clock;
    WooGate m_gate;
    WooHooks m_hooks;
    mutable std::mutex m_mutex;
    Behaviour m_behaviour;
    Indices m_byRegistration; // newest first; made once, since nobody registers later
};

} // namespace aiva::sandbox
