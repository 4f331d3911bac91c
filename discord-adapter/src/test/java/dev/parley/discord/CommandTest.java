package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.discord.Visits.Visit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Commands, buttons, menus and forms. */
class CommandTest extends Scenario {
  private List<String> names() {
    return server.commands().stream().map(command -> command.get("name").asText()).toList();
  }

  @Test
  void commandsAreSetOnceAndThenOnlyWhereTheyChanged() throws Exception {
    server.until("commands", () -> names().contains("Unblock for Parley"), () -> "" + names());
    assertThat(names()).contains("ask", "history", "settings", "Summarise").doesNotContain("start");
    JsonNode settings =
        server.commands().stream()
            .filter(command -> command.get("name").asText().equals("settings"))
            .findFirst()
            .orElseThrow();
    assertThat(settings.get("default_member_permissions").asLong()).isEqualTo(32);
    assertThat(settings.get("name_localizations").get("zh-TW").asText()).isEqualTo("設定");
    long created = server.calls("POST /applications/{application_id}/commands");

    stopBot();
    server.renamesCommand("Unblock for Parley", "Something else"); // the last that is compared
    startBot();
    server.until("commands", () -> names().contains("Unblock for Parley"), () -> "" + names());
    assertThat(server.calls("POST /applications/{application_id}/commands")).isEqualTo(created + 1);
    assertThat(server.calls("PATCH /applications/{application_id}/commands/{command_id}")).isZero();
  }

  @Test
  void askIsAnsweredInItsOwnMessage() throws Exception {
    Visit asked = ada.in(GENERAL).runs("ask", "question", "Why tides?");

    awaitAnswer(GENERAL, "Answer to Why tides?");
    assertThat(server.ofBot(GENERAL)).hasSize(1);
    assertThat(server.ofBot(GENERAL).getFirst().id()).isEqualTo(asked.original.orElseThrow());
  }

  @Test
  void whereTheBotIsNotItAnswersByTheCommandAlone() throws Exception {
    model.answers("A sentence of some words. ".repeat(300));
    Visit asked = ada.in(ELSEWHERE).runs("ask", "question", "Why tides?");

    server.until(
        "an answer",
        () -> asked.shown().stream().anyMatch(part -> part.buttons().contains("↻")),
        () -> asked.shown().toString());
    assertThat(asked.shown()).hasSize(4);
    assertThat(server.wrongCalls()).isEmpty();
  }

  @Test
  void instructionsAreAFormWithWhatIsThere() throws Exception {
    Visit form = ada.runs("instructions");
    assertThat(form.form.orElseThrow().get("components")).hasSize(2);
    Visit saved = ada.submits(form, Map.of("about", "I teach physics.", "style", "Briefly."));
    server.until("a word", () -> saved.original.isPresent(), () -> "none");
    Shown answer = server.ofBot(ada.channel()).getLast();
    assertThat(answer.text()).startsWith("Saved.");
    assertThat(answer.buttons()).containsExactly("Turn off", "Clear");

    JsonNode again = ada.runs("instructions").form.orElseThrow();
    assertThat(again.findValuesAsText("value")).containsExactly("I teach physics.", "Briefly.");
  }

  @Test
  void panelsChangeInPlaceAndBelongToWhoCalledThem() throws Exception {
    Visit panel = ada.in(GENERAL).runs("preferences");
    Shown shown = panel.shown().getFirst();
    assertThat(shown.isEphemeral()).isTrue();
    ada.in(GENERAL).presses(shown, "Creativity");
    assertThat(shown.buttons()).contains("precise");
    ada.in(GENERAL).presses(shown, "precise");
    assertThat(shown.text()).contains("Creativity: precise");

    Visit foreign = bob.in(GENERAL).presses(shown, "Creativity");
    assertThat(foreign.shown().getFirst().text()).startsWith("這個按鈕是給別人的。");
  }

  @Test
  void historyIsChosenFromAMenu() throws Exception {
    Visit export = export();
    awaitWords(ada.channel(), "[file");
    assertThat(export.answeredBy).isNotZero();
  }

