#include "ui/composer/mail_html.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextList>
#include <QUrl>

#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct Piece {
    QString text;
    QString link;
    QString image;
    bool isBold = false;
    bool isItalic = false;
};

std::vector<Piece> piecesOf(const QTextBlock& block) {
    std::vector<Piece> pieces;
    for (auto part = block.begin(); !part.atEnd(); ++part) {
        const QTextFragment fragment = part.fragment();
        const QTextCharFormat format = fragment.charFormat();
        if (format.isImageFormat()) {
            pieces.push_back({{}, {}, format.toImageFormat().name(), false, false});
            continue;
        }
        Piece piece;
        piece.text = fragment.text().replace(QChar::LineSeparator, u'\n').remove(QChar::ObjectReplacementCharacter);
        piece.link = format.anchorHref();
        piece.isBold = format.fontWeight() >= QFont::DemiBold;
        piece.isItalic = format.fontItalic();
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

bool isBullet(const QTextList& list) {
    return list.format().style() >= QTextListFormat::ListSquare; // Disc -1, Circle -2, Square -3; numbers lie below
}

bool isAddressItself(const QString& text, const QString& link) {
    QString bare = link;
    if (bare.startsWith("mailto:"_L1)) bare = bare.mid(7);
    return text == link || text == bare || "https://"_L1 + text == link || "http://"_L1 + text == link;
}

QString lineText(const QTextBlock& block) {
    QString line;
    const auto pieces = piecesOf(block);
    QString linkText;
    for (size_t i = 0; i < pieces.size(); ++i) {
        line += pieces[i].text;
        if (pieces[i].link.isEmpty()) continue;
        linkText += pieces[i].text;
        const bool goesOn = i + 1 < pieces.size() && pieces[i + 1].link == pieces[i].link;
        if (goesOn) continue;
        if (!isAddressItself(linkText, pieces[i].link)) line += " ("_L1 + pieces[i].link + u')';
        linkText.clear();
    }
    return line;
}

QString escaped(const QString& text) {
    return text.toHtmlEscaped().replace("  "_L1, " &nbsp;"_L1).replace(u'\n', "<br>"_L1);
}

QString htmlOf(const Piece& piece) {
    if (!piece.image.isEmpty()) return "<img src=\""_L1 + piece.image.toHtmlEscaped() + "\" alt=\"\">"_L1;
    QString html = escaped(piece.text);
    if (piece.isItalic) html = "<i>"_L1 + html + "</i>"_L1;
    if (piece.isBold) html = "<b>"_L1 + html + "</b>"_L1;
    if (!piece.link.isEmpty()) html = "<a href=\""_L1 + piece.link.toHtmlEscaped() + "\">"_L1 + html + "</a>"_L1;
    return html;
}

QString lineHtml(const QTextBlock& block) {
    QString html;
    for (const Piece& piece : piecesOf(block))
        html += htmlOf(piece);
    return html;
}

} // namespace

bool isFormatted(const QTextDocument& document) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.textList() != nullptr) return true;
        for (const Piece& piece : piecesOf(block))
            if (piece.isBold || piece.isItalic || !piece.link.isEmpty() || !piece.image.isEmpty()) return true;
    }
    return false;
}

QString mailText(const QTextDocument& document) {
    QStringList lines;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QString line = lineText(block);
        if (const QTextList* list = block.textList())
            line.prepend(isBullet(*list) ? u"- "_s : QString::number(list->itemNumber(block) + 1) + u". "_s);
        lines.append(line);
    }
    return lines.join(u'\n');
}

QString mailHtml(const QTextDocument& document) {
    QString html;
    const QTextList* open = nullptr;
    const auto closeList = [&] {
        if (open != nullptr) html += isBullet(*open) ? u"</ul>"_s : u"</ol>"_s;
        open = nullptr;
    };
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QTextList* list = block.textList();
        if (list != open) {
            closeList();
            if (list != nullptr) html += isBullet(*list) ? u"<ul>"_s : u"<ol>"_s;
            open = list;
        }
        const QString line = lineHtml(block);
        if (list != nullptr)
            html += "<li>"_L1 + line + "</li>"_L1;
        else
            html += "<div>"_L1 + (line.isEmpty() ? u"<br>"_s : line) + "</div>"_L1;
    }
    closeList();
    return html;
}

QSet<QString> imagesIn(const QTextDocument& document) {
    QSet<QString> ids;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (const Piece& piece : piecesOf(block))
            if (piece.image.startsWith("cid:"_L1)) ids.insert(piece.image.mid(4));
    return ids;
}

} // namespace aiva
