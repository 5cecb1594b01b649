#include "core/adapters/mail/imap/folder_roles.h"

#include <algorithm>
#include <iterator>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct KnownName {
    const char16_t* name;
    FolderRole role;
};

// In lower case; for each role the likeliest first.
constexpr KnownName kNames[] = {
    {u"sent", FolderRole::Sent},
    {u"sent items", FolderRole::Sent},
    {u"sent mail", FolderRole::Sent},
    {u"sent messages", FolderRole::Sent},
    {u"gesendet", FolderRole::Sent},
    {u"gesendete elemente", FolderRole::Sent},
    {u"gesendete objekte", FolderRole::Sent},
    {u"envoyés", FolderRole::Sent},
    {u"éléments envoyés", FolderRole::Sent},
    {u"messages envoyés", FolderRole::Sent},
    {u"enviados", FolderRole::Sent},
    {u"elementos enviados", FolderRole::Sent},
    {u"drafts", FolderRole::Drafts},
    {u"draft", FolderRole::Drafts},
    {u"entwürfe", FolderRole::Drafts},
    {u"brouillons", FolderRole::Drafts},
    {u"borradores", FolderRole::Drafts},
    {u"archive", FolderRole::Archive},
    {u"archives", FolderRole::Archive},
    {u"archiv", FolderRole::Archive},
    {u"archivo", FolderRole::Archive},
    {u"trash", FolderRole::Trash},
    {u"deleted items", FolderRole::Trash},
    {u"deleted messages", FolderRole::Trash},
    {u"bin", FolderRole::Trash},
    {u"papierkorb", FolderRole::Trash},
    {u"gelöschte elemente", FolderRole::Trash},
    {u"corbeille", FolderRole::Trash},
    {u"éléments supprimés", FolderRole::Trash},
    {u"papelera", FolderRole::Trash},
    {u"elementos eliminados", FolderRole::Trash},
    {u"junk", FolderRole::Junk},
    {u"spam", FolderRole::Junk},
    {u"junk e-mail", FolderRole::Junk},
    {u"junk email", FolderRole::Junk},
    {u"bulk mail", FolderRole::Junk},
    {u"indésirables", FolderRole::Junk},
    {u"courrier indésirable", FolderRole::Junk},
    {u"pourriel", FolderRole::Junk},
    {u"correo no deseado", FolderRole::Junk},
    {u"all mail", FolderRole::All},
};

// "INBOX.Sent", "[Gmail]/Sent Mail" → the last name, in lower case.
QString lastName(const QString& folder) {
    const qsizetype at = std::max(folder.lastIndexOf(u'/'), folder.lastIndexOf(u'.'));
    return folder.mid(at + 1).toLower();
}

bool hasRole(const std::vector<MailFolder>& folders, FolderRole role) {
    return std::any_of(folders.begin(), folders.end(), [role](const MailFolder& f) { return f.role == role; });
}

} // namespace

FolderRole roleOfAttribute(const QByteArray& attribute) {
    struct Known {
        const char* attribute;
        FolderRole role;
    };
    static constexpr Known known[] = {{"\\Sent", FolderRole::Sent},       {"\\Drafts", FolderRole::Drafts},
                                      {"\\Archive", FolderRole::Archive}, {"\\Trash", FolderRole::Trash},
                                      {"\\Junk", FolderRole::Junk},       {"\\All", FolderRole::All}};
    for (const Known& candidate : known)
        if (attribute.compare(candidate.attribute, Qt::CaseInsensitive) == 0) return candidate.role;
    return FolderRole::None;
}

void guessMissingRoles(std::vector<MailFolder>& folders) {
    for (const KnownName& known : kNames) {
        if (hasRole(folders, known.role)) continue;
        const QStringView name(known.name);
        const auto found = std::find_if(folders.begin(), folders.end(), [&](const MailFolder& folder) {
            return folder.role == FolderRole::None && folder.canSelect && lastName(folder.name) == name;
        });
        if (found != folders.end()) found->role = known.role;
    }
}

} // namespace aiva
