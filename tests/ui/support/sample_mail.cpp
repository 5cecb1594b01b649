#include "tests/ui/support/sample_mail.h"

namespace aiva::sample {

using namespace Qt::StringLiterals;

namespace {

OutboxView mail(int id, OutboxState state, const QString& to, const QString& subject, const QString& snippet,
                UtcTime queuedAt) {
    OutboxView view;
    view.id = OutboxId(id);
    view.mailbox = MailboxId(1);
    view.mailboxAddress = u"support@acme.example"_s;
    view.conversation = ConversationId(id);
    view.state = state;
    view.subject = subject;
    view.recipients = {to};
    view.snippet = snippet;
    view.size = 4'096;
    view.queuedAt = queuedAt;
    view.notBefore = view.nextAttemptAt = queuedAt.plusSeconds(10);
    return view;
}

} // namespace

OutboxView waitingMail(UtcTime now) {
    return mail(1, OutboxState::Waiting, u"john@example.com"_s, u"Re: Where is my order?"_s,
                u"Hi John, thank you for being a VIP with us. I checked on order #1042: it was shipped with USPS."_s,
                now.plusSeconds(-2));
}

OutboxView laterMail(UtcTime now) {
    OutboxView view = mail(2, OutboxState::Waiting, u"maria@example.hu"_s, u"Re: Rossz méret érkezett"_s,
                           u"Kedves Mária, a cserét holnap reggel indítjuk."_s, now.plusSeconds(-300));
    view.notBefore = view.nextAttemptAt = now.plusSeconds(23 * 3600 + 17 * 60);
    view.recipients << u"office@example.hu"_s << u"warehouse@example.hu"_s;
    return view;
}

OutboxView sendingMail(UtcTime now) {
    return mail(3, OutboxState::Sending, u"laura@example.it"_s, u"Re: Invoice for #1029"_s,
                u"Hello Laura, the invoice with your VAT number is attached."_s, now.plusSeconds(-12));
}

OutboxView retryMail(UtcTime now) {
    OutboxView view = mail(4, OutboxState::Waiting, u"olena@example.ua"_s, u"Re: Повернення товару"_s,
                           u"Добрий день, Олено! Куртку можна повернути протягом 30 днів."_s, now.plusSeconds(-75));
    view.attempts = 1;
    view.nextAttemptAt = now.plusSeconds(240);
    view.error = u"Refused/Greylisted"_s;
    return view;
}

OutboxView unknownMail(UtcTime now) {
    OutboxView view = mail(5, OutboxState::Unknown, u"priya@example.in"_s, u"Re: Does the Trail Pack fit a laptop?"_s,
                           u"Hi Priya, it fits laptops up to 14 inches."_s, now.plusSeconds(-400));
    view.attempts = 1;
    view.error = u"Network/OutcomeUnknown"_s;
    return view;
}

OutboxView staleMail(UtcTime now) {
    OutboxView view = mail(6, OutboxState::Held, u"dan@northpeak.co"_s, u"Re: Delivery to the wrong door"_s,
                           u"Hi Dan, we are sorry. A new parcel leaves today."_s, now.plusSeconds(-900));
    view.error = u"Conflict/DraftStale"_s;
    return view;
}

OutboxView claimedMail(UtcTime now) {
    OutboxView view = mail(7, OutboxState::Held, u"tom@example.com"_s, u"Re: Gift card balance"_s,
                           u"Hi Tom, there are $20.00 left on your card."_s, now.plusSeconds(-1200));
    view.error = u"Conflict/ClaimTaken"_s;
    view.isAutomatic = true;
    return view;
}

OutboxView refusedMail(UtcTime now) {
    OutboxView view = mail(8, OutboxState::Failed, u"nadia@exmaple.bd"_s, u"Re: Two widgets, one missing"_s,
                           u"Hi Nadia, the missing widget left our warehouse this morning."_s, now.plusSeconds(-3000));
    view.error = u"Refused/RecipientRefused"_s;
    return view;
}

OutboxView filingMail(UtcTime now) {
    OutboxView view = mail(9, OutboxState::Filing, u"kim@example.kr"_s, u"Re: Address change"_s,
                           u"The address is changed."_s, now.plusSeconds(-90));
    view.sentAt = now.plusSeconds(-80);
    return view;
}

OutboxView sentMail(UtcTime now) {
    OutboxView view = mail(10, OutboxState::Sent, u"ana@example.pt"_s, u"Re: Is the jacket waterproof?"_s,
                           u"It is, up to 10,000 mm."_s, now.plusSeconds(-1900));
    view.sentAt = now.plusSeconds(-1890);
    return view;
}

std::vector<OutboxView> everyMail(UtcTime now) {
    return {sendingMail(now), waitingMail(now), retryMail(now),   laterMail(now),  unknownMail(now),
            staleMail(now),   claimedMail(now), refusedMail(now), filingMail(now), sentMail(now)};
}

MailboxView sharedMailbox(UtcTime now) {
    MailboxView view;
    view.account.id = MailboxId(1);
    view.account.address = u"support@acme.example"_s;
    view.account.displayName = u"Acme Support"_s;
    view.account.userName = view.account.address;
    view.account.imap = {u"imap.acme.example"_s, 993, MailSecurity::Tls};
    view.account.smtp = {u"smtp.acme.example"_s, 465, MailSecurity::Tls};
    view.account.signatureText = u"Kim at Acme\nacme.example"_s;
    view.account.authservId = u"mx.acme.example"_s;
    view.account.store = StoreId(1);
    view.account.teamMode = TeamMode::Shared;
    view.account.sentProof = SentProof::ServerFiles;
    view.account.agentSlot = 1;
    view.account.lastSyncAt = now.plusSeconds(-60);
    view.storeName = u"acme"_s;
    view.messages = 18'204;
    view.team = {{1, u"Kim"_s, true}, {2, u"Anna"_s, false}, {3, u"Ben"_s, false}};
    return view;
}

MailboxView soloMailbox(UtcTime now) {
    MailboxView view;
    view.account.id = MailboxId(2);
    view.account.address = u"orders@acme.example"_s;
    view.account.displayName = u"Acme Orders"_s;
    view.account.userName = view.account.address;
    view.account.imap = {u"outlook.office365.example"_s, 993, MailSecurity::Tls};
    view.account.smtp = {u"smtp.office365.example"_s, 587, MailSecurity::StartTls};
    view.account.teamMode = TeamMode::SingleAgent;
    view.account.teamReason = u"no_condstore"_s;
    view.account.sentProof = SentProof::OwnCopy;
    view.account.lastSyncAt = now.plusSeconds(-3600);
    view.messages = 4'120;
    view.messagesToFetch = 2'310;
    view.faults = 3;
    return view;
}

MailboxView lostMailbox(UtcTime now) {
    MailboxView view = sharedMailbox(now);
    view.account.id = MailboxId(3);
    view.account.address = u"help@acme.example"_s;
    view.account.auth = MailAuth::OAuth;
    view.account.oauth.name = u"google"_s;
    view.account.status = MailboxStatus::Disconnected;
    view.account.lastError = u"Auth/LoginExpired"_s;
    view.account.lastSyncAt = now.plusSeconds(-26 * 3600);
    return view;
}

MailboxView partedMailbox(UtcTime now) {
    MailboxView view = sharedMailbox(now);
    view.account.id = MailboxId(4);
    view.account.address = u"old@acme.example"_s;
    view.account.status = MailboxStatus::Disconnected;
    view.account.lastError.clear();
    view.team.clear();
    return view;
}

std::vector<CannedReply> cannedReplies() {
    return {{CannedReplyId(1), u"Order shipped"_s,
             u"Hi {{customer.first_name}},\n\nyour order {{order.name}} is on its way: {{order.tracking_link}}"_s, 42},
            {CannedReplyId(2), u"Return steps"_s,
             u"Hi {{customer.first_name}},\n\nyou can return it within 30 days. Put the label on the parcel and drop "
             "it at the post office."_s,
             7},
            {CannedReplyId(3), u"Thank you"_s, u"Thank you for writing to us."_s, 0}};
}

} // namespace aiva::sample
