// The style under the style sheet: Fusion, except that whoever scrolls a page does not mean the list or number that
// comes under the pointer: a wheel would change what is chosen there. It scrolls the page.
#pragma once

#include <QProxyStyle>

namespace aiva {

class DeskStyle final : public QProxyStyle {
public:
    DeskStyle();
    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    void polish(QWidget* widget) override;
    void unpolish(QWidget* widget) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace aiva
