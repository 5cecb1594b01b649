<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>aiva::AnswerText</name>
    <message numerus="yes">
        <source>Check: %n claims unproven</source>
        <translation>
            <numerusform>Check: %n claim unproven</numerusform>
            <numerusform>Check: %n claims unproven</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::ApiText</name>
    <message numerus="yes">
        <source>%Ln requests in 24 h</source>
        <translation>
            <numerusform>%Ln request in 24 h</numerusform>
            <numerusform>%Ln requests in 24 h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln went wrong</source>
        <translation>
            <numerusform>%Ln went wrong</numerusform>
            <numerusform>%Ln went wrong</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::BelowText</name>
    <message numerus="yes">
        <source>… %n more lines</source>
        <translation>
            <numerusform>… %n more line</numerusform>
            <numerusform>… %n more lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::BlockedPicturesLine</name>
    <message numerus="yes">
        <source>%n pictures could not be loaded</source>
        <translation>
            <numerusform>%n picture could not be loaded</numerusform>
            <numerusform>%n pictures could not be loaded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures from the network are not loaded</source>
        <translation>
            <numerusform>%n picture from the network is not loaded</numerusform>
            <numerusform>%n pictures from the network are not loaded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tracking pictures stay blocked</source>
        <translation>
            <numerusform>%n tracking picture stays blocked</numerusform>
            <numerusform>%n tracking pictures stay blocked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::CannedRepliesSection</name>
    <message numerus="yes">
        <source>used %n times</source>
        <translation>
            <numerusform>used once</numerusform>
            <numerusform>used %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::ConversationThread</name>
    <message numerus="yes">
        <source>%n earlier messages</source>
        <translation>
            <numerusform>%n earlier message</numerusform>
            <numerusform>%n earlier messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::EraseSheet</name>
    <message numerus="yes">
        <source>%n conversations</source>
        <translation>
            <numerusform>%n conversation</numerusform>
            <numerusform>%n conversations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mails</source>
        <translation>
            <numerusform>%n mail</numerusform>
            <numerusform>%n mails</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The mailbox itself still holds %n mails; delete them there.</source>
        <translation>
            <numerusform>The mailbox itself still holds %n mail; delete it there.</numerusform>
            <numerusform>The mailbox itself still holds %n mails; delete them there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::IdentityCard</name>
    <message numerus="yes">
        <source>+%n tags</source>
        <translation>
            <numerusform>+%n tag</numerusform>
            <numerusform>+%n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::InboxPane</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::JobText</name>
    <message numerus="yes">
        <source>%1 customers</source>
        <translation>
            <numerusform>%1 customer</numerusform>
            <numerusform>%1 customers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 orders</source>
        <translation>
            <numerusform>%1 order</numerusform>
            <numerusform>%1 orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 products</source>
        <translation>
            <numerusform>%1 product</numerusform>
            <numerusform>%1 products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>completed with %n errors</source>
        <translation>
            <numerusform>completed with %n error</numerusform>
            <numerusform>completed with %n errors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::Mailbox</name>
    <message numerus="yes">
        <source>%1 messages</source>
        <translation>
            <numerusform>%1 message</numerusform>
            <numerusform>%1 messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::MessageBody</name>
    <message numerus="yes">
        <source>%n quoted lines</source>
        <translation>
            <numerusform>%n quoted line</numerusform>
            <numerusform>%n quoted lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::OrderList</name>
    <message numerus="yes">
        <source>%1 more orders</source>
        <translation>
            <numerusform>%1 more order</numerusform>
            <numerusform>%1 more orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::Outbox</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::RailEntry</name>
    <message numerus="yes">
        <source>%1, %n mails</source>
        <translation>
            <numerusform>%1, %n mail</numerusform>
            <numerusform>%1, %n mails</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n conversations</source>
        <translation>
            <numerusform>%1, %n conversation</numerusform>
            <numerusform>%1, %n conversations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::StatusLine</name>
    <message numerus="yes">
        <source>%n stores</source>
        <translation>
            <numerusform>%n store</numerusform>
            <numerusform>%n stores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::StoreText</name>
    <message numerus="yes">
        <source>The first sync brought %1 in %2; %n records could not be read.</source>
        <translation>
            <numerusform>The first sync brought %1 in %2; %n record could not be read.</numerusform>
            <numerusform>The first sync brought %1 in %2; %n records could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n retries left</source>
        <translation>
            <numerusform>%n retry left</numerusform>
            <numerusform>%n retries left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation>
            <numerusform>about %n min left</numerusform>
            <numerusform>about %n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were missing</source>
        <translation>
            <numerusform>%n was missing</numerusform>
            <numerusform>%n were missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were out of date</source>
        <translation>
            <numerusform>%n was out of date</numerusform>
            <numerusform>%n were out of date</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed there</source>
        <translation>
            <numerusform>%n removed there</numerusform>
            <numerusform>%n removed there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n merged there</source>
        <translation>
            <numerusform>%n merged there</numerusform>
            <numerusform>%n merged there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders name an unknown customer</source>
        <translation>
            <numerusform>%n order names an unknown customer</numerusform>
            <numerusform>%n orders name an unknown customer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stores</source>
        <translation>
            <numerusform>%n store</numerusform>
            <numerusform>%n stores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>aiva::WebhookText</name>
    <message numerus="yes">
        <source>Tells about %n things. Without %1 the others stay unheard: add it to the app&apos;s scopes, release the version, install it again, then mend here.</source>
        <translation>
            <numerusform>Tells about %n thing. Without %1 the others stay unheard: add it to the app&apos;s scopes, release the version, install it again, then mend here.</numerusform>
            <numerusform>Tells about %n things. Without %1 the others stay unheard: add it to the app&apos;s scopes, release the version, install it again, then mend here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Shopify tells about %n things as they happen.</source>
        <translation>
            <numerusform>Shopify tells about %n thing as it happens.</numerusform>
            <numerusform>Shopify tells about %n things as they happen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>WooCommerce tells about %n things as they happen.</source>
        <translation>
            <numerusform>WooCommerce tells about %n thing as it happens.</numerusform>
            <numerusform>WooCommerce tells about %n things as they happen.</numerusform>
        </translation>
    </message>
</context>
</TS>
