// The foot of the CRM panel: how the person was recognised, with the menu to correct it, and the refresh key.
#pragma once

#include "core/domain/names.h"
#include "ui/crm/crm_panel_state.h"
#include "ui/widgets/painted_button.h"

namespace aiva {

// Small mono text that is a button.
class FootButton : public PaintedButton {
    Q_OBJECT
public:
    using PaintedButton::PaintedButton;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    AccessibleFace face() const override;
    enum class Opens { Nothing, Menu };
    void setOpens(Opens opens) { m_opens = opens; }

protected:
    void paint(QPainter& painter) override;

private:
    Opens m_opens = Opens::Nothing;
};

// "matched by e-mail", "matched by order #1042", "linked by hand"
QString matchReason(MatchedBy by, const QString& detail);

class MatchFoot : public QWidget {
    Q_OBJECT
public:
    explicit MatchFoot(QWidget* parent = nullptr);
    void setMatch(MatchedBy by, const QString& detail, CrmPanelState::Link link);
    // Nothing to correct: only the refresh key stays.
    void clearMatch();

Q_SIGNALS:
    void unlinkRequested();
    void undoRequested();
    void refreshRequested();

private:
    void openMenu();

    FootButton* m_reason;
    FootButton* m_refresh;
    CrmPanelState::Link m_link = CrmPanelState::Link::Automatic;
};

} // namespace aiva
