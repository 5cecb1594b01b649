// The tests of tst_webhook_decoder.cpp; apart, because moc stumbles over the JSON there.
#pragma once

#include <QObject>

class TestWebhookDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAWholeOrder();
    void readsItemsParcelsAndRefunds();
    void readsAProduct();
    void takesACustomersOwnWordOnlyWhenItIsWhole();
    void understandsEveryTopic_data();
    void understandsEveryTopic();
    void refusesABodyThatIsNotWhatItsTopicSays_data();
    void refusesABodyThatIsNotWhatItsTopicSays();
    void readsShopifysOwnSamples_data();
    void readsShopifysOwnSamples();
};
