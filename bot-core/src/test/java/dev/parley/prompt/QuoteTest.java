package dev.parley.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuoteTest {
  @Test
  void everyLineIsMarkedWhateverEndsIt() {
    assertThat(Quote.of(" one\ntwo\r\nthree\rfour\u2028five\u2029six\n"))
        .isEqualTo("> one\n> two\n> three\n> four\n> five\n> six");
  }

  @Test
  void othersWordsAreFoundInAText() {
    assertThat(Quote.isIn(Quote.written("Bob", "The earth is flat.") + "\n\nTrue?")).isTrue();
    assertThat(Quote.isIn("Look:\n\n" + Quote.forwarded("Bob", "News!"))).isTrue();
    assertThat(Quote.isIn("Bob wrote: nothing.\n> Why?")).isFalse();
  }
}
