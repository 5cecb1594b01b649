#include "core/adapters/spelling/hunspell_spelling.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStringDecoder>
#include <QStringEncoder>

#include <hunspell/hunspell.hxx>

#include <map>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// A loaded dictionary; without one every word is known.
struct Dictionary {
    std::unique_ptr<Hunspell> hunspell;
    QStringEncoder encode;
    QStringDecoder decode;
};

QStringList systemFolders() {
    QStringList folders = qEnvironmentVariable("DICPATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    for (const QString& name : {u"hunspell"_s, u"myspell"_s, u"myspell/dicts"_s})
        folders << QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, name,
                                             QStandardPaths::LocateDirectory);
    folders << u"/Library/Spelling"_s << QDir::home().filePath(u"Library/Spelling"_s);
    return folders;
}

} // namespace

class HunspellSpelling::Private {
public:
    QStringList folders;
    std::map<QString, QString> files; // language → path without its ending
    std::map<QString, Dictionary> open;

    void find();
    Dictionary& dictionary(const QString& language);
};

void HunspellSpelling::Private::find() {
    if (!files.empty()) return;
    for (const QString& folder : folders)
        for (const QFileInfo& file : QDir(folder).entryInfoList({u"*.aff"_s}, QDir::Files, QDir::Name)) {
            const QString path = file.path() + u'/' + file.completeBaseName();
            if (QFile::exists(path + ".dic"_L1)) files.try_emplace(file.completeBaseName(), path);
        }
}

Dictionary& HunspellSpelling::Private::dictionary(const QString& language) {
    const auto known = open.find(language);
    if (known != open.end()) return known->second;
    Dictionary& dictionary = open[language];
    find();
    const auto file = files.find(language);
    if (file == files.end()) return dictionary;
    const QByteArray path = QFile::encodeName(file->second);
    auto hunspell = std::make_unique<Hunspell>((path + ".aff").constData(), (path + ".dic").constData());
    const QByteArray encoding = QByteArray::fromStdString(hunspell->get_dict_encoding());
    dictionary.encode = QStringEncoder(encoding.constData());
    dictionary.decode = QStringDecoder(encoding.constData());
    if (dictionary.encode.isValid() && dictionary.decode.isValid()) dictionary.hunspell = std::move(hunspell);
    return dictionary;
}

HunspellSpelling::HunspellSpelling(const QStringList& folders) : d(std::make_unique<Private>()) {
    d->folders = folders.isEmpty() ? systemFolders() : folders;
}

HunspellSpelling::~HunspellSpelling() = default;

QStringList HunspellSpelling::languages() {
    d->find();
    QStringList names;
    for (const auto& [name, path] : d->files)
        names << name;
    return names;
}

bool HunspellSpelling::isKnown(const QString& language, const QString& word) {
    Dictionary& dictionary = d->dictionary(language);
    if (!dictionary.hunspell) return true;
    const QByteArray bytes = dictionary.encode(QString(word).replace(u'\u2019', u'\''));
    if (dictionary.encode.hasError()) {
        dictionary.encode.resetState();
        return true; // letters this dictionary cannot write
    }
    return dictionary.hunspell->spell(bytes.toStdString());
}

QStringList HunspellSpelling::suggestions(const QString& language, const QString& word) {
    Dictionary& dictionary = d->dictionary(language);
    if (!dictionary.hunspell) return {};
    const QByteArray bytes = dictionary.encode(word);
    QStringList words;
    for (const std::string& suggestion : dictionary.hunspell->suggest(bytes.toStdString()))
        words << dictionary.decode(QByteArray::fromStdString(suggestion));
    return words;
}

} // namespace aiva
