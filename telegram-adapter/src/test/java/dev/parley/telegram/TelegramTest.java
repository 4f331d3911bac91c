package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.telegram.Chats.Shown;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The real client against a server that keeps Telegram's rules. */
class TelegramTest extends Scenario {
  @Test
  void aQuestionInPrivateIsAnsweredOnceWithItsButtons() throws Exception {
    model.answers("The **Moon** pulls:\n\n```java\nint x;\n```");
    ada.says("Why tides?");

    server.await(1, chat -> chat.size() == 2 && chat.getLast().buttons().contains("↻"));
    Shown answer = server.in(1).getLast();
    assertThat(answer.text()).startsWith("The Moon pulls:\n\nint x;").contains("I can be wrong");
    assertThat(answer.message().get("entities").toString())
        .contains("\"type\":\"bold\",\"offset\":4,\"length\":4")
        .contains("\"type\":\"pre\"")
        .contains("\"language\":\"java\"");
    assertThat(answer.buttons()).contains("↻");
  }

  @Test
  void anotherAnswerTakesThePlaceOfTheFirst() throws Exception {
    ada.says("Why tides?");
    awaitAnswer(1, "Answer to Why tides?");
    model.answers("The Sun helps.");

    assertThat(ada.presses("↻")).isEmpty();

    server.await(1, chat -> chat.getLast().buttons().contains("2/2"));
    assertThat(server.ofBot(1)).hasSize(1);
    assertThat(server.ofBot(1).getFirst().text()).isEqualTo("The Sun helps.");
  }

  @Test
  void inAGroupOnlyWhatIsMeantForItIsAnswered() throws Exception {
    Member there = ada.in(GROUP);
    there.says("Hello all");
    there.says("Hi @parley_test_bot why tides?");
    awaitAnswer(GROUP, "Answer to Hi  why tides?");
    int answer = server.ofBot(GROUP).getFirst().id();
    there.repliesTo(answer, "Sure?");
    awaitAnswer(GROUP, "Answer to Sure?");

    assertThat(server.ofBot(GROUP)).hasSize(2);
    assertThat(server.in(GROUP).get(2).message().get("reply_to_message").get("message_id").asInt())
        .isEqualTo(2);
  }

  @Test
  void anEditedQuestionIsAnsweredInTheSamePlace() throws Exception {
    int question = ada.says("Why tides?");
    awaitAnswer(1, "Answer to Why tides?");

    ada.edits(question, "Why waves?");

    awaitAnswer(1, "Answer to Why waves?");
    assertThat(server.ofBot(1)).hasSize(1);
  }

  @Test
  void commandsAnswerAndTheirPanelsChangeInPlace() throws Exception {
    ada.says("/preferences");
    server.await(1, chat -> chat.size() == 2);
    assertThat(ada.presses("Creativity")).isEmpty();
    server.await(1, chat -> chat.getLast().buttons().contains("precise"));
    ada.presses("precise");
    server.await(1, chat -> chat.getLast().text().contains("Creativity: precise"));

    assertThat(server.ofBot(1)).hasSize(1);
  }

  @Test
  void nobodyPressesTheButtonsOfSomebodyElse() throws Exception {
    ada.in(GROUP).says("/preferences@parley_test_bot");
    server.await(GROUP, chat -> chat.size() == 2);
    Shown panel = server.ofBot(GROUP).getFirst();

    assertThat(bob.in(GROUP).presses(panel, "Creativity")).startsWith("這個按鈕是給別人的。");
    assertThat(server.ofBot(GROUP).getFirst().text()).isEqualTo(panel.text());

    ada.in(GROUP).says("/ask Why tides?");
    awaitAnswer(GROUP, "Answer to Why tides?");
    assertThat(bob.in(GROUP).presses(server.ofBot(GROUP).getLast(), "↻"))
        .isEqualTo("這個按鈕是給Ada的。問我一個問題，你就會有自己的。");
  }

  @Test
  void commandsOfOtherBotsAreLeftToThem() throws Exception {
    ada.in(GROUP).says("/help@other_bot");
    ada.in(GROUP).says("/roll");
    ada.in(GROUP).says("/queue");

    server.await(GROUP, chat -> chat.size() == 4);
    assertThat(server.ofBot(GROUP).getFirst().text()).isEqualTo("Nothing of yours is waiting.");
  }

