package dev.parley.reply;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.PRIVATE;
import static dev.parley.storage.Stores.adaInPrivate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conversation.Message;
import dev.parley.model.Role;
import dev.parley.storage.DatabaseException;
import dev.parley.storage.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  private static final int KILLS = 20;

  @TempDir Path folder;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void whatWasAcceptedIsThereOnceAfterBeingKilledAtAnyMoment() throws Exception {
    List<String> said = new ArrayList<>();
    Process next = start(0);
    for (int kill = 1; kill <= KILLS; kill++) {
      Process process = next;
      next = start(kill);
      said.addAll(killWhileWorking(process));
    }
    next.getOutputStream().close(); // the last one has nothing to do
    next.waitFor();

    try (Stores stores = Stores.open(folder)) {
      assertThat(stores.database.integrityCheck()).as("seed %d", seed).isEmpty();
      checkAccepted(stores, events(said, "accepted "));
      checkDelivered(stores, events(said, "delivered "));
    }
  }

  @Test
  void aDatabaseIsRefusedWhileAnotherProcessHasItAndNotAfterThatWasKilled() throws Exception {
    Process other = start(0);
    try (BufferedReader lines = other.inputReader();
        OutputStream go = other.getOutputStream()) {
      go.write('\n');
      go.flush();
      assertThat(lines.lines().anyMatch("accepted 0-0."::equals)).isTrue();

      assertThatThrownBy(() -> Stores.open(folder))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("Another Parley is using");
    } finally {
      other.destroyForcibly().onExit().join();
    }
    try (Stores stores = Stores.open(folder)) {
      assertThat(stores.replies.unfinished()).isNotEmpty();
    }
  }

  private Process start(int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + folder, // SQLite's library would stay behind elsewhere
            "-cp",
            System.getProperty("java.class.path"),
            AcceptingProcess.class.getName(),
            folder.toString(),
            String.valueOf(number))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Lets the process work until it said some lines, then a little further, and kills it. */
  private List<String> killWhileWorking(Process process) throws IOException {
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.inputReader();
        OutputStream go = process.getOutputStream()) {
      go.write('\n');
      go.flush();
      int enough = random.nextInt(40);
      while (events(said, "accepted ").size() < enough) {
        said.add(lines.readLine());
      }
      long until = System.nanoTime() + random.nextInt(3_000_000);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      process.toHandle().destroyForcibly(); // the process's own would close its output as well
      lines.lines().forEach(said::add);
    }
    process.onExit().join();
    return said;
  }

  private void checkAccepted(Stores stores, List<String> accepted) {
    List<Message> path =
        stores.tree.activePath(stores.conversations.current(adaInPrivate()).orElseThrow().id());
    List<String> questions =
        path.stream().filter(m -> m.role() == Role.USER).map(Message::text).toList();

    assertThat(questions).as("seed %d", seed).doesNotHaveDuplicates();
    assertThat(questions)
        .as("seed %d", seed)
        .containsAll(accepted.stream().map(event -> "question " + event).toList());
    assertThat(accepted)
        .allMatch(event -> !stores.events.first(PRIVATE.platform(), event), "known as seen");
    assertThat(stores.usage.inAll(ADA).questions()).isEqualTo(questions.size());
  }

  private void checkDelivered(Stores stores, List<String> delivered) {
    for (String event : delivered) {
      Message answer =
          stores
              .platformMessages
              .find(PRIVATE, "p-" + event)
              .flatMap(stores.tree::find)
              .orElseThrow();
      assertThat(answer.text()).as("seed %d", seed).isEqualTo("answer " + event);
      assertThat(stores.replies.of(answer.id()).orElseThrow().state())
          .isEqualTo(ReplyState.DELIVERED);
    }
  }

  /** Events of whole lines: the dot is written last. */
  private static List<String> events(List<String> said, String prefix) {
    return said.stream()
        .filter(line -> line.startsWith(prefix) && line.endsWith("."))
        .map(line -> line.substring(prefix.length(), line.length() - 1))
        .filter(event -> !event.equals("warm"))
        .toList();
  }
}
