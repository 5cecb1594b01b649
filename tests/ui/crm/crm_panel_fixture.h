// A customer panel in a window of its own, and what it shows in the order of the picture.
#pragma once

#include "tests/support/patience.h"
#include "tests/ui/support/sample_people.h"
#include "tests/ui/support/spoken.h"
#include "ui/crm/crm_panel.h"
#include "ui/crm/order_section.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>
#include <memory>

namespace aiva::test {

class CrmPanelFixture {
protected:
    static void beginCrmPanels() {
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
        Theme::apply(*qApp);
    }
    void open() { m_panel = std::make_unique<CrmPanel>(m_clock); }
    void close() { m_panel.reset(); }

    static CrmPanelState customer(const CustomerView& view) {
        CrmPanelState state;
        state.content = CrmPanelState::Customer{view, {}};
        return state;
    }

    void show(const CrmPanelState& state, int height = 800) {
        m_panel->resize(size::crmPanel, height);
        m_panel->setState(state);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }

    template <typename T>
    QList<T*> visible() const {
        QList<T*> found;
        for (T* widget : m_panel->findChildren<T*>())
            if (widget->isVisible()) found << widget;
        return found;
    }

    // In the order of the picture, top to bottom.
    QList<AccordionHeader*> headers() const {
        QList<AccordionHeader*> found = visible<AccordionHeader>();
        std::sort(found.begin(), found.end(), [this](AccordionHeader* a, AccordionHeader* b) {
            return a->mapTo(m_panel.get(), QPoint()).y() < b->mapTo(m_panel.get(), QPoint()).y();
        });
        return found;
    }

    QAbstractButton* button(const QString& text) const {
        for (QAbstractButton* one : visible<QAbstractButton>())
            if (one->text() == text) return one;
        return nullptr;
    }

    QScrollBar* scrollBar() const { return m_panel->findChild<QScrollArea*>()->verticalScrollBar(); }

    QStringList shownText() const {
        QStringList texts;
        for (QWidget* widget : visible<QWidget>())
            if (dynamic_cast<Described*>(widget) != nullptr || qobject_cast<QLabel*>(widget) != nullptr)
                texts << spokenName(widget);
        return texts;
    }

    ManualClock m_clock{sample::now()};
    std::unique_ptr<CrmPanel> m_panel;
};

} // namespace aiva::test
