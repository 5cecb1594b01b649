#include "app/sandbox/mail/case_facts.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

std::string longDate(UtcTime time, std::string_view language) {
    const QString code = QString::fromUtf8(language.data(), static_cast<qsizetype>(language.size()));
    const QDate date = time.toDateTime().date();
    if (language == "en") return QLocale::c().toString(date, u"d MMMM"_s).toStdString();
    if (language == "ja") return QLocale(code).toString(date, u"M月d日"_s).toStdString();
    if (language == "de") return QLocale(code).toString(date, u"d. MMMM"_s).toStdString();
    if (language == "hu") return QLocale(code).toString(date, u"MMMM d"_s).toStdString();
    return QLocale(code).toString(date, u"d MMMM"_s).toStdString();
}

std::string itemText(const WorldItem& item) {
    const std::string& variant = item.record.variantTitle;
    return variant.empty() ? item.record.title : item.record.title + " (" + variant + ")";
}

std::string stamp(UtcTime time, const QString& format) {
    return QLocale::c().toString(time.toDateTime(), format).toStdString();
}

std::string introduction(const Letter& earlier, std::string_view language) {
    const std::string who = earlier.from.name + " <" + earlier.from.email + ">";
    const std::string day = stamp(earlier.date, u"dd.MM.yyyy"_s);
    const std::string hour = stamp(earlier.date, u"HH:mm"_s);
    if (language == "de") return "Am " + day + " um " + hour + " schrieb " + who + ":";
    if (language == "fr") return "Le " + day + " à " + hour + ", " + who + " a écrit :";
    if (language == "es") return "El " + day + " a las " + hour + ", " + who + " escribió:";
    if (language == "pt") return "Em " + day + " às " + hour + ", " + who + " escreveu:";
    if (language == "hu")
        return who + " ezt írta (időpont: " + stamp(earlier.date, u"yyyy. MM. dd."_s) + ", " + hour + "):";
    if (language == "uk") return day + " о " + hour + " " + who + " пише:";
    if (language == "ja") return stamp(earlier.date, u"yyyy年M月d日 HH:mm"_s) + " " + who + ":";
    return "On " + stamp(earlier.date, u"ddd, d MMM yyyy 'at' HH:mm"_s) + ", " + who + " wrote:";
}

std::string outlookHeader(const Letter& earlier) {
    return "-----Original Message-----\nFrom: " + earlier.from.name + " <" + earlier.from.email +
           ">\nSent: " + stamp(earlier.date, u"dddd, d MMMM yyyy HH:mm"_s) + "\nTo: " + earlier.to.email +
           "\nSubject: " + earlier.subject + "\n\n";
}

} // namespace

CaseFacts factsOf(const WorldOrder& order, std::string_view firstName, std::string_view displayName,
                  std::string_view language) {
    CaseFacts facts;
    facts["first"] = firstName;
    facts["name"] = displayName;
    facts["order"] = order.record.name;
    facts["date"] = longDate(order.record.createdAt, language);
    facts["city"] = order.address.city;
    facts["street"] = order.address.street;
    facts["total"] = order.record.total.decimalText().toStdString();
    facts["item"] = order.items.empty() ? "parcel" : itemText(order.items.front());
    std::string items;
    for (std::size_t i = 0; i < order.items.size() && i < 4; ++i)
        items += (i > 0 ? ", " : "") + std::to_string(order.items[i].record.quantity) + "x " + itemText(order.items[i]);
    facts["items"] = items;
    const auto& shipments = order.record.fulfillments;
    const bool tracked = !shipments.empty() && !shipments.front().tracking.empty();
    facts["carrier"] = tracked ? shipments.front().tracking.front().company : "the carrier";
    facts["tracking"] = tracked ? shipments.front().tracking.front().number : "";
    facts["link"] = tracked && !shipments.front().tracking.front().url.empty() ? shipments.front().tracking.front().url
                                                                               : order.record.statusPageUrl;
    return facts;
}

std::string filled(std::string_view text, const CaseFacts& facts) {
    std::string result;
    while (!text.empty()) {
        const auto open = text.find('{');
        result += text.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = text.find('}', open);
        const std::string_view name = text.substr(open + 1, close - open - 1);
        const auto found = facts.find(name);
        if (found == facts.end())
            result += text.substr(open, close - open + 1);
        else
            result += found->second;
        text.remove_prefix(close + 1);
    }
    return result;
}

std::string quotationOf(const Letter& earlier, std::string_view language, LetterStyle style) {
    const std::string whole = earlier.quote.empty() ? earlier.text : earlier.text + "\n\n" + earlier.quote;
    if (style == LetterStyle::Outlook) return outlookHeader(earlier) + whole;
    std::string quoted = introduction(earlier, language) + "\n> ";
    for (const char c : whole) {
        quoted += c;
        if (c == '\n') quoted += "> ";
    }
    return quoted;
}

} // namespace aiva::sandbox
