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
    <name>aiva::MessageBlock</name>
    <message numerus="yes">
        <source>%n quoted lines</source>
        <translation>
            <numerusform>%n quoted line</numerusform>
            <numerusform>%n quoted lines</numerusform>
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
</TS>
