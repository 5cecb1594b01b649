// Nobody in the cache has the sender's address: says so, and lets the person look for the customer and link them.
#pragma once

#include "core/readmodel/search_query.h"
#include "ui/widgets/painted_button.h"

#include <QWidget>

#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace aiva {

class SubtleButton;
class TextBlock;

class CandidateRow : public PaintedButton {
    Q_OBJECT
public:
    explicit CandidateRow(QWidget* parent = nullptr);
    void setCandidate(const QString& title, const QString& detail);
    QSize sizeHint() const override;

protected:
    void paint(QPainter& painter) override;

private:
    QString m_detail;
};

class NoCustomerView : public QWidget {
    Q_OBJECT
public:
    enum class Undo { None, Offered };
    explicit NoCustomerView(QWidget* parent = nullptr);
    enum class Known { All, SoFar }; // SoFar: a first sync is not complete
    // Another address clears the search.
    void setAddress(const QString& address, Known known, Undo undo);
    // Answers searchChanged: what was found for a text that stands there no more is dropped. At most eight are shown,
    // each person once.
    void setCandidates(const QString& sought, const std::vector<SearchHit>& hits);

Q_SIGNALS:
    void searchChanged(const QString& text);
    void linkRequested(aiva::ProfileId profile);
    void undoRequested();

private:
    bool eventFilter(QObject* watched, QEvent* event) override;

    QString m_address;
    TextBlock* m_sought;
    QLineEdit* m_search;
    QVBoxLayout* m_candidateColumn;
    std::vector<CandidateRow*> m_rows;
    std::vector<ProfileId> m_profiles;
    TextBlock* m_noHits;
    SubtleButton* m_undo;
};

} // namespace aiva
