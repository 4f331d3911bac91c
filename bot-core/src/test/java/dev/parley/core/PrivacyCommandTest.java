package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.ConversationId;
import dev.parley.conversation.Owner;
import dev.parley.model.ChatMessage;
import dev.parley.platform.Feature;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.Place;
import dev.parley.platform.Response;
import dev.parley.settings.Creativity;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyCommandTest {
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
  void itSaysWhatIsKeptAndSinceWhen() throws InterruptedException {
    assertThat(ada.gives("privacy"))
        .mentions(
            "no messages in no conversations, no instructions, no ratings, since Nov 23, 2026.");
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(2));
    ada.asks("Why tides?");
    ada.presses("↻");
    ada.presses("👍");
    ada.gives("new");
    ada.asks("Why waves?");
    ada.fillsIn(ada.presses(ada.gives("instructions"), "Change the first"), "I teach physics.");

    assertThat(ada.gives("privacy"))
        .says(
            "**What I keep about you**: 5 messages in 2 conversations, one instruction, 1 rating,"
                + " since Nov 23, 2026.\nMessages stay until you delete them.\n"
                + "Learning from you: **off**.")
        .offers(
            "Turn on",
            "What does that mean?",
            "Export everything",
            "Delete everything",
            "Keep for … days");
  }

  @Test
  void whatOthersSaidIsNotCounted() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    bot.bobInGroup().asks("Why waves?");
    ada.in(Bot.GROUP).asks("Why tides?");

    assertThat(ada.gives("privacy")).mentions("2 messages in 1 conversation,");
  }

  @Test
  void whatWasTakenBackIsStillKeptAndCounted() throws InterruptedException {
    ada.asks("Why tides?");
    ada.gives("undo");

    assertThat(ada.gives("privacy")).mentions("2 messages in 1 conversation,");
  }

  @Test
  void learningIsOffUntilThePersonTurnsItOnAndCanBeTurnedOffAgain() throws InterruptedException {
    Response off = ada.gives("privacy");
    assertThat(learns()).isFalse();

    Response on = ada.presses(off, "Turn on");
    assertThat(on)
        .mentions("Learning from you: **on**.")
        .offers(
            "Turn off",
            "What does that mean?",
            "Export everything",
            "Delete everything",
            "Keep for … days");
    assertThat(learns()).isTrue();

    assertThat(ada.presses(on, "Turn off")).mentions("Learning from you: **off**.");
    assertThat(learns()).isFalse();
  }

  @Test
  void whatItMeansIsSaidBeforeOneDecides() throws InterruptedException {
    Response meaning = ada.presses(ada.gives("privacy"), "What does that mean?");

    assertThat(meaning)
        .mentions("also older ones", "only if all of them agreed", "from the next training on")
        .offers("Turn on", "Back");
    assertThat(ada.presses(meaning, "Back")).mentions("Learning from you: **off**.");
    assertThat(ada.presses(meaning, "Turn on")).mentions("Learning from you: **on**.");
  }

  @Test
  void everyoneDecidesForThemselves() throws InterruptedException {
    ada.presses(ada.gives("privacy"), "Turn on");

    assertThat(bot.bobInGroup().gives("privacy")).mentions("從你這裡學習：**已停用**。");
    assertThat(bot.stores.consents.given(Stores.BOB)).isFalse();
  }

  @Test
  void itIsSaidInThePersonsLanguage() throws InterruptedException {
    assertThat(bot.somebody("8", Locale.TAIWAN).gives("privacy"))
        .mentions("0 段對話裡的 0 則訊息", "從 2026年11月23日 起")
        .offers("啟用", "這是什麼意思？", "全部匯出", "全部刪除", "保存 … 天");
    assertThat(bot.somebody("9", Locale.CHINA).gives("privacy"))
        .mentions("0 段对话里的 0 条消息")
        .offers("启用", "这是什么意思？", "全部导出", "全部删除", "保存 … 天");
  }

  @Test
  void consentGoesWithThePerson() throws InterruptedException {
    ada.presses(ada.gives("privacy"), "Turn on");

    bot.stores.database.update(
        handle -> handle.execute("DELETE FROM person WHERE id = ?", Stores.ADA.id()));

    assertThat(learns()).isFalse();
  }

  @Test
  void everythingOfAPersonIsHandedOverAndNothingOfOthers() throws Exception {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    bot.bobInGroup().asks("Bob's secret");
    ada.in(Bot.GROUP).asks("Ada in the group");
    ada.asks("Why tides?");
    ada.presses("👍");
    ada.fillsIn(ada.presses(ada.gives("instructions"), "Change the first"), "I teach physics.");
    ada.gives("preferences", "setting", "creativity", "value", "precise");

    Response exported = ada.presses(ada.gives("privacy"), "Export everything");

    Map<String, String> files = unzipped(exported.file().orElseThrow());
    assertThat(files.keySet())
        .hasSize(3)
        .contains("parley.json")
        .filteredOn(name -> name.matches("conversations/conversation-[0-9]+[.]md"))
        .hasSize(2);
    JsonNode all = new ObjectMapper().readTree(files.get("parley.json"));
    assertThat(all.at("/person/0/name").asText()).isEqualTo("Ada");
    assertThat(all.at("/custom_instructions/0/about").asText()).isEqualTo("I teach physics.");
    assertThat(all.at("/preferences/0/value").asText()).isEqualTo("precise");
    assertThat(all.at("/ratings/0/thumb").asText()).isEqualTo("up");
    assertThat(all.at("/usage").findValuesAsText("questions")).containsExactly("1", "1");
    assertThat(all.at("/conversations").findValuesAsText("text"))
        .containsExactlyInAnyOrder(
            "Ada in the group",
            "Answer to Ada: Ada in the group",
            "Why tides?",
            "Answer to Why tides?");
    assertThat(String.join("\n", files.values()))
        .contains("**Me** · 2026-11-23 23:00\n\nWhy tides?")
        .doesNotContain("secret");
  }

  @Test
  void whoManagesAGroupGetsWhatAllOfItShareAndNothingElse() throws Exception {
    Speaker cleo = bot.cleoInGroup();
    Speaker bob = bot.bobInGroup();
    bob.asks("Bob alone");
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    bob.asks("Bob to all");
    ada.asks("Ada in private");

    assertThat(bob.gives("privacy").buttons()).hasSize(2);
    assertThat(bob.pressesId("privacy:export-place").file()).isEmpty();
    Response panel = cleo.gives("privacy");
    assertThat(panel)
        .mentions("**This group**: 4 messages, 2 of them in conversations of everyone");
    Map<String, String> files =
        unzipped(cleo.presses(panel, "Export the group").file().orElseThrow());

    JsonNode all = new ObjectMapper().readTree(files.get("parley.json"));
    assertThat(all.at("/settings/0/key").asText()).isEqualTo("shared-conversation");
    assertThat(all.at("/conversations").findValuesAsText("text"))
        .containsExactly("Bob to all", "Answer to Bob: Bob to all");
    assertThat(String.join("", files.values()))
        .contains("**Bob** ·")
        .doesNotContain("alone", "in private", Stores.BOB.toString());
  }

  @Test
  void itAlsoHoldsWhatIsSetForTheWholeThatTheGroupLiesIn() throws Exception {
    Speaker cleo = bot.cleoInGroup();
    ada.gives("privacy");
    bot.bobInGroup().asks("Why waves?");
    bot.stores.settings.set(Stores.SERVER, Setting.MESSAGES_PER_DAY, 50);
    bot.stores.settings.set(Stores.PRIVATE, Setting.MESSAGES_PER_DAY, 7);
    bot.stores.places.visit(new Place(Stores.SERVER, Place.Kind.GROUP, Optional.empty(), "Sea"));
    bot.stores.blocked.block(Stores.SERVER, Stores.BOB);

    Response exported = cleo.presses(cleo.gives("privacy"), "Export the group");

    JsonNode all =
        new ObjectMapper().readTree(unzipped(exported.file().orElseThrow()).get("parley.json"));
    assertThat(all.at("/settings").findValuesAsText("place")).containsExactly(Stores.SERVER.id());
    assertThat(all.at("/settings/0/value").asText()).isEqualTo("50");
    assertThat(all.at("/blocked").findValuesAsText("person")).containsExactly(Stores.BOB.id());
  }

  @Test
  void aFileIsHandedOverWhereNobodyElseSeesIt() throws InterruptedException {
    Speaker adaInGroup = ada.in(Bot.GROUP);
    Response elsewhere = adaInGroup.presses(adaInGroup.gives("privacy"), "Export everything");
    assertThat(elsewhere).mentions("in our private chat");
    assertThat(elsewhere.file()).isEmpty();

    bot.platform.has(Feature.QUIET_ANSWERS);
    assertThat(adaInGroup.presses(adaInGroup.gives("privacy"), "Export everything").file())
        .isPresent();
  }

  @Test
  void everythingIsDeletedOnceThePersonIsSureAndNothingOfOthers() throws Exception {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    Speaker bob = bot.bobInGroup();
    bob.asks("Before herring");
    ada.in(Bot.GROUP).asks("Ada says walrus");
    bob.asks("After herring");
    ada.asks("Walrus again");
    ada.presses("👍");
    ada.presses(ada.gives("privacy"), "Turn on");
    ada.fillsIn(ada.presses(ada.gives("instructions"), "Change the first"), "Walrus teacher.");
    ada.gives("preferences", "setting", "creativity", "value", "precise");
    bot.stores.blocked.block(Stores.GROUP, Stores.ADA);

    Response sure = ada.presses(ada.gives("privacy"), "Delete everything");
    assertThat(sure)
        .mentions("This deletes 4 messages, one instruction and 1 rating", "can't be undone")
        .offers("Delete everything", "No");
    assertThat(ada.presses(sure, "No")).mentions("4 messages in 2 conversations");
    assertThat(ada.presses(sure, "Delete everything"))
        .mentions(
            "Done: 4 messages, one instruction and 1 rating deleted.",
            "Backups that hold it are gone by Dec 23, 2026.");

    assertThat(bot.model.forgotten()).isEqualTo(2);
    assertThat(ada.gives("privacy"))
        .mentions("no messages in no conversations, no instructions, no ratings");
    assertThat(learns()).isFalse();
    assertThat(bot.stores.search.search(Owner.everyoneIn(Stores.GROUP), "walrus", 0, 5).total())
        .isZero();
    assertThat(bot.stores.settings.resolve(Setting.CREATIVITY, Stores.ADA, Stores.PRIVATE).value())
        .isEqualTo(Creativity.BALANCED);
    assertThat(bot.stores.blocked.contains(Stores.GROUP, Stores.ADA)).isTrue();
    assertThat(bot.stores.usage.today(Stores.ADA).questions()).isEqualTo(2);
    bob.asks("Still there?");
    assertThat(bot.model.lastPrompt())
        .extracting(ChatMessage::text)
        .anyMatch(text -> text.contains("Before herring"))
        .anyMatch(text -> text.contains("After herring"))
        .noneMatch(text -> text.contains("walrus"));
    assertThat(bytesOfTheDatabase()).contains("After herring").doesNotContain("walrus", "Walrus");
  }

  @Test
  void whatSomebodyDeletesOnThePlatformIsGoneHereToo() throws Exception {
    String question = ada.asks("Why walrus?");
    ada.presses("👍");

    ada.deletes(question);

    assertThat(ada.gives("privacy")).mentions("no messages in no conversations");
    Map<String, String> files =
        unzipped(ada.presses(ada.gives("privacy"), "Export everything").file().orElseThrow());
    assertThat(String.join("", files.values())).doesNotContain("walrus", "\"up\"");
    assertThat(
            bot.stores.database.<Integer>read(
                handle ->
                    handle
                        .createQuery("SELECT count(*) FROM message WHERE text LIKE '%walrus%'")
                        .mapTo(Integer.class)
                        .one()))
        .isZero();
  }

  /** Two panels in a group, or one from long ago, are not somebody else's to press. */
  @Test
  void nobodyConfirmsWithSomebodyElsesButton() throws InterruptedException {
    Speaker bob = bot.bobInGroup();
    bob.asks("Why waves?");
    Response sure = ada.presses(ada.gives("privacy"), "Delete everything");

    assertThat(bob.presses(sure, "Delete everything")).mentions("較早的回答");

    assertThat(bot.stores.kept.of(Stores.BOB).messages()).isEqualTo(2);
  }

  @Test
  void nothingIsDeletedWhereThePlatformCannotDeleteItsPart() throws InterruptedException {
    ada.asks("Why walrus?");
    bot.platform.keeps("the disk is read-only");
    Response sure = ada.presses(ada.gives("privacy"), "Delete everything");

    assertThat(ada.presses(sure, "Delete everything"))
        .mentions("Not everything could be deleted just now");
    assertThat(bot.stores.kept.of(Stores.ADA).messages()).isEqualTo(2);
  }

  /** Who branched off somebody's words has a title of them. */
  @Test
  void titlesOfOthersTellNothingOfWhoErased() throws InterruptedException {
    Speaker adaInGroup = ada.in(Bot.GROUP);
    adaInGroup.asks("Why walrus?");
    String answer = bot.platform.in(Stores.GROUP).getLast().id();
    Speaker bob = bot.bobInGroup();
    bob.repliesTo(answer, "And seals?");
    ConversationId bobs =
        bot.stores.conversations.current(Owner.of(Stores.GROUP, Stores.BOB)).orElseThrow().id();
    bot.stores.conversations.rename(bobs, "Why walrus?");

    ada.presses(ada.presses(ada.gives("privacy"), "Delete everything"), "Delete everything");

    assertThat(bot.stores.conversations.find(bobs).orElseThrow().title()).isEmpty();
    assertThat(bot.stores.kept.of(Stores.BOB).messages()).isEqualTo(2);
  }

  /** What it was before it was edited is deleted with it. */
  @Test
  void anEditedMessageIsDeletedInAllItsVersions() throws InterruptedException {
    String question = ada.asks("Why walrus?");
    ada.edits(question, "Why seal?");
    assertThat(bot.stores.kept.of(Stores.ADA).messages()).isEqualTo(4);

    ada.deletes(question);

    assertThat(bot.stores.kept.of(Stores.ADA).messages()).isZero();
  }

  @Test
  void whatIsOnItsWayIsStoppedBeforeItIsDeleted() throws InterruptedException {
    bot.model.hold();
    ada.says("Why tides?");
    bot.model.awaitPrompts(1);

    ada.pressesIdWhileBusy("privacy:really-delete:" + Stores.ADA.id());
    bot.model.release();
    bot.platform.awaitQuiet();

    assertThat(ada.gives("privacy")).mentions("no messages in no conversations");
  }

  @Test
  void thePersonsNumberGoesTheNextDay() throws InterruptedException {
    ada.asks("Why tides?");
    ada.presses(ada.presses(ada.gives("privacy"), "Delete everything"), "Delete everything");
    bot.background.sweep();
    assertThat(bot.stores.people.find(Stores.ADA)).isPresent();

    bot.stores.now = bot.stores.now.plus(Duration.ofDays(1));
    bot.background.sweep();

    assertThat(bot.stores.usage.inAll(Stores.ADA).questions()).isZero();
    assertThat(rowsOfAda()).isZero();
  }

  @Test
  void messagesGoAfterTheDaysThatThePersonOrThePlaceSets() throws InterruptedException {
    Speaker bob = bot.bobInGroup();
    ada.asks("Old tides?");
    bob.asks("Old waves?");
    assertThat(ada.presses(ada.gives("privacy"), "Keep for … days"))
        .offers(
            "for 7 days",
            "for 30 days",
            "for 90 days",
            "for 365 days",
            "until deleted",
            "Another number",
            "Default",
            "Back");
    ada.gives("preferences", "setting", "keep-days", "value", "7");
    assertThat(ada.gives("privacy")).mentions("Messages are deleted after 7 days.");
    bot.stores.settings.set(Stores.GROUP, Setting.KEEP_DAYS, 3);
    assertThat(ada.in(Bot.GROUP).gives("privacy")).mentions("deleted after 3 days.");
    bot.stores.settings.clear(Stores.GROUP, Setting.KEEP_DAYS);
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(5));
    ada.asks("New tides?");
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(3));

    bot.background.sweep();

    assertThat(ada.gives("privacy")).mentions("2 messages in 1 conversation");
    assertThat(bot.stores.kept.of(Stores.BOB).messages()).isEqualTo(2);

    bot.stores.settings.set(Stores.SERVER, Setting.KEEP_DAYS, 7);
    bot.background.sweep();
    assertThat(bot.stores.kept.of(Stores.BOB).messages()).isZero();
    assertThat(bot.stores.kept.of(Stores.ADA).messages()).isEqualTo(2);
  }

  private int rowsOfAda() {
    return bot.stores.database.read(
        handle ->
            handle
                .createQuery("SELECT count(*) FROM person WHERE id = :id")
                .bind("id", Stores.ADA.id())
                .mapTo(Integer.class)
                .one());
  }

  /** The file and what lies beside it. */
  private String bytesOfTheDatabase() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  private static Map<String, String> unzipped(OutgoingFile file) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.content()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  @Test
  void anUnknownButtonChangesNothing() throws InterruptedException {
    assertThat(ada.pressesId("privacy:nonsense"))
        .says("This button is from an older answer. Use the newest one, or /regenerate.");
    assertThat(learns()).isFalse();
  }

  private boolean learns() {
    return bot.stores.consents.given(Stores.ADA);
  }
}
