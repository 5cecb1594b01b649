// The list widget of the inbox. Remembers which conversation is chosen by its id and keeps it, and what stands at the
// top of the viewport, through every refresh of the model. The inbox pane owns it.
#pragma once

#include "ui/models/inbox_model.h"

#include <QListView>
#include <QSet>
#include <QTimer>

namespace aiva {

class InboxList final : public QListView {
    Q_OBJECT
public:
    // Where a list stood, to be restored in the next session; ids and times only.
    struct Place {
        std::optional<InboxKey> chosen;
        std::optional<InboxKey> top;
        int topOffset = 0; // pixels of the top row that are scrolled away
    };

    InboxList(InboxModel& model, const Clock& clock, QWidget* parent = nullptr);

    ConversationId chosen() const { return m_chosen; }
    // Selects and shows it when it is among the rows fetched; false otherwise.
    bool choose(ConversationId id);
    void clearChoice();
    // J/K. Past the last fetched row the model fetches on. Extend: Shift J/K, what was chosen stays chosen.
    enum class Reach { Only, Extend };
    void chooseNext(int step, Reach reach = Reach::Only);
    // In the list's order; the chosen one alone is one.
    std::vector<ConversationId> selected() const;
    void selectOnlyChosen();
    Place place() const;
    void restore(const Place& place);

Q_SIGNALS:
    void conversationChosen(aiva::ConversationId id);
    void selectionChangedTo(int conversations);
    void conversationOpened(aiva::ConversationId id); // Enter or double click: go and read

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void holdPlace();
    void keepPlace();
    void setChosen(const QModelIndex& index, Reach reach = Reach::Only);
    void restoreSelection();

    InboxModel& m_model;
    ConversationId m_chosen;
    bool m_following = true;         // false while a refresh moves rows: Qt's own idea of "current" is not the person's
    QSet<ConversationId> m_selected; // while a refresh moves rows, when several are
    QList<QPersistentModelIndex> m_visible;
    int m_topOffset = 0;
    QTimer m_minute;
};

} // namespace aiva
