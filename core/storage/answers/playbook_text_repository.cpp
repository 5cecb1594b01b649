#include "core/storage/answers/playbook_text_repository.h"

namespace aiva {

class PlaybookTextRepository::Private {
public:
    Statement save;
    Statement remove;
    Statement all;
    Statement turnOff;
    Statement turnOn;
    Statement off;
};

PlaybookTextRepository::PlaybookTextRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

PlaybookTextRepository::~PlaybookTextRepository() = default;

Result<std::unique_ptr<PlaybookTextRepository>> PlaybookTextRepository::create(Database& database) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->save, database.prepare("INSERT OR REPLACE INTO playbook_texts (playbook, language, text, "
                                          "updated_at) VALUES (?1, ?2, ?3, ?4)"));
    AIVA_TRY(priv->remove, database.prepare("DELETE FROM playbook_texts WHERE playbook = ?1 AND language = ?2"));
    AIVA_TRY(priv->all, database.prepare("SELECT playbook, language, text FROM playbook_texts "
                                         "ORDER BY playbook, language"));
    AIVA_TRY(priv->turnOff, database.prepare("INSERT OR IGNORE INTO playbooks_off (playbook) VALUES (?1)"));
    AIVA_TRY(priv->turnOn, database.prepare("DELETE FROM playbooks_off WHERE playbook = ?1"));
    AIVA_TRY(priv->off, database.prepare("SELECT playbook FROM playbooks_off ORDER BY playbook"));
    return std::unique_ptr<PlaybookTextRepository>(new PlaybookTextRepository(std::move(priv)));
}

Result<void> PlaybookTextRepository::save(const PlaybookText& text, UtcTime at) {
    if (text.text.trimmed().isEmpty()) return d->remove.bind(1, text.playbook).bind(2, text.language).run();
    return d->save.bind(1, text.playbook).bind(2, text.language).bind(3, text.text).bind(4, at).run();
}

Result<std::vector<PlaybookText>> PlaybookTextRepository::all() {
    std::vector<PlaybookText> texts;
    for (;;) {
        AIVA_TRY(const bool more, d->all.step());
        if (!more) return texts;
        texts.push_back({d->all.text(0), d->all.text(1), d->all.text(2)});
    }
}

Result<void> PlaybookTextRepository::turnOff(const QString& playbook) {
    return d->turnOff.bind(1, playbook).run();
}

Result<void> PlaybookTextRepository::turnOn(const QString& playbook) {
    return d->turnOn.bind(1, playbook).run();
}

Result<QStringList> PlaybookTextRepository::off() {
    QStringList playbooks;
    for (;;) {
        AIVA_TRY(const bool more, d->off.step());
        if (!more) return playbooks;
        playbooks.append(d->off.text(0));
    }
}

} // namespace aiva
