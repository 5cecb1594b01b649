#include "core/storage/privacy/person_eraser.h"

#include "core/storage/people/profile_pruning.h"
#include "core/storage/privacy/conversation_eraser.h"
#include "core/storage/privacy/mention_eraser.h"
#include "core/storage/privacy/queued_person_data.h"

namespace aiva {

using namespace Qt::StringLiterals;

// As domain/anonymous_order.h, for rows that are cached already. The hash was of what is gone: the next sync takes the
// order over once more, without it.
static constexpr std::string_view kAnonymiseOrder = R"sql(
UPDATE orders SET profile_id = NULL, customer_external_id = '', awaits_customer = 0, email = '', phone = '', note = '',
    status_page_url = '', shipping_address_text = '', tags = '', content_hash = 0,
    parts_hash = 0 WHERE id = ?1)sql";

class PersonEraser::Private {
public:
    explicit Private(Database& theWriter) : writer(theWriter) {}

    Database& writer;
    std::unique_ptr<ErasureMarks> marks;
    std::unique_ptr<ConversationEraser> conversations;
    std::unique_ptr<QueuedPersonData> queued;
    Statement deleteCustomer;
    Statement anonymise;
    Statement dropText;
    Statement dropParcels;
    Statement dropRefundNotes;

    Result<void> eraseRecords(const PersonRows& person, ErasureCounts& counts);
    Result<void> eraseProfile(ProfileId profile, const PersonRows& person, ErasureCounts& counts);
    Result<void> mark(const PersonRows& person, UtcTime at);
    Result<void> run(std::string_view sql, auto key);
};

Result<void> PersonEraser::Private::run(std::string_view sql, auto key) {
    AIVA_TRY(Statement statement, writer.prepare(sql));
    return statement.bind(1, key).run();
}

PersonEraser::PersonEraser(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

PersonEraser::~PersonEraser() = default;

Result<std::unique_ptr<PersonEraser>> PersonEraser::create(Database& writer) {
    auto priv = std::make_unique<Private>(writer);
    AIVA_TRY(priv->marks, ErasureMarks::create(writer));
    AIVA_TRY(priv->conversations, ConversationEraser::create(writer, *priv->marks));
    AIVA_TRY(priv->queued, QueuedPersonData::create(writer));
    AIVA_TRY(priv->deleteCustomer, writer.prepare("DELETE FROM customers WHERE id = ?1"));
    AIVA_TRY(priv->anonymise, writer.prepare(kAnonymiseOrder));
    AIVA_TRY(priv->dropText, writer.prepare("DELETE FROM order_texts WHERE order_id = ?1"));
    AIVA_TRY(priv->dropParcels, writer.prepare("UPDATE trackings SET number = '', url = '' WHERE order_id = ?1"));
    AIVA_TRY(priv->dropRefundNotes, writer.prepare("UPDATE refunds SET note = '' WHERE order_id = ?1"));
    return std::unique_ptr<PersonEraser>(new PersonEraser(std::move(priv)));
}

Result<ErasureCounts> PersonEraser::erase(const PersonRows& person, UtcTime at) {
    ErasureCounts counts;
    for (const ConversationId conversation : person.conversations)
        AIVA_CHECK(d->conversations->checkNothingIsLeaving(conversation));
    // Marks first: their scope is a row that stands.
    AIVA_CHECK(d->mark(person, at));
    for (const ConversationId conversation : person.conversations)
        AIVA_CHECK(d->conversations->erase(conversation, at, counts));
    AIVA_CHECK(d->eraseRecords(person, counts));
    AIVA_CHECK(d->queued->erase(person, at, counts));
    for (const ProfileId profile : person.profiles)
        AIVA_CHECK(d->eraseProfile(profile, person, counts));
    // What others wrote of somebody another store still knows is theirs to keep.
    if (person.isWhole) {
        AIVA_TRY(counts.mentions, eraseMentions(d->writer, person.addresses + person.phones));
    }
    return counts;
}

Result<void> PersonEraser::Private::mark(const PersonRows& person, UtcTime at) {
    AIVA_TRY(const std::string scope, marks->scopeOf(person.store));
    const std::string& scopeOfAddress = person.isWhole ? std::string() : scope;
    for (const QString& address : person.addresses)
        AIVA_CHECK(marks->add(ErasedKind::Address, scopeOfAddress, address.toStdString(), at));
    for (const StoreRecordName& customer : person.customerNames) {
        AIVA_TRY(const std::string ofStore, marks->scopeOf(customer.store));
        AIVA_CHECK(marks->add(ErasedKind::Customer, ofStore, customer.externalId.toStdString(), at));
    }
    return {};
}

Result<void> PersonEraser::Private::eraseRecords(const PersonRows& person, ErasureCounts& counts) {
    for (const qint64 customer : person.customers) {
        AIVA_CHECK(deleteCustomer.bind(1, customer).run());
        ++counts.customers;
    }
    for (const qint64 order : person.orders) {
        for (Statement* const statement : {&anonymise, &dropText, &dropParcels, &dropRefundNotes})
            AIVA_CHECK(statement->bind(1, order).run());
        ++counts.orders;
    }
    return {};
}

Result<void> PersonEraser::Private::eraseProfile(ProfileId profile, const PersonRows& person, ErasureCounts& counts) {
    if (!person.isWhole) return forgetWhatNobodySays(writer, profile);
    AIVA_CHECK(run("DELETE FROM match_corrections WHERE new_profile_id = ?1", profile));
    // A correction away from them to somebody else still holds; those of their own addresses went before.
    AIVA_CHECK(run("UPDATE match_corrections SET old_profile_id = NULL WHERE old_profile_id = ?1", profile));
    AIVA_CHECK(run("DELETE FROM profile_emails WHERE profile_id = ?1", profile));
    AIVA_CHECK(run("DELETE FROM profile_phones WHERE profile_id = ?1", profile));
    AIVA_CHECK(run("DELETE FROM profiles WHERE id = ?1", profile));
    ++counts.profiles;
    return {};
}

} // namespace aiva
