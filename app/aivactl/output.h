// What aivactl prints: one JSON document or text for people on stdout, one line about a failure on stderr, and the exit
// status of the contract.
#pragma once

#include "core/base/error.h"

#include <QJsonObject>
#include <QString>

namespace aiva::ctl {

enum ExitStatus {
    Done = 0,
    Failed = 1,
    WrongUsage = 2,
    NotFound = 3,
    AuthRefused = 4,
    BadWorkspace = 5,
    NetworkFailed = 6
};

void printJson(const QJsonObject& object);
void printText(const QString& text);
// One line on stderr beside a command that succeeds.
void printNote(const QString& text);
// Whether somebody watches stderr: a line of progress may be drawn there over and over.
bool isOnTerminal();
// One line: what happened and what to do. Answers the exit status that belongs to it.
int printError(const Error& error);
int printUsageError(const QString& message);

} // namespace aiva::ctl
