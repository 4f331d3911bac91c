package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.platform.PersonId;
import dev.parley.telegram.Chats.Shown;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the admins of a group do, and who is one. */
class AdminTest extends Scenario {
  private static final long CHANNEL = -1_001_000_000_099L;

  private Member cleo;

  @BeforeEach
  void meetInTheGroup() {
    ada = ada.in(GROUP);
    bob = bob.in(GROUP);
    cleo = new Member(server, 3, "Cleo", "en", GROUP);
    server.makeAdmin(GROUP, 3);
  }

  @Test
  void anAdminSetsAGroupUpByButtonsAndForms() throws Exception {
    cleo.says("/settings@parley_test_bot");
    awaitLast("Parley in Tides (what applies here, and from where)");
    cleo.presses("I answer");
    server.await(GROUP, chat -> chat.getLast().buttons().contains("to everything"));
    cleo.presses("to everything");
    awaitLast("Parley in Tides");
    assertThat(lastOfBot().text()).contains("I answer: to everything (this group)");

    ada.says("Why tides?"); // without a mention
    awaitAnswer("Answer to Why tides?");

    cleo.says("/settings messages-per-day");
    server.await(GROUP, chat -> chat.getLast().buttons().contains("Another number"));
    cleo.presses("Another number");
    awaitLast("Per person and day: a whole number");
    cleo.repliesTo(lastOfBot().id(), "1");
    awaitLast("Parley in Tides");
    assertThat(lastOfBot().text()).contains("Per person and day: 1 answer (this group)");
    ada.says("And waves?");
    awaitLast("That was your 1st answer today.");
  }

  @Test
  void whoIsNoAdminSeesTheSettingsAndChangesNothing() throws Exception {
    bob.says("/settings");
    awaitLast("只有管理這個群組的人可以修改。目前的設定：\n\nTides裡的 Parley");
    Shown shown = lastOfBot();
    assertThat(shown.buttons()).isEmpty();
    assertThat(shown.text()).contains("回答時機：被提及時 （預設）");

    bob.forges(shown, "settings:here:answer-mode:all");
    bob.forges(shown, "access:block:3");
    bob.says("/settings answer-mode all");
    server.await(GROUP, chat -> chat.size() == 4);
    assertThat(lastOfBot().text()).isEqualTo(shown.text());

    cleo.says("/settings");
    awaitLast("Parley in Tides");
    assertThat(bob.presses("Reset")).startsWith("這個按鈕是給別人的。");
    assertThat(lastOfBot().text()).contains("I answer: when mentioned (default)");
    new Member(server, 5, "Dan", "zh-hans", GROUP).says("/settings");
    awaitLast("只有管理这个群组的人可以修改。目前的设置：");
  }

  @Test
  void whoIsBlockedByAReplyGetsNoWordAnyMore() throws Exception {
    int question = bob.says("@parley_test_bot tides?");
    awaitAnswer("Answer to tides?");
    Shown answer = lastOfBot();
    cleo.repliesTo(question, "/access block");
    awaitLast("I don't answer Bob here any more.");
    int before = server.ofBot(GROUP).size();

    bob.says("@parley_test_bot waves?");
    bob.repliesTo(answer.id(), "Sure?");
    bob.says("/help");
    bob.says("/cancel@parley_test_bot");
    bob.edits(question, "@parley_test_bot wind?");
    assertThat(bob.presses(answer, "↻")).isEqualTo("這裡的管理員決定讓我不回答你。");
    ada.says("@parley_test_bot rain?"); // which comes after all of these
    awaitAnswer("Answer to rain?");
    assertThat(server.ofBot(GROUP)).hasSize(before + 1);

    cleo.says("/access");
    awaitLast("Blocked here");
    cleo.presses("Unblock Bob (2)");
    awaitLast("I answer Bob again.");
    bob.says("@parley_test_bot snow?");
    awaitAnswer("Answer to snow?");
  }

  @Test
  void whoIsBlockedIsStillAnsweredInPrivate() throws Exception {
    int hello = bob.says("Hello all");
    cleo.repliesTo(hello, "/access block");
    awaitLast("I don't answer Bob here any more.");

    bob.in(2).says("Why tides?");

    server.await(2, chat -> chat.getLast().text().startsWith("Answer to Why tides?"));
  }

  @Test
  void anAnonymousAdminIsTheGroupItself() throws Exception {
    Member anonymous = new Member(server, 3, "Cleo", "en", GROUP);
    int question = anonymous.saysAs(GROUP, "Tides", "@parley_test_bot tides?");
    awaitAnswer("Answer to tides?");
    assertThat(bob.presses(lastOfBot(), "↻")).startsWith("這個按鈕是給Tides的。");
    assertThat(cleo.presses(lastOfBot(), "↻")).isEmpty(); // under her own name
    server.await(GROUP, chat -> chat.getLast().buttons().contains("2/2"));

    anonymous.saysAs(GROUP, "Tides", "/settings messages-per-day");
    server.await(GROUP, chat -> chat.getLast().buttons().contains("Another number"));
    assertThat(bob.presses("20 answers")).startsWith("這個按鈕是給別人的。");
    cleo.presses("Another number");
    awaitLast("Per person and day: a whole number");
    anonymous.repliesAs(GROUP, "Tides", lastOfBot().id(), "7");
    awaitLast("Parley in Tides");
    assertThat(lastOfBot().text()).contains("Per person and day: 7 answers (this group)");

    cleo.repliesTo(question, "/access block");
    awaitLast("Tides manages this group, so I go on answering them.");
  }

