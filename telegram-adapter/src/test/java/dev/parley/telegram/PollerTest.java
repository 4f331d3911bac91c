package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.storage.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.telegram.telegrambots.meta.api.objects.Update;

class PollerTest {
  @TempDir Path folder;
  private final List<Integer> handled = new CopyOnWriteArrayList<>();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile Instant now = Instant.EPOCH;
  private BotApiServer server;
  private Database database;
  private Intake intake;
  private Member ada;
  private Logs logs;

  @BeforeEach
  void start() throws Exception {
    logs = opened(new Logs());
    server = opened(new BotApiServer(InstantSource.system()));
    ada = new Member(server, 1, "Ada", "en", 1);
    database = opened(Database.open(folder.resolve("parley.db")));
    intake = opened(intake());
  }

  private Intake intake() {
    KnownMessages known = new KnownMessages();
    Apologies apologies = new Apologies(opened(new BotApi(server.options())), known);
    return new Intake(new Events(database, () -> now), known, apologies, this::handle);
  }

  private void handle(List<Update> updates) {
    updates.forEach(update -> handled.add(update.getUpdateId()));
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.addFirst(part);
    return part;
  }

  private void poll() {
    BotApi api = opened(new BotApi(server.options()));
    Poller poller =
        new Poller(
            api,
            intake,
            server.options().polling(),
            List.of("message"),
            () -> now,
            new Random(1),
            pauses::add);
    opened(poller).start();
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  @Test
  void anOutageIsSaidOnceAndPollingGoesOnLessAndLessOften() {
    Fault[] outage = new Fault[12];
    Arrays.fill(outage, Fault.BAD_GATEWAY_BEFORE);
    server.faults().plan("getUpdates", outage);
    poll();
    ada.says("Still there?");

    await().until(() -> handled.size() == 1);
    assertThat(pauses).hasSize(12);
    for (int i = 0; i < 12; i++) {
      long longest = Math.min(60, 2L << i);
      assertThat(pauses.get(i))
          .isBetween(Duration.ofMillis(longest * 500), Duration.ofSeconds(longest));
    }
    await().until(() -> logs.lines().size() == 2);
    assertThat(logs.lines())
        .containsExactly(
            "WARN Telegram gives no updates and is asked again:"
                + " getupdates failed: an unreadable answer",
            "INFO Telegram gives updates again");
    assertThat(logs.events()).noneMatch(event -> event.getThrowableProxy() != null);
  }

  @Test
  void afterAnOutageTheNextOneBeginsWithShortPauses() {
    server.faults().plan("getUpdates", Fault.CUT_BEFORE, Fault.CUT_BEFORE, Fault.CUT_BEFORE);
    poll();
    ada.says("One");
    await().until(() -> handled.size() == 1);
    server.faults().plan("getUpdates", Fault.CUT_BEFORE);
    ada.says("Two");
    await().until(() -> handled.size() == 2);
    ada.says("Three"); // the fault may have hit the request after the second
    await().until(() -> handled.size() == 3 && pauses.size() == 4);

    assertThat(pauses.getLast()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void twoBotsOnOneTokenAreSaidInOneLine() {
    conflict(3);
    poll();
    ada.says("One");
    await().until(() -> handled.size() == 1);
    conflict(2);
    ada.says("Two");
    await().until(() -> handled.size() == 2);
    ada.says("Three");
    await().until(() -> handled.size() == 3 && pauses.size() == 5);

    assertThat(logs.lines().stream().filter(line -> line.startsWith("WARN")))
        .containsExactly(
            "WARN Another program asks for this bot's updates with the same token, and Telegram"
                + " serves only one: stop it, or give one of the two its own bot.");
  }

  private void conflict(int times) {
    server.deny(
        "getUpdates",
        times,
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
            + " running");
  }

  @Test
  void aTokenThatWasTakenBackIsSaidOnce() {
    server.deny("getUpdates", 2, 401, "Unauthorized");
    poll();
    ada.says("Back again");

    await().until(() -> handled.size() == 1);
    assertThat(logs.lines().getFirst())
        .isEqualTo(
            "WARN Telegram does not know this bot's token any more: get the new one from @BotFather"
                + " and start again.");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void whatCannotBeStoredIsNotConfirmed() {
    database.update(handle -> handle.execute("ALTER TABLE incoming_event RENAME TO elsewhere"));
    poll();
    ada.says("Keep this");
    await().until(() -> pauses.size() > 2);
    assertThat(handled).isEmpty();

    database.update(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO incoming_event"));

    await().until(() -> handled.size() == 1);
    assertThat(logs.lines().stream().filter(line -> line.startsWith("WARN"))).hasSize(1);
  }

  @Test
  void anUpdateThatTheClientCannotReadStopsNoOther() {
    ObjectNode odd = server.object();
    odd.put("message_id", "not a number");
    server.deliver("message", odd);
    ada.says("Why tides?");
    poll();

    await().until(() -> handled.size() == 2);
    assertThat(logs.lines()).hasSize(1);
    assertThat(logs.lines().getFirst()).contains("left out").doesNotContain("not a number");
  }

  @Test
  void anUpdateThatLacksItsChatStopsNoOtherEitherNorTheNextStart() throws Exception {
    server.deliver("message", server.object().put("message_id", 1).put("text", "x"));
    ada.says("Why tides?");
    poll();

    await().until(() -> handled.size() == 2);
    assertThat(logs.lines()).singleElement().asString().contains("left out");
    database.update(
        handle ->
            handle.execute(
                "UPDATE incoming_event SET body = ?", // as an earlier version has stored it
                "{\"update_id\": 1, \"message\": {\"message_id\": 1, \"text\": \"x\"}}"));

    assertThat(new Events(database, InstantSource.system()).left())
        .flatExtracting(Lane.Gathered::updates)
        .isNotEmpty()
        .noneMatch(Update::hasMessage);
  }

  @Test
  void whatIsDeliveredAgainIsHandledOnceAlsoByTheNextProcess() throws Exception {
    List<Update> updates = List.of(UpdateReader.read("{\"update_id\": 7}"));
    try (Intake first = intake()) {
      first.take(updates);
      first.take(updates);
      await().until(() -> handled.size() == 1);
    }
    Intake next = opened(intake());

    next.resume();
    next.take(updates);
    next.take(List.of(UpdateReader.read("{\"update_id\": 8}")));

    await().until(() -> handled.contains(8));
    assertThat(handled).containsExactly(7, 8);
  }
}
