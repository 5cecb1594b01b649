#include "app/sandbox/mail/letter.h"

#include "app/sandbox/mail/encoding.h"
#include "app/sandbox/mail/html_body.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

std::string domainOf(const std::string& email) {
    return email.substr(email.find('@') + 1);
}

std::string part(const std::string& type, const std::string& text) {
    // Scripts that are mostly escapes travel better in base64.
    const auto wide = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
    const bool dense = wide * 3 > text.size();
    return "Content-Type: " + type + "; charset=UTF-8\nContent-Transfer-Encoding: " +
           (dense ? "base64\n\n" + base64Lines(text) : "quoted-printable\n\n" + quotedPrintable(text) + "\n");
}

std::string multipart(const std::string& kind, const std::string& boundary, const std::vector<std::string>& parts) {
    std::string result = "Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"\n\n";
    for (const std::string& each : parts)
        result += "--" + boundary + "\n" + each + "\n";
    return result + "--" + boundary + "--\n";
}

std::string enclosurePart(const Enclosure& enclosure) {
    std::string result = "Content-Type: " + enclosure.mimeType + "\nContent-Transfer-Encoding: base64\n";
    if (!enclosure.contentId.empty()) result += "Content-ID: <" + enclosure.contentId + ">\n";
    result += std::string("Content-Disposition: ") + (enclosure.contentId.empty() ? "attachment" : "inline") + "; " +
              fileNameParameter(enclosure.name) + "\n\n";
    return result + base64Lines(enclosure.bytes);
}

std::string latin1Body(const std::string& text) {
    const QByteArray bytes = QString::fromStdString(text).toLatin1();
    return "Content-Type: text/plain; charset=ISO-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n" +
           quotedPrintable(bytes.toStdString()) + "\n";
}

std::string body(const Letter& letter) {
    const std::string whole = letter.quote.empty() ? letter.text : letter.text + "\n\n" + letter.quote;
    std::string main;
    if (letter.style == LetterStyle::Latin1) {
        main = latin1Body(whole);
    } else if (letter.style == LetterStyle::Plain) {
        main = part("text/plain", whole);
    } else {
        main = multipart("alternative", "=_alt_" + letter.messageId.substr(0, 12),
                         {part("text/plain", whole), part("text/html", htmlBody(letter))});
    }
    std::vector<std::string> related{main};
    std::vector<std::string> mixed;
    for (const Enclosure& enclosure : letter.enclosures)
        (enclosure.contentId.empty() ? mixed : related).push_back(enclosurePart(enclosure));
    if (related.size() > 1) main = multipart("related", "=_rel_" + letter.messageId.substr(0, 12), related);
    if (mixed.empty()) return main;
    mixed.insert(mixed.begin(), main);
    return multipart("mixed", "=_mix_" + letter.messageId.substr(0, 12), mixed);
}

std::string trace(const Letter& letter) {
    const std::string domain = domainOf(letter.from.email);
    const std::string own = domainOf(letter.to.email);
    std::string result = "Return-Path: <" + (letter.automated ? std::string() : letter.from.email) + ">\n";
    if (letter.outgoing) return result;
    result += "Received: from mail." + domain + " (mail." + domain + " [192.0.2.17])\n\tby mx." + own +
              " with ESMTPS id " + letter.messageId.substr(0, 10) + "\n\tfor <" + letter.to.email + ">; " +
              mailDate(letter.date.plusSeconds(2)) + "\n";
    if (letter.forged)
        return result + "Authentication-Results: mx." + own + ";\n\tspf=fail smtp.mailfrom=" + letter.from.email +
               ";\n\tdkim=none;\n\tdmarc=fail (p=NONE) header.from=" + domain + "\n";
    return result + "Authentication-Results: mx." + own + ";\n\tspf=pass smtp.mailfrom=" + letter.from.email +
           ";\n\tdkim=pass header.d=" + domain + " header.s=s1;\n\tdmarc=pass (p=QUARANTINE) header.from=" + domain +
           "\n";
}

} // namespace

std::string mailDate(UtcTime time) {
    return QLocale::c().toString(time.toDateTime(), u"ddd, dd MMM yyyy HH:mm:ss"_s).toStdString() + " +0000";
}

std::string mailBytes(const Letter& letter) {
    std::string out = trace(letter);
    out += "From: " + headerMailbox(letter.from.name, letter.from.email) + "\n";
    out += "To: " + headerMailbox(letter.to.name, letter.to.email) + "\n";
    if (!letter.cc.empty()) out += "Cc: " + letter.cc + "\n";
    if (!letter.replyTo.empty()) out += "Reply-To: " + letter.replyTo + "\n";
    out += "Subject: " + headerText(letter.subject) + "\n";
    out += "Date: " + mailDate(letter.date) + "\n";
    out += "Message-ID: <" + letter.messageId + ">\n";
    if (!letter.references.empty()) {
        out += "In-Reply-To: <" + letter.references.back() + ">\nReferences:";
        for (const std::string& reference : letter.references)
            out += (&reference == &letter.references.front() ? " <" : "\n <") + reference + ">";
        out += "\n";
    }
    if (letter.automated) out += "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\n";
    if (letter.newsletter)
        out += "List-Unsubscribe: <https://" + domainOf(letter.from.email) + "/unsubscribe?u=4711>\nList-Id: <news." +
               domainOf(letter.from.email) + ">\nPrecedence: bulk\n";
    return out + "MIME-Version: 1.0\n" + body(letter);
}

} // namespace aiva::sandbox
