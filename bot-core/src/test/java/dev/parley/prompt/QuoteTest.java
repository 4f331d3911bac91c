package dev.parley.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuoteTest {
  @Test
  void everyLineIsMarkedWhateverEndsIt() {
    assertThat(Quote.of(" one\ntwo\r\nthree\rfour\u2028five\u2029six\n"))
        .isEqualTo("> one\n> two\n> three\n> four\n> five\n> six");
  }
}
