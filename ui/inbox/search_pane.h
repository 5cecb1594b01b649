// Search as you type over orders, people and messages, in the place of the inbox list. Asks the function it was made
// with and shows the newest answer only; the keyboard stays in the field while the arrows walk the results.
#pragma once

#include "core/base/async.h"
#include "ui/models/search_model.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QListView;

namespace aiva {

class SearchPane final : public QWidget {
    Q_OBJECT
public:
    using Search = std::function<Future<std::vector<SearchHit>>(const QString& text, int limitPerKind)>;

    SearchPane(Search search, const Clock& clock, QWidget* parent = nullptr);

    void start(); // focus in the field, its text selected
    QLineEdit* field() const { return m_field; }
    QListView* results() const { return m_list; }

Q_SIGNALS:
    void hitChosen(const aiva::SearchHit& hit);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void ask();
    void show(const std::vector<SearchHit>& hits);
    void step(int by);
    void choose(const QModelIndex& index);

    Search m_search;
    SearchModel m_model;
    QTimer m_pause;
    int m_generation = 0;
    QLineEdit* m_field;
    QListView* m_list;
    QLabel* m_note;
};

} // namespace aiva
