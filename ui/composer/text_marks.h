// Marks in the text being written: variables without a value red, words the dictionary does not know underlined. Looks
// at what is visible, a moment after the typing paused; the typing itself never waits.
#pragma once

#include "core/domain/answering/verdict.h"

#include <QObject>
#include <QPointer>
#include <QTextCursor>
#include <QTextEdit>
#include <QTimer>

#include <functional>
#include <vector>

class QMenu;

namespace aiva {

class ReplyEdit;

// Answers on the GUI thread.
struct SpellCheck {
    // Start and length of each unknown word.
    std::function<void(const QString& language, const QString& text,
                       std::function<void(std::vector<std::pair<int, int>>)>)>
        mistakes;
    std::function<void(const QString& language, const QString& word, std::function<void(QStringList)>)> suggestions;
};

// The claims of a text; answers on the GUI thread.
using ClaimCheck = std::function<void(const QString& text, std::function<void(std::vector<Claim>)>)>;

class TextMarks final : public QObject {
    Q_OBJECT
public:
    explicit TextMarks(ReplyEdit& edit);

    void setSpellCheck(SpellCheck check) { m_check = std::move(check); }
    // Absent: claims are not looked for.
    void setClaimCheck(ClaimCheck check);
    // Empty: no spell check.
    void setLanguage(const QString& language);
    // Marks again: another document, another paper.
    void restart();
    int mistakes() const { return static_cast<int>(m_mistakes.size()); }

private:
    void look();
    void takeMistakes(quint64 number, int from, const std::vector<std::pair<int, int>>& found);
    void lookForClaims();
    void paint();
    void paintClaims(QList<QTextEdit::ExtraSelection>& marks) const;
    void fillMenu(QMenu* menu, int position);
    void replaceWord(const QTextCursor& word, const QString& by);

    ReplyEdit& m_edit;
    SpellCheck m_check;
    ClaimCheck m_claimCheck;
    quint64 m_claimsAsked = 0;
    std::vector<std::pair<QTextCursor, Claim>> m_claims;
    QString m_language;
    QTimer m_pause;
    quint64 m_asked = 0;
    std::vector<QTextCursor> m_mistakes;
};

} // namespace aiva
