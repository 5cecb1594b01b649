#include "app/sandbox/server/app_grant.h"

namespace aiva::sandbox {
namespace {

constexpr qint64 kCodeSeconds = 60;
constexpr qint64 kOfflineSeconds = 3'600;
constexpr qint64 kOnlineSeconds = 86'399;
constexpr qint64 kRefreshSeconds = 90 * 86'400;

} // namespace

AppGrant::AppGrant(std::uint64_t seed, const Clock& clock)
    : m_clock(clock), m_random(Random::of(seed, Purpose::Owner, 1ULL << 51)) {}

std::string AppGrant::token(const char* prefix) {
    std::string text = prefix;
    for (int i = 0; i < 32; ++i)
        text += "0123456789abcdef"[m_random.below(16)];
    return text;
}

std::string AppGrant::newCode(const std::string& scope, const std::optional<std::string>& userScope) {
    const std::lock_guard lock(m_mutex);
    const std::string code = token("");
    m_codes[code] = {scope, userScope, m_clock.now().plusSeconds(kCodeSeconds)};
    return code;
}

std::optional<AppGrant::Tokens> AppGrant::redeem(const std::string& code, Expiring expiring) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_codes.extract(code); // whatever comes of it, it was used
    if (found.empty() || found.mapped().until < m_clock.now()) return std::nullopt;
    const std::string scope = found.mapped().scope;
    if (const auto& userScope = found.mapped().userScope) return newOnline(scope, *userScope);
    if (expiring == Expiring::Yes) {
        m_previous.clear(); // a new installation takes the place of the one before
        m_current = newPair(scope);
        return m_current;
    }
    Tokens tokens;
    tokens.access = token("shpat_");
    tokens.scope = scope;
    m_access[tokens.access] = std::nullopt;
    return tokens;
}

AppGrant::Tokens AppGrant::newPair(const std::string& scope) {
    const UtcTime now = m_clock.now();
    const qint64 lifetime = m_lifetimeSeconds.value_or(kOfflineSeconds);
    Tokens tokens{token("shpat_"), token("shprt_"), scope, {}, lifetime, kRefreshSeconds};
    m_access[tokens.access] = now.plusSeconds(lifetime);
    m_refreshUntil = now.plusSeconds(kRefreshSeconds);
    return tokens;
}

// Of one person: the pair of the shop, and other people's, stay.
AppGrant::Tokens AppGrant::newOnline(const std::string& scope, const std::string& userScope) {
    const qint64 lifetime = m_lifetimeSeconds.value_or(kOnlineSeconds);
    Tokens tokens{token("shpua_"), {}, scope, userScope, lifetime, 0};
    m_access[tokens.access] = m_clock.now().plusSeconds(lifetime);
    return tokens;
}

std::optional<AppGrant::Tokens> AppGrant::refresh(const std::string& refreshToken) {
    const std::lock_guard lock(m_mutex);
    if (refreshToken.empty() || m_refreshUntil < m_clock.now()) return std::nullopt;
    if (refreshToken == m_current.refresh)
        m_previous = refreshToken;
    else if (refreshToken != m_previous)
        return std::nullopt;
    m_current = newPair(m_current.scope);
    return m_current;
}

bool AppGrant::takes(const std::string& access) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_access.find(access);
    if (found == m_access.end() || (found->second && *found->second <= m_clock.now())) return false;
    if (access == m_current.access) m_previous.clear();
    return true;
}

bool AppGrant::uninstall(const std::string& access) {
    const std::lock_guard lock(m_mutex);
    if (!m_access.contains(access)) return false;
    endAll();
    return true;
}

void AppGrant::revoke() {
    const std::lock_guard lock(m_mutex);
    endAll();
}

void AppGrant::endAll() {
    m_codes.clear();
    m_access.clear();
    m_current = {};
    m_previous.clear();
}

void AppGrant::expire() {
    const std::lock_guard lock(m_mutex);
    for (auto& [access, until] : m_access)
        if (until) until = m_clock.now();
}

void AppGrant::setLifetime(qint64 seconds) {
    const std::lock_guard lock(m_mutex);
    m_lifetimeSeconds = seconds;
}

InstallPage AppGrant::page() const {
    const std::lock_guard lock(m_mutex);
    return m_page;
}

void AppGrant::setPage(InstallPage page) {
    const std::lock_guard lock(m_mutex);
    m_page = std::move(page);
}

} // namespace aiva::sandbox