  @Test
  void instructionsAreFilledInByMessagesAlsoAcrossARestart() throws Exception {
    ada.says("/instructions");
    server.await(1, chat -> chat.size() == 2);
    ada.presses("Change the first");
    server.await(1, chat -> chat.size() == 3);
    assertThat(server.in(1).getLast().text()).startsWith("What should Parley know about you?");
    bot.close();
    startBot();

    ada.says("x".repeat(1_501));
    server.await(1, chat -> chat.getLast().text().startsWith("What should Parley know about you?"));
    server.await(1, chat -> chat.get(chat.size() - 2).text().startsWith("That's 1,501 characters"));
    ada.says("I teach *physics*.");
    server.await(1, chat -> chat.getLast().text().startsWith("Saved."));
    ada.says("Why tides?"); // is no answer to the form any more
    awaitAnswer(1, "Answer to Why tides?");
    ada.says("/instructions");

    server.await(
        1, chat -> chat.getLast().text().startsWith("What I know about you: I teach *physics*."));
  }

  @Test
  void whatTelegramItselfSaysIsInTheChosenLanguage() throws Exception {
    ada.says("/preferences language zh-Hant-TW");
    server.await(1, chat -> chat.size() == 2);

    ada.says("/cancel");

    server.await(1, chat -> chat.getLast().text().equals("沒有可以取消的。"));
  }

  @Test
  void cancelLeavesAFormAsItWas() throws Exception {
    ada.says("/instructions");
    server.await(1, chat -> chat.size() == 2);
    ada.presses("Change the first");
    server.await(1, chat -> chat.size() == 3);

    ada.says("/cancel");
    server.await(1, chat -> chat.getLast().text().equals("All right, everything stays as it is."));
    ada.says("Why tides?");
    awaitAnswer(1, "Answer to Why tides?");
  }

  @Test
  void aLongAnswerComesWholeInSeveralMessages() throws Exception {
    model.answers("A sentence of some length. ".repeat(400).strip());
    ada.says("Tell me more.");

    server.await(1, chat -> chat.size() == 4 && chat.getLast().buttons().contains("↻"));
    List<String> parts = server.ofBot(1).stream().map(Shown::text).toList();
    assertThat(String.join(" ", parts))
        .startsWith("A sentence of some length. ".repeat(400).strip());
  }

  @Test
  void whateverGoesWrongNothingIsLostAndNothingDoubled() throws Exception {
    ada.says("/start"); // so that no answer explains itself
    server.await(1, chat -> chat.size() == 2);
    int before = 2;
    for (Fault fault : Fault.values()) {
      server.faults().plan("sendMessage", fault);
      server.faults().plan("editMessageText", fault);
      ada.says("Question " + fault);
      int expected = before += 2;
      server.await(
          1,
          chat ->
              chat.size() == expected
                  && chat.getLast().text().equals("Answer to Question " + fault)
                  && chat.getLast().buttons().contains("↻"));
    }
    assertThat(server.ofBot(1)).hasSize(1 + Fault.values().length);
  }

  @Test
  void updatesThatAreDeliveredAgainAreAnsweredOnce() throws Exception {
    server.faults().plan("getUpdates", Fault.BAD_GATEWAY_AFTER, Fault.CUT_AFTER);
    ada.says("Why tides?");
    awaitAnswer(1, "Answer to Why tides?");
    bot.close();
    startBot();
    ada.says("/queue");

    server.await(1, chat -> chat.size() == 4);
    assertThat(server.ofBot(1)).hasSize(2);
  }

