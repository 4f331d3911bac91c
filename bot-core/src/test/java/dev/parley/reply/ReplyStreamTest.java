package dev.parley.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.format.FormattedText;
import dev.parley.platform.Arrivals;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReplyStreamTest {
  private static final PlatformLimits LIMITS =
      new PlatformLimits(200, Duration.ofMillis(1), Duration.ofSeconds(10), "▌");

  private static final PlatformLimits WITHOUT_CURSOR =
      new PlatformLimits(200, Duration.ofMillis(1), Duration.ofSeconds(10), "");
  private static final List<List<Button>> BUTTONS =
      List.of(List.of(new Button("regenerate:again:1", "↻")));

  private final List<String> removed = new ArrayList<>();
  private final Board board = new Board();
  private final Tally tally = new Tally();

  @Test
  void theFinalTextArrivesWholeWithItsButtons() throws Exception {
    ReplyStream stream = stream(List.of());
    stream.text("Hel");
    stream.text("lo");
    stream.finish("Hello.", BUTTONS);

    assertThat(stream.run()).isTrue();
    assertThat(board.texts()).containsExactly("Hello.");
    assertThat(board.buttons).isEqualTo(BUTTONS);
  }

  @Test
  void aLongTextBecomesSeveralMessagesOfTheAllowedLength() throws Exception {
    ReplyStream stream = stream(List.of());
    stream.finish("A sentence of some length. ".repeat(40), BUTTONS);

    assertThat(stream.run()).isTrue();
    assertThat(board.texts()).hasSizeGreaterThan(5).allMatch(text -> text.length() <= 200);
    assertThat(String.join(" ", board.texts()))
        .isEqualTo("A sentence of some length. ".repeat(40).strip());
  }

  @Test
  void aRestartEditsWhatWasPostedAndTakesBackWhatIsTooMuch() throws Exception {
    board.messages.put("old-0", "half");
    board.messages.put("old-1", "more");
    ReplyStream stream = stream(List.of("old-0", "old-1"));
    stream.finish("Whole.", BUTTONS);

    assertThat(stream.run()).isTrue();
    assertThat(board.messages).containsExactly(Map.entry("old-0", "Whole."));
  }

  @Test
  void everyTransientFailureIsOvercomeWithoutASecondMessage() throws Exception {
    board.failures.addAll(List.of(Kind.UNREACHABLE, Kind.RATE_LIMITED, Kind.UNKNOWN_OUTCOME));
    ReplyStream stream = stream(List.of());
    stream.finish("Once.", BUTTONS);

    assertThat(stream.run()).isTrue();
    assertThat(board.texts()).containsExactly("Once.");
  }

  @Test
  void whatIsShownTogetherAndWhatFailedAreCounted() throws Exception {
    board.failures.addAll(List.of(Kind.UNREACHABLE, Kind.UNREACHABLE));
    ReplyStream stream = stream(List.of());
    stream.text("Two ");
    stream.text("");
    stream.text("pieces");
    stream.text(".");
    stream.finish("Two pieces.", BUTTONS);

    stream.run();

    assertThat(tally.editsSaved()).isEqualTo(2);
    assertThat(tally.failures()).containsEntry("platform-unreachable", 2L);
  }

  @Test
  void aPlaceThatIsGoneEndsTheDelivery() throws Exception {
    board.failures.add(Kind.GONE);
    ReplyStream stream = stream(List.of());
    stream.finish("Lost.", BUTTONS);

    assertThat(stream.run()).isFalse();
  }

  @Test
  void aBeginningThatShowsNothingYetIsWaitedFor() throws Exception {
    ReplyStream stream = stream(List.of(), WITHOUT_CURSOR);
    board.whenPaused = () -> stream.finish("```\nint x;\n```", BUTTONS);
    stream.text("\n  ");

    assertThat(stream.run()).isTrue();
    assertThat(board.texts()).hasSize(1).first().asString().contains("int x;");
  }

  @Test
  void whatNeedsMoreMessagesThanThereMayBeEndsInAFile() throws Exception {
    String answer = "A sentence of some length. ".repeat(40).strip();
    ReplyStream stream = stream(List.of(), LIMITS, new Overflow(3, "All of it is in the file."));
    stream.text(answer);
    board.whenPaused = () -> stream.finish(answer, BUTTONS);

    assertThat(stream.run()).isTrue();
    assertThat(board.texts()).hasSize(3).last().isEqualTo("All of it is in the file.");
    assertThat(board.file).isEqualTo(answer);
    assertThat(board.buttons).isEqualTo(BUTTONS);
  }

  @Test
  void whatIsTooMuchForNowStaysUntilTheEnd() throws Exception {
    board.messages.put("old-0", "half");
    board.messages.put("old-1", "more");
    ReplyStream stream = stream(List.of("old-0", "old-1"));
    board.whenPaused = () -> stream.finish("A sentence of some length. ".repeat(12), BUTTONS);
    stream.status("One moment, I was restarted.", BUTTONS);

    assertThat(stream.run()).isTrue();
    assertThat(board.messages.keySet()).containsExactly("old-0", "old-1");
    assertThat(removed).isEmpty();

    ReplyStream next = stream(List.of("old-0", "old-1"));
    next.finish("Short.", BUTTONS);
    assertThat(next.run()).isTrue();
    assertThat(removed).containsExactly("old-1");
  }

  @Test
  void whereNoFileMayBeSentAllMessagesAre() throws Exception {
    String answer = "A sentence of some length. ".repeat(40).strip();
    ReplyStream stream = stream(List.of(), LIMITS, new Overflow(3, "All of it is in the file."));
    board.refusesFiles = true;
    stream.finish(answer, BUTTONS);

    assertThat(stream.run()).isTrue();
    assertThat(String.join(" ", board.texts())).isEqualTo(answer);
  }

  @Test
  void whatWasSaidWhileItWaitedGivesWayToTheRestOfAnEarlierAnswer() throws Exception {
    follows("A sentence of some length. ".repeat(40));

    assertThat(board.texts()).hasSizeGreaterThan(5).last().isEqualTo("Second.");
    assertThat(board.texts()).noneMatch(text -> text.contains("number"));
    assertThat(board.startedOver).isTrue();
    assertThat(removed).containsExactly("later-0");
  }

  @Test
  void ofTwoPostedAtOnceTheLaterAnswerGoesBelow() throws Exception {
    board.answers = new CompletableFuture<>();
    ReplyStream earlier = stream("earlier", List.of(), WITHOUT_CURSOR, Overflow.NEVER);
    ReplyStream later = stream("later", List.of(), WITHOUT_CURSOR, Overflow.NEVER);
    later.follow(earlier);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      later.status("You're number 1.", List.of());
      Future<Boolean> two = threads.submit(later::run);
      await().until(() -> board.messages.containsKey("later-0"));
      earlier.finish("First.", BUTTONS);
      Future<Boolean> one = threads.submit(earlier::run);
      await().until(() -> board.messages.containsKey("earlier-0"));
      assertThat(one.get()).isTrue();
      later.answerAfter(CompletableFuture.completedFuture(null));
      later.finish("Second.", BUTTONS);
      board.answers.complete(null);
      assertThat(two.get()).isTrue();
    }
    assertThat(board.texts()).containsExactly("First.", "Second.");
  }

  @Test
  void whatWasSaidWhileItWaitedBecomesTheAnswerBelowAShortOne() throws Exception {
    follows("First.");

    assertThat(board.texts()).containsExactly("First.", "Second.");
    assertThat(removed).isEmpty();
  }

  /** One answer grows while another one waits below, which then says "Second.". */
  private void follows(String first) throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    ReplyStream earlier = stream("earlier", List.of(), WITHOUT_CURSOR, Overflow.NEVER);
    ReplyStream later = stream("later", List.of(), WITHOUT_CURSOR, Overflow.NEVER);
    later.follow(earlier);
    later.after(earlier.placed());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> one = threads.submit(earlier::run);
      Future<Boolean> two = threads.submit(later::run);
      later.status("You're number 1.", List.of());
      earlier.text("Fi");
      await().until(() -> board.texts().equals(List.of("Fi", "You're number 1.")));
      later.answerAfter(ended);
      later.finish("Second.", BUTTONS);
      earlier.finish(first, BUTTONS);
      assertThat(one.get()).isTrue();
      ended.complete(null);
      assertThat(two.get()).isTrue();
    }
  }

  private ReplyStream stream(List<String> posted) {
    return stream(posted, LIMITS);
  }

  private ReplyStream stream(List<String> posted, PlatformLimits limits) {
    return stream(posted, limits, Overflow.NEVER);
  }

  private ReplyStream stream(List<String> posted, PlatformLimits limits, Overflow overflow) {
    return stream("nonce", posted, limits, overflow);
  }

  private ReplyStream stream(
      String nonce, List<String> posted, PlatformLimits limits, Overflow overflow) {
    return new ReplyStream(
        board,
        limits,
        overflow,
        nonce,
        true,
        tally,
        posted,
        () -> new Arrivals<String>().begin(""),
        new ReplyStream.PostedListener() {
          @Override
          public void posted(int part, String messageId) {}

          @Override
          public void removed(String messageId) {
            removed.add(messageId);
          }
        });
  }

  /** A place that keeps messages, deduplicates by nonce and fails as it is told. */
  private static final class Board implements ReplyChannel {
    final Map<String, String> messages = Collections.synchronizedMap(new LinkedHashMap<>());
    Runnable whenPaused = () -> {};
    final Deque<Kind> failures = new ArrayDeque<>();
    List<List<Button>> buttons = List.of();
    String file = "";
    boolean refusesFiles;
    boolean startedOver;

    /** Until then a place that has the first message does not say so. */
    CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);

    List<String> texts() {
      return new ArrayList<>(messages.values());
    }

    @Override
    public void typing() {}

    @Override
    public void pause(Duration duration) throws InterruptedException {
      whenPaused.run();
      ReplyChannel.super.pause(duration);
    }

    @Override
    public String post(FormattedText text, List<List<Button>> below, String nonce)
        throws PlatformException {
      boolean arrives = failures.peek() == null || failures.peek() == Kind.UNKNOWN_OUTCOME;
      if (arrives) {
        boolean first = messages.isEmpty();
        messages.put(nonce, text.text());
        buttons = below;
        if (first) {
          answers.join();
        }
      }
      failIfTold();
      return nonce;
    }

    @Override
    public void edit(String messageId, FormattedText text, List<List<Button>> below)
        throws PlatformException {
      failIfTold();
      messages.replace(messageId, text.text());
      buttons = below;
    }

    @Override
    public void attach(
        String messageId, FormattedText text, List<List<Button>> below, OutgoingFile added)
        throws PlatformException {
      if (refusesFiles) {
        throw new PlatformException(Kind.CLOSED, "no right to attach files");
      }
      edit(messageId, text, below);
      file = new String(added.content(), StandardCharsets.UTF_8);
    }

    @Override
    public void startOver() {
      startedOver = true;
    }

    @Override
    public void delete(String messageId) {
      messages.remove(messageId);
    }

    @Override
    public void finished(boolean answered) {}

    private void failIfTold() throws PlatformException {
      Kind kind = failures.poll();
      if (kind != null) {
        throw new PlatformException(
            kind, Duration.ofMillis(1), "told to fail", new IllegalStateException());
      }
    }
  }
}
