// The rules of the house that a compiler does not know: which floor may include which, where SQL and tr() may stand,
// what is not used at all, how large a file may grow, and the format. Declared apart: moc trips over the patterns.
#pragma once

#include <QObject>
#include <QStringList>

struct SourceFile {
    QString path; // from the root
    QStringList lines;
};

class LintTest : public QObject {
    Q_OBJECT

private:
    QStringList m_problems;

    void complain(const SourceFile& file, qsizetype line, const QString& what);
    void forbid(const QStringList& folders, const QStringList& except, const QString& pattern, const QString& what);

private Q_SLOTS:
    void init();
    void cleanup();
    void findsTheSources();
    void includesOnlyLowerFloors();
    void coreKnowsNoWidgets();
    void keepsSqlInStorageAndReadmodel();
    void translatesOnlyInUi();
    void waitsForNoFuture();
    void asksOnlyTheClockForNow();
    void testsArePatient();
    void keepsColoursInTheTheme();
    void hasTheFormsOfEveryPlural();
    void keepsFilesSmall();
    void opensHeadersWithAPurpose();
    void leavesNothingUnfinished();
    void isFormatted();
};
