#include "core/domain/mail/quote_marks.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Longer lines are prose, and regular expressions stay cheap.
constexpr qsizetype kLongestMark = 400;
constexpr int kMostAttributionLines = 7;

QRegularExpression markPattern(const QString& text) {
    return QRegularExpression(text, QRegularExpression::CaseInsensitiveOption |
                                        QRegularExpression::UseUnicodePropertiesOption);
}

bool contains(const QRegularExpression& expression, QStringView text) {
    return expression.match(text).hasMatch();
}

// Without emphasis and outer quotation: "*From:* x", "> From: x".
QStringView bare(QStringView line) {
    while (!line.isEmpty() && (line.front() == u'>' || line.front() == u'*' || line.front().isSpace()))
        line = line.sliced(1);
    while (!line.isEmpty() && (line.back() == u'*' || line.back().isSpace()))
        line.chop(1);
    return line;
}

// A time of day, a four-digit year, or an address: something an attribution names and prose seldom does.
bool namesTimeOrAddress(QStringView text) {
    static const QRegularExpression expression =
        markPattern(uR"(\d{1,2}[:.h]\d{2}|\b(19|20)\d{2}\b|年|[\w.+-]+@[\w-]+\.\w)"_s);
    return contains(expression, text);
}

bool saysWrote(QStringView text) {
    static const QRegularExpression expression = markPattern(
        uR"(\b(wrote|writes|said|a écrit|écrit|schrieb|geschrieben|escribió|escribio|ha escrito|escreveu|ha scritto|scritto|schreef|geschreven|skrev|napisał|napisał\(a\)|napisała|napisal|написал|написала|пише|написав|yazdı|yazmış|kirjoitti|írta|scrisse|a scris|napsal|napísal|έγραψε|đã viết|menulis)(\(a\))?\b|написал|пишет|писал|写道|寫道|写：|のメール|wrote ----|さん(は|が)書きました|님이 작성)"_s);
    return contains(expression, text);
}

bool endsLikeAttribution(QStringView text) {
    static const QRegularExpression expression =
        markPattern(uR"(([:：]\s*\*?|----|\bwrote\s*|\bschrieb\s*|a écrit\s*)$)"_s);
    return contains(expression, text);
}

// "2016-03-03 17:21 GMT+01:00 Some One", "2013/7/20 sam <a@b.c>": a date, then who.
bool isDatedAuthor(QStringView text) {
    static const QRegularExpression withZone = markPattern(
        uR"(^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}\s+(GMT|UTC)\s*[+-]\d{1,2}:\d{2}\s+\S.{0,120}$)"_s);
    static const QRegularExpression withAddress =
        markPattern(uR"(^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.{0,120}<\s*[^<>@\s]+@[^<>\s]+\s*>\s*:?$)"_s);
    return contains(withZone, text) || contains(withAddress, text);
}

enum class Field { None, From, Other };

Field fieldOf(QStringView line) {
    static const QRegularExpression from = markPattern(
        uR"(^(From|Von|De|Da|Van|Från|Fra|От|Від|Od|Feladó|Lähettäjä|Kimden|De la|Expéditeur|Mittente|差出人|发件人|寄件者|보낸 사람)\s*\*?\s*[:：])"_s);
    static const QRegularExpression other = markPattern(
        uR"(^(To|An|À|Para|A|Aan|Till|Til|Кому|Do|Címzett|Vastaanottaja|Kime|Către|Destinataire|Cc|CC|Kopie|Kopia|Copie|Bcc|Reply-To|Répondre à|Antwort an|Risposta|Responder a|Date|Datum|Data|Fecha|Dato|Дата|Dátum|Päivämäärä|Tarih|Sent|Gesendet|Gesendet am|Envoyé|Enviado|Enviado el|Inviato|Verzonden|Skickat|Sendt|Отправлено|Надіслано|Wysłano|Wysłane|Elküldve|Lähetetty|Gönderme Tarihi|Subject|Betreff|Objet|Sujet|Asunto|Assunto|Oggetto|Onderwerp|Ämne|Emne|Тема|Temat|Tárgy|Aihe|Konu|Importance|送信日時|宛先|件名|日期|收件人|主题|主旨|抄送|받는 사람|제목|날짜)\s*\*?\s*[:：])"_s);
    const QStringView text = bare(line);
    if (text.isEmpty() || line.size() > 4 * kLongestMark) return Field::None;
    const QStringView start = text.left(40);
    if (contains(from, start)) return Field::From;
    return contains(other, start) ? Field::Other : Field::None;
}

} // namespace

