// One run of KeychainSecretStore in whatever session it finds itself; prints a line per call. "remember NAME VALUE"
// only writes, "recall NAME" only reads, "all" tries everything, also from several threads.
#include "core/adapters/secrets/keychain_secret_store.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstdio>
#include <thread>
#include <vector>

using namespace aiva;
using namespace Qt::StringLiterals;

template <typename T>
static bool say(const char* what, const Result<T>& result) {
    std::printf("%s: %s\n", what,
                result ? "ok" : qPrintable(errorCauseName(result.error().cause) + u' ' + result.error().detail));
    return result.has_value();
}

static void tryEverything(KeychainSecretStore& store) {
    if (!say("probe", store.probe())) return;
    const SecretString secret(std::string_view("sch\xc3\xa9l\0\xff binary", 15));
    say("write", store.write(u"workspace-key/é"_s, secret));
    const auto back = store.read(u"workspace-key/é"_s);
    std::printf("same: %d\n", back && *back && (*back)->equals(secret));
    say("overwrite", store.write(u"workspace-key/é"_s, SecretString("second")));
    say("remove", store.remove(u"workspace-key/é"_s));
    const auto gone = store.read(u"workspace-key/é"_s);
    std::printf("gone: %d\n", gone && !*gone);

    std::vector<std::thread> threads;
    std::vector<int> good(4);
    for (size_t i = 0; i < good.size(); ++i)
        threads.emplace_back([i, &good] {
            KeychainSecretStore own;
            for (int round = 0; round < 5; ++round) {
                const QString name = u"thread/%1/%2"_s.arg(i).arg(round);
                const SecretString value(std::to_string(i * 100 + static_cast<size_t>(round)));
                const bool kept = own.write(name, value).has_value();
                const auto read = own.read(name);
                good[i] += kept && read && *read && (*read)->equals(value) && own.remove(name);
            }
        });
    for (auto& thread : threads)
        thread.join();
    std::printf("threads: %d\n", good[0] + good[1] + good[2] + good[3]);
}

int main(int count, char** values) {
    const QCoreApplication application(count, values);
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    const QStringList arguments = QCoreApplication::arguments();
    KeychainSecretStore store(u"Aiva"_s, 15'000);
    if (arguments.value(1) == u"remember"_s) {
        say("write", store.write(arguments.value(2), SecretString(arguments.value(3).toStdString())));
    } else if (arguments.value(1) == u"recall"_s) {
        const auto value = store.read(arguments.value(2));
        std::printf("value: %s\n", value && *value ? std::string((*value)->reveal()).c_str() : "absent");
    } else {
        tryEverything(store);
    }
    return 0;
}
