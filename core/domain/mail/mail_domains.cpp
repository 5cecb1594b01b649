#include "core/domain/mail/mail_domains.h"

#include <QHash>
#include <QUrl>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestDomain = 253;  // RFC 1035 §2.3.4
constexpr qsizetype kShortestForEdits = 8; // "gmx.de" and "gmx.at" are two, not a typing error

// Second-level labels under which registries sell names, and hosts that give every user a name below theirs.
bool mayBePublicSuffix(const QString& domain) {
    static const QStringList registries{u"co"_s,  u"com"_s, u"org"_s,  u"net"_s,  u"gov"_s, u"edu"_s, u"ac"_s,
                                        u"or"_s,  u"ne"_s,  u"go"_s,   u"gob"_s,  u"gv"_s,  u"me"_s,  u"ltd"_s,
                                        u"plc"_s, u"nom"_s, u"asso"_s, u"info"_s, u"biz"_s, u"web"_s, u"uk"_s};
    static const QStringList hosts{u"github.io"_s,     u"myshopify.com"_s, u"blogspot.com"_s,
                                   u"herokuapp.com"_s, u"uk.com"_s,        u"eu.com"_s,
                                   u"de.com"_s,        u"us.com"_s,        u"azurewebsites.net"_s};
    const qsizetype labels = domain.count(u'.') + 1;
    if (labels < 2 || hosts.contains(domain)) return true;
    return labels == 2 && domain.section(u'.', 1).size() == 2 && registries.contains(domain.section(u'.', 0, 0));
}

bool isBelow(const QString& lower, const QString& upper) {
    return lower.size() > upper.size() + 1 && lower.endsWith(upper) &&
           lower.at(lower.size() - upper.size() - 1) == u'.' && !mayBePublicSuffix(upper);
}

struct Alphabet {
    QString looks;
    QString like;
};

const QHash<QChar, QChar>& confusables() {
    static const QHash<QChar, QChar> table = [] {
        const Alphabet alphabets[]{
            {u"аеорсухіјѕԁһӏкмнтвгпԛԝ"_s, u"aeopcyxijsdhlkmhtbrnqw"_s}, // Cyrillic
            {u"αεορυνικτω"_s, u"aeopuviktw"_s},                         // Greek
            {u"01358|"_s, u"olesbl"_s},
            {u"áàâäãåāą"_s, u"aaaaaaaa"_s},
            {u"éèêëēėę"_s, u"eeeeeee"_s},
            {u"íìîïıī"_s, u"iiiiii"_s},
            {u"óòôöõøō"_s, u"ooooooo"_s},
            {u"úùûüūů"_s, u"uuuuuu"_s},
            {u"çćčñńřśšžźżýÿłđ"_s, u"cccnnrsszzzyyld"_s},
        };
        QHash<QChar, QChar> map;
        for (const Alphabet& alphabet : alphabets)
            for (qsizetype i = 0; i < alphabet.looks.size(); ++i)
                map.insert(alphabet.looks.at(i), alphabet.like.at(i));
        return map;
    }();
    return table;
}

bool mixesScripts(const QString& domain) {
    const QStringList labels = domain.split(u'.');
    return std::any_of(labels.begin(), labels.end(), [](const QString& label) {
        bool latin = false;
        bool other = false;
        for (const QChar c : label) {
            if (!c.isLetter()) continue;
            (c.script() == QChar::Script_Latin ? latin : other) = true;
        }
        return latin && other;
    });
}

} // namespace

QString normalizedDomain(const QString& domain) {
    QString name = domain.trimmed().toLower();
    while (name.endsWith(u'.'))
        name.chop(1);
    if (name.size() > kLongestDomain) return {};
    if (!name.contains("xn--"_L1)) return name;
    // Qt shows an internationalised name only under some domains; the encoded one stays where it does not.
    QStringList labels = name.split(u'.');
    for (QString& label : labels) {
        if (!label.startsWith("xn--"_L1)) continue;
        const QString shown = QUrl::fromAce(label.toLatin1() + ".com");
        if (shown.endsWith(".com"_L1)) label = shown.chopped(4);
    }
    return labels.join(u'.');
}

QString domainOf(const QString& address) {
    const qsizetype at = address.lastIndexOf(u'@');
    return at < 0 ? QString() : normalizedDomain(address.mid(at + 1));
}

bool isAlignedDomain(const QString& one, const QString& other) {
    if (one.isEmpty() || other.isEmpty()) return false;
    return one == other || isBelow(one, other) || isBelow(other, one);
}

