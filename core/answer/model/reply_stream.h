// Reads the "reply" out of a JSON answer that is still being written, so that it can be shown as it grows. For display
// only: whether the answer counts is decided when it is whole. Pure.
#pragma once

#include <QString>

namespace aiva {

class ReplyStream {
public:
    static constexpr qsizetype kMostShown = 20'000; // nobody reads on; the rest is passed over

    // The next piece of the raw JSON, cut anywhere.
    void feed(const QString& piece);
    // What of the reply is certain by now: no half of an escape, no half of a character.
    QString replySoFar() const;

private:
    enum class Escape { None, Begun, Unicode };
    void append(QChar c);
    void outside(QChar c);
    void inside(QChar c);
    void unicode(QChar c);
    void endString();

    QString m_text; // of the string being read: a member's name, or the reply
    QString m_reply;
    QString m_member; // whose value comes next
    QString m_hex;
    Escape m_escape = Escape::None;
    int m_depth = 0;
    bool m_inString = false;
    bool m_expectsName = false;
    bool m_isDone = false; // a second "reply" is not another one
};

} // namespace aiva
