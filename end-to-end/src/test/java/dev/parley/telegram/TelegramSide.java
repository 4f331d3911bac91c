package dev.parley.telegram;

import static org.awaitility.Awaitility.await;

import dev.parley.endtoend.Side;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** People on Telegram, each in a private chat. */
public final class TelegramSide implements Side, AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long FIRST_GROUP = -1_001_000_000_000L;

  private static final String MENTION = "@parley_test_bot ";
  private final FastTime time = new FastTime();
  private final BotApiServer server;

  public TelegramSide() throws Exception {
    server = new BotApiServer(time);
  }

  private TelegramSide(BotApiServer server) {
    this.server = server;
  }

  /** For a program that cannot be told that time is shorter. */
  public static TelegramSide atItsPace() throws Exception {
    return new TelegramSide(new BotApiServer(InstantSource.system()));
  }

  /** What a program is told to reach it. */
  public Map<String, String> environment() {
    return server.environment();
  }

  public Platform connect(Database database) throws Exception {
    return TelegramPlatform.connect(server.options(), database, time.timing());
  }

  /** Somebody says something in private. */
  public void says(int person, String text) {
    new Member(server, person, "Person " + person, "en", person).says(text);
  }

  /** Texts of the answers that a person has, as far as they are whole. */
  public List<String> answers(int person) {
    return server.ofBot(person).stream()
        .filter(shown -> shown.buttons().contains("↻"))
        .map(Chats.Shown::text)
        .toList();
  }

  /** Somebody lets the bot learn from them. */
  public void agrees(int person) throws Exception {
    Member member = member(person, PRIVATE);
    member.says("/privacy");
    awaitNewest(person, text -> text.contains("Learning from you: off"));
    member.presses("Turn on");
    awaitNewest(person, text -> text.contains("Learning from you: on"));
  }

  /** Somebody says whether their newest answer is good. */
  public void rates(int person, String thumb) throws Exception {
    member(person, PRIVATE).presses(newestAnswer(person), thumb);
  }

  /** Somebody finds their newest answer bad, and writes a better one. */
  public void teaches(int person, String better) throws Exception {
    Member member = member(person, PRIVATE);
    rates(person, "👎");
    awaitNewest(person, text -> text.startsWith("What was wrong?"));
    member.presses("Write a better answer");
    awaitNewest(person, text -> text.startsWith("How should the answer read?"));
    member.says(better);
    awaitNewest(person, text -> text.equals("Thanks."));
  }

  private Chats.Shown newestAnswer(int person) {
    return server.ofBot(person).stream()
        .filter(shown -> shown.buttons().contains("↻"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** Somebody has everything handed over that is kept of them; returns the file as it was sent. */
  public byte[] exports(int person) throws Exception {
    Member member = member(person, PRIVATE);
    member.says("/privacy");
    awaitNewest(person, text -> text.contains("Learning from you"));
    int before = server.documents().size();
    member.presses("Export everything");
    await().atMost(LONGEST).until(() -> server.documents().size() > before);
    return server.documents().getLast();
  }

  /** Somebody presses what stands under the bot's newest message. */
  public void presses(int person, String label) throws Exception {
    member(person, PRIVATE).presses(label);
  }

  /** The bot's newest message to somebody; empty before the first. */
  public String newest(int person) {
    List<Chats.Shown> all = server.ofBot(person);
    return all.isEmpty() ? "" : all.getLast().text();
  }

  private void awaitNewest(int person, Predicate<String> as) {
    await().atMost(LONGEST).until(() -> as.test(newest(person)));
  }

  private static long group(int place) {
    return FIRST_GROUP - place;
  }

  /** The place of a group as the core knows it. */
  public static PlaceId place(int group) {
    return new PlaceId(TelegramPlatform.NAME, Long.toString(group(group)));
  }

  private Member member(int person, int place) {
    long chat = place == PRIVATE ? person : group(place);
    return new Member(server, person, "Person " + person, "en", chat);
  }

  @Override
  public boolean isShared(int place) {
    return place == SHARED;
  }

  @Override
  public long asks(int person, int place, String text) {
    return member(person, place).says((place == PRIVATE ? "" : MENTION) + text);
  }

  @Override
  public boolean replies(int person, int place, int which, String text) {
    Member member = member(person, place);
    List<Chats.Shown> own = server.ofBot(member.chat());
    if (!own.isEmpty()) {
      member.repliesTo(own.get(which % own.size()).id(), text);
    }
    return !own.isEmpty();
  }

  @Override
  public void edits(int person, int place, long message, String text) {
    member(person, place).edits((int) message, (place == PRIVATE ? "" : MENTION) + text);
  }

  @Override
  public void beginsAnew(int person, int place) {
    member(person, place).says("/new@parley_test_bot");
  }

  public List<String> wrongCalls() {
    return server.wrongCalls();
  }

  @Override
  public void close() {
    server.close();
  }
}
