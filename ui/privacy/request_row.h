// One open request of a shop about somebody's data: what is asked, of whom, until when, and the answers a person can
// give. Erasures that shops ask for happen by themselves and have no buttons.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/privacy_query.h"

#include <QWidget>

namespace aiva {

class ElidedLabel;
class SubtleButton;

class RequestRow final : public QWidget {
    Q_OBJECT
public:
    RequestRow(const PrivacyRequestView& request, UtcTime now, QWidget* parent = nullptr);

    SubtleButton* exportButton() const { return m_export; } // null where Aiva does it by itself
    SubtleButton* eraseButton() const { return m_erase; }   // null where the shop names no address, too
    SubtleButton* closeButton() const { return m_close; }   // null where something is kept
    QString whatText() const;
    QString dueText() const;

Q_SIGNALS:
    void exportAsked();
    void eraseAsked();
    void closeAsked();

private:
    void addAnswers(const PrivacyRequestView& request);
    void addClose(const PrivacyRequestView& request);

    ElidedLabel* m_what;
    ElidedLabel* m_due;
    SubtleButton* m_export = nullptr;
    SubtleButton* m_erase = nullptr;
    SubtleButton* m_close = nullptr;
};

} // namespace aiva
