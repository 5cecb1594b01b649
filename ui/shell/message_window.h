// The window when there is no desk to show: the first start, or a workspace that does not open. Says calmly what is the
// matter and what to do.
#pragma once

#include "core/base/error.h"

#include <QWidget>

namespace aiva {

class MessageWindow final : public QWidget {
    Q_OBJECT
public:
    // No workspace at `dir` yet.
    static MessageWindow* welcome(const QString& dir);
    static MessageWindow* failure(const Error& error, const QString& dir);

private:
    MessageWindow(const QString& title, const QString& text, const QStringList& commands, const QString& place);
};

} // namespace aiva
