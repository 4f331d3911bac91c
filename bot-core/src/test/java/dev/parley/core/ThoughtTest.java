package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.model.FinishReason;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Response;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a model that thinks before it answers. */
class ThoughtTest {
  private static final String HEADING = "**What I thought before I answered**\n\n";
  private static final String OLD =
      "This button is from an older answer. Use the newest one, or /regenerate.";

  @TempDir Path folder;
  private Bot bot;
  private Speaker ada;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    ada = bot.ada();
    bot.model.answers("<think>\nThe Moon or the Sun?\n</think>\n\nThe Moon pulls.");
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void aThoughtIsNoPartOfTheAnswerThatIsShownAndKept() throws InterruptedException {
    ada.asks("Why tides?");

    assertThat(bot).shows(ada, "The Moon pulls.").showsButtons(ada, "👍", "👎", "↻", "💭");
    assertThat(said()).containsExactly("Why tides?", "The Moon pulls.");
    assertThat(bot.platform.everythingIn(Stores.PRIVATE)).noneMatch(text -> text.contains("Sun"));
  }

  @Test
  void theNextQuestionIsReadWithoutTheThought() throws InterruptedException {
    ada.asks("Why tides?");
    ada.asks("How often?");

    assertThat(bot).read("user: Why tides?", "assistant: The Moon pulls.", "user: How often?");
  }

  @Test
  void anAnswerWithoutAThoughtHasNoButtonForIt() throws InterruptedException {
    bot.model.answers("<think>\n\n</think>\n\nThe Moon pulls.");

    ada.asks("Why tides?");

    assertThat(bot).shows(ada, "The Moon pulls.").showsButtons(ada, "👍", "👎", "↻");
    assertThat(thoughts()).isZero();
  }

  @Test
  void whileTheModelThinksThatIsSaid() throws InterruptedException {
    bot.model.hold();
    ada.says("Why tides?");
    bot.platform.awaitText("Thinking…");
    assertThat(bot).shows(ada, "Thinking…").showsButtons(ada, "Stop");
    bot.model.release();
    bot.platform.awaitQuiet();

    assertThat(bot).shows(ada, "The Moon pulls.");
  }

  @Test
  void theButtonShowsTheThoughtToWhoPressesIt() throws InterruptedException {
    ada.asks("Why tides?");

    Response shown = ada.presses("💭");

    assertThat(shown).says(HEADING + "The Moon or the Sun?").offers();
    assertThat(shown.audience()).isEqualTo(Response.Audience.CALLER);
    assertThat(bot).shows(ada, "The Moon pulls.");
  }

  @Test
  void eachAlternativeHasItsOwnThought() throws InterruptedException {
    ada.asks("Why tides?");
    bot.model.answers("<think>Another way.</think>It is the Moon.");
    ada.presses("↻");

    assertThat(bot).showsButtons(ada, "👍", "👎", "↻", "💭", "‹", "2/2");
    assertThat(ada.presses("💭")).says(HEADING + "Another way.");
    ada.presses("‹");

    assertThat(ada.presses("💭")).says(HEADING + "The Moon or the Sun?");
  }

  @Test
  void onlyWhoseTheAnswerIsMaySeeItsThought() throws InterruptedException {
    bot.adaInGroup().asks("Why tides?");
    Speaker bob = bot.bobInGroup();

    assertThat(bob.presses("💭")).says("這個按鈕是給Ada的。問我一個問題，你就會有自己的。");
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    bot.adaInGroup().asks("And waves?");

    assertThat(bob.presses("💭")).says("**我回答之前的想法**\n\nThe Moon or the Sun?");
  }

  @Test
  void forgedButtonsShowNothing() throws InterruptedException {
    ada.asks("Why tides?");
    MessageId answer = answer();
    long question = bot.stores.tree.find(answer).orElseThrow().parent().orElseThrow().value();

    assertThat(ada.pressesId("thought")).says(OLD);
    assertThat(ada.pressesId("thought:x")).says(OLD);
    assertThat(ada.pressesId("thought:999")).says(OLD);
    assertThat(ada.pressesId("thought:" + question)).says(OLD);
    assertThat(ada.gives("thought")).says("I don't know /thought. /help lists what I can do.");
  }

  @Test
  void aLongThoughtComesAsAFile() throws InterruptedException {
    String thought = "The Moon, or the Sun. ".repeat(300).strip();
    bot.model.answers("<think>" + thought + "</think>The Moon.");
    ada.asks("Why tides?");

    Response shown = ada.presses("💭");

    assertThat(shown).says("My thought is a long one: all of it is in the file.");
    OutgoingFile file = shown.file().orElseThrow();
    assertThat(file.name()).isEqualTo("thought-" + answer().value() + ".md");
    assertThat(new String(file.content(), StandardCharsets.UTF_8)).isEqualTo(thought);
  }

  @Test
  void neitherSearchNorExportKnowsAThought() throws InterruptedException {
    ada.asks("Why tides?");

    assertThat(ada.gives("history", "search", "Moon or the Sun"))
        .says("Nothing found for \"Moon or the Sun\".");
    Response chosen = ada.presses(ada.gives("history"), "1");
    byte[] exported = ada.presses(chosen, "Export").file().orElseThrow().content();

    assertThat(new String(exported, StandardCharsets.UTF_8))
        .contains("The Moon pulls.")
        .doesNotContain("Sun");
  }