  @Test
  void aWebhookBringsTheSameAndPollingGoesOnAfterIt() throws Exception {
    bot.close();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    WebhookOptions webhook =
        WebhookOptions.of(
            URI.create("https://bot.example.org/hook"),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            Optional.empty());
    startBot(
        new TelegramOptions(
            BotApiServer.TOKEN, server.options().api(), Optional.empty(), Optional.of(webhook)));
    try (WebhookDelivery delivery = new WebhookDelivery(server, port)) {
      ada.says("Why tides?");
      awaitAnswer(1, "Answer to Why tides?");
      ada.says("/preferences");
      server.await(1, chat -> chat.size() == 4);
      assertThat(ada.presses("Creativity")).isEmpty();
      server.await(1, chat -> chat.getLast().buttons().contains("precise"));
      assertThat(delivery.statuses()).containsOnly(200);
    }
    bot.close();
    ada.says("Why waves?"); // kept by Telegram meanwhile
    startBot();

    awaitAnswer(1, "Answer to Why waves?");
    assertThat(server.webhook()).isEmpty();
  }

  @Test
  void stopEndsAnAnswerAndKeepsWhatIsThere() throws Exception {
    model.grows("The Moon", " pulls.", new CountDownLatch(1));
    ada.says("Why tides?");
    server.await(1, chat -> chat.getLast().buttons().contains("Stop"));

    assertThat(ada.presses("Stop")).isEmpty();

    awaitAnswer(1, "The Moon");
    assertThat(server.ofBot(1).getFirst().text()).contains("(stopped)");
  }

  @Test
  void whoWaitsSeesTheirPlaceAndMayCancel() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("The Moon", " pulls.", seen);
    Member there = ada.in(GROUP);
    there.says("/ask Why tides?");
    server.await(GROUP, chat -> chat.getLast().text().startsWith("The Moon"));
    there.says("/ask Why waves?");
    server.await(GROUP, chat -> chat.getLast().buttons().contains("Cancel"));
    Shown waiting = server.ofBot(GROUP).getLast();
    assertThat(waiting.text()).startsWith("You're number 1");

    assertThat(bob.in(GROUP).presses(waiting, "Cancel")).startsWith("這個按鈕是給Ada的。");
    assertThat(there.presses(waiting, "Cancel")).isEmpty();
    server.await(GROUP, chat -> chat.getLast().text().equals("(stopped)"));
    seen.countDown();

    awaitAnswer(GROUP, "The Moon pulls.");
    assertThat(server.ofBot(GROUP)).hasSize(2);
    assertThat(there.forges(waiting, waiting.data("Cancel"))).isNotEmpty();
  }

  @Test
  void typingIsShownAlsoWhileAnAnswerGrows() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("The Moon", " pulls.", seen);
    ada.says("Why tides?");
    server.await(1, chat -> chat.getLast().text().startsWith("The Moon"));

    await().until(() -> server.calls("sendChatAction") >= 2);
    seen.countDown();
    awaitAnswer(1, "The Moon pulls.");
  }

  @Test
  void theListOfCommandsIsLookedAtAgainWhereTelegramFailed() throws Exception {
    await().until(() -> server.calls("setMyCommands") == 8);
    bot.close();
    server.deny("getMyCommands", 1, 500, "Internal Server Error");
    startBot();

    await().until(() -> server.calls("getMyCommands") == 8 + 1 + 8);
  }

  @Test
  void theListOfCommandsIsSetOnce() throws Exception {
    await().until(() -> server.calls("setMyCommands") == 8);
    bot.close();
    startBot();
    await().until(() -> server.calls("getMyCommands") == 16);

    assertThat(server.calls("setMyCommands")).isEqualTo(8);
    assertThat(server.commands())
        .containsKeys("default", "all_private_chats zh", "all_chat_administrators zh");
  }

  @Test
  void anExportedConversationComesAsAFile() throws Exception {
    export();

    server.await(1, chat -> chat.getLast().message().path("file").asText().contains("Why tides?"));
  }

  @Test
  void aFileThatTelegramDoesNotTakeIsSaid() throws Exception {
    server.deny("sendDocument", 1, 413, "Request Entity Too Large");
    export();

    server.await(1, chat -> chat.getLast().text().contains("(0.0 MB) could not be sent."));
  }

  private void export() throws Exception {
    ada.says("Why tides?");
    awaitAnswer(1, "Answer to Why tides?");
    ada.says("/history");
    server.await(1, chat -> chat.getLast().buttons().contains("1"));
    ada.presses("1");
    server.await(1, chat -> chat.getLast().buttons().contains("Export"));
    ada.presses("Export");
  }
}
