// What a merchant granted the app in the browser, as the shop keeps it: codes, the pair of tokens they become, and what
// ends them. One refreshable pair a shop; the refresh token before stays good until its successor is used, so that a
// lost answer loses nothing. Beside it a token a day for whoever signs in with their own rights. Thread-safe. Owned by
// ShopService; oauth_pages.cpp words its answers.
#pragma once

#include "app/sandbox/world/random.h"
#include "core/base/clock.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace aiva::sandbox {

// The person in front of the page, and the app as the Dev Dashboard lists it.
struct InstallPage {
    enum class Person { Installs, Declines, Leaves };
    Person person = Person::Installs;
    std::vector<std::string> redirectUrls{"http://127.0.0.1:13580/auth/callback"};
    std::vector<std::string> grants; // instead of what was asked for; empty: that
    std::vector<std::string> rights; // of the person, which bound an online token; empty: all of the app's
};

class AppGrant {
public:
    AppGrant(std::uint64_t seed, const Clock& clock);

    struct Tokens {
        std::string access;
        std::string refresh; // empty: the access token does not expire, or is an online one
        std::string scope;
        std::optional<std::string> userScope; // of an online token
        qint64 lifetimeSeconds = 0;
        qint64 refreshLifetimeSeconds = 0;
    };
    enum class Expiring { No, Yes };

    // Good once, for a minute. `userScope`: for an online token, what its user may see.
    std::string newCode(const std::string& scope, const std::optional<std::string>& userScope = {});
    std::optional<Tokens> redeem(const std::string& code, Expiring expiring);
    std::optional<Tokens> refresh(const std::string& refreshToken);
    // A request came with this access token; true when it is good. The first use ends the refresh token before.
    bool takes(const std::string& access);
    // The app is uninstalled by this token: nothing that was granted is good any more. False when it is none.
    bool uninstall(const std::string& access);

    // As somebody in the shop does it, and as time does.
    void revoke();
    void expire(); // every access token; refresh tokens stay
    void setLifetime(qint64 seconds);

    InstallPage page() const;
    void setPage(InstallPage page);

private:
    std::string token(const char* prefix);
    Tokens newPair(const std::string& scope);
    Tokens newOnline(const std::string& scope, const std::string& userScope);
    void endAll();

    mutable std::mutex m_mutex;
    const Clock& m_clock;
    Random m_random;
    InstallPage m_page;
    std::optional<qint64> m_lifetimeSeconds; // instead of an hour, or of a day with an online token
    struct Code {
        std::string scope;
        std::optional<std::string> userScope;
        UtcTime until;
    };
    std::map<std::string, Code> m_codes;
    std::map<std::string, std::optional<UtcTime>> m_access; // with their end; absent: none
    Tokens m_current;
    UtcTime m_refreshUntil;
    std::string m_previous; // the refresh token before, while its successor was not used
};

} // namespace aiva::sandbox
