#include "core/storage/conversations/note_repository.h"

#include "core/storage/database/in_transaction.h"
#include "core/storage/replies/draft_repository.h"

namespace aiva {

using namespace Qt::StringLiterals;

class NoteRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    std::unique_ptr<DraftRepository> drafts;
    Statement insert;
    Statement read;
};

NoteRepository::NoteRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

NoteRepository::~NoteRepository() = default;

Result<std::unique_ptr<NoteRepository>> NoteRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_TRY(priv->drafts, DraftRepository::create(database));
    AIVA_TRY(priv->insert, database.prepare("INSERT INTO notes (conversation_id, author, text, written_at) "
                                            "VALUES (?1, ?2, ?3, ?4)"));
    AIVA_TRY(priv->read, database.prepare("SELECT id, author, text, written_at FROM notes WHERE conversation_id = ?1 "
                                          "ORDER BY written_at, id"));
    return std::unique_ptr<NoteRepository>(new NoteRepository(std::move(priv)));
}

Result<NoteId> NoteRepository::add(ConversationId conversation, const QString& author, const QString& text,
                                   UtcTime at) {
    if (text.trimmed().isEmpty()) return Error{ErrorKind::Invalid, u"a note needs words"_s};
    return inTransaction(d->database, [&]() -> Result<NoteId> {
        AIVA_CHECK(d->insert.bind(1, conversation).bind(2, author).bind(3, text.trimmed()).bind(4, at).run());
        const NoteId id(d->database.lastInsertId());
        AIVA_CHECK(d->drafts->removeNote(conversation));
        return id;
    });
}

Result<std::vector<NoteRow>> NoteRepository::ofConversation(ConversationId conversation) {
    d->read.bind(1, conversation);
    std::vector<NoteRow> notes;
    for (;;) {
        AIVA_TRY(const bool more, d->read.step());
        if (!more) return notes;
        notes.push_back({d->read.id<NoteId>(0), conversation, d->read.text(1), d->read.text(2), d->read.time(3)});
    }
}

} // namespace aiva
