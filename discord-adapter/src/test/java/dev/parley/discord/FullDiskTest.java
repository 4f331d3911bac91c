package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.discord.Visits.Visit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullDiskTest extends Scenario {
  private static final String WAITS = "I can't write anything down right now";

  /** Longer than what is free in the pages that the database has. */
  private static final String LONG = "Some words. ".repeat(5_000);

  @Test
  void whileNothingCanBeStoredPeopleAreToldOnceAndAnsweredAfterwards() throws Exception {
    model.answers(question -> "Answer to " + question.split("\\?", -1)[0]);
    bob.runs("queue"); // tells the language of Bob's app
    limit(1); // SQLite takes the present size as the least
    asks(ada, "One?");
    awaitWords(ada.channel(), WAITS);
    asks(ada, "Two?");
    asks(bob, "Three?");
    awaitWords(bob.channel(), "我現在沒辦法存下任何內容");
    Visit refused = ada.in(GENERAL).runs("ask", "question", "Four? " + LONG);
    server.until("a word", () -> refused.original.isPresent(), () -> "none");
    assertThat(server.ofBot(GENERAL).getLast().text()).startsWith(WAITS).contains("try again");
    Visit panel = ada.in(GENERAL).runs("preferences", "setting", "language", "value", LONG);
    assertThat(panel.shown().getFirst().isEphemeral()).isTrue();
    limit(1_000_000);

    awaitAnswer(ada.channel(), "Answer to One");
    awaitAnswer(ada.channel(), "Answer to Two");
    awaitAnswer(bob.channel(), "Answer to Three");
    assertThat(server.ofBot(ada.channel())).filteredOn(m -> m.text().startsWith(WAITS)).hasSize(1);
    assertThat(server.ofBot(GENERAL)).hasSize(1);
  }

  private static void asks(Guest guest, String question) {
    guest.sendsFile(question, "notes.txt", LONG.getBytes(StandardCharsets.UTF_8));
  }

  private void limit(int pages) {
    List<Long> set =
        database.write(
            handle ->
                handle.createQuery("PRAGMA max_page_count = " + pages).mapTo(Long.class).list());
    assertThat(set).hasSize(1);
  }
}