  @Test
  void aFileThatDiscordDoesNotTakeIsSaid() throws Exception {
    server.takesFiles(100);
    export();
    awaitWords(ada.channel(), "(0.0 MB) could not be sent.");
  }

  private Visit export() throws Exception {
    ada.says("Why tides?");
    awaitAnswer(ada.channel(), "Answer to Why tides?");
    ada.runs("history");
    server.await(ada.channel(), shown -> !shown.getLast().choices().isEmpty());
    Shown panel = server.ofBot(ada.channel()).getLast();
    assertThat(panel.choices()).containsExactly("1. Why tides?");
    ada.chooses(panel, "1. Why tides?");
    server.await(ada.channel(), shown -> shown.getLast().buttons().contains("Open"));
    return ada.presses(server.ofBot(ada.channel()).getLast(), "Export");
  }

  @Test
  void aThumbDownAsksWhyAndOldButtonsExplainThemselves() throws Exception {
    ada.in(GENERAL).mentions("Why tides?");
    awaitAnswer(GENERAL, "Answer to Why tides?");
    Shown answer = server.ofBot(GENERAL).getLast();
    Visit why = ada.in(GENERAL).presses(answer, "👎");
    assertThat(why.shown().getFirst().text()).isEqualTo("What was wrong?");
    ada.in(GENERAL).presses(why.shown().getFirst(), "Not true");
    assertThat(why.shown().getFirst().text()).isEqualTo("Thanks.");
    Visit form = ada.in(GENERAL).presses(why.shown().getFirst(), "Say more");
    assertThat(form.form).isPresent();
    Visit thanks = ada.in(GENERAL).submits(form, Map.of("comment", "The Sun too."));
    assertThat(thanks.shown().getFirst().text()).isEqualTo("Thanks.");

    Visit old = ada.in(GENERAL).forges(answer, "something of another version");
    assertThat(old.shown().getFirst().text()).startsWith("This button is from an older");
  }

  @Test
  void onlyWhoManagesTheServerChangesItsSettings() throws Exception {
    Visit shown = bob.in(GENERAL).runs("settings");
    assertThat(shown.shown().getFirst().buttons()).isEmpty();
    server.makeManager(GUILD, 11);
    Visit panel = ada.in(GENERAL).runs("settings", "setting", "answer-mode", "value", "all");
    assertThat(panel.shown().getFirst().text()).contains("to everything");

    bob.in(GENERAL).says("Is anybody there?");
    awaitAnswer(GENERAL, "Answer to Is anybody there?");
  }

  @Test
  void aWholeServerIsSetAtOnceAndNobodyWhoTalksToOthersIsRemembered() throws Exception {
    server.makeManager(GUILD, 11);
    server.addChannel(GUILD + 2, GUILD, "waves");
    bob.in(GENERAL).says("Hello");
    Visit panel = ada.in(GENERAL).runs("settings");
    Shown here = panel.shown().getFirst();
    String around =
        here.buttons().stream().filter(label -> label.contains("whole")).findFirst().orElseThrow();
    ada.in(GENERAL).presses(here, around);
    ada.in(GENERAL).presses(here, "I answer");
    ada.in(GENERAL).presses(here, "to everything");
    assertThat(
            database.<Integer>read(
                handle ->
                    handle
                        .createQuery("SELECT count(*) FROM person WHERE id = '12'")
                        .mapTo(Integer.class)
                        .one()))
        .isZero();

    bob.in(GUILD + 2).says("Hello there");
    awaitAnswer(GUILD + 2, "Answer to Hello there");
  }

  @Test
  void aMessageCanBeAskedAboutAndSummarised() throws Exception {
    bob.in(GENERAL).says("The Moon pulls the water.");
    Shown message = server.in(GENERAL).getFirst();
    ada.in(GENERAL).choosesFor(message, "Summarise");
    server.await(GENERAL, shown -> shown.getLast().buttons().contains("↻"));
    assertThat(server.ofBot(GENERAL).getLast().text())
        .contains("The Moon pulls the water.")
        .contains("Summarise this message");

    Visit form = ada.in(GENERAL).choosesFor(message, "Ask Parley about this");
    ada.in(GENERAL).submits(form, Map.of("question", "Is it true?"));
    awaitWords(GENERAL, "Is it true?");
  }

