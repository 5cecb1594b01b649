// One command as it goes out: words, strings and literals in order, without tag. Built by the runs, sent by ImapLink.
#pragma once

#include <QByteArray>

#include <vector>

namespace aiva {

class ImapCommand {
public:
    struct Part {
        QByteArray bytes;
        bool isLiteral = false;
    };

    // `words` as they stand: "UID FETCH 1:* (FLAGS)". Never anything of a user or a mail.
    explicit ImapCommand(const QByteArray& words) { m_parts.push_back({words, false}); }
    ImapCommand& words(const QByteArray& words);
    // As quoted string where that can carry it, else as literal.
    ImapCommand& string(const QByteArray& text);
    ImapCommand& literal(const QByteArray& bytes);

    const std::vector<Part>& parts() const { return m_parts; }

private:
    std::vector<Part> m_parts;
};

} // namespace aiva
