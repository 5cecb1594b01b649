// A section of the settings that lists things a person keeps: a title with a button, a line each with Edit and Remove,
// and a word on what it is for while there is none. Endpoints, playbooks and knowledge are made of it.
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QVBoxLayout;

namespace aiva {

class SubtleButton;
class TextBlock;

class ListSection : public QWidget {
    Q_OBJECT
public:
    struct Line {
        QString name;
        QString text;                    // cut at the end of the line
        QString meta;                    // small, at the trailing end
        QString action = {};             // a third button; empty: none
        std::function<void()> edit = {}; // absent: no button
        std::function<void()> act = {};
        std::function<void()> remove = {};
    };

    // `add` empty: nothing can be added.
    ListSection(const QString& title, const QString& whatFor, const QString& add, QWidget* parent = nullptr);
    void setLines(const std::vector<Line>& lines);
    SubtleButton* addButton() const { return m_add; }
    QStringList shownNames() const { return m_names; }

Q_SIGNALS:
    void addAsked();

private:
    QWidget* makeLine(const Line& line);

    QVBoxLayout* m_list;
    TextBlock* m_whatFor;
    SubtleButton* m_add;
    QStringList m_names;
};

} // namespace aiva
