#include "ui/composer/composer_keys.h"

#include "ui/composer/attached_files.h"
#include "ui/composer/format_bar.h"
#include "ui/composer/open_draft.h"
#include "ui/composer/writing_tools.h"

#include <QShortcut>
#include <QWidget>

namespace aiva {

void bindKeys(QWidget* composer, const ComposerKeys& keys) {
    const auto add = [composer](const char* sequence, auto act) {
        auto* shortcut = new QShortcut(QKeySequence(QString::fromLatin1(sequence)), composer);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        QObject::connect(shortcut, &QShortcut::activated, composer, act);
    };
    add("Ctrl+J", [keys] { keys.tools->openCanned(); });
    add("Ctrl+Shift+A", [keys] { keys.files->choose(); });
    const auto format = [keys](auto toggle) {
        if (keys.draft->mayWrite() && !keys.draft->isNote()) (keys.formats->*toggle)();
    };
    add("Ctrl+B", [=] { format(&FormatBar::toggleBold); });
    add("Ctrl+I", [=] { format(&FormatBar::toggleItalic); });
    add("Ctrl+Shift+8", [=] { format(&FormatBar::toggleBullets); });
    add("Ctrl+Shift+7", [=] { format(&FormatBar::toggleNumbers); });
    add("Ctrl+L", [=] { format(&FormatBar::editLink); });
}

} // namespace aiva
