#include "ui/shell/message_window.h"

#include "ui/errors/error_text.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int columnWidth = 560;
}

MessageWindow* MessageWindow::welcome(const QString& dir) {
    return new MessageWindow(
        tr("Welcome to Aiva"),
        tr("There is no workspace here yet. A workspace is one encrypted folder on this computer that holds your "
           "shops' "
           "customers and orders, and your mail. Make one in a terminal, connect a shop, bring mail, then start Aiva "
           "again:"),
        {u"aivactl workspace init"_s, u"aivactl store connect shopify --shop NAME.myshopify.com --token-stdin"_s,
         u"aivactl sync run"_s, u"aivactl mail import PATH"_s},
        tr("Or look around first, with a shop and mail that live on this computer only: aiva --sandbox\nWorkspace: %1")
            .arg(dir));
}

MessageWindow* MessageWindow::failure(const Error& error, const QString& dir) {
    const ErrorText text = errorText(error);
    return new MessageWindow(text.title, text.whatToDo, {}, tr("Workspace: %1").arg(dir));
}

MessageWindow::MessageWindow(const QString& title, const QString& text, const QStringList& commands,
                             const QString& place) {
    setWindowTitle(u"Aiva"_s);
    setAccessibleName(title);
    setAccessibleDescription(text);
    auto* middle = new QWidget;
    middle->setMaximumWidth(columnWidth);
    auto* column = new QVBoxLayout(middle);
    column->setSpacing(3 * size::grid);
    column->addWidget(textLabel(title, TextStyle::Title, &Colors::textPrimary));
    const auto paragraph = [&](const QString& words, TextStyle style, ColorRole color) {
        auto* label = textLabel(words, style, color);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setAccessibleName(words);
        column->addWidget(label);
    };
    paragraph(text, TextStyle::Body, &Colors::textSecondary);
    for (const QString& command : commands)
        paragraph(command, TextStyle::MonoMeta, &Colors::textPrimary);
    paragraph(place, TextStyle::Meta, &Colors::textMuted);

    auto* across = new QHBoxLayout;
    across->addStretch();
    across->addWidget(middle, 1);
    across->addStretch();
    auto* whole = new QVBoxLayout(this);
    whole->addStretch(2);
    whole->addLayout(across);
    whole->addStretch(3);
    resize(columnWidth * 2, size::inbox * 2);
}

} // namespace aiva
