package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chat.Announcements.Progress;
import dev.parley.person.Door;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Form;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Response;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementTest {
  private static final String FROM = "📣 **A message from whoever runs me**\n\n";

  @TempDir Path folder;
  private Bot bot;
  private Speaker olga;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    olga = bot.olga();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void whatIsWrittenIsShownAndGoesNowhereBeforeItIsConfirmed() throws InterruptedException {
    bot.ada().asks("Why tides?");
    Response none = olga.presses(olga.presses(olga.gives("operator"), "More"), "Announce");
    assertThat(none)
        .mentions("everybody who asked me something in private in the last 30 days, once each")
        .offers("Write one", "Back");

    Response shown = olga.fillsIn(olga.presses(none, "Write one"), "Tonight I *rest*.");

    assertThat(shown)
        .says(
            "This goes to 1 private chat where somebody asked me something in the last 30 days;"
                + " groups don't get it. It looks like this:\n\n"
                + FROM
                + "Tonight I *rest*.")
        .offers("Send", "Change", "No");
    assertThat(field(olga.presses(shown, "Change")).value()).isEqualTo("Tonight I *rest*.");
    assertThat(olga.presses(shown, "No")).mentions("What you write goes to everybody");
    assertThat(olga.presses(shown, "Send")).mentions("That text is gone").offers("Write one");
    assertThat(told(Stores.PRIVATE)).isEmpty();
  }

  @Test
  void everybodyWhoAskedInPrivateLatelyIsToldOnceInTheirLanguage() throws InterruptedException {
    Speaker old = bot.somebody("9", Locale.ENGLISH);
    old.asks("Why waves?");
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(30));
    bot.ada().asks("Why tides?");
    bot.adaInGroup().asks("Why tides?");
    bot.bobInGroup().asks("Why waves?");
    Speaker reader = bot.somebody("8", Locale.TAIWAN);
    reader.asks("為什麼？");

    Response shown = olga.gives("operator", "change", "announce", "text", "Tonight I *rest*.");
    assertThat(shown).mentions("This goes to 2 private chats");
    String send = id(shown);
    olga.pressesId(send);
    olga.pressesTwice(send);
    ended();

    assertThat(told(Stores.PRIVATE)).containsExactly(FROM + "Tonight I *rest*.");
    assertThat(told(reader.place().id())).containsExactly("📣 **營運者的公告**\n\nTonight I *rest*.");
    assertThat(told(Stores.GROUP)).isEmpty();
    assertThat(told(old.place().id())).isEmpty();
    assertThat(olga.gives("operator", "change", "announce"))
        .says("The last announcement: said in 2 chats, 0 could not be reached, 0 left.")
        .offers("Write one", "Refresh", "Back");
  }

  @Test
  void whoAskedInSeveralTopicsIsToldInTheLastOne() throws InterruptedException {
    Speaker ada = bot.ada();
    ada.asks("Why tides?");
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(1));
    PlaceId topic = new PlaceId("telegram", "1/7");
    ada.in(new Place(topic, Place.Kind.PRIVATE, Optional.of(Stores.PRIVATE), "")).asks("And?");

    announce("Tonight I rest.");

    assertThat(told(topic)).hasSize(1);
    assertThat(told(Stores.PRIVATE)).isEmpty();
  }

  @Test
  void whoDeletedThatTopicIsToldWhereTheyAskedBefore() throws InterruptedException {
    Speaker ada = bot.ada();
    ada.asks("Why tides?");
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(1));
    PlaceId topic = new PlaceId("telegram", "1/7");
    ada.in(new Place(topic, Place.Kind.PRIVATE, Optional.of(Stores.PRIVATE), "")).asks("And?");
    bot.stores.places.close(topic);

    announce("Tonight I rest.");

    assertThat(told(Stores.PRIVATE)).hasSize(1);
  }

  @Test
  void whoIsBlockedTurnedAwayOrGoneIsLeftAlone() throws InterruptedException {
    bot.ada().asks("Why tides?");
    for (String id : List.of("5", "6", "7", "8")) {
      bot.somebody(id, Locale.ENGLISH).asks("Why waves?");
    }
    bot.stores.blocked.block(chat("5"), bot.somebody("5", Locale.ENGLISH).person().id());
    bot.stores.people.forget(bot.somebody("6", Locale.ENGLISH).person().id());
    bot.stores.places.close(chat("7"));
    Set<PlaceId> letIn = Set.of(Stores.PRIVATE, chat("5"), chat("6"), chat("7"));
    bot.close();
    bot =
        Bot.restarted(
            folder,
            Bot.Setup.USUAL.withDoor(new Door(Bot.OPERATORS, false, Set.of(), letIn)),
            bot.platform);
    olga = bot.olga();

    announce("Tonight I rest.");

    assertThat(bot.announcements.progress()).contains(new Progress(1, 0, 0));
    assertThat(told(Stores.PRIVATE)).hasSize(1);
  }

  @Test
  void whoeverClosedTheChatIsCountedAndLeftAloneAfterwards() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.somebody("8", Locale.ENGLISH).asks("Why waves?");
    bot.platform.close(Stores.PRIVATE);

    announce("Tonight I rest.");

    assertThat(olga.gives("operator", "change", "announce"))
        .mentions("said in 1 chat, 1 could not be reached, 0 left");
    assertThat(bot.announcements.reach()).isEqualTo(1);
  }

  @Test
  void aChatThatCannotEvenBeNotedAsClosedHoldsUpNoOther() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.somebody("8", Locale.ENGLISH).asks("Why waves?");
    bot.platform.close(Stores.PRIVATE);
    bot.stores.database.update(
        handle ->
            handle.execute(
                "CREATE TRIGGER full BEFORE UPDATE OF closed_at ON place BEGIN SELECT"
                    + " RAISE(ABORT, 'full'); END"));

    announce("Tonight I rest.");

    assertThat(bot.announcements.progress()).contains(new Progress(1, 1, 0));
    assertThat(told(chat("8"))).hasSize(1);
  }

  @Test
  void aPlatformThatTakesNothingForAWhileIsWaitedFor() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.platform.takesNothing(3);

    announce("Tonight I rest.");

    assertThat(told(Stores.PRIVATE)).hasSize(1);
  }

  @Test
  void aLongAnnouncementIsSaidInParts() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.platform.takesAtMost(100);

    announce("word ".repeat(50));

    assertThat(told(Stores.PRIVATE)).hasSizeGreaterThan(2);
    assertThat(String.join(" ", told(Stores.PRIVATE)).split("word", -1)).hasSize(51);
  }

  @Test
  void whatNobodyConfirmsIsForgottenAfterAnHour() throws InterruptedException {
    bot.ada().asks("Why tides?");
    Response shown = olga.gives("operator", "change", "announce", "text", "Tonight I rest.");
    bot.stores.now = bot.stores.now.plus(Duration.ofHours(1));

    assertThat(olga.presses(shown, "Send")).mentions("That text is gone");
    assertThat(field(olga.pressesId("operator:announce:write")).value()).isEmpty();
    assertThat(bot.announcements.progress()).isEmpty();
  }

  @Test
  void anotherAnnouncementWaitsForTheOneThatIsBeingSaid() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.platform.hold();
    String first = id(olga.givesWhileBusy("operator", words("One")));
    assertThat(olga.pressesIdWhileBusy(first)).mentions("said in 0 chats", "1 left");

    Response second = olga.givesWhileBusy("operator", words("Two"));
    Response busy = olga.pressesIdWhileBusy(id(second));
    assertThat(busy).mentions("The one before is still being said.").offers("Send", "No");
    bot.platform.release();
    ended();
    olga.pressesIdWhileBusy(id(busy));
    ended();

    assertThat(told(Stores.PRIVATE)).containsExactly(FROM + "One", FROM + "Two");
  }

  @Test
  void whatIsLeftWhenTheProcessEndsStaysUnsaid() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.somebody("8", Locale.ENGLISH).asks("Why waves?");
    bot.platform.hold();
    olga.pressesIdWhileBusy(id(olga.givesWhileBusy("operator", words("One"))));

    bot.announcements.close();

    assertThat(bot.announcements.progress().orElseThrow().said()).isZero();
    assertThat(bot.announcements.progress().orElseThrow().left()).isPositive();
    assertThat(bot.announcements.begin("Two")).isFalse();
    bot.platform.release();
    assertThat(told(chat("8"))).isEmpty();
  }

  @Test
  void aTextThatIsTooLongOrEmptyOrForNobodyIsNotKept() throws InterruptedException {
    assertThat(olga.gives("operator", "change", "announce", "text", "Tonight I rest."))
        .says(
            "There is nobody to tell: nobody who can be reached asked me anything in private in the"
                + " last 30 days.");
    bot.ada().asks("Why tides?");

    Response tooLong = olga.gives("operator", "change", "announce", "text", "a".repeat(1_501));
    assertThat(tooLong)
        .says("That's 1,501 characters; I can keep 1,500. Please shorten it and send it again.");
    assertThat(field(tooLong).value()).isEqualTo("a".repeat(1_500));
    assertThat(olga.fillsIn(tooLong, " ")).mentions("What you write goes to everybody");
    assertThat(olga.fillsIn(tooLong, "a".repeat(1_500))).offers("Send", "Change", "No");
  }

  @Test
  void nobodyElseAnnounces() throws InterruptedException {
    Speaker ada = bot.ada();
    ada.asks("Why tides?");
    Response shown = olga.gives("operator", "change", "announce", "text", "Tonight I rest.");
    String own = "Only those who run me can use this; you are `telegram:1`.";

    assertThat(ada.presses(shown, "Send")).says(own);
    assertThat(ada.fillsIn(olga.presses(shown, "Change"), "Mine")).says(own);
    assertThat(ada.gives("operator", "change", "announce", "text", "Mine")).says(own);
    assertThat(olga.fillsIn(new Form("operator:nonsense", "", fields()), "Mine"))
        .says("This button is from an older answer. Use the newest one, or /regenerate.");

    assertThat(bot.announcements.progress()).isEmpty();
  }

  @Test
  void allThatIsTypedAfterTheWordIsTheText() {
    CommandDefinition operator =
        bot.core.commands().stream()
            .filter(command -> command.name().equals("operator"))
            .findFirst()
            .orElseThrow();

    assertThat(operator.read("announce all debug:\nI rest  tonight"))
        .isEqualTo(Map.of("change", "announce", "text", "all debug:\nI rest  tonight"));
    assertThat(operator.read("announce")).isEqualTo(Map.of("change", "announce"));
    assertThat(operator.read("show announce")).doesNotContainKey("text");
  }

  private void announce(String text) throws InterruptedException {
    olga.pressesId(id(olga.gives("operator", "change", "announce", "text", text)));
    ended();
  }

  private void ended() throws InterruptedException {
    await().until(() -> bot.announcements.progress().filter(now -> now.left() == 0).isPresent());
    bot.platform.awaitQuiet();
  }

  /** What stands there beside answers. */
  private List<String> told(PlaceId place) {
    return bot.platform.in(place).stream()
        .map(RecordingPlatform.Shown::text)
        .filter(text -> !text.startsWith("Answer to"))
        .toList();
  }

  private static Map<String, String> words(String text) {
    return Map.of("change", "announce", "text", text);
  }

  private static List<Form.Field> fields() {
    return List.of(new Form.Field("text", "", "", 100));
  }

  private static PlaceId chat(String id) {
    return new PlaceId("telegram", id);
  }

  private static Form.Field field(Response response) {
    return response.form().orElseThrow().fields().getFirst();
  }

  /** Of the button that sends what is shown. */
  private static String id(Response shown) {
    return shown.buttons().getFirst().getFirst().id();
  }
}