bool isQuoteLine(QStringView line) {
    const QStringView text = line.trimmed();
    if (text.isEmpty()) return false;
    static const QRegularExpression initials = markPattern(uR"(^[A-Z]{1,3}>( |$))"_s); // "C> text", Supercite
    if (text.front() == u'>') return !text.startsWith(">>>>>>> "_L1);
    if (text.front() == u'|') return text.size() == 1 || text.at(1).isSpace();
    return contains(initials, text.left(8));
}

bool isEmbeddedMailMark(QStringView line) {
    if (line.size() > kLongestMark) return false;
    static const QRegularExpression framed = markPattern(
        uR"(^[-_=*\s]{3,}\s*(Original Message|Original Email|Original Appointment|Forwarded message|Forwarded by .{1,80}|Reply message|Ursprüngliche Nachricht|Ursprüngliche E-?Mail|Originalnachricht|Original-Nachricht|Weitergeleitete Nachricht|Message d'origine|Message original|Message transféré|Message initial|Mensaje original|Mensaje reenviado|Mensagem original|Mensagem encaminhada|Messaggio originale|Messaggio inoltrato|Oorspronkelijk bericht|Doorgestuurd bericht|Originalmeddelande|Ursprungligt meddelande|Vidarebefordrat meddelande|Opprinnelig melding|Original meddelelse|Oprindelig meddelelse|Oprindelig besked|Alkuperäinen viesti|Wiadomość oryginalna|Oryginalna wiadomość|Wiadomość przekazana|Исходное сообщение|Пересылаемое сообщение|Пересланное сообщение|Оригінальне повідомлення|Původní zpráva|Eredeti üzenet|Özgün ileti|Orijinal mesaj|元のメッセージ|原始邮件|原始郵件|转发的邮件|원본 메시지)\s*[-_=*\s]{3,}$)"_s);
    static const QRegularExpression apple = markPattern(
        uR"(^(Begin forwarded message|Anfang der weitergeleiteten Nachricht|Anfang der weitergeleiteten E-Mail|Début du message transféré|Début du message réexpédié|Inicio del mensaje reenviado|Inizio messaggio inoltrato|Begin doorgestuurd bericht|Vidarebefordrat brev|Início da mensagem reencaminhada)\s*:?$)"_s);
    static const QRegularExpression starred =
        markPattern(uR"(^\*?-{3,}\s*(Original Message|Mensaje original|Ursprüngliche Nachricht)\s*-{3,}\*?$)"_s);
    const QStringView trimmed = line.trimmed();
    return contains(framed, trimmed) || contains(starred, trimmed) || contains(apple, bare(line));
}

int attributionLength(const std::vector<QStringView>& lines, size_t at) {
    QString joined;
    int emptyLines = 0;
    for (int count = 1; count <= kMostAttributionLines && at + static_cast<size_t>(count) <= lines.size(); ++count) {
        const QStringView line = bare(lines[at + static_cast<size_t>(count) - 1]);
        if (line.isEmpty() && (count == 1 || ++emptyLines > 1)) return 0;
        if (count > 1) joined += u' ';
        joined += line;
        if (joined.size() > kLongestMark) return 0;
        // The first line must already look like the start: a date, or everything at once.
        if (count == 1 && !namesTimeOrAddress(joined)) {
            static const QRegularExpression start =
                markPattern(uR"(^(On|Am|Le|El|Il|Em|Op|Den|På|W dniu|Dnia|At)\b.*\d)"_s);
            if (!contains(start, joined)) return 0;
        }
        if (isDatedAuthor(joined)) return count;
        if (endsLikeAttribution(joined) && saysWrote(joined) && namesTimeOrAddress(joined)) return count;
    }
    return 0;
}

