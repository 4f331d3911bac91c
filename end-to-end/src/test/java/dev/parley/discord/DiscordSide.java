package dev.parley.discord;

import static org.awaitility.Awaitility.await;

import dev.parley.discord.Visits.Visit;
import dev.parley.endtoend.Side;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People on Discord, each with their private messages. */
public final class DiscordSide implements Side, AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long GUILD = 500_000_000_000_000_000L;

  private final DiscordServer server;
  private final Map<Integer, Guest> people = new HashMap<>();

  public DiscordSide() throws Exception {
    this(0);
  }

  /** At a port that was told before. */
  public DiscordSide(int port) throws Exception {
    server = new DiscordServer(port);
    server.buckets().window(0.05);
  }

  /** Two servers, each with a channel and a thread in it. */
  public void addGroups() {
    for (int place = 1; place <= GROUPS; place += 2) {
      server.addGuild(group(place) - 1, "Server " + place);
      server.addThread(group(place + 1), group(place), "Thread");
    }
  }

  private static long group(int place) {
    return GUILD + (place - 1) / 2 * 1_000L + (place % 2 == 1 ? 1 : 50);
  }

  /** The place of a group as the core knows it. */
  public static PlaceId place(int group) {
    return Incoming.place(group(group));
  }

  private Guest guest(int person, int place) {
    return place == PRIVATE ? guest(person) : guest(person).in(group(place));
  }

  /** A thread is as its channel is. */
  @Override
  public boolean isShared(int place) {
    return place == SHARED || place == SHARED + 1;
  }

  @Override
  public long asks(int person, int place, String text) {
    Guest guest = guest(person, place);
    return place == PRIVATE ? guest.says(text) : guest.mentions(text);
  }

  @Override
  public boolean replies(int person, int place, int which, String text) {
    Guest guest = guest(person, place);
    List<Shown> own = server.ofBot(guest.channel());
    if (!own.isEmpty()) {
      guest.repliesTo(own.get(which % own.size()).id(), text);
    }
    return !own.isEmpty();
  }

  @Override
  public void edits(int person, int place, long message, String text) {
    guest(person, place).edits(message, (place == PRIVATE ? "" : Guest.MENTION) + text);
  }

  @Override
  public void beginsAnew(int person, int place) {
    guest(person, place).gives("new");
  }

  /** What a program is told to reach it. */
  public static Map<String, String> environment(int port) {
    return Map.of(
        "PARLEY_DISCORD_TOKEN",
        DiscordServer.TOKEN,
        "PARLEY_DISCORD_API",
        "http://127.0.0.1:" + port + "/api/v10",
        "PARLEY_DISCORD_GATEWAY",
        "ws://127.0.0.1:" + port);
  }

  /** What a program is told to reach this one. */
  public Map<String, String> environment() {
    return server.environment();
  }

  public Platform connect(Database database) throws Exception {
    return DiscordPlatform.connect(server.options(), database, InstantSource.system());
  }

  /** Whether it hears what people say. */
  public boolean isConnected() {
    return server.gateway().isConnected();
  }

  /** Somebody says something in private. */
  public void says(int person, String text) {
    guest(person).says(text);
  }

  private Guest guest(int person) {
    return people.computeIfAbsent(
        person, id -> Guest.inPrivate(server, 1_000 + id, "Person " + id, "en-US"));
  }

  /** Texts of the answers that a person has, as far as they are whole. */
  public List<String> answers(int person) {
    return server.ofBot(guest(person).channel()).stream()
        .filter(shown -> shown.buttons().contains("↻"))
        .map(Shown::text)
        .toList();
  }

  /** Somebody lets the bot learn from them. */
  public void agrees(int person) throws Exception {
    guest(person).runs("privacy");
    guest(person).presses(offering(person, "Turn on"), "Turn on");
    offering(person, "Turn off");
  }

  /** Somebody says whether their newest answer is good. */
  public void rates(int person, String thumb) throws Exception {
    guest(person).presses(newestAnswer(person), thumb);
  }

  /** Somebody finds their newest answer bad, and writes a better one. */
  public void teaches(int person, String better) throws Exception {
    rates(person, "👎");
    Visit form =
        guest(person).presses(offering(person, "Write a better answer"), "Write a better answer");
    guest(person).submits(form, Map.of("better", better));
  }

  /** The newest message of the bot with a button; under an answer it is no message of its own. */
  private Shown offering(int person, String label) {
    await().atMost(LONGEST).until(() -> newest(person, label).isPresent());
    return newest(person, label).orElseThrow();
  }

  private Optional<Shown> newest(int person, String label) {
    List<Shown> all = server.ofBot(guest(person).channel());
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.getLast()).filter(shown -> shown.buttons().contains(label));
  }

  private Shown newestAnswer(int person) {
    return server.ofBot(guest(person).channel()).stream()
        .filter(shown -> shown.buttons().contains("↻"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  public List<String> wrongCalls() {
    return server.wrongCalls();
  }

  @Override
  public void close() {
    server.close();
  }
}
