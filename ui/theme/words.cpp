#include "ui/theme/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

// Outside any namespace, as the macro wants it. The words live in a static library.
static void initializeWordResources() {
    Q_INIT_RESOURCE(aiva_words);
}

namespace aiva {

using namespace Qt::StringLiterals;

static void install(QCoreApplication& application, const QLocale& language) {
    auto* translator = new QTranslator(&application);
    if (translator->load(language, u"aiva"_s, u"_"_s, u":/translations"_s))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

void installWords(QCoreApplication& application) {
    initializeWordResources();
    const QLocale english(QLocale::English, QLocale::UnitedStates);
    install(application, english); // asked last: what a language lacks reads in English
    if (QLocale().language() != QLocale::English && QLocale().language() != QLocale::C) install(application, QLocale());
}

} // namespace aiva
