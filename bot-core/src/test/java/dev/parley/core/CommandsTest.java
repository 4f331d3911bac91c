package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Feature;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.Response;
import dev.parley.storage.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path folder;
  private Bot bot;
  private Speaker ada;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    ada = bot.ada();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void startOffersThreeThingsAndPressingOneAsksIt() throws InterruptedException {
    Response greeting = ada.gives("start");
    assertThat(greeting)
        .mentions("Hello Ada. I'm Parley")
        .offers("Explain a hard idea simply", "Help me write a message", "Quiz me on something");

    ada.presses(greeting, "Quiz me on something");

    assertThat(bot)
        .read("user: Ask me one quiz question about the planets.")
        .showsLast(ada, "Answer to Ask me one quiz question about the planets.");
  }

  @Test
  void helpListsEveryCommandInThePersonsLanguage() throws InterruptedException {
    assertThat(bot.somebody("8", Locale.TAIWAN).gives("help"))
        .mentions("/undo · 收回上一組問答", "/preferences", "重要的事請再查證");
  }

  @Test
  void aboutNamesModelLicenceAndLanguages() throws InterruptedException {
    assertThat(ada.gives("about"))
        .mentions("Scripted", "Apache-2.0", "languages: English, Chinese");
  }

  @Test
  void preferencesShowEachValueAndWhyItApplies() throws InterruptedException {
    assertThat(ada.gives("preferences"))
        .mentions("Creativity: balanced *(default)*", "Persona: Coder *(operator)*")
        .offers(
            "Language",
            "Creativity",
            "Answer length",
            "Persona",
            "Growing answers",
            "Messages stay");
  }

  @Test
  void aPreferenceIsChangedByButtonsAndTakenBack() throws InterruptedException {
    Response choices = ada.presses(ada.gives("preferences"), "Creativity");
    assertThat(choices).offers("precise", "balanced", "creative", "Default", "Back");

    assertThat(ada.presses(choices, "precise")).mentions("Creativity: precise *(you)*");
    assertThat(ada.presses(choices, "Default")).mentions("Creativity: balanced *(default)*");
  }

  @Test
  void aChosenLanguageHoldsAtOnce() throws InterruptedException {
    Response choices = ada.presses(ada.gives("preferences"), "Language");

    assertThat(ada.presses(choices, "繁體中文")).mentions("語言：繁體中文 *（你）*", "角色：程式設計師");
  }

  @Test
  void aPersonaThatDoesNotExistIsRefused() throws InterruptedException {
    assertThat(ada.gives("preferences", "setting", "persona", "value", "pirate"))
        .says("Persona: assistant, coder");
    assertThat(ada.pressesId("preferences:persona:pirate")).says("Persona: assistant, coder");
    assertThat(ada.pressesId("preferences:nonsense"))
        .says("This button is from an older answer. Use the newest one, or /regenerate.");
  }

  @Test
  void personaAndInstructionsReachTheModel() throws InterruptedException {
    ada.gives("preferences", "setting", "persona", "value", "coder");
    ada.fillsIn(ada.presses(ada.gives("instructions"), "Change the first"), "I teach physics.");

    ada.asks("Why tides?");

    assertThat(bot).wasTold("You write careful code.").wasTold("> I teach physics.");
  }

  @Test
  void instructionsTurnedOffDoNotReachTheModel() throws InterruptedException {
    Response saved =
        ada.fillsIn(ada.presses(ada.gives("instructions"), "Change the first"), "I teach physics.");
    ada.presses(saved, "Turn off");

    ada.asks("Why tides?");

    assertThat(bot).wasNotTold("I teach physics.");
  }

  @Test
  void instructionsThatAreTooLongAreRefusedWithTheirLength() throws InterruptedException {
    assertThat(
            ada.fillsIn(
                ada.presses(ada.gives("instructions"), "Change the first"), "a".repeat(1_612)))
        .says("That's 1,612 characters; I can keep 1,500. Please shorten it and send it again.");
  }

  @Test
  void historyListsOpensRenamesExportsAndDeletes() throws InterruptedException {
    ada.asks("Why tides?");
    ada.gives("new");
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(1));
    ada.asks("Why waves?");

    Response list = ada.gives("history");
    assertThat(list)
        .mentions("1. Why waves? · today · 2 messages", "2. Why tides? · Monday · 2 messages")
        .offers("1", "2", "Search");

    Response tides = ada.presses(list, "2");
    assertThat(ada.fillsIn(ada.presses(tides, "Rename"), "Tides")).says("Renamed: Tides");
    Response exported = ada.presses(tides, "Export");
    assertThat(new String(exported.file().orElseThrow().content(), StandardCharsets.UTF_8))
        .startsWith("# Tides\n")
        .contains("Why tides?", "Answer to Why tides?");

    assertThat(ada.presses(tides, "Open"))
        .says("We were here: \"Answer to Why tides?\" Go on whenever you like.");
    ada.asks("Sure?");
    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: Sure?");

    Response sure = ada.presses(tides, "Delete");
    assertThat(sure).says("This deletes \"Tides\" for good.").offers("Delete", "No");
    ada.presses(sure, "Delete");
    assertThat(ada.presses(list, "2")).says("That conversation is not there any more.");
  }

  @Test
  void historyCountsWhatCanStillBeRead() throws InterruptedException {
    ada.asks("Why tides?");
    ada.asks("Why waves?");
    ada.presses("↻");
    assertThat(ada.gives("history")).mentions("1. Why tides? · today · 4 messages");

    ada.gives("undo");
    assertThat(ada.gives("history")).mentions("1. Why tides? · today · 2 messages");

    ada.gives("undo");
    assertThat(ada.gives("history")).says("There are no conversations here yet.");
  }

  @Test
  void historyIsSearched() throws InterruptedException {
    ada.asks("潮汐為什麼一天兩次？");
    ada.gives("new");
    ada.asks("Why waves?");

    Response found = ada.gives("history", "search", "潮汐");

    assertThat(found).mentions("潮汐為什麼一天兩次？").offers("1", "2");
    assertThat(ada.gives("history", "search", "volcano")).says("Nothing found for \"volcano\".");
  }

  @Test
  void nobodyOpensAnotherPersonsConversation() throws InterruptedException {
    ada.asks("My PIN is 1234.");
    long id = bot.stores.conversations.current(Stores.adaInPrivate()).orElseThrow().id().value();
    Speaker bob = bot.bobInGroup();

    for (String action : new String[] {"choose", "open", "rename", "export", "really-delete"}) {
      assertThat(bob.pressesId("history:" + action + ":" + id)).says("那段對話已經不在了。");
    }
    assertThat(bob.gives("history", "search", "PIN")).says("找不到「PIN」。");
    assertThat(bot.stores.conversations.current(Stores.adaInPrivate())).isPresent();
  }

  @Test
  void usageHasAPictureOfOnesOwnDaysWhereNobodyElseSeesIt() throws InterruptedException {
    bot.platform.has(Feature.PICTURES);
    assertThat(ada.gives("usage").file()).isEmpty(); // of nothing

    Speaker adaThere = bot.adaInGroup();
    adaThere.asks("Why tides?");
    bot.bobInGroup().asks("Why waves, and why so many of them?");
    OutgoingFile picture = ada.gives("usage").file().orElseThrow();
    assertThat(picture.name()).isEqualTo("usage.png");
    assertThat(new String(picture.content(), StandardCharsets.UTF_8))
        .contains("date=2026-11-10", "date=2026-11-23", "answers=1")
        .doesNotContain("answers=2", "date=2026-11-09");
    Response inGroup = adaThere.gives("usage");
    assertThat(inGroup.file()).isEmpty();
    assertThat(inGroup)
        .mentions("In our private chat /usage also has a picture of your last 14 days.");

    bot.platform.has(Feature.PICTURES, Feature.QUIET_ANSWERS);
    assertThat(adaThere.gives("usage").file()).isPresent();
    bot.platform.has();
    assertThat(ada.gives("usage").file()).isEmpty();
  }

  @Test
  void usageCountsAnswers() throws InterruptedException {
    ada.asks("Why tides?");

    assertThat(ada.gives("usage")).says("Today: 1 answer. In all: 1 answer.");
  }

  @Test
  void whatIsUnknownIsSaid() throws InterruptedException {
    assertThat(ada.gives("dance")).says("I don't know /dance. /help lists what I can do.");
    assertThat(ada.pressesId("dance:1"))
        .says("This button is from an older answer. Use the newest one, or /regenerate.");
    assertThat(ada.gives("queue")).says("Nothing of yours is waiting.");
  }
}