bool isRelatedDomain(const QString& one, const QString& other) {
    if (isAlignedDomain(one, other)) return true;
    const QString parent = one.section(u'.', 1);
    return !parent.isEmpty() && (parent == other.section(u'.', 1) || isBelow(other, parent)) &&
           !mayBePublicSuffix(parent);
}

QString lookAlikeSkeleton(const QString& text) {
    QString skeleton;
    const QString lower = text.toLower();
    for (const QChar c : lower) {
        const QChar plain = confusables().value(c, c);
        if (plain != u'-') skeleton += plain == u'i' ? QChar(u'l') : plain;
    }
    skeleton.replace("rn"_L1, "m"_L1).replace("vv"_L1, "w"_L1).replace("cl"_L1, "d"_L1);
    return skeleton;
}

bool isOneEditAway(const QString& one, const QString& other) {
    const QString& longer = one.size() >= other.size() ? one : other;
    const QString& shorter = one.size() >= other.size() ? other : one;
    if (longer.size() - shorter.size() > 1 || one == other) return false;
    qsizetype at = 0;
    while (at < shorter.size() && longer.at(at) == shorter.at(at))
        ++at;
    if (longer.size() > shorter.size()) return longer.mid(at + 1) == shorter.mid(at);
    const bool replaced = longer.mid(at + 1) == shorter.mid(at + 1);
    const bool swapped = at + 1 < longer.size() && longer.at(at) == shorter.at(at + 1) &&
                         longer.at(at + 1) == shorter.at(at) && longer.mid(at + 2) == shorter.mid(at + 2);
    return replaced || swapped;
}

bool isLookAlikeDomain(const QString& domain, const QStringList& known) {
    if (domain.isEmpty()) return false;
    const auto belongs = [&](const QString& one) { return isAlignedDomain(domain, one); };
    if (std::any_of(known.begin(), known.end(), belongs)) return false;
    if (mixesScripts(domain)) return true;
    const QString skeleton = lookAlikeSkeleton(domain);
    return std::any_of(known.begin(), known.end(), [&](const QString& one) {
        if (one.isEmpty()) return false;
        const bool longEnough = std::min(one.size(), domain.size()) >= kShortestForEdits;
        return skeleton == lookAlikeSkeleton(one) || (longEnough && isOneEditAway(domain, one)) ||
               domain.startsWith(one + u'.');
    });
}

const QStringList& widelyKnownDomains() {
    static const QStringList domains{
        u"gmail.com"_s,     u"googlemail.com"_s, u"mail.com"_s,       u"email.com"_s,   u"ymail.com"_s,
        u"outlook.com"_s,   u"outlook.de"_s,     u"hotmail.com"_s,    u"hotmail.de"_s,  u"hotmail.fr"_s,
        u"hotmail.es"_s,    u"hotmail.it"_s,     u"hotmail.co.uk"_s,  u"live.com"_s,    u"msn.com"_s,
        u"yahoo.com"_s,     u"yahoo.de"_s,       u"yahoo.fr"_s,       u"yahoo.es"_s,    u"yahoo.co.uk"_s,
        u"yahoo.it"_s,      u"icloud.com"_s,     u"me.com"_s,         u"mac.com"_s,     u"aol.com"_s,
        u"gmx.de"_s,        u"gmx.net"_s,        u"gmx.at"_s,         u"gmx.ch"_s,      u"gmx.com"_s,
        u"web.de"_s,        u"t-online.de"_s,    u"freenet.de"_s,     u"posteo.de"_s,   u"mailbox.org"_s,
        u"orange.fr"_s,     u"wanadoo.fr"_s,     u"free.fr"_s,        u"laposte.net"_s, u"libero.it"_s,
        u"proton.me"_s,     u"protonmail.com"_s, u"fastmail.com"_s,   u"zoho.com"_s,    u"comcast.net"_s,
        u"verizon.net"_s,   u"att.net"_s,        u"btinternet.com"_s, u"paypal.com"_s,  u"shopify.com"_s,
        u"stripe.com"_s,    u"klarna.com"_s,     u"amazon.com"_s,     u"amazon.de"_s,   u"google.com"_s,
        u"microsoft.com"_s, u"apple.com"_s,      u"dhl.com"_s,        u"dhl.de"_s,      u"ups.com"_s,
        u"fedex.com"_s};
    return domains;
}

} // namespace aiva
