package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.telegram.Chats.Shown;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullDiskTest extends Scenario {
  private static final String WAITS = "I can't write anything down right now";

  @Test
  void whileNothingCanBeStoredPeopleAreToldOnceAndAnsweredAfterwards() throws Exception {
    fill();
    ada.says(longQuestion("One"));
    server.await(1, chat -> chat.getLast().text().startsWith(WAITS));
    ada.says(longQuestion("Two"));
    bob.says(longQuestion("Three"));
    server.await(2, chat -> chat.getLast().text().startsWith("我現在沒辦法存下任何內容"));
    makeRoom();
    awaitAnswer(1, "Answer to One");
    awaitAnswer(1, "Answer to Two");
    awaitAnswer(2, "Answer to Three");

    assertThat(server.ofBot(1))
        .extracting(Shown::text)
        .filteredOn(t -> t.startsWith(WAITS))
        .hasSize(1);
    assertThat(server.ofBot(1)).hasSize(3);
    assertThat(server.ofBot(2)).hasSize(2);
  }

  /** Longer than what is free in the pages that the database has. */
  private static String longQuestion(String number) {
    return number + "? " + "Some words. ".repeat(300);
  }

  private void fill() {
    limit(1); // SQLite takes the present size as the least
  }

  private void makeRoom() {
    limit(1_000_000);
  }

  private void limit(int pages) {
    List<Long> set =
        bot.database()
            .write(
                handle ->
                    handle
                        .createQuery("PRAGMA max_page_count = " + pages)
                        .mapTo(Long.class)
                        .list());
    assertThat(set).hasSize(1);
  }
}
