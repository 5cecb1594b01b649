// What stands in the editor, as the two forms a mail carries: plain text, and HTML that survives every mail program
// (paragraphs, bold, italic, lists, links, images by cid:; no fonts, no colours, no styles). Both say the same words.
#pragma once

#include <QSet>
#include <QString>

class QTextDocument;

namespace aiva {

// Bold, italic, a list, a link or an image: worth an HTML form.
bool isFormatted(const QTextDocument& document);
// Lists as "- item" and "1. item"; a link whose text is not its address as "text (address)".
QString mailText(const QTextDocument& document);
QString mailHtml(const QTextDocument& document);
// Content ids of the images that stand in the text.
QSet<QString> imagesIn(const QTextDocument& document);

} // namespace aiva
