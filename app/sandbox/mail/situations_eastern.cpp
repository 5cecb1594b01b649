#include "app/sandbox/mail/situations.h"

#include <iterator>

namespace aiva::sandbox {

using P = Phase;
using L = LetterStyle;

const std::vector<Situation>& easternSituations() {
    static const std::vector<Situation> all{
        {"hu", P::Moving, "Hol tart a csomagom? {order}",
         "Tisztelt Ügyfélszolgálat!\n\n{date}-án rendeltem, a csomagszám {tracking}, de napok óta nincs változás. Meg "
         "tudnák "
         "nézni, hol van?\n\nKöszönettel,\n{name}",
         "Kedves {first}!\n\nA csomag úton van ({carrier}), itt követhető:\n{link}\n\nMia, Acme Outdoor",
         "Köszönöm, megérkezett!\n\n{first}"},
        {"hu", P::Delivered, "Visszaküldés",
         "Jó napot kívánok!\n\nA(z) {order} rendelésből ezt szeretném visszaküldeni: {item}. Bontatlan, címkés. Mi a "
         "teendő?\n\nÜdvözlettel,\n{name}",
         "Kedves {first}!\n\nA visszaküldés a honlapunkon indítható a {order} rendelésszámmal.\n\nTheo, Acme Outdoor",
         nullptr, L::Plain},
        {"hu", P::Open, "Címmódosítás",
         "Sziasztok! A {order} rendelést át tudnátok irányítani a munkahelyemre? Napközben csak ott vagyok.\n\n{first}",
         "Szia {first}!\n\nÍrd meg kérlek a pontos címet, amíg a csomag nálunk van.\n\nMia, Acme Outdoor", nullptr,
         L::Phone},
        {"uk", P::Moving, "Питання щодо замовлення {order}",
         "Добрий день!\n\nЗамовлення оформлено {date}, номер {tracking}, але статус не змінюється. Чи можете "
         "перевірити, де "
         "зараз {item}?\n\nЗ повагою,\n{name}",
         "Вітаємо, {first}!\n\nПосилка в дорозі ({carrier}), стежити можна тут:\n{link}\n\nМія, Acme Outdoor",
         "Отримала, дуже дякую!\n\n{first}"},
        {"uk", P::Delivered, "Обмін розміру",
         "Вітаю!\n\nРозмір не підійшов: {item} із замовлення {order}. Чи можна обміняти на більший? Річ нова, з "
         "бірками.\n\n{name}",
         "Вітаємо, {first}!\n\nПеревіряю наявність і повернуся з відповіддю.\n\nТео, Acme Outdoor", nullptr},
        {"uk", P::Open, "Скасувати замовлення",
         "Прошу скасувати замовлення {order}, знайшла дешевше. Дякую.\n\n{first}",
         "Вітаємо, {first}!\n\nПередали на склад, підтвердимо, щойно вони відповідять.\n\nМія, Acme Outdoor", nullptr,
         L::Phone},
        {"ja", P::Moving, "注文{order}の配送状況について",
         "お世話になっております。{name}と申します。\n\n{date}に注文した商品（{item}）がまだ届いておりません。追跡番号{"
         "tracking}の状況を"
         "ご確認いただけますでしょうか。\n\nよろしくお願いいたします。",
         "{name} "
         "様\n\nお問い合わせありがとうございます。お荷物は{carrier}にて配送中です。こちらでご確認いただけます。\n{link}"
         "\n\nAcme "
         "Outdoor ミア",
         "本日無事に届きました。ありがとうございました。\n\n{name}"},
        {"ja", P::Delivered, "返品のお願い",
         "はじめまして。{name}です。\n\n注文{order}の{item}"
         "ですが、イメージと違ったため返品を希望します。未使用でタグも付いております。手続き"
         "を教えてください。",
         "{name} "
         "様\n\nご連絡ありがとうございます。返品ページにて注文番号{order}をご入力のうえ、お手続きください。\n\nAcme "
         "Outdoor テオ",
         nullptr, L::Plain},
        {"ja", P::Open, "届け先の変更",
         "お世話になります。注文{order}の届け先を勤務先に変更したいのですが、まだ間に合いますでしょうか。\n\n{name}",
         "{name} 様\n\nまだ発送前でございます。変更後のご住所をお知らせください。\n\nAcme Outdoor ミア", nullptr,
         L::Web},
    };
    return all;
}

std::vector<const Situation*> situationsFor(std::string_view language, Phase phase) {
    std::vector<const Situation*> fitting;
    const auto collect = [&](std::string_view wanted) {
        for (const auto* table : {&englishSituations(), &westernSituations(), &easternSituations()})
            for (const Situation& situation : *table)
                if (situation.language == wanted && situation.phase == phase) fitting.push_back(&situation);
    };
    collect(language.substr(0, 2));
    if (fitting.empty()) collect("en");
    return fitting;
}

} // namespace aiva::sandbox
