#include "core/answer/model/reply_stream.h"

namespace aiva {

using namespace Qt::StringLiterals;

void ReplyStream::feed(const QString& piece) {
    for (const QChar c : piece) {
        if (m_isDone) return;
        if (m_inString)
            inside(c);
        else
            outside(c);
    }
}

void ReplyStream::outside(QChar c) {
    switch (c.unicode()) {
    case u'{':
        m_expectsName = ++m_depth == 1;
        break;
    case u'[':
        ++m_depth;
        break;
    case u'}':
    case u']':
        --m_depth;
        break;
    case u',':
        m_expectsName = m_depth == 1;
        break;
    case u':':
        m_expectsName = false;
        break;
    case u'"':
        m_inString = m_depth >= 1; // before the object: somebody's chatter
        m_text.clear();
        break;
    default:
        break;
    }
}

void ReplyStream::append(QChar c) {
    if (m_text.size() < kMostShown) m_text += c;
}

void ReplyStream::inside(QChar c) {
    if (m_escape == Escape::Unicode) return unicode(c);
    if (m_escape == Escape::Begun) {
        m_escape = Escape::None;
        const qsizetype known = u"nrtbf"_s.indexOf(c);
        if (c == u'u')
            m_escape = Escape::Unicode;
        else
            append(known < 0 ? c : u"\n\r\t\b\f"_s.at(known));
    } else if (c == u'\\') {
        m_escape = Escape::Begun;
    } else if (c == u'"') {
        endString();
    } else {
        append(c);
    }
}

void ReplyStream::unicode(QChar c) {
    m_hex += c;
    if (m_hex.size() < 4) return;
    append(QChar(m_hex.toUShort(nullptr, 16)));
    m_hex.clear();
    m_escape = Escape::None;
}

void ReplyStream::endString() {
    m_inString = false;
    if (m_depth != 1) return;
    if (m_expectsName) {
        m_member = m_text;
    } else if (m_member == "reply"_L1) {
        m_reply = m_text;
        m_isDone = true;
    }
}

QString ReplyStream::replySoFar() const {
    if (m_isDone) return m_reply;
    if (!m_inString || m_depth != 1 || m_expectsName || m_member != "reply"_L1) return {};
    const bool isHalf = !m_text.isEmpty() && m_text.back().isHighSurrogate();
    return isHalf ? m_text.chopped(1) : m_text;
}

} // namespace aiva
