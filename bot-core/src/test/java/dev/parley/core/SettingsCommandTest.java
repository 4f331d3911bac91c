package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Feature;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Response;
import dev.parley.settings.AnswerMode;
import dev.parley.settings.Rate;
import dev.parley.settings.Resolved;
import dev.parley.settings.Resolved.Level;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsCommandTest {
  private static final Place TOPIC =
      new Place(
          new PlaceId("telegram", "-100/7"), Place.Kind.THREAD, Optional.of(Stores.GROUP), "Waves");

  @TempDir Path folder;
  private Bot bot;
  private Speaker cleo;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    cleo = bot.cleoInGroup();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void everyValueIsShownWithWhereItComesFrom() throws InterruptedException {
    bot.stores.settings.set(Stores.SERVER, Setting.MESSAGES_PER_DAY, 50);
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);

    assertThat(cleo.gives("settings"))
        .mentions(
            "**Parley in Tides** (what applies here, and from where)",
            "I answer: when mentioned *(default)*",
            "Conversations: one for everyone *(this group)*",
            "Per person and day: 50 answers *(the whole group)*",
            "Persona: Coder *(operator)*",
            "Text per day, each: no limit *(default)*",
            "Own instructions: allowed *(default)*")
        .offers(
            "Language",
            "Creativity",
            "Answer length",
            "Persona",
            "Growing answers",
            "Conversations",
            "I answer",
            "Other bots",
            "Own instructions",
            "Moderation",
            "Messages stay",
            "Better answers",
            "Comparisons",
            "Per minute, each",
            "Per minute, all",
            "Per person and day",
            "Text per day, each",
            "Text per day, admins",
            "Text per day, all",
            "Reset",
            "The whole group");
  }

  @Test
  void aValueIsChosenByButtonsAndTakenBack() throws InterruptedException {
    Response choices = cleo.presses(cleo.gives("settings"), "I answer");
    assertThat(choices).offers("when mentioned", "to everything", "to nothing", "Default", "Back");

    assertThat(cleo.presses(choices, "to everything"))
        .mentions("I answer: to everything *(this group)*");
    assertThat(inGroup(Setting.ANSWER_MODE).value()).isEqualTo(AnswerMode.ALL);
    assertThat(cleo.presses(choices, "Back")).mentions("I answer: to everything");
    assertThat(cleo.presses(choices, "Default")).mentions("I answer: when mentioned *(default)*");
    assertThat(inGroup(Setting.ANSWER_MODE).level()).isEqualTo(new Level.BuiltIn());
  }

  @Test
  void aNumberIsChosenOrTypedIntoAForm() throws InterruptedException {
    Response choices = cleo.presses(cleo.gives("settings"), "Per person and day");
    assertThat(choices)
        .offers(
            "10 answers",
            "20 answers",
            "50 answers",
            "100 answers",
            "no limit",
            "Another number",
            "Default",
            "Back");
    cleo.presses(choices, "20 answers");
    assertThat(inGroup(Setting.MESSAGES_PER_DAY).value()).isEqualTo(20);

    Response form = cleo.presses(choices, "Another number");
    Response wrong = cleo.fillsIn(form, "a few");
    assertThat(wrong).says("Per person and day: a whole number such as 50; 0 means no limit");
    assertThat(typed(form)).isEmpty();
    assertThat(typed(wrong)).isEqualTo("a few"); // to be mended
    assertThat(inGroup(Setting.MESSAGES_PER_DAY).value()).isEqualTo(20);

    assertThat(cleo.fillsIn(wrong, " 33 "))
        .mentions("Per person and day: 33 answers *(this group)*");
    assertThat(inGroup(Setting.MESSAGES_PER_DAY).value()).isEqualTo(33);
  }

  @Test
  void everythingCanBeTyped() throws InterruptedException {
    assertThat(cleo.gives("settings", "setting", "tokens-per-day", "value", "20000"))
        .mentions("Text per day, each: 20,000 word pieces *(this group)*");
    assertThat(cleo.gives("settings", "setting", "persona", "value", "pirate"))
        .says("Persona: assistant, coder");
    assertThat(cleo.gives("settings", "setting", "answer-mode"))
        .offers("when mentioned", "to everything", "to nothing", "Default", "Back");
    assertThat(cleo.gives("settings", "value", "nonsense")).mentions("There are: language, ");
    assertThat(inGroup(Setting.PERSONA).level()).isEqualTo(new Level.ByOperator());
  }

  @Test
  void resettingIsAskedTwiceAndLeavesWhatIsAround() throws InterruptedException {
    bot.stores.settings.set(Stores.SERVER, Setting.MESSAGES_PER_DAY, 50);
    cleo.gives("settings", "setting", "messages-per-day", "value", "10");
    cleo.gives("settings", "setting", "answer-mode", "value", "all");

    Response sure = cleo.gives("settings", "setting", "reset");
    assertThat(sure)
        .says("This takes back everything that was set for Tides.")
        .offers("Reset", "Back");
    assertThat(sure.buttons()).isEqualTo(cleo.presses(cleo.gives("settings"), "Reset").buttons());
    assertThat(cleo.presses(sure, "Back")).mentions("I answer: to everything");

    assertThat(cleo.presses(sure, "Reset"))
        .mentions(
            "I answer: when mentioned *(default)*",
            "Per person and day: 50 answers *(the whole group)*");
  }

  @Test
  void aTopicIsSetApartFromItsGroup() throws InterruptedException {
    Speaker inTopic = cleo.in(TOPIC);
    Response panel = inTopic.gives("settings");
    assertThat(panel).mentions("**Parley in this topic** (what");
    inTopic.presses(inTopic.presses(panel, "Creativity"), "precise");

    Response around = inTopic.presses(panel, "The whole group");
    assertThat(around)
        .mentions("**Parley in the whole group** (what", "Creativity: balanced *(default)*");
    Response changed = inTopic.presses(inTopic.presses(around, "I answer"), "to everything");
    assertThat(changed)
        .mentions("I answer: to everything *(the whole group)*", "Creativity: balanced");

    assertThat(inTopic.presses(changed, "Only here"))
        .mentions(
            "Creativity: precise *(this topic)*", "I answer: to everything *(the whole group)*");
    assertThat(cleo.gives("settings"))
        .mentions("Creativity: balanced *(default)*", "I answer: to everything *(this group)*");
  }

  @Test
  void whoDoesNotManageTheGroupSeesItWithoutButtons() throws InterruptedException {
    cleo.gives("settings", "setting", "answer-mode", "value", "all");
    Speaker ada = bot.adaInGroup();

    Response shown = ada.gives("settings");
    assertThat(shown)
        .mentions(
            "Only people who manage this group can change this. Here is how it's set now:",
            "**Parley in Tides**",
            "I answer: to everything *(this group)*")
        .offers();
    assertThat(ada.gives("settings", "setting", "answer-mode", "value", "mentioned"))
        .says(shown.text());
    assertThat(inGroup(Setting.ANSWER_MODE).value()).isEqualTo(AnswerMode.ALL);
    assertThat(bot.bobInGroup().gives("settings"))
        .mentions("只有管理這個群組的人可以修改。目前的設定：", "**Tides裡的 Parley**", "回答時機：所有訊息 *（這個群組）*")
        .offers();
    assertThat(bot.somebody("9", Locale.CHINA).in(Bot.GROUP).gives("settings"))
        .mentions("只有管理这个群组的人可以修改。目前的设置：", "回答时机：所有消息 *（这个群组）*")
        .offers();
  }

  @Test
  void whoLostTheRightPressesInVain() throws InterruptedException {
    Response choices = cleo.presses(cleo.gives("settings"), "I answer");
    Response form =
        cleo.presses(cleo.presses(cleo.gives("settings"), "Per person and day"), "Another number");
    Person before = cleo.person();
    Speaker now =
        new Speaker(bot, new Person(before.id(), before.name(), before.locale(), false), Bot.GROUP);

    assertThat(now.presses(choices, "to everything")).mentions("Only people who manage").offers();
    assertThat(now.fillsIn(form, "5")).mentions("Only people who manage").offers();

    assertThat(inGroup(Setting.ANSWER_MODE).value()).isEqualTo(AnswerMode.MENTIONED);
    assertThat(inGroup(Setting.MESSAGES_PER_DAY).value()).isZero();
  }

  @Test
  void inPrivateNothingIsToBeManaged() throws InterruptedException {
    Speaker alone =
        new Speaker(
            bot,
            new Person(Stores.ADA, "Ada", Locale.ENGLISH, true),
            new Place(Stores.PRIVATE, Place.Kind.PRIVATE, Optional.empty(), ""));

    assertThat(alone.gives("settings", "setting", "messages-per-day", "value", "0"))
        .says("This is for groups. For yourself use /preferences and /instructions.");
    assertThat(alone.pressesId("settings:here:messages-per-day:0")).mentions("This is for groups.");
    assertThat(bot.stores.settings.resolve(Setting.MESSAGES_PER_DAY, Stores.PRIVATE).level())
        .isEqualTo(new Level.BuiltIn());
  }

  @Test
  void limitsByRoleAreThereEverywhereSinceThereAreAdmins() throws InterruptedException {
    assertThat(cleo.gives("settings").text()).doesNotContain("Roles I");
    Response choices = cleo.presses(cleo.gives("settings"), "Text per day, admins");

    assertThat(cleo.fillsIn(cleo.presses(choices, "Name roles"), "admins=0, *x*=5"))
        .mentions("Text per day, admins: admins=0, \\*x\\*=5 *(this group)*");
  }

  @Test
  void aListIsGoneOnWithInsteadOfTypedAnew() throws InterruptedException {
    cleo.gives("settings", "setting", "blocked-words", "value", "casino, 賭場");

    Response asked = cleo.pressesId("settings:here:blocked-words:other");

    assertThat(typed(asked)).isEqualTo("casino, 賭場");
  }

  @Test
  void aListThatAFormHasNoRoomForIsNotThereInPart() throws InterruptedException {
    bot.stores.settings.set(
        Stores.GROUP, Setting.BLOCKED_WORDS, Set.of("casino".repeat(50), "wager".repeat(50)));

    Response asked = cleo.pressesId("settings:here:blocked-words:other");

    assertThat(typed(asked)).isEmpty();
  }

  @Test
  void aPanelHasNoMoreButtonsThanAPlatformTakes() throws InterruptedException {
    bot.platform.has(Feature.values());

    Response panel = cleo.gives("settings");

    assertThat(panel.buttons().stream().mapToInt(List::size).sum()).isLessThanOrEqualTo(25);
  }

  @Test
  void aRateIsChosenOrTyped() throws InterruptedException {
    Response choices = cleo.presses(cleo.gives("settings"), "Per minute, each");
    assertThat(choices)
        .offers(
            "5 messages",
            "10 messages",
            "20 messages",
            "no limit",
            "Another number",
            "Default",
            "Back");
    assertThat(cleo.fillsIn(cleo.presses(choices, "Another number"), "10  burst 30"))
        .mentions("Per minute, each: 10 messages, 30 at once *(this group)*");
    assertThat(inGroup(Setting.MESSAGES_PER_MINUTE).value()).isEqualTo(new Rate(10, 30));
    assertThat(cleo.fillsIn(cleo.presses(choices, "Another number"), "many"))
        .says(
            "Per minute, each: a number such as 10, or 10 burst 30 where 30 may come at once;"
                + " 0 means no limit");
  }

  @Test
  void rolesDecideWhoIsAnsweredAndNobodyIsWhereItAnswersNothing() throws InterruptedException {
    bot.platform.has(Feature.ROLES);
    cleo.gives("settings", "setting", "allowed-roles", "value", "Patrons, Staff");
    Person known = bot.adaInGroup().person();
    Speaker ada = new Speaker(bot, withRoles(known, "Everyone"), Bot.GROUP);
    Speaker patron = new Speaker(bot, withRoles(known, "Everyone", "patrons"), Bot.GROUP);
    assertThat(bot.core.hears(ada.person(), Bot.GROUP)).isFalse();
    assertThat(bot.core.hears(patron.person(), Bot.GROUP)).isTrue();
    assertThat(bot.core.hears(cleo.person(), Bot.GROUP)).isTrue();

    cleo.gives("settings", "setting", "allowed-roles", "value", "none");
    cleo.gives("settings", "setting", "blocked-roles", "value", "Patrons");
    assertThat(bot.core.hears(ada.person(), Bot.GROUP)).isTrue();
    assertThat(bot.core.hears(patron.person(), Bot.GROUP)).isFalse();

    cleo.gives("settings", "setting", "answer-mode", "value", "nothing");
    assertThat(bot.core.hears(ada.person(), Bot.GROUP)).isFalse();
    assertThat(bot.core.hears(ada.person(), bot.ada().place())).isTrue();
    assertThat(cleo.gives("settings", "setting", "allowed-roles", "value", ","))
        .mentions("none, or");
  }

  private static Person withRoles(Person person, String... roles) {
    return new Person(person.id(), person.name(), person.locale(), false, Set.of(roles));
  }

  @Test
  void helpNamesTheCommandsOfAdminsToAdminsAlone() throws InterruptedException {
    assertThat(cleo.gives("help")).mentions("/settings · How I work", "/access · Whom");
    assertThat(bot.adaInGroup().gives("help").text()).doesNotContain("/settings", "/access");
  }

  private <T> Resolved<T> inGroup(Setting<T> setting) {
    return bot.stores.settings.resolve(setting, Stores.GROUP);
  }

  private static String typed(Response asked) {
    return asked.form().orElseThrow().fields().getFirst().value();
  }
}