int headerBlockLength(const std::vector<QStringView>& lines, size_t at) {
    if (fieldOf(lines[at]) == Field::None) return 0;
    int fields = 0;
    bool hasFrom = false;
    int emptyLines = 0;
    size_t end = at;
    for (size_t i = at; i < lines.size() && i < at + 20; ++i) {
        const Field field = fieldOf(lines[i]);
        if (field != Field::None) {
            ++fields;
            hasFrom = hasFrom || field == Field::From;
            end = i + 1;
            emptyLines = 0;
            continue;
        }
        // A folded subject or list of recipients may go on; one empty line may stand between (HTML made text).
        if (bare(lines[i]).isEmpty()) {
            if (++emptyLines > 1 || fields >= 3) break;
        } else if (emptyLines > 0 || i > end + 3) {
            break;
        }
    }
    return fields >= 3 && hasFrom ? static_cast<int>(end - at) : 0;
}

bool isSignatureMark(QStringView line) {
    const QStringView text = line.trimmed();
    return text == "--"_L1 || text == "---"_L1 || text == u"—" || text == u"– –" || text == u"——";
}

bool isRule(QStringView line) {
    const QStringView text = line.trimmed();
    if (text.isEmpty()) return false;
    return std::all_of(text.begin(), text.end(), [](QChar c) { return u"-_=~#*+—–ᐧ"_s.contains(c); }) &&
           (text.size() >= 2 || text.front() == u'—' || text.front() == u'ᐧ');
}

bool isDeviceLine(QStringView line) {
    constexpr qsizetype longest = 160;
    const QStringView text = line.trimmed();
    if (text.isEmpty() || text.size() > longest) return false;
    static const QString device =
        uR"((?:i-?phone|i-?pad|i-?pod|i-?mac|macbook|mobile|phone\b|cell|smart\s?phone|handy|samsung|galaxy|htc|android|blackberry|alcatel|nokia|lumia|huawei|xiaomi|pixel|oneplus|sony|motorola|tablet|ti-85|windows|mailbox|yahoo|outlook|airmail|mail\b|gmail|gmx|web\.de|proton|spark|device|tele[fp]|telefo|galaxy|aol|kindle|appareil|dispositivo|mobil))"_s;
    static const QRegularExpression sent = markPattern(
        uR"(^[<(\[*\s]*(?:(?:sent|written|typed|posted) (?:from|via|with|by|using|on)|\w+ from (?:my )?mobile$|from my i?phone|get \[?outlook|envoyé (?:depuis|de|à partir|avec)|gesendet (?:von|mit|über)|enviado (?:desde|do|de|a partir|con|pelo)|inviato (?:da|dal|con)|verzonden (?:vanaf|met|van|via)|skickat från|sendt fra|lähetetty|wysłan\w+ z|отправлено (?:с|из)|надіслано з|iphone\w* gönderildi|odesláno z)[^\n]{0,28}?)"_s +
        device);
    static const QRegularExpression other = markPattern(
        uR"(^(?:從我的 .{1,20} 傳送|从我的 ?.{1,20}发(?:送|自.*)|发自我的.{1,20}|.{0,4}(?:iphone|ipad)から送信|나의 .{1,20}에서 보냄|.{1,20}에서 보냄|von mein\w+ .{1,40} gesendet\.?|diese nachricht wurde (?:von|mit) .{1,60}gesendet\.?|\w+ from mobile|from my i?phone.{0,10}|get \[?outlook for .*|télécharger outlook pour .*|holen sie sich outlook.*|obtener outlook para .*)$)"_s);
    // The device is named early: "Sent from my desk, which beats my phone" is prose.
    const QRegularExpressionMatch match = sent.match(text);
    if (match.hasMatch() && match.capturedLength() <= 60) return true;
    return contains(other, text);
}

} // namespace aiva
