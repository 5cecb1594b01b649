// aiva: the desk.
#include "app/aiva/application.h"
#include "core/base/log.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLocale>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QStringList argumentsOf(int argc, char** argv) {
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

// Qt aborts where there is no display to open.
bool lacksDisplay() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    const auto isUnset = [](const char* name) { return qEnvironmentVariableIsEmpty(name); };
    return isUnset("DISPLAY") && isUnset("WAYLAND_DISPLAY") && isUnset("QT_QPA_PLATFORM");
#else
    return false;
#endif
}

} // namespace

int main(int argc, char** argv) {
    const aiva::Result<aiva::AivaOptions> options = aiva::parseAivaOptions(argumentsOf(argc, argv));
    if (!options) {
        std::fprintf(stderr, "aiva: %s; aiva --help tells more\n", qPrintable(options.error().detail));
        return 2;
    }
    if (options->help || options->version) {
        std::fputs(options->help ? aiva::aivaHelpText() : "aiva " AIVA_VERSION "\n", stdout);
        return 0;
    }
    if (lacksDisplay()) {
        if (options->screenshot.isEmpty()) {
            std::fputs("aiva: there is no display here; --screenshot FILE draws the desk into a picture\n", stderr);
            return 1;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    // Read by Qt when the application object is made.
    if (options->scale > 0) qputenv("QT_SCALE_FACTOR", QByteArray::number(options->scale));

    aiva::installLogHandler();
    int onlyOurs = 1; // Qt would look for its own options among ours
    QApplication application(onlyOurs, argv);
    QApplication::setApplicationName(u"aiva"_s);
    QApplication::setApplicationDisplayName(u"Aiva"_s);
    QApplication::setApplicationVersion(QStringLiteral(AIVA_VERSION));
    QApplication::setDesktopFileName(u"aiva"_s);
    // "C" says nothing about how people read dates and money.
    if (QLocale().language() == QLocale::C) QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    aiva::Theme::apply(application);
    aiva::Application desk(*options);
    QTimer::singleShot(0, &desk, &aiva::Application::start);
    return QApplication::exec();
}
