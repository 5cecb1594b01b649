// Checks 3 and 13 for web addresses: a tracking link is one of the order's own, whole, with its parcel's number inside;
// other links are the store's. Hosts made to look like another are forbidden.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/web_address.h"
#include "core/domain/mail/mail_domains.h"

#include <QUrl>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct KnownLink {
    const Fact* fact;
    WebAddress web;
};

bool isAscii(const QString& text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7F; });
}

std::vector<KnownLink> linksOf(const DraftReading& draft) {
    std::vector<KnownLink> known;
    for (const Fact* fact : draft.index().ofKinds({FactKind::TrackingUrl, FactKind::Link, FactKind::StoreContact}))
        if (const auto web = webAddressOf(fact->value); web && !fact->value.contains(u' '))
            known.push_back({fact, *web});
    for (const FactIndex::Policy& policy : draft.index().policies())
        for (const WebAddress& web : webAddressesIn(policy.text))
            known.push_back({policy.fact, web});
    return known;
}

QStringList allowedHosts(const DraftReading& draft, const std::vector<KnownLink>& known) {
    QStringList hosts;
    for (const QString& host : draft.input().facts.storeHosts)
        hosts << plainHost(host);
    for (const KnownLink& link : known)
        hosts << plainHost(link.web.host);
    hosts.removeDuplicates();
    return hosts;
}

bool isAddressNumber(const QString& host) {
    return host.startsWith(u'[') ||
           std::all_of(host.begin(), host.end(), [](QChar c) { return c.isDigit() || c == u'.'; });
}

// Why the host alone is reason enough; empty when it is not.
QString hostProblem(const WebAddress& web, const QStringList& allowed) {
    const QString host = plainHost(web.host);
    if (!web.user.isEmpty()) return u"a name stands before the host"_s;
    if (!web.scheme.isEmpty() && web.scheme != "https"_L1 && web.scheme != "http"_L1) return u"not a web address"_s;
    if (allowed.contains(host)) return {};
    if (!isAscii(host)) return u"letters of another script in the host"_s;
    if (host.contains("xn--"_L1)) return u"an encoded host name"_s;
    if (isAddressNumber(host)) return u"a number for a host"_s;
    if (isLookAlikeDomain(host, allowed + widelyKnownDomains())) return u"a host that looks like another"_s;
    return {};
}

bool isSameAddress(const WebAddress& one, const WebAddress& other) {
    const QString scheme = one.scheme.isEmpty() ? u"https"_s : one.scheme;
    const auto path = [](const WebAddress& web) { return web.rest == "/"_L1 ? QString() : web.rest; };
    return plainHost(one.host) == plainHost(other.host) && one.port == other.port && path(one) == path(other) &&
           (other.scheme.isEmpty() || scheme == other.scheme || scheme == "https"_L1);
}

// A parcel's link holds the parcel's number, where the number is known and the page is not the store's own.
bool holdsItsNumber(const DraftReading& draft, const KnownLink& link) {
    if (link.fact->kind != FactKind::TrackingUrl) return true;
    const QString inside = plainNumber(QUrl::fromPercentEncoding(link.web.rest.toUtf8()));
    bool isKnown = false;
    for (const Fact* number : draft.index().ofKinds({FactKind::TrackingNumber})) {
        if (number->order != link.fact->order || number->parcel != link.fact->parcel) continue;
        if (inside.contains(plainNumber(number->value))) return true;
        isKnown = true;
    }
    const QStringList& own = draft.input().facts.storeHosts;
    return !isKnown || std::any_of(own.begin(), own.end(),
                                   [&](const QString& host) { return plainHost(host) == plainHost(link.web.host); });
}

bool isRoot(const WebAddress& web) {
    return (web.rest.isEmpty() || web.rest == "/"_L1) && web.port.isEmpty();
}

QString writtenAs(const DraftReading& draft, Span span) {
    const Span original = draft.text().inOriginal(span);
    return draft.input().reply.mid(original.start, original.length);
}

void judge(DraftReading& draft, const WebAddress& web, const std::vector<KnownLink>& known,
           const QStringList& allowed) {
    // What is sent is the text as written: hidden or foreign characters lead elsewhere than what is read.
    const bool isClean = writtenAs(draft, web.span) == draft.text().view(web.span);
    const QString problem = isClean ? hostProblem(web, allowed) : u"hidden or foreign characters in an address"_s;
    if (!problem.isEmpty()) return draft.forbid(13, web.span, u"link"_s, problem);
    FactList same;
    bool isTracking = false;
    for (const KnownLink& link : known) {
        if (plainHost(link.web.host) == plainHost(web.host) && link.fact->kind == FactKind::TrackingUrl)
            isTracking = true;
        if (isSameAddress(web, link.web) && holdsItsNumber(draft, link)) same.push_back(link.fact);
    }
    if (!same.empty()) {
        const bool isParcels = same.front()->kind == FactKind::TrackingUrl;
        return draft.prove(isParcels ? 3 : 13, web.span, isParcels ? u"tracking_link"_s : u"link"_s, std::move(same));
    }
    if (isTracking) return draft.doubt(3, web.span, u"tracking_link"_s, u"not the link of one of the parcels"_s);
    if (allowed.contains(plainHost(web.host)) && isRoot(web)) return draft.prove(13, web.span, u"link"_s, {});
    draft.doubt(13, web.span, u"link"_s,
                allowed.contains(plainHost(web.host)) ? u"a page nobody named"_s : u"not a host of the store"_s);
}

} // namespace

void checkLinks(DraftReading& draft) {
    const std::vector<KnownLink> known = linksOf(draft);
    const QStringList allowed = allowedHosts(draft, known);
    for (const WebAddress& web : webAddressesIn(draft.text()))
        if (!draft.isTaken(web.span)) judge(draft, web, known, allowed);
}

} // namespace aiva
