// What is wrong with the file a workspace is kept in.
#include "ui/errors/error_text_parts.h"

#include <QCoreApplication>

namespace aiva {

namespace {

struct WorkspaceErrorWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ErrorText)
};

} // namespace

ErrorText workspaceErrorText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::WrongKey:
        return {WorkspaceErrorWords::tr("This key does not open the workspace"),
                WorkspaceErrorWords::tr(
                    "Sign in to the computer account that created it, or enter its passphrase. The file was not "
                    "touched.")};
    case ErrorCause::DamagedFile:
        return {WorkspaceErrorWords::tr("The workspace file is damaged"),
                WorkspaceErrorWords::tr(
                    "Restore it from a backup, or start a new workspace and sync again. The file was not touched.")};
    case ErrorCause::NewerSchema:
        return {WorkspaceErrorWords::tr("This workspace was made by a newer Aiva"),
                WorkspaceErrorWords::tr("Update Aiva to open it. The file was not touched.")};
    case ErrorCause::ReadOnlyDisk:
        return {WorkspaceErrorWords::tr("The workspace folder cannot be written"),
                WorkspaceErrorWords::tr("Check the permissions of the folder, or move the workspace elsewhere.")};
    case ErrorCause::DiskFull:
        return {WorkspaceErrorWords::tr("The disk is full"),
                WorkspaceErrorWords::tr("Free some space. Nothing was lost; work goes on by itself.")};
    case ErrorCause::WorkspaceBusy:
        return {WorkspaceErrorWords::tr("Another program is using this workspace"),
                WorkspaceErrorWords::tr("Close the other Aiva window or wait for its command to end, then try again.")};
    case ErrorCause::WorkspaceAbsent:
        return {WorkspaceErrorWords::tr("There is no workspace here"),
                WorkspaceErrorWords::tr("Create one, or choose another folder.")};
    default:
        return {};
    }
}

} // namespace aiva
