// A sheet that leads through steps, one at a time: "2 of 4", Cancel, Back, and the button that goes on. What is longer
// than the screen has room for scrolls, and what has the focus stays in view. A wizard says which steps there are and
// what going on does; of what it waits for, an answer that comes after somebody went back or cancelled is recognised.
#pragma once

#include "ui/widgets/sheet.h"

class QStackedWidget;

namespace aiva {

class SubtleButton;

// One of the steps: shows and checks its part, knows nothing of the others.
class SheetStep : public QWidget {
    Q_OBJECT
public:
    explicit SheetStep(QWidget* parent = nullptr) : QWidget(parent) {}

    virtual QString title() const = 0;
    virtual bool canGoOn() const = 0;

Q_SIGNALS:
    void changed();   // canGoOn may be another now
    void goOnAsked(); // Enter in a field
};

class StepsSheet : public Sheet {
    Q_OBJECT
public:
    SubtleButton* cancelButton() const { return m_cancel; }
    SubtleButton* backButton() const { return m_back; }
    SubtleButton* goOnButton() const { return m_goOn; }

    void reject() override;
    void done(int result) override;

protected:
    StepsSheet(const QString& title, QWidget* parent);
    void addStep(SheetStep* step);
    SheetStep* shownStep() const;
    enum class Arrival { Onwards, Back };
    void goTo(SheetStep* step, Arrival arrival = Arrival::Onwards);
    void showButtons();

    // The way as it is chosen now, in order. A step that is not on it comes after the end: nothing leads back from it.
    virtual QList<SheetStep*> steps() const = 0;
    virtual QString goOnText() const = 0;
    // Whether Enter is to go on as soon as the shown step lets it.
    virtual bool isGoOnNext() const = 0;
    virtual void enter(SheetStep& step, Arrival arrival) = 0; // it is shown now
    virtual void leave(SheetStep& step) = 0;                  // takes what was entered
    virtual void goOn();                                      // to the next step

    // Nothing but Cancel works while something is waited for, and not even that ToTheEnd.
    enum class Waiting { No, Cancellable, ToTheEnd };
    int startWaiting(Waiting how); // the number of the answer
    bool takeAnswer(int number);   // ends the waiting; false: nobody wants it any more
    bool isWaiting() const { return m_waiting != Waiting::No; }

private:
    void goBack();
    void followFocus();

    QStackedWidget* m_pages;
    SubtleButton* m_cancel;
    SubtleButton* m_back;
    SubtleButton* m_goOn;
    Waiting m_waiting = Waiting::No;
    int m_answer = 0; // the one that is wanted
};

} // namespace aiva