  @Test
  void whoWritesAsAChannelIsAPersonButNoAdmin() throws Exception {
    ada.saysAs(CHANNEL, "News", "/settings answer-mode all");
    awaitLast("Only people who manage this group can change this.");
    int question = ada.saysAs(CHANNEL, "News", "@parley_test_bot tides?");
    awaitAnswer("Answer to tides?");

    cleo.repliesTo(question, "/access block");
    awaitLast("I don't answer News here any more.");
    ada.saysAs(CHANNEL, "News", "@parley_test_bot waves?");
    ada.says("@parley_test_bot rain?");
    awaitAnswer("Answer to rain?");
    assertThat(server.ofBot(GROUP)).noneMatch(shown -> shown.text().contains("waves"));
  }

  @Test
  void postsOfALinkedChannelAreNoQuestions() throws Exception {
    cleo.says("/settings answer-mode all");
    awaitLast("Parley in Tides");

    ada.forwardsFrom(CHANNEL, "News", "Today's news");
    ada.says("Why tides?");

    awaitAnswer("Answer to Why tides?");
    assertThat(server.ofBot(GROUP)).hasSize(2);
  }

  @Test
  void otherBotsAreAnsweredWhereThatIsWantedAndNotForEver() throws Exception {
    Member echo = new Member(server, 9, "Echo", "en", GROUP);
    echo.saysAsBot("@parley_test_bot zero");
    echo.saysAsBot("/help");
    cleo.says("/settings answer-bots on");
    awaitLast("Parley in Tides");
    for (int i = 1; i <= 9; i++) {
      echo.saysAsBot("@parley_test_bot turn " + i);
    }
    echo.saysAsBot("/settings answer-mode all");
    server.await(
        GROUP,
        chat -> chat.getLast().text().contains("I have answered bots 5 times in a row here."));
    ada.says("@parley_test_bot And I?"); // which comes after all of these
    awaitAnswer("Answer to And I?");

    assertThat(server.ofBot(GROUP)).hasSize(1 + 5 + 1);
  }

  @Test
  void whoIsNotOnTheListIsToldSoInPrivateOnce() throws Exception {
    bot.close();
    Door door =
        new Door(new Operators(Set.of()), false, Set.of(new PersonId("telegram", "1")), Set.of());
    bot = RunningBot.start(server.options(), folder, model, door, time.timing());
    Member alone = bob.in(2);
    alone.says("/start");
    server.await(2, chat -> chat.getLast().text().contains("請告訴營運者你是 telegram:2"));
    alone.says("Why?");
    alone.says("/help");
    bob.says("@parley_test_bot Here?");
    ada.says("@parley_test_bot And I?");
    awaitAnswer("Answer to And I?");

    assertThat(server.ofBot(GROUP)).hasSize(1);
    assertThat(server.ofBot(2)).hasSize(1);
  }

  @Test
  void whoIsNotLetInAnyMoreStillHasWhatIsKeptOfThem() throws Exception {
    Member alone = bob.in(2);
    alone.says("Why?");
    server.await(2, chat -> chat.getLast().text().startsWith("Answer to Why?"));
    bot.close();
    Door door = new Door(new Operators(Set.of()), true, Set.of(), Set.of());
    bot = RunningBot.start(server.options(), folder, model, door, time.timing());

    alone.says("/privacy");
    server.await(2, chat -> chat.getLast().text().contains("1 段對話裡的 2 則訊息"));
    alone.presses("全部刪除");
    server.await(2, chat -> chat.getLast().text().contains("這會刪除 2 則訊息"));
    alone.presses("全部刪除");
    server.await(2, chat -> chat.getLast().text().contains("已刪除 2 則訊息"));
  }

  @Test
  void thePictureOfUseIsSentInPrivateAlone() throws Exception {
    ada.says("@parley_test_bot tides?");
    awaitAnswer("Answer to tides?");
    ada.says("/usage");
    awaitLast("Today: 1 answer.");
    assertThat(lastOfBot().text()).endsWith("/usage also has a picture of your last 14 days.");

    ada.in(1).says("/usage");
    server.await(
        1, chat -> chat.getLast().message().path("picture").asText().contains("usage.png"));
    assertThat(server.ofBot(1)).hasSize(2);
    assertThat(server.ofBot(GROUP)).hasSize(2);
  }

  @Test
  void aTopicIsSetApartFromItsGroup() throws Exception {
    cleo.says("/settings creativity precise");
    awaitLast("Parley in Tides");
    cleo.sends(
        "/settings", message -> message.put("is_topic_message", true).put("message_thread_id", 7));

    awaitLast("Parley in this topic");
    assertThat(lastOfBot().text()).contains("Creativity: precise (the whole group)");
    assertThat(lastOfBot().buttons()).contains("The whole group");
  }

  private Shown lastOfBot() {
    return server.ofBot(GROUP).getLast();
  }

  private void awaitLast(String beginning) throws InterruptedException {
    server.await(
        GROUP,
        chat ->
            chat.getLast().from() == BotApiServer.BOT
                && chat.getLast().text().startsWith(beginning));
  }

  private void awaitAnswer(String beginning) throws InterruptedException {
    server.await(
        GROUP,
        chat ->
            chat.getLast().text().startsWith(beginning) && chat.getLast().buttons().contains("↻"));
  }
}