  /** Or nobody would be told after a kill. */
  @Test
  void aThoughtWithoutAnAnswerHasNotEndedBeforeThatIsSaid() throws InterruptedException {
    bot.model.answers("<think>The Moon or the");
    bot.model.endsWith(FinishReason.LENGTH);
    bot.platform.hold();
    ada.says("Why tides?");
    bot.awaitUntold();
    bot.platform.release();
    bot.platform.awaitQuiet();

    assertThat(bot.platform.in(Stores.PRIVATE).getLast().text())
        .startsWith("I thought for so long");
    assertThat(bot.stores.replies.unfinished()).isEmpty();
  }

  @Test
  void aThoughtWithoutRoomForAnAnswerIsSaidAndCanBeSeen() throws InterruptedException {
    bot.model.answers("<think>The Moon or the");
    bot.model.endsWith(FinishReason.LENGTH);

    ada.asks("Why tides?");

    assertThat(bot)
        .shows(
            ada,
            "I thought for so long that there was no room left for the answer. Try again, or choose"
                + " longer answers in /preferences.")
        .showsButtons(ada, "Try again", "💭")
        .wasAskedTimes(1);
    assertThat(ada.presses("💭")).says(HEADING + "The Moon or the");
    assertThat(bot.stores.usage.today(Stores.ADA).generatedTokens()).isEqualTo(4);
    assertThat(bot.stores.usage.today(Stores.ADA).questions()).isZero();

    bot.model.answers("<think>The Moon.</think>The Moon pulls.");
    bot.model.endsWith(FinishReason.END);
    ada.presses("Try again");
    assertThat(bot).shows(ada, "The Moon pulls.").read("user: Why tides?");
    assertThat(ada.presses("💭")).says(HEADING + "The Moon.");
  }

  @Test
  void aThoughtWithoutAnAnswerIsTriedAgain() throws InterruptedException {
    bot.model.answers(
        prompt ->
            bot.model.prompts().size() == 1
                ? "<think>Hm.</think>"
                : "<think>The Moon.</think>The Moon pulls.");

    ada.asks("Why tides?");

    assertThat(bot).shows(ada, "The Moon pulls.").wasAskedTimes(2);
    assertThat(ada.presses("💭")).says(HEADING + "The Moon.");
  }

  @Test
  void aThoughtThatIsStoppedCanBeSeen() throws InterruptedException {
    bot.model.hold();
    ada.says("Why tides?");
    bot.platform.awaitText("Thinking…");

    ada.presses("Stop");

    assertThat(bot).shows(ada, "_(stopped)_").showsButtons(ada, "Try again", "💭");
    assertThat(ada.presses("💭").text()).startsWith(HEADING + "The");
    bot.model.release();
  }

  @Test
  void anAnswerThatGoesOnKeepsItsThought() throws InterruptedException {
    bot.model.endsWith(FinishReason.LENGTH);
    ada.asks("Why tides?");
    bot.model.answers(" So does the Sun.");
    bot.model.endsWith(FinishReason.END);

    ada.presses("Continue");

    assertThat(bot)
        .shows(ada, "The Moon pulls. So does the Sun.")
        .showsButtons(ada, "👍", "👎", "↻", "💭")
        .read("user: Why tides?", "assistant: The Moon pulls.");
    assertThat(ada.presses("💭")).says(HEADING + "The Moon or the Sun?");
  }

  @Test
  void aThoughtGoesWithItsQuestion() throws InterruptedException {
    String question = ada.asks("Why tides?");
    ada.presses("↻");
    assertThat(thoughts()).isEqualTo(2);
    String button = ada.buttonId("💭");

    ada.deletes(question);

    assertThat(thoughts()).isZero();
    assertThat(ada.pressesId(button)).says(OLD);
  }

  @Test
  void aThoughtGoesWithTheConversation() throws InterruptedException {
    ada.asks("Why tides?");
    Response chosen = ada.presses(ada.gives("history"), "1");

    ada.presses(ada.presses(chosen, "Delete"), "Delete");

    assertThat(thoughts()).isZero();
  }

  @Test
  void aThoughtGoesWithThePerson() throws InterruptedException {
    ada.asks("Why tides?");

    bot.stores.database.update(
        handle -> handle.execute("DELETE FROM person WHERE id = ?", Stores.ADA.id()));

    assertThat(thoughts()).isZero();
  }

  private MessageId answer() {
    PlaceId place = ada.place().id();
    return bot.stores
        .platformMessages
        .find(place, bot.platform.in(place).getLast().id())
        .orElseThrow();
  }

  private List<String> said() {
    Conversation current = bot.stores.conversations.current(Stores.adaInPrivate()).orElseThrow();
    return bot.stores.tree.activePath(current.id()).stream().map(Message::text).toList();
  }

  private int thoughts() {
    return bot.stores.database.read(
        handle -> handle.createQuery("SELECT count(*) FROM thought").mapTo(Integer.class).one());
  }
}
