#include "app/sandbox/mail/stories.h"

namespace aiva::sandbox {

using W = Writer;
using L = LetterStyle;
using Special = Story::Special;

const std::vector<Story>& openStories() {
    static const std::vector<Story> stories{
        {John,
         0,
         "Where is my order?",
         "en",
         L::Web,
         {{W::Customer, 3, R"(Hi,

Can you check on my order? I bought the blue widgets last week and they are a birthday present for Saturday.

Thanks, John)"}},
         nullptr,
         nullptr,
         nullptr,
         Special::QuotesConfirmation},
        {Maria, 0, "Rossz méret érkezett", "hu", L::Web, {{W::Customer, 18, R"(Kedves Acme Outdoor!

A rendelésem {order}, de L helyett M-es érkezett. A kabát gyönyörű, csak sajnos szűk a vállánál. Kicserélhető L-esre? A címke még rajta van, egyszer próbáltam fel.

Üdvözlettel,
Kovács Mária)"}}},
        {Olena, 0, "Повернення товару", "uk", L::Phone, {{W::Customer, 42, R"(Добрий день!

Хочу повернути куртку, яку отримала минулого тижня (замовлення {order}). Вона якісна, але колір наживо зовсім інший, ніж на фото. Підкажіть, будь ласка, куди її надіслати і хто оплачує доставку?

Дякую,
Олена)"}}},
        {Laura,
         0,
         "Invoice for {order}",
         "en",
         L::Outlook,
         {{W::Customer, 62, R"(Hello,

could you send the invoice with our VAT number IT00743110157 for order {order}? Our accountant needs it before the end of the month, company name Bianchi Trekking S.r.l.

Thank you and best regards
Laura Bianchi)"}},
         nullptr,
         nullptr,
         "\"Amministrazione\" <amministrazione@bianchi-trekking.example>"},
        {Siobhan, 0, "Please change the address before it ships", "en", L::Phone, {{W::Customer, 96, R"(Hi there,

I ordered this morning ({order}) and only now noticed it is going to my old flat. Could you send it to 14 Nuns' Island, Galway, H91 F5TE instead? The wind shell is for a trip on Thursday so I'd hate for it to do a tour of Cork first!

Go raibh míle maith agaibh,
Siobhán)"}}},
        {Priya, -1, "Does the Trail Pack fit a 15\" laptop?", "en", L::Web, {{W::Customer, 178, R"(Hello,

Thinking of ordering two for my team, would like to know if the Trail Pack 28 L takes a 15" laptop in a sleeve (36 x 25 cm). And is the back panel stiff enough to carry it without the corners poking through?

Also: is the rain cover included or a separate item?

Best,
Priya)"}}},
        {Tom,
         0,
         "CANCEL order please",
         "en",
         L::Phone,
         {{W::Customer, 205,
           R"(Morning, sorry but can I cancel {order} ({item})? My brother in law just turned up with the exact same tent. Only ordered it a few hours ago so hopefully its not packed yet.

Tom)"}}},
        {Ahmed,
         0,
         "أين طلبي؟",
         "ar",
         L::Web,
         {{W::Customer, 260, R"(السلام عليكم،

طلبت مصباحين وبطارية قبل أسبوع (رقم الطلب {order}) ولم يصلني شيء حتى الآن. رقم التتبع {tracking} لم يتغير منذ ثلاثة أيام.

هل يمكنكم التأكد من مكان الشحنة؟ أحتاجها قبل رحلة التخييم يوم الجمعة.

مع الشكر،
أحمد المنصوري)"}},
         nullptr,
         nullptr,
         nullptr,
         Special::RightToLeft},
        {Camille,
         0,
         "Casserole arrivée cabossée",
         "fr",
         L::Web,
         {{W::Customer, 318, R"(Bonjour,

Le colis {order} est bien arrivé ce matin, mais la casserole est enfoncée sur le côté et le couvercle ne ferme plus (photo ci-dessous). Le carton, lui, était intact.

Est-il possible d'en recevoir une autre ? Le réchaud et les cuillères sont parfaits.

Bien cordialement,
Camille Moreau)",
           Enclosed::Photo}}},
        {Grace, 0, "Thank you!!", "en", L::Web, {{W::Customer, 390, R"(Hi all,

just wanted to say the three Trail Packs ({order}) made it up Longs Peak and back in sideways sleet and nothing inside got wet. The hiking club is jealous and you will probably hear from some of them.

One tiny question while I'm here: can I buy a spare sternum strap? The dog ate mine.

Grace)"}}},
        {Misaki, 0, "ギフト包装について", "ja", L::Plain, {{W::Customer, 452, R"(お世話になっております。佐藤です。

先日注文したマグカップ（{order}）の件でご連絡しました。ギフト包装をお願いしましたが、納品書は同梱されますか？
友人へのプレゼントなので、金額の分かるものは入れないでいただきたいです。

また、到着予定日を教えていただけると助かります。

どうぞよろしくお願いいたします。
佐藤 美咲)"}}},
        {Joao, 0, "A encomenda parou?", "pt", L::Web, {{W::Customer, 540, R"(Boa tarde,

A minha encomenda {order} não se mexe há quase uma semana. O seguimento da {carrier} ({tracking}) continua a dizer "em atraso" e ninguém atende o telefone.

Vou acampar no fim de semana e sem colchão não dá. Conseguem ver o que se passa?

Obrigado,
João Carvalho)"}}},
        {Lena, 0, "Umtausch Größe 39 → 40", "de", L::Latin1, {{W::Customer, 655, R"(Liebes Acme-Team,

die Wanderschuhe aus Bestellung {order} sind wunderschön, aber mit dicken Socken leider zu klein. Ich würde gern auf Größe 40 tauschen. Getragen habe ich sie nur in der Wohnung.

Muss ich das Rücksendeetikett selbst ausdrucken? Ich habe nämlich keinen Drucker.

Viele Grüße
Lena Hoffmann)"}}},
        {Sofia, 0, "Devolución del pantalón", "es", L::Phone, {{W::Customer, 790, R"(Hola:

Recibí ayer el pedido {order} y el pantalón me queda grande de cintura. ¿Puedo devolverlo y quedarme con el short? ¿Cuánto tarda el reembolso en aparecer en la tarjeta?

Muchas gracias,
Sofía Navarro

Enviado desde mi teléfono)"}}},
        {Ruth,
         0,
         "Question about order {order}, the fleece hoodie and the quarter-zip, whether both of them ship together or "
         "separately because I will only be home on Tuesday and Thursday next week and the neighbour who usually takes "
         "parcels is away",
         "en",
         L::Plain,
         {{W::Customer, 840, R"(Hello,

see above, I think I put everything into the subject line. Tuesday would be best.

Ruth Holloway)"}}},
        {-2,
         -1,
         "can't find my order number",
         "en",
         L::Phone,
         {{W::Customer, 905,
           R"(hi, i ordered a sleeping bag from you maybe two weeks ago?? i think i used my other email. no confirmation, nothing in spam. money is gone from the account. can you look it up by name? Jordan Tate, Flagstaff AZ

thx)"}},
         "Jordan Tate",
         "jtate88@post.example.net"},
        {Emma, 0, "Gift receipt + discount code", "en", L::Web, {{W::Customer, 980, R"(Hello lovely people,

two things about {order}: could you put in a gift receipt instead of the normal one, and I had a 10 % code from the newsletter (HELLO10) that I completely forgot to type in. Any chance of still getting it taken off?

Either way, thank you. The beanie is for my mum.

Emma x)"}}},
        {-1, 0, "Suivi de mon colis", "fr", L::Phone, {{W::Customer, 1105, R"(Bonjour,

j'ai commandé un couteau sans créer de compte et je n'ai reçu aucun mail de suivi. Ma commande est la {order}. Pouvez-vous me dire où elle se trouve ?

Merci d'avance,
Chloé Dubois)"}}},
        {Aoife,
         0,
         "Commuter bag, still on its way?",
         "en",
         L::Outlook,
         {{W::Customer, 1290, R"(Hello,

I'm writing from the office. I ordered the Roll-Top Commuter privately (order {order}, under aoife.gallagher@example.com) and the tracking has said "in transit" for days. Is there anything I need to do with customs?

Kind regards,
Aoife Gallagher
Senior Associate | Gallagher & Daly Architects)"}},
         "Aoife Gallagher",
         "aoife@gallagherdaly.example"},
    };
    return stories;
}

} // namespace aiva::sandbox
