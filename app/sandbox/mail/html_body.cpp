#include "app/sandbox/mail/html_body.h"

namespace aiva::sandbox {
namespace {

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    std::size_t from = 0;
    while (from <= text.size()) {
        const auto end = std::min(text.find('\n', from), text.size());
        lines.emplace_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

// Lines as <div>s or Word paragraphs; addresses become links.
std::string paragraphs(std::string_view text, LetterStyle style) {
    std::string html;
    for (const std::string& line : linesOf(text)) {
        std::string inside = line.empty() ? "<br>" : escapeHtml(line);
        if (const auto at = inside.find("https://"); at != std::string::npos) {
            const auto end = inside.find_first_of(" <", at);
            const std::string link = inside.substr(at, end == std::string::npos ? end : end - at);
            inside.replace(at, link.size(), "<a href=\"" + link + "\">" + link + "</a>");
        }
        if (style == LetterStyle::Outlook)
            html += "<p class=\"MsoNormal\">" + (line.empty() ? std::string("<o:p>&nbsp;</o:p>") : inside) + "</p>\n";
        else
            html += "<div>" + inside + "</div>\n";
    }
    return html;
}

std::string images(const Letter& letter) {
    std::string html;
    for (const Enclosure& enclosure : letter.enclosures)
        if (!enclosure.contentId.empty())
            html += "<div><img src=\"cid:" + enclosure.contentId + "\" alt=\"" + escapeHtml(enclosure.name) +
                    "\" width=\"320\"></div>\n";
    return html;
}

std::string quotation(const Letter& letter) {
    if (letter.quote.empty()) return {};
    const auto lines = linesOf(letter.quote);
    std::string intro;
    std::string quoted;
    for (const std::string& line : lines) {
        const bool inside = line.starts_with(">");
        std::string& into = inside ? quoted : intro;
        into += escapeHtml(inside ? line.substr(line.starts_with("> ") ? 2 : 1) : line) + "<br>\n";
    }
    if (letter.style == LetterStyle::Outlook)
        return "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">\n<p "
               "class=\"MsoNormal\">" +
               intro + quoted + "</p></div>\n";
    return "<br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">" + intro +
           "</div><blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex;border-left:1px solid "
           "#ccc;padding-left:1ex\">" +
           quoted + "</blockquote></div>\n";
}

std::string designed(const Letter& letter) {
    return "<!doctype html><html><head><meta charset=\"utf-8\"><style>.hero{background:#0f3d2e;color:#fff}"
           ".btn{background:#f2b705;color:#000;padding:12px 20px;border-radius:6px;text-decoration:none}</style></head>"
           "<body style=\"margin:0;background:#f4f4f0\"><table role=\"presentation\" width=\"600\" align=\"center\" "
           "cellpadding=\"24\" style=\"font-family:Helvetica,Arial,sans-serif;background:#fff\"><tr><td class=\"hero\">"
           "<h1 style=\"margin:0\">" +
           escapeHtml(letter.subject) + "</h1></td></tr><tr><td>" + paragraphs(letter.text, LetterStyle::Web) +
           "</td></tr><tr><td><a class=\"btn\" href=\"https://news.example/read\">Read more</a><img "
           "src=\"https://news.example/open.gif?u=4711\" width=\"1\" height=\"1\" "
           "alt=\"\"></td></tr></table></body></html>\n";
}

} // namespace

std::string escapeHtml(std::string_view text) {
    std::string html;
    for (const char c : text) {
        switch (c) {
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '&':
            html += "&amp;";
            break;
        case '"':
            html += "&quot;";
            break;
        default:
            html += c;
        }
    }
    return html;
}

std::string htmlBody(const Letter& letter) {
    if (letter.style == LetterStyle::Designed) return designed(letter);
    const std::string inside = paragraphs(letter.text, letter.style) + images(letter) + quotation(letter);
    if (letter.style == LetterStyle::Outlook)
        return "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta http-equiv=\"Content-Type\" "
               "content=\"text/html; charset=utf-8\"><style><!-- p.MsoNormal {margin:0cm;font-size:11.0pt;"
               "font-family:\"Calibri\",sans-serif;} --></style></head><body lang=\"EN-GB\"><div "
               "class=\"WordSection1\">\n" +
               inside + "</div></body></html>\n";
    const std::string direction = letter.rightToLeft ? "rtl" : "ltr";
    return "<html><head><meta charset=\"utf-8\"></head><body><div dir=\"" + direction + "\">\n" + inside +
           "</div></body></html>\n";
}

} // namespace aiva::sandbox