  @Test
  void reactionsToAnAnswerRateIt() throws Exception {
    ada.in(GENERAL).mentions("Why tides?");
    awaitAnswer(GENERAL, "Answer to Why tides?");
    ada.in(GENERAL).reacts(server.ofBot(GENERAL).getLast().id(), "👍🏽", true);
    server.until("a rating", () -> ratings() == 1, () -> "none");
    ada.in(GENERAL).reacts(server.ofBot(GENERAL).getLast().id(), "👍🏽", false);
    server.until("no rating", () -> ratings() == 0, () -> "one");
  }

  private int ratings() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT count(*) FROM rating WHERE thumb IS NOT NULL")
                .mapTo(Integer.class)
                .one());
  }

  @Test
  void optionsAreCompletedWithWhatThereIs() throws Exception {
    ada.says("Why tides?");
    awaitAnswer(ada.channel(), "Answer to Why tides?");
    JsonNode titles = ada.completes("history", "search", "tide");
    assertThat(titles.findValuesAsText("name")).containsExactly("Why tides?");
    ada.runs("history", "search", titles.get(0).get("value").asText());
    server.await(ada.channel(), shown -> shown.getLast().buttons().contains("Export"));
    assertThat(bob.completes("history", "search", "")).isEmpty();

    JsonNode personas = ada.completes("preferences", "setting", "persona", "value", "");
    assertThat(personas.findValuesAsText("name")).containsExactly("Assistant", "Default");
    assertThat(personas.findValuesAsText("value")).containsExactly("assistant", "default");
    JsonNode languages = bob.completes("preferences", "setting", "language", "value", "中");
    assertThat(languages.findValuesAsText("value")).containsExactly("zh-Hant-TW", "zh-Hans-CN");

    server.makeManager(GUILD, 11);
    bob.in(GENERAL).mentions("Hello");
    awaitAnswer(GENERAL, "Answer to Hello");
    JsonNode people = ada.in(GENERAL).completes("access", "action", "block", "person", "");
    assertThat(people.findValuesAsText("name")).containsExactly("Bob (12)");
    assertThat(bob.in(GENERAL).completes("access", "action", "block", "person", "")).isEmpty();
  }

  @Test
  void aWaitingQuestionTellsItsPlaceAndCanBeCancelled() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    model.grows("It is", " long.", never);
    ada.says("one");
    awaitWords(ada.channel(), "It is");
    ada.says("two");
    server.await(ada.channel(), shown -> shown.getLast().buttons().contains("Cancel"));
    Shown waiting = server.ofBot(ada.channel()).getLast();
    assertThat(waiting.text()).startsWith("You're number 1");
    ada.presses(waiting, "Cancel");
    awaitWords(ada.channel(), "(stopped)");
    never.countDown();
    awaitAnswer(ada.channel(), "It is long.");
    assertThat(server.ofBot(ada.channel())).hasSize(2);
  }

  @Test
  void whatWasCutGoesOnInItsPlace() throws Exception {
    model.endsTooEarly();
    ada.says("Count");
    server.await(ada.channel(), shown -> shown.getLast().buttons().contains("Continue"));
    model.answers(" and so on.");
    ada.presses(server.ofBot(ada.channel()).getLast(), "Continue");
    awaitWords(ada.channel(), "and so on.");
    assertThat(server.ofBot(ada.channel())).hasSize(1);
    assertThat(server.ofBot(ada.channel()).getFirst().text()).startsWith("Answer to Count");
  }

  @Test
  void theStatusTellsHowManyAnswersAreOnTheirWay() throws Exception {
    server.until(
        "a status", () -> server.gateway().status().equals("Ask me anything"), () -> "none");
  }

  @Test
  void theLanguageOfAnAppIsKnownAfterARestart() throws Exception {
    bob.runs("queue");
    stopBot();
    startBot();
    bob.sendsFile("", "photo.heic", new byte[] {0, 1, 2});
    awaitWords(bob.channel(), "我能讀");
  }
}
