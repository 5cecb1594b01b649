// The command line: global options, command words, and the options of a command.
#pragma once

#include "app/common/unlock.h"
#include "core/base/result.h"

#include <QMap>
#include <QStringList>

namespace aiva::ctl {

struct CommandLine {
    UnlockOptions unlock;
    bool passphraseOnStdin = false;
    bool json = false;
    bool help = false;
    QStringList words;              // "store", "connect", "shopify", and positional arguments
    QMap<QString, QString> options; // without "--"; flags hold an empty text

    bool has(const char* option) const { return options.contains(QLatin1String(option)); }
    QString value(const char* option) const { return options.value(QLatin1String(option)); }
    // The word at `index`, empty when there is none.
    QString word(int index) const { return words.value(index); }
};

// Invalid with a sentence when an option is unknown or lacks its value.
Result<CommandLine> parseCommandLine(const QStringList& arguments);

// A line of standard input without its newline. Several secrets come one a line, in the order of the options.
SecretString readSecretLine();

extern const char* const kHelp;

} // namespace aiva::ctl
