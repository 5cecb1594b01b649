#include "app/intent_trainer/mail_sources.h"

#include "app/intent_trainer/phrase_book.h"
#include "app/intent_trainer/public_corpora.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr int kVariants = 12;
constexpr quint32 kSeed = 20261129;

Result<TrainingSet> phrasesOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::NotFound, u"cannot read "_s + path};
    return mailsFromPhrases(QString::fromUtf8(file.readAll()), kVariants, kSeed);
}

struct Collection {
    QString name;
    QString file;
    Result<TrainingSet> (*read)(const QString& path);
};

} // namespace

Result<TrainingSet> mailsFrom(const MailSources& sources) {
    TrainingSet mails;
    const auto add = [&](const TrainingSet& more) { mails.insert(mails.end(), more.begin(), more.end()); };
    for (const QString& language : {u"en"_s, u"de"_s, u"fr"_s, u"es"_s}) {
        AIVA_TRY(const TrainingSet own, phrasesOf(u"%1/%2.txt"_s.arg(sources.phrases, language)));
        add(own);
    }
    const Collection collections[] = {{u"hint3"_s, u"hint3/hint3_curekart_train.tsv"_s, hint3Mails},
                                      {u"hint3"_s, u"hint3/hint3_sofmattress_train.tsv"_s, hint3Mails},
                                      {u"banking77"_s, u"banking77/train.csv"_s, bankingMails},
                                      {u"clinc150"_s, u"clinc150/data_full.json"_s, clincMails}};
    for (const Collection& collection : collections) {
        if (sources.corpora.isEmpty() || sources.without.contains(collection.name)) continue;
        AIVA_TRY(const TrainingSet found, collection.read(u"%1/intent/%2"_s.arg(sources.corpora, collection.file)));
        add(found);
    }
    return mails;
}

} // namespace aiva
