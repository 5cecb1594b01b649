#include "app/sandbox/world/cast.h"

#include <array>

namespace aiva::sandbox {
namespace {

constexpr int kHour = 60;
constexpr int kDay = 24 * 60;

constexpr std::array<CastMember, CastSize> kCast{{
    {"John", "Okafor", "john@example.com", "US", "VIP,Fall_Sale",
     "Orders gifts for his nieces. Likes to be called John."},
    {"Mária", "Kovács", "maria.kovacs@example.org", "HU", "Fall_Sale", ""},
    {"Олена", "Шевченко", "olena.shevchenko@example.com", "UA", "newsletter", ""},
    {"Laura", "Bianchi", "laura.bianchi@example.net", "IT", "business",
     "VAT number on file. Invoices go to accounting."},
    {"Dan", "Whitfield", "dan@northpeak.example", "US", "", "Called twice about the missing parcel."},
    {"Priya", "Raman", "priya.raman@example.com", "IN", "", ""},
    {"美咲", "佐藤", "misaki.sato@example.org", "JP", "VIP", "ギフト包装をよくご利用"},
    {"Lena", "Hoffmann", "lena.hoffmann@example.net", "DE", "Fall_Sale", ""},
    {"Camille", "Moreau", "camille.moreau@example.com", "FR", "newsletter", ""},
    {"Siobhán", "Ní Bhriain", "siobhan@nibhriain.example", "IE", "", ""},
    {"João", "Carvalho", "joao.carvalho@example.org", "PT", "", ""},
    {"Sofía", "Navarro", "sofia.navarro@example.net", "ES", "Fall_Sale,newsletter", ""},
    {"أحمد", "المنصوري", "ahmed.almansoori@example.com", "AE", "", ""},
    {"Tom", "Bradley", "tom.bradley@example.org", "GB", "", ""},
    {"Grace", "Kim", "grace.kim@example.com", "US", "vip,hiking_club", "Leads the Boulder hiking club."},
    {"Péter", "Szabó", "peter.szabo@example.net", "HU", "", ""},
    {"Андрій", "Коваленко", "andrii.kovalenko@example.org", "UA", "", ""},
    {"Nora", "Lindqvist", "nora.lindqvist@example.com", "SE", "", ""},
    {"Marcus", "Webb", "marcus.webb@example.net", "US", "", ""},
    {"Ingrid", "Solberg", "ingrid.solberg@example.org", "SE", "", ""},
    {"Elaine", "Porter", "elaine@bigpines.example", "US", "wholesale,net30", "Buyer at Big Pines Outfitters."},
    {"Hannah", "Fischer", "hannah.fischer@example.com", "DE", "scouts", "Orders for the scout troop every autumn."},
    {"Sofia", "Marques", "sofia.marques@example.com", "PT", "", ""},
    {"Sofia", "Marques", "Sofia.Marques@Example.com", "PT", "Fall_Sale", "Registered twice."},
    {"Walter", "Greene", nullptr, "US", "phone_orders", "No e-mail. Orders by phone."},
    {"Ben", "Carter", "ben.carter@example.net", "US", "newsletter", ""},
    {"Aoife", "Gallagher", "aoife.gallagher@example.com", "IE", "", "Also writes from her work address."},
    {"Rafael", "Souza", "rafael.souza@example.org", "BR", "", ""},
    {"健太", "田中", "kenta.tanaka@example.net", "JP", "", ""},
    {"Emma", "Clarke", "emma.clarke@example.com", "GB", "Fall_Sale", ""},
    {"Ruth", "Holloway", "ruth.holloway@example.org", "US", "", ""},
    {"Étienne", "Lefèvre", "etienne.lefevre@example.net", "FR", "VIP", ""},
}};

using S = OrderState;
using C = Carrier;
constexpr std::array kStories{
    // The picture everybody knows: shipped two days after it was ordered, in transit, a present for Saturday.
    StoryOrder{John, 9 * kDay, "BW-1*2,GW-1", S::InTransit, C::Usps, 1, 8900, 1042, "Birthday present, please wrap."},
    StoryOrder{John, 86 * kDay, "RJ-L,HL-MOS,WS-L*2,MP-1*2,IB-MOS,CO-1", S::Delivered, C::Ups, 1, 36100},
    StoryOrder{John, 263 * kDay, "CM-43", S::Cancelled, C::Usps, 1, 5900},
    StoryOrder{Maria, 6 * kDay, "RJ-L,WS-M*2", S::Delivered, C::Gls},
    StoryOrder{Maria, 140 * kDay, "MB-M", S::Delivered, C::Gls},
    StoryOrder{Olena, 11 * kDay, "SJ-S", S::Delivered, C::NovaPost},
    StoryOrder{Laura, 16 * kDay, "T2-MOS,TF-1,SB-REG*2", S::Delivered, C::Dhl},
    StoryOrder{Dan, 19 * kDay, "HK-44", S::AttemptedDelivery, C::FedEx, 1, 0, 0, "Leave at the side door."},
    StoryOrder{Misaki, 4 * kDay, "MG-MOS*4,GW-1", S::InTransit, C::JapanPost},
    StoryOrder{Misaki, 60 * kDay, "FP-S,MB-S*2", S::Delivered, C::JapanPost},
    StoryOrder{Misaki, 200 * kDay, "IB-RST*2", S::Delivered, C::JapanPost},
    StoryOrder{Lena, 8 * kDay, "HK-39,WS-S", S::Delivered, C::Dhl},
    StoryOrder{Camille, 5 * kDay, "CP-28,ST-1,SP-1*2", S::Delivered, C::LaPoste},
    StoryOrder{Siobhan, 3 * kHour, "WJ-M,NG-SLT", S::Unfulfilled},
    StoryOrder{Joao, 15 * kDay, "SM-REG,PI-1", S::Delayed, C::Gls},
    StoryOrder{Sofia, 10 * kDay, "HP-M,CS-M", S::Delivered, C::Gls},
    StoryOrder{Ahmed, 7 * kDay, "LN-MOS*2,PB-1", S::InTransit, C::Dhl},
    StoryOrder{Tom, 5 * kHour, "T4-1", S::Unfulfilled},
    StoryOrder{Grace, 21 * kDay, "TP-28*3", S::Delivered, C::Usps},
    StoryOrder{Grace, 120 * kDay, "PO-REG*4,FK-1*2", S::Delivered, C::Ups},
    StoryOrder{Peter, 22 * kDay, "TR-43", S::Refunded, C::Gls},
    StoryOrder{Andrii, 5 * kDay, "HL-SLT,PB-1", S::OutForDelivery, C::NovaPost},
    StoryOrder{Nora, 40 * kDay, "DJ-M", S::Delivered, C::Dpd, 1, 49999},
    StoryOrder{Marcus, 44 * kDay, "FP-L,DP-RST", S::Delivered, C::Usps, 1, 50000},
    StoryOrder{Ingrid, 47 * kDay, "FP-M,HP-M", S::Delivered, C::Dpd, 1, 50001},
    StoryOrder{Elaine, 12 * kDay, "ALL*300", S::Partial, C::FedEx, 3, 0, 0, "PO 2281. Dock hours 8 to 3."},
    StoryOrder{Elaine, 130 * kDay, "TT-M*12,TT-L*12,SC-MOS*10", S::Delivered, C::FedEx, 2},
    StoryOrder{Hannah, 13 * kDay, "ALL*12", S::Delivered, C::Dhl, 2},
    StoryOrder{MarquesLower, 33 * kDay, "SN-39", S::Delivered, C::Gls},
    StoryOrder{MarquesUpper, 9 * kDay, "NG-MOS,LG-S", S::InTransit, C::Gls},
    StoryOrder{Walter, 18 * kDay, "FS-XL,WB-SLT", S::Delivered, C::Usps},
    StoryOrder{Ben, 14 * kDay, "T2-SLT,SB-LNG,SM-LNG,PI-1", S::Partial, C::Ups, 2},
    StoryOrder{Aoife, 17 * kDay, "RT-RST", S::InTransit, C::RoyalMail},
    StoryOrder{Rafael, 26 * kDay, "IB-SLT*2,CO-1", S::PartiallyRefunded, C::Dhl},
    StoryOrder{Kenta, 6 * kDay, "TR-42", S::Delivered, C::JapanPost},
    StoryOrder{Emma, 2 * kDay, "WB-RST,NG-RST,GW-1", S::LabelPrinted, C::RoyalMail},
    StoryOrder{Ruth, 30 * kHour, "FH-M,FQ-M", S::Unfulfilled},
    StoryOrder{Etienne, 70 * kDay, "FP-XL,SG-L,GT-L,PO-LNG", S::Delivered, C::LaPoste},
    // Bought without an account.
    StoryOrder{-1, 3 * kDay, "KN-1", S::InTransit, C::LaPoste},
};

} // namespace

std::span<const CastMember> cast() {
    return kCast;
}
std::span<const StoryOrder> storyOrders() {
    return kStories;
}

} // namespace aiva::sandbox
