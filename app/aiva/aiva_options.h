// What aiva was asked to do on its command line.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "ui/shell/rail.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace aiva {

struct AivaOptions {
    QString workspaceDir; // empty: the platform's
    QString keyFile;
    bool sandbox = false;
    bool help = false;
    bool version = false;
    // Written, then the program ends; the rest says what is on it.
    QString screenshot;
    std::optional<InboxView> view;
    ConversationId conversation;
    DeskPage page = DeskPage::Triage;
    QSize size;       // empty: as remembered
    double scale = 0; // 0: the screen's
};

// Invalid with one line for the person when an argument is wrong. `arguments` without the program's name.
Result<AivaOptions> parseAivaOptions(const QStringList& arguments);
const char* aivaHelpText();

} // namespace aiva
