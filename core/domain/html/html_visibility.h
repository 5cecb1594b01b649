// Which elements a reader would not see: senders hide preheaders and, when hostile, instructions in them. Used by the
// sanitizer and the HTML-to-text conversion so that both drop the same. Pure.
#pragma once

#include "core/domain/html/html_tokenizer.h"

namespace aiva {

// True for the hidden attribute and for styles that make an element invisible.
bool isHiddenElement(const HtmlToken& startTag);
// Elements dropped together with their content whatever they say: script, svg, object, …
bool isDroppedElement(const QString& name);

// Follows one dropped element until it ends. Feed every tag after its start tag; robust against end tags left out.
class HtmlSkip {
public:
    bool active() const { return !m_open.empty(); }
    void start(const QString& name) { m_open = {name}; }
    // True while `token` belongs to what is skipped. `closesParent`: an end tag of an element opened before the skip.
    bool covers(const HtmlToken& token, bool closesParent);

private:
    std::vector<QString> m_open;
};

} // namespace aiva
