#include "tests/fuzz/seed_corpus.h"

#include "tests/support/corpora.h"

#include <QDir>
#include <QRandomGenerator>

namespace aiva::test {

using namespace Qt::StringLiterals;

QByteArrayList seedCorpus(const QString& name) {
    QByteArrayList all;
    const QDir folder(sourceDir() + u"/tests/fuzz/seeds/"_s + name);
    for (const QFileInfo& info : folder.entryInfoList(QDir::Files, QDir::Name)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly)) all.append(file.readAll());
    }
    return all;
}

QByteArray mutatedSeed(const QByteArrayList& seeds, const QByteArray& meaningful, QRandomGenerator& random) {
    QByteArray bytes = seeds.at(random.bounded(seeds.size()));
    for (int i = random.bounded(1, 8); i > 0 && !bytes.isEmpty(); --i) {
        const qsizetype at = random.bounded(bytes.size());
        switch (random.bounded(5)) {
        case 0:
            bytes[at] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            bytes[at] = meaningful.at(random.bounded(meaningful.size()));
            break;
        case 2:
            bytes.remove(at, random.bounded(1, 20));
            break;
        case 3:
            bytes.insert(at, bytes.mid(at, random.bounded(1, 40)));
            break;
        default: {
            const QByteArray& other = seeds.at(random.bounded(seeds.size()));
            bytes.insert(at, other.mid(random.bounded(other.size()), random.bounded(1, 60)));
        }
        }
    }
    return bytes;
}

} // namespace aiva::test
