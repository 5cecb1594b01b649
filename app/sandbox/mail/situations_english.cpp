#include "app/sandbox/mail/situations.h"

namespace aiva::sandbox {

using P = Phase;
using L = LetterStyle;

const std::vector<Situation>& englishSituations() {
    static const std::vector<Situation> all{
        {"en", P::Moving, "Any update on {order}?",
         "Hi,\n\nmy tracking for {order} hasn't changed in a while. Could you tell me where the {item} is right "
         "now?\n\n{first}",
         "Hi {first},\n\n{order} left our warehouse with {carrier}. The number is {tracking} and you can follow it "
         "here:\n"
         "{link}\n\nMia, Acme Outdoor",
         "Great, it moved overnight. Thanks!\n\n{first}"},
        {"en", P::Moving, "tracking link doesnt work",
         "hey the link in the mail for {order} just says not found. is it on its way?",
         "Hi {first},\n\nsorry about that. {carrier} sometimes needs a day before the first scan. The number is "
         "{tracking}.\n\nTheo, Acme Outdoor",
         nullptr, L::Phone},
        {"en", P::Moving, "Will it arrive before Friday?",
         "Hello,\n\nwe leave for {city} on Friday and I hoped to have the {item} from order {order} by then. Do you "
         "see a "
         "delivery date on your side? If it can't make it, could it be held at a pick-up point?\n\nThank you\n{name}",
         "Hello {first},\n\nthe parcel is with {carrier} ({tracking}). I see it moving but cannot promise a day. They "
         "can "
         "hold it at a pick-up point if you ask them with that number.\n\nMia, Acme Outdoor",
         nullptr, L::Outlook},
        {"en", P::Open, "Has my order shipped yet?",
         "Hi there, I placed order {order} on {date} and haven't heard anything since. Just checking it didn't get "
         "lost.\n\nCheers,\n{first}",
         "Hi {first},\n\nit is not lost, it is being packed. You will get a mail with the number as soon as it "
         "leaves.\n\nTheo, Acme Outdoor",
         nullptr},
        {"en", P::Open, "Add one more to my order?",
         "Hello,\n\nis it too late to add a second {item} to {order}? Happy to pay the difference right "
         "away.\n\n{name}",
         "Hello {first},\n\nwe can't change an order that is already with the warehouse, but a second order will ship "
         "the "
         "same day.\n\nMia, Acme Outdoor",
         "Done, thanks for the quick reply!", L::Web},
        {"en", P::Open, "Wrong size, can you swap before shipping?",
         "Hi,\n\nI clicked the wrong size in {order}. It should be one size up for the {item}. Sorry for the "
         "trouble!\n\n{first}",
         "Hi {first},\n\nno trouble at all. I passed it on to the warehouse and will confirm when they "
         "answer.\n\nTheo, Acme Outdoor",
         nullptr, L::Phone},
        {"en", P::Open, "Please cancel", "Please cancel my order {order}. I found it closer to home. Thanks.\n\n{name}",
         "Hello {first},\n\nI asked the warehouse to stop it and will tell you whether they managed in time.\n\nMia, "
         "Acme "
         "Outdoor",
         nullptr, L::Plain},
        {"en", P::Delivered, "Return request",
         "Hello,\n\nthe {item} from {order} isn't quite what I expected, the fabric is heavier than it looks in the "
         "pictures. It is unworn and the tags are on. How do I send it back?\n\nKind regards\n{name}",
         "Hello {first},\n\nthank you for telling us. You can start the return on our returns page with your order "
         "number "
         "{order}.\n\nMia, Acme Outdoor",
         "Label printed, parcel dropped off this morning."},
        {"en", P::Delivered, "Says delivered, nothing here",
         "The tracking for {order} says delivered but there is no parcel. I checked with both neighbours and behind "
         "the "
         "bins. What now?\n\n{name}",
         "Hello {first},\n\nI am sorry. I opened a trace with {carrier} for {tracking}. They normally answer within a "
         "few "
         "days.\n\nTheo, Acme Outdoor",
         "Found it! The man from the ground floor had put it in the laundry room. Sorry for the noise.", L::Phone},
        {"en", P::Delivered, "Something is missing",
         "Hi, order {order} came today, but the box only held part of it. According to the packing slip there should "
         "be "
         "{items}. Can you check?\n\nThanks, {first}",
         "Hi {first},\n\nthank you, I am checking with the warehouse what was packed.\n\nMia, Acme Outdoor", nullptr},
        {"en", P::Delivered, "Zip broke on the second day",
         "Hello,\n\nI like the {item} a lot, but a zip pull came off on the second day out. Is that something you fix, "
         "replace, or should I take it to a tailor?\n\nBest\n{name}",
         "Hello {first},\n\nthat should not happen. Could you send a photo of the zip? Then I can tell you which it "
         "will "
         "be.\n\nTheo, Acme Outdoor",
         nullptr, L::Outlook},
        {"en", P::Delivered, "How do I wash this?",
         "Quick question: can the {item} go into the dryer? The label washed out already, somehow.\n\n{first}",
         "Hi {first},\n\nlow heat and no softener, please. It comes out better than air-dried, in fact.\n\nMia, Acme "
         "Outdoor",
         "Perfect, thanks!", L::Phone},
        {"en", P::Delivered, "Best purchase this year",
         "No problem to report for once. {order} arrived early, the {item} fits, and the handwritten note made my day. "
         "Please pass it on to whoever packed it.\n\n{first}",
         "Hi {first},\n\nyou just made ours. That was Rosa, and she is grinning.\n\nTheo, Acme Outdoor", nullptr},
        {"en", P::Refunded, "Where is my refund?",
         "Hello,\n\nyou wrote that the refund for {order} was issued, but my bank doesn't show it. How long does that "
         "usually take?\n\n{name}",
         "Hello {first},\n\nit left us and is now with your bank. They usually need a few working days to show "
         "it.\n\nMia, "
         "Acme Outdoor",
         nullptr},
        {"en", P::Cancelled, "Why was my order cancelled?",
         "I just got a message that {order} was cancelled. I didn't ask for that. Is the {item} out of "
         "stock?\n\n{name}",
         "Hello {first},\n\nyes, the last one turned out to be damaged when we packed it. I am sorry we only noticed "
         "then.\n\nTheo, Acme Outdoor",
         "Pity, but thanks for the honest answer.", L::Plain},
    };
    return all;
}

} // namespace aiva::sandbox
