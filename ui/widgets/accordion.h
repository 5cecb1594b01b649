// One foldable section: a painted header (Enter, Space or a click folds and unfolds; Right and Left do as in a tree)
// over a body that is built when first unfolded. Used by the order history.
#pragma once

#include "ui/widgets/painted_button.h"
#include "ui/widgets/status_dot.h"

#include <functional>

namespace aiva {

class AccordionHeader : public PaintedButton {
    Q_OBJECT
public:
    explicit AccordionHeader(QWidget* parent = nullptr);

    struct Content {
        QString title;  // "#1042"
        QString detail; // "Feb 20"
        DotLook dot;
        QString word;           // what the dot means, always read aloud
        bool wordShown = false; // cancelled and refunded say it in print too
        QString spokenDetail;   // the whole date
        bool operator==(const Content&) const = default;
    };
    void setContent(const Content& content);
    void setExpansion(Expansion expansion);
    Expansion expansion() const { return m_expansion; }

    AccessibleFace face() const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void expansionWanted(aiva::Expansion expansion);
    // Up and Down, Home and End: the list decides where focus goes.
    void stepWanted(int key);

protected:
    void paint(QPainter& painter) override;
    QRectF focusArea() const override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Content m_content;
    Expansion m_expansion = Expansion::Collapsed;
};

class AccordionSection : public QWidget {
    Q_OBJECT
public:
    explicit AccordionSection(QWidget* parent = nullptr);

    AccordionHeader* header() const { return m_header; }
    bool isExpanded() const { return m_header->expansion() == Expansion::Expanded; }
    void setExpansion(Expansion expansion);
    // Null until first unfolded.
    QWidget* body() const { return m_body; }

Q_SIGNALS:
    void expansionChanged(aiva::Expansion expansion);

protected:
    // Called once, on the first unfolding.
    virtual QWidget* makeBody() = 0;
    // Called before the body is shown, whenever it is.
    virtual void fillBody() = 0;
    void paintEvent(QPaintEvent* event) override;

private:
    AccordionHeader* m_header;
    QWidget* m_body = nullptr;
};

} // namespace aiva
