#include "core/answer/verify/web_address.h"

#include <QSet>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

bool isLinkChar(QChar c) {
    if (c.isSpace() || c.isNull()) return false;
    static const QString ends = u"<>\"{}|\\^`«»「」『』（）、。"_s;
    return !ends.contains(c);
}

// Closing punctuation belongs to the sentence; a closing bracket too when none was opened inside.
int trimmedEnd(QStringView text, int start, int end) {
    while (end > start) {
        const QChar c = text.at(end - 1);
        if (QStringView(u".,;:!?'*_~").contains(c)) {
            --end;
            continue;
        }
        const QStringView inside = text.mid(start, end - start);
        const bool isOpen = (c == u')' && inside.count(u'(') < inside.count(u')')) ||
                            (c == u']' && inside.count(u'[') < inside.count(u']'));
        if (!isOpen) break;
        --end;
    }
    return end;
}

bool isHostChar(QChar c) {
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || c == u'-' || c == u'.' || c == u'_';
}

bool isKnownEnding(const QString& label) {
    static const QStringList list =
        u"com net org info biz io co app dev shop store example online site xyz top club ly me cc tv ai eu de at ch fr "
        u"be es pt it nl uk ie us ca mx br au nz jp cn kr in ru ua pl cz sk hu ro bg gr tr se no dk fi is lu li gl gg "
        u"to "
        u"test invalid local onion link click live icu vip world page email support zip mov"_s.split(u' ');
    static const QSet<QString> endings{list.begin(), list.end()};
    return endings.contains(label) || label.startsWith("xn--"_L1);
}

// "shipped.It is": a missing space, no host.
bool isSentenceEnd(QStringView written) {
    static const QSet<QString> words{u"It"_s, u"At"_s, u"Be"_s, u"Me"_s, u"In"_s, u"Is"_s, u"No"_s,
                                     u"So"_s, u"To"_s, u"Us"_s, u"Es"_s, u"De"_s, u"Si"_s};
    return words.contains(written.toString());
}

WebAddress parts(QStringView address, int start) {
    WebAddress web;
    web.span = {start, static_cast<int>(address.size())};
    const qsizetype scheme = address.indexOf(u"://");
    if (scheme > 0) {
        web.scheme = address.left(scheme).toString().toLower();
        address = address.mid(scheme + 3);
    }
    qsizetype end = 0;
    while (end < address.size() && !QStringView(u"/?#\\").contains(address.at(end)))
        ++end;
    QStringView authority = address.left(end);
    web.rest = address.mid(end).toString();
    const qsizetype at = authority.lastIndexOf(u'@');
    if (at >= 0) web.user = authority.left(at).toString();
    authority = authority.mid(at + 1);
    const qsizetype colon = authority.lastIndexOf(u':');
    if (colon >= 0) web.port = authority.mid(colon + 1).toString();
    web.host = (colon >= 0 ? authority.left(colon) : authority).toString().toLower();
    return web;
}

int schemeStart(QStringView text, int marks) {
    int start = marks;
    while (start > 0 && (text.at(start - 1).isLetterOrNumber() || text.at(start - 1) == u'+'))
        --start;
    return start;
}

// Without a scheme: "acme.example/returns", "www.acme.example".
std::optional<WebAddress> bareAt(QStringView text, int start) {
    int end = start;
    while (end < text.size() && isHostChar(text.at(end)))
        ++end;
    const int hostEnd = trimmedEnd(text, start, end);
    const QStringView host = text.mid(start, hostEnd - start);
    const qsizetype dot = host.lastIndexOf(u'.');
    if (dot < 1 || (hostEnd < text.size() && text.at(hostEnd) == u'@')) return std::nullopt;
    const QStringView ending = host.mid(dot + 1);
    const bool isNumber = std::all_of(ending.begin(), ending.end(), [](QChar c) { return c.isDigit(); });
    const bool isAddress = isNumber && host.count(u'.') == 3;
    const bool hasPath = hostEnd < text.size() && text.at(hostEnd) == u'/' && hostEnd == end && !isNumber;
    const bool isHost = !isNumber && ending.size() >= 2 && !isSentenceEnd(ending) &&
                        (isKnownEnding(ending.toString().toLower()) || host.startsWith(u"www.", Qt::CaseInsensitive));
    if (!isHost && !hasPath && !isAddress) return std::nullopt;
    if (hostEnd == end)
        while (end < text.size() && isLinkChar(text.at(end)))
            ++end;
    return parts(text.mid(start, trimmedEnd(text, start, end) - start), start);
}

} // namespace

std::vector<WebAddress> webAddressesIn(const NormalisedText& normalised) {
    const QStringView text(normalised.text);
    std::vector<WebAddress> found;
    for (qsizetype marks = text.indexOf(u"://"); marks >= 0; marks = text.indexOf(u"://", marks + 1)) {
        const int start = schemeStart(text, static_cast<int>(marks));
        if (!found.empty() && found.back().span.end() > start) continue;
        int end = start;
        while (end < text.size() && isLinkChar(text.at(end)))
            ++end;
        end = trimmedEnd(text, start, end);
        if (end >= marks + 3) found.push_back(parts(text.mid(start, end - start), start));
    }
    const auto schemed = static_cast<std::ptrdiff_t>(found.size());
    for (int i = 0; i < text.size(); ++i) {
        const auto inside = std::find_if(found.begin(), found.begin() + schemed,
                                         [&](const WebAddress& web) { return web.span.holds(i); });
        if (inside != found.begin() + schemed) {
            i = inside->span.end() - 1;
            continue;
        }
        if (!text.at(i).isLetterOrNumber()) continue;
        const auto bare = i > 0 && text.at(i - 1) == u'@' ? std::nullopt : bareAt(text, i);
        if (bare) {
            i = bare->span.end() - 1;
            found.push_back(*bare);
        }
        while (i + 1 < text.size() && isHostChar(text.at(i + 1)))
            ++i;
    }
    std::sort(found.begin(), found.end(),
              [](const WebAddress& a, const WebAddress& b) { return a.span.start < b.span.start; });
    return found;
}

std::optional<WebAddress> webAddressOf(const QString& url) {
    WebAddress web = parts(url, 0);
    return web.host.isEmpty() ? std::nullopt : std::optional(web);
}

QString plainHost(const QString& host) {
    QString plain = host.toLower();
    while (plain.endsWith(u'.'))
        plain.chop(1);
    return plain.startsWith("www."_L1) ? plain.mid(4) : plain;
}

} // namespace aiva
