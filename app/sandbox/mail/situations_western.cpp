#include "app/sandbox/mail/situations.h"

namespace aiva::sandbox {

using P = Phase;
using L = LetterStyle;

const std::vector<Situation>& westernSituations() {
    static const std::vector<Situation> all{
        {"de", P::Moving, "Wo bleibt meine Bestellung {order}?",
         "Guten Tag,\n\nich habe am {date} bestellt und warte noch auf {item}. Die Sendungsnummer {tracking} zeigt "
         "seit "
         "Tagen denselben Stand. Können Sie bitte nachsehen?\n\nMit freundlichen Grüßen\n{name}",
         "Guten Tag {name},\n\nIhr Paket ist mit {carrier} unterwegs. Hier können Sie es verfolgen:\n{link}\n\nMia, "
         "Acme "
         "Outdoor",
         "Vielen Dank, heute ist es angekommen.\n\n{name}"},
        {"de", P::Open, "Lieferadresse ändern",
         "Hallo,\n\nkönnt ihr {order} bitte an meine Büroadresse schicken? Zu Hause ist tagsüber niemand.\n\nDanke und "
         "Gruß\n{first}",
         "Hallo {first},\n\ngern. Schicken Sie uns bitte die vollständige Adresse, solange das Paket noch bei uns "
         "ist.\n\nTheo, Acme Outdoor",
         nullptr, L::Latin1},
        {"de", P::Delivered, "Rücksendung {order}",
         "Hallo liebes Team,\n\n{item} passt leider nicht zu mir, die Farbe ist im Tageslicht deutlich grüner. Wie "
         "läuft die "
         "Rückgabe ab?\n\nViele Grüße\n{name}",
         "Hallo {first},\n\ndie Rückgabe starten Sie auf unserer Rückgabeseite mit der Bestellnummer {order}.\n\nMia, "
         "Acme "
         "Outdoor",
         nullptr, L::Latin1},
        {"de", P::Delivered, "Rechnung mit Firmenanschrift",
         "Sehr geehrte Damen und Herren,\n\nfür die Bestellung {order} benötige ich eine Rechnung auf unsere Firma. "
         "Die "
         "Anschrift steht unten.\n\nMit freundlichen Grüßen\n{name}",
         "Guten Tag {name},\n\ndie Rechnung liegt bei unserer Buchhaltung, sie kommt per Mail.\n\nTheo, Acme Outdoor",
         nullptr, L::Outlook},
        {"fr", P::Moving, "Où en est ma commande {order} ?",
         "Bonjour,\n\nJ'attends {item} depuis le {date}. Le suivi {tracking} n'indique rien de nouveau. Pouvez-vous "
         "vérifier "
         "auprès de {carrier} ?\n\nMerci d'avance,\n{name}",
         "Bonjour {first},\n\nvotre colis est bien en route avec {carrier}. Vous pouvez le suivre ici "
         ":\n{link}\n\nMia, Acme "
         "Outdoor",
         "Bien reçu ce matin, merci !\n\n{first}"},
        {"fr", P::Delivered, "Échange de taille",
         "Bonjour,\n\nLa taille ne va pas, il me faudrait une taille au-dessus pour {item} (commande {order}). "
         "L'article est "
         "neuf, avec les étiquettes.\n\nCordialement,\n{name}",
         "Bonjour {first},\n\nmerci pour votre message. Je regarde s'il nous en reste et je reviens vers "
         "vous.\n\nThéo, Acme "
         "Outdoor",
         nullptr},
        {"fr", P::Open, "Annulation",
         "Bonjour, je souhaite annuler la commande {order}, je me suis trompée de couleur. Merci !\n\n{first}",
         "Bonjour {first},\n\nj'ai prévenu l'entrepôt et je vous confirme dès que possible.\n\nMia, Acme Outdoor",
         nullptr, L::Phone},
        {"es", P::Moving, "¿Dónde está mi pedido?",
         "Hola:\n\nHice el pedido {order} el {date} y el seguimiento {tracking} no avanza. ¿Podéis mirar dónde está "
         "{item}?\n\nGracias,\n{name}",
         "Hola, {first}:\n\nTu paquete va con {carrier}. Puedes seguirlo aquí:\n{link}\n\nMia, Acme Outdoor",
         "¡Ya llegó! Gracias por la ayuda.\n\n{first}"},
        {"es", P::Delivered, "Quiero devolver un artículo",
         "Buenas tardes:\n\nEl artículo {item} del pedido {order} no me convence y quisiera devolverlo. Está sin "
         "estrenar. "
         "¿Qué tengo que hacer?\n\nUn saludo,\n{name}",
         "Hola, {first}:\n\nPuedes empezar la devolución en nuestra página con el número {order}.\n\nTheo, Acme "
         "Outdoor",
         nullptr},
        {"es", P::Open, "Cambio de talla antes del envío",
         "Hola, ¿podéis cambiar la talla de {item} en el pedido {order} antes de enviarlo? Me equivoqué al "
         "pedir.\n\n{first}",
         "Hola, {first}:\n\nHe avisado al almacén y te confirmo en cuanto respondan.\n\nMia, Acme Outdoor", nullptr,
         L::Phone},
        {"pt", P::Moving, "Onde está a minha encomenda {order}?",
         "Olá,\n\nFiz a encomenda a {date} e o código {tracking} não tem novidades. Podem ver onde anda o "
         "{item}?\n\nObrigado,"
         "\n{name}",
         "Olá {first},\n\no seu volume segue com a {carrier}. Pode acompanhá-lo aqui:\n{link}\n\nMia, Acme Outdoor",
         "Chegou hoje, muito obrigado!\n\n{first}"},
        {"pt", P::Delivered, "Produto com defeito",
         "Boa noite,\n\nO {item} da encomenda {order} chegou com uma costura aberta. Gostava de trocar por outro. "
         "Envio "
         "fotografia se for preciso.\n\nCumprimentos,\n{name}",
         "Boa noite {first},\n\nlamentamos. Pode enviar-nos uma fotografia da costura?\n\nTheo, Acme Outdoor", nullptr},
        {"pt", P::Refunded, "Reembolso",
         "Olá, quando é que o valor da encomenda {order} aparece no cartão? Já devolvi tudo.\n\n{name}",
         "Olá {first},\n\no reembolso já saiu do nosso lado. O banco costuma precisar de alguns dias úteis.\n\nMia, "
         "Acme "
         "Outdoor",
         nullptr, L::Plain},
    };
    return all;
}

} // namespace aiva::sandbox
