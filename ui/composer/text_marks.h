// Marks in the text being written: variables without a value red, words the dictionary does not know underlined. Looks
// at what is visible, a moment after the typing paused; the typing itself never waits.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTextCursor>
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

class TextMarks final : public QObject {
    Q_OBJECT
public:
    explicit TextMarks(ReplyEdit& edit);

    void setSpellCheck(SpellCheck check) { m_check = std::move(check); }
    // Empty: no spell check.
    void setLanguage(const QString& language);
    // Marks again: another document, another paper.
    void restart();
    int mistakes() const { return static_cast<int>(m_mistakes.size()); }

private:
    void look();
    void takeMistakes(quint64 number, int from, const std::vector<std::pair<int, int>>& found);
    void paint();
    void fillMenu(QMenu* menu, int position);
    void replaceWord(const QTextCursor& word, const QString& by);

    ReplyEdit& m_edit;
    SpellCheck m_check;
    QString m_language;
    QTimer m_pause;
    quint64 m_asked = 0;
    std::vector<QTextCursor> m_mistakes;
};

} // namespace aiva
