package dev.parley.reply;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.TAIPEI;
import static dev.parley.storage.Stores.adaInPrivate;
import static dev.parley.storage.Stores.author;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.Position;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationResult;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastDayTest {
  private static final Instant MORNING = Instant.parse("2026-11-23T01:00:00Z");

  @TempDir Path folder;

  private Stores stores;
  private int number;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
    stores.now = MORNING;
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void anEmptyDayHasTwentyFourHoursWithoutFigures() {
    stores.now = MORNING.plusSeconds(90);

    assertThat(hours()).hasSize(24);
    assertThat(hours().getLast().begins()).isEqualTo(MORNING);
    assertThat(hours().getFirst().begins()).isEqualTo(MORNING.minus(Duration.ofHours(23)));
    assertThat(hours())
        .allMatch(hour -> hour.answered() == 0 && hour.failed() == 0 && hour.mostWaiting() == 0)
        .allMatch(hour -> hour.waited().isEmpty() && hour.tokensPerSecond().isEmpty());
  }

  @Test
  void waitsAndSpeedsAreThoseOfTheMiddleAnswer() {
    answered(2, 1, 11);
    answered(4, 2, 21);
    answered(60, 3, 101);

    Hour hour = hours().getLast();
    assertThat(hour.answered()).isEqualTo(3);
    assertThat(hour.waited()).contains(Duration.ofSeconds(4));
    assertThat(hour.toFirstToken()).contains(Duration.ofSeconds(2));
    assertThat(hour.tokensPerSecond()).hasValue(2); // 20 tokens in the ten seconds after the first
  }

  @Test
  void whoWaitsAcrossAnHourIsInBoth() {
    Reply early = accept();
    Reply late = accept();
    pass(Duration.ofMinutes(59));
    Reply later = accept();
    pass(Duration.ofMinutes(2));
    generate(early, 1, 11);
    generate(late, 1, 11);
    accept();
    stores.replies.cancelled(later.id());

    List<Hour> hours = hours();
    assertThat(hours.get(22).mostWaiting()).isEqualTo(3);
    assertThat(hours.get(23).mostWaiting()).isEqualTo(3);
    assertThat(hours.get(21).mostWaiting()).isZero();
  }

  @Test
  void failuresAreCountedButNotWhatHadNobodyToGoTo() {
    stores.replies.failed(accept().id(), "7F3K");
    stores.replies.failed(accept().id(), "queue full");
    stores.replies.failed(accept().id(), "closed");

    assertThat(hours().getLast().failed()).isEqualTo(2);
  }

  @Test
  void whatIsOlderThanADayIsNotInIt() {
    answered(2, 1, 11);
    pass(Duration.ofHours(24));

    assertThat(hours()).allMatch(hour -> hour.answered() == 0);
  }

  @Test
  void anAnswerThatWasContinuedHasNoSpeed() {
    Reply reply = accept();
    generate(reply, 1, 11);
    Reply rest = stores.replies.continueAnswer(reply.answer(), ADA, Stores.PRIVATE);
    generate(rest, 1, 500);

    assertThat(hours().getLast().answered()).isEqualTo(2);
    assertThat(hours().getLast().tokensPerSecond()).isEmpty();
  }

  private void answered(int waited, int toFirstToken, int tokens) {
    Reply reply = accept();
    pass(Duration.ofSeconds(waited));
    generate(reply, toFirstToken, tokens);
  }

  /** Ten seconds from the first token to the last. */
  private void generate(Reply reply, int toFirstToken, int tokens) {
    stores.replies.generating(reply.id());
    stores.replies.generated(
        reply.id(),
        "text",
        "tiny-1",
        new GenerationResult(
            "text",
            FinishReason.END,
            20,
            5,
            tokens,
            Duration.ZERO,
            Duration.ofSeconds(toFirstToken),
            Duration.ofSeconds(toFirstToken + 10L)));
    stores.replies.delivered(reply.id());
  }

  private Reply accept() {
    String event = "e" + ++number;
    return stores
        .replies
        .accept(
            new NewQuestion(
                event,
                adaInPrivate(),
                Stores.PRIVATE,
                author(ADA),
                Optional.of("m-" + event),
                "Why?",
                new Position.AtTheEnd()))
        .orElseThrow();
  }

  private List<Hour> hours() {
    return new LastDay(stores.database, stores.clock, TAIPEI).hours();
  }

  private void pass(Duration time) {
    stores.now = stores.now.plus(time);
  }
}
