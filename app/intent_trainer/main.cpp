// aiva-intent-trainer --corpora DIR --phrases DIR --out FILE [--without hint3,banking77,clinc150]
// Makes resources/intent/model.bin again: own phrases in four languages, and the public collections that are present.
#include "app/intent_trainer/intent_training.h"
#include "app/intent_trainer/mail_sources.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSaveFile>

#include <cstdio>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

Result<void> trainInto(const QString& path, const MailSources& sources) {
    AIVA_TRY(const TrainingSet mails, mailsFrom(sources));
    std::printf("%zu mails\n", mails.size());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return Error{ErrorKind::Storage, u"cannot write "_s + path};
    file.write(trainedModel(mails, {}));
    if (!file.commit()) return Error{ErrorKind::Storage, u"cannot write "_s + path};
    return {};
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"corpora"_s, u"Folder of the public collections; without it only own phrases."_s, u"dir"_s});
    parser.addOption({u"phrases"_s, u"Folder of the phrase files."_s, u"dir"_s});
    parser.addOption({u"out"_s, u"The model file to write."_s, u"file"_s});
    parser.addOption({u"without"_s, u"Collections to leave out, separated by commas."_s, u"names"_s});
    parser.process(application);
    const Result<void> done = trainInto(parser.value(u"out"_s), {parser.value(u"phrases"_s), parser.value(u"corpora"_s),
                                                                 parser.value(u"without"_s).split(u',')});
    if (done) return 0;
    std::fprintf(stderr, "%s\n", qPrintable(done.error().detail));
    return 1;
}
